//! Which rules run.

use super::{RULES, Rule};
use super::{missing_init_docstring, missing_magic_docstring, missing_nested_docstring};
use crate::contract::{self, Visibility};

/// A set of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection(u64);

/// Where the rule of each number stands in [`RULES`]: rules ask for one another once a symbol.
static PLACES: [u8; 1000] = {
    let mut places = [0; 1000];
    let mut at = 0;
    while at < RULES.len() {
        places[number(RULES[at].code)] = at as u8;
        at += 1;
    }
    places
};

/// The number in a rule's code: 201 in `DG201`.
const fn number(code: &str) -> usize {
    let [_, _, hundreds, tens, ones] = *code.as_bytes() else {
        return 0;
    };
    (hundreds - b'0') as usize * 100 + (tens - b'0') as usize * 10 + (ones - b'0') as usize
}

/// A selector that names no rule: the user's fault.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown rule selector `{selector}`{}", hint(.nearest.as_deref()))]
pub struct SelectorError {
    /// What was given.
    pub selector: String,
    /// What may have been meant.
    pub nearest: Option<String>,
}

fn hint(nearest: Option<&str>) -> String {
    nearest
        .map(|it| format!(", did you mean `{it}`?"))
        .unwrap_or_default()
}

/// A selector and the rules it names.
#[derive(Clone, Copy, Debug)]
struct Selector {
    rules: Selection,
    /// `ALL` and `default` give way to prefixes, short prefixes to long ones, these to whole codes and names.
    weight: usize,
}

impl Default for Selection {
    fn default() -> Self {
        Self::of(|rule| rule.default)
    }
}

impl Selection {
    /// No rule.
    pub const NONE: Self = Self(0);

    /// The rules for which `wanted` holds.
    pub fn of(wanted: impl Fn(&Rule) -> bool) -> Self {
        let chosen = RULES.iter().enumerate().filter(|(_, rule)| wanted(rule));
        Self(chosen.fold(0, |bits, (at, _)| bits | 1 << at))
    }

    /// The rules that `select` and `extend` name and `ignore` does not; a selector that says more precisely
    /// what it means beats one that says less, as in ruff. Each is a code, a prefix of codes, a name,
    /// `default` or `ALL`.
    ///
    /// # Errors
    /// When a selector names no rule.
    pub fn resolve<S: AsRef<str>>(
        select: &[S],
        extend: &[S],
        ignored: &[S],
    ) -> Result<Self, SelectorError> {
        let mut steps = Vec::new();
        for (selectors, on) in [(select, true), (extend, true), (ignored, false)] {
            for selector in selectors {
                let selector = Selector::parse(selector.as_ref())?;
                steps.push((selector.weight, !on, selector.rules));
            }
        }
        steps.sort_by_key(|&(weight, off, _)| (weight, off));
        Ok(steps
            .into_iter()
            .fold(Self::NONE, |chosen, (_, off, rules)| {
                if off {
                    chosen.without(rules)
                } else {
                    chosen.with(rules)
                }
            }))
    }

    /// The rules that one selector names.
    ///
    /// # Errors
    /// When it names none.
    pub fn parse(selector: &str) -> Result<Self, SelectorError> {
        Selector::parse(selector).map(|it| it.rules)
    }

    /// `settings`, with a docstring asked of those that a selected rule asks it of: magic methods (DG105), nested
    /// definitions (DG106), constructors (DG107).
    #[must_use]
    pub fn widen(self, mut settings: contract::Settings) -> contract::Settings {
        for (rule, visibility) in [
            (&missing_magic_docstring::RULE, Visibility::Magic),
            (&missing_nested_docstring::RULE, Visibility::Nested),
        ] {
            if self.has(rule) {
                settings.presence = settings.presence.with(visibility);
            }
        }
        settings.constructors |= self.has(&missing_init_docstring::RULE);
        settings
    }

    /// Both sets' rules.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These rules but those of `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the two share a rule.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether `rule` is one of them.
    pub fn has(self, rule: &Rule) -> bool {
        self.0 & 1 << PLACES[number(rule.code)] != 0
    }

    /// The rules of both sets.
    #[must_use]
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The rules, in the order of their codes.
    pub fn iter(self) -> impl Iterator<Item = &'static Rule> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let rule = RULES.get(rest.trailing_zeros() as usize)?;
            rest &= rest - 1;
            Some(*rule)
        })
    }
}

impl Selector {
    fn parse(selector: &str) -> Result<Self, SelectorError> {
        let weight = |rules: Selection, weight: usize| Self { rules, weight };
        let found = match selector {
            "ALL" => weight(Selection::of(|_| true), 0),
            "default" => weight(Selection::default(), 1),
            _ => {
                let is_prefix = selector.starts_with("DG");
                let by_code = Selection::of(|rule| is_prefix && rule.code.starts_with(selector));
                let by_name = Selection::of(|rule| rule.name == selector);
                let length = if by_name.is_empty() {
                    selector.len()
                } else {
                    "DG201".len()
                };
                weight(by_code.with(by_name), length)
            }
        };
        if found.rules.is_empty() {
            return Err(SelectorError {
                selector: selector.to_owned(),
                nearest: nearest(selector),
            });
        }
        Ok(found)
    }
}

/// The code or name most like `selector`, where one is like it at all.
fn nearest(selector: &str) -> Option<String> {
    let names = RULES.iter().flat_map(|rule| [rule.code, rule.name]);
    let likeness = |name: &str| strsim::jaro_winkler(name, &selector.replace('_', "-"));
    let best = names.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(best) >= 0.8).then(|| best.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(select: &[&str], extend: &[&str], ignored: &[&str]) -> Vec<&'static str> {
        let selection = Selection::resolve(select, extend, ignored).unwrap();
        selection.iter().map(|rule| rule.code).collect()
    }

    #[test]
    fn codes_prefixes_and_names_select() {
        assert_eq!(
            codes(&["DG201"], &["unknown-param"], &[]),
            ["DG201", "DG202"]
        );
        assert!(
            codes(&["DG2"], &[], &[])
                .iter()
                .all(|code| code.starts_with("DG2"))
        );
        assert_eq!(codes(&["ALL"], &[], &[]).len(), RULES.len());
        let default = codes(&["default"], &[], &[]);
        assert_eq!(default, codes(&["default"], &["DG201"], &[]));
    }

    #[test]
    fn the_more_precise_selector_wins() {
        assert!(!codes(&["DG2"], &[], &["ALL"]).is_empty());
        assert_eq!(codes(&["DG201"], &[], &["DG2"]), ["DG201"]);
        assert!(!codes(&["DG2"], &[], &["missing-param"]).contains(&"DG201"));
        assert_eq!(codes(&["DG201"], &[], &["DG201"]), Vec::<&str>::new());
    }

    #[test]
    fn an_unknown_selector_names_the_nearest() {
        let told = |it: &str| Selection::parse(it).unwrap_err().to_string();
        assert_eq!(
            told("missing-params"),
            "unknown rule selector `missing-params`, did you mean `missing-param`?"
        );
        assert_eq!(told("E501x"), "unknown rule selector `E501x`");
        assert!(Selection::parse("").is_err());
    }
}
