//! The four checks: nothing is written that does not pass them all.

use std::collections::BTreeMap;

use super::patch::{Patched, is_exact};
use super::tree::Judge;
use super::wish::Wish;
use crate::check::{FileReport, SymbolReport};
use crate::python::{self, Module, Symbol, SymbolId, SymbolKind};
use crate::rules;
use crate::text::{Edit, Span};

/// What is wrong with a patched file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The symbol at fault; `None` where the whole file is.
    pub(super) symbol: Option<SymbolId>,
    /// What, as the end of a sentence.
    pub(super) reason: String,
}

/// A file before its edits.
#[derive(Debug)]
pub(super) struct Before<'a> {
    bytes: &'a [u8],
    module: &'a Module<'a>,
    kind: SymbolKind,
    /// Where each docstring's literals are, in the order of the text.
    slots: Vec<(Span, SymbolId)>,
    /// The symbols without a docstring, by the place where theirs would stand.
    vacancies: BTreeMap<Span, SymbolId>,
}

impl<'a> Before<'a> {
    /// A file's bytes, and what they say. Symbols without a docstring may get one where `may_add`.
    pub(super) fn new(
        bytes: &'a [u8],
        module: &'a Module<'a>,
        kind: SymbolKind,
        may_add: bool,
    ) -> Self {
        let slot = |(id, it): (SymbolId, &Symbol<'_>)| Some((it.docstring.as_ref()?.span, id));
        let mut slots: Vec<_> = module.ids().filter_map(slot).collect();
        slots.sort_unstable();
        let ids = module.ids().map(|it| it.0).filter(|_| may_add);
        Self {
            bytes,
            module,
            kind,
            slots,
            vacancies: ids
                .filter_map(|id| Some((module.vacancy(id)?.span, id)))
                .collect(),
        }
    }

    /// The symbol in whose docstring the edit is, or whose docstring it is.
    pub(super) fn owner(&self, edit: &Edit) -> Option<SymbolId> {
        let behind = self
            .slots
            .partition_point(|it| it.0.start <= edit.span.start);
        let slot = behind.checked_sub(1).and_then(|it| self.slots.get(it));
        let holder = slot.filter(|it| edit.span.end <= it.0.end).map(|it| it.1);
        holder.or_else(|| self.vacancies.get(&edit.span).copied())
    }

    /// The first three checks: the code is the same code, each byte outside the edits the same byte, each docstring
    /// what it was meant to be. (The rules are the fourth: [`news`].)
    pub(super) fn judge(&self, edits: &[Edit], patched: &Patched) -> Vec<Fault> {
        let whole = |reason: &str| {
            vec![Fault {
                symbol: None,
                reason: reason.to_owned(),
            }]
        };
        if !is_exact(self.bytes, patched) {
            return whole("a byte outside of it would change");
        }
        if python::decode(&patched.bytes).as_deref() != Ok(&patched.text) {
            return whole("the file would be read as another text");
        }
        let after = python::outline(&patched.text, self.kind);
        if let Some(fault) = self.misread(edits, &after) {
            return vec![fault];
        }
        let Some(mut judge) = Judge::new() else {
            return whole("there is no second parser to judge it");
        };
        let mut owners: Vec<SymbolId> = edits.iter().filter_map(|it| self.owner(it)).collect();
        owners.dedup();
        let has_docstring = |id: &SymbolId| self.module.symbol(*id).docstring.is_some();
        if owners.iter().all(has_docstring) {
            return judge_literals(&mut judge, self.module, &after, &owners);
        }
        self.judge_code(&mut judge, &after)
    }

    /// Holds the whole trees against each other.
    fn judge_code(&self, judge: &mut Judge, after: &Module<'_>) -> Vec<Fault> {
        let fault = |symbol, reason: &str| {
            let reason = reason.to_owned();
            vec![Fault { symbol, reason }]
        };
        let old = judge.read(self.module.text, literals(self.module));
        let new = judge.read(after.text, literals(after));
        let Some((old, new)) = old.zip(new) else {
            return fault(None, "the second parser gave up on the file");
        };
        match old.parts_from(&new) {
            None => Vec::new(),
            Some(at) => fault(self.around(at), "the code would change"),
        }
    }

    /// The innermost symbol around an offset.
    fn around(&self, at: u32) -> Option<SymbolId> {
        let around = self.module.ids().filter(|(_, it)| it.span.contains(at));
        around.last().map(|(id, _)| id)
    }

    /// The first symbol that is another one, or whose docstring does not read as it was meant to.
    fn misread(&self, edits: &[Edit], after: &Module<'_>) -> Option<Fault> {
        let whole = |reason: &str| Fault {
            symbol: None,
            reason: reason.to_owned(),
        };
        let names = |module: &Module<'_>| -> Vec<(SymbolKind, String)> {
            let symbols = module.symbols.iter();
            symbols.map(|it| (it.kind, it.qualname.clone())).collect()
        };
        if names(self.module) != names(after) || self.module.errors.len() != after.errors.len() {
            return Some(whole("other symbols would be there"));
        }
        let mut by_owner: BTreeMap<SymbolId, Vec<&Edit>> = BTreeMap::new();
        for edit in edits {
            let Some(owner) = self.owner(edit) else {
                return Some(whole("it lies outside of any docstring"));
            };
            by_owner.entry(owner).or_default().push(edit);
        }
        let places = Places::behind(edits);
        for (id, symbol) in self.module.ids() {
            let read = |module: &Module<'_>| {
                let slot = module.symbol(id).docstring.as_ref()?;
                Some(slot.value(module.text).text.into_owned())
            };
            let edits = by_owner.get(&id).map_or(&[][..], Vec::as_slice);
            let meant = match &symbol.docstring {
                Some(slot) => Some(meant_by(&slot.value(self.module.text).text, edits)),
                None => edits.first().map(|it| it.words.clone()),
            };
            // What stands behind a literal is judged as the same bytes: so it must end where it ended.
            let is_here = |old: Span| {
                let new = after.symbol(id).docstring.as_ref().map(|it| it.span);
                new == Some(Span::new(places.of(old.start), places.of(old.end)))
            };
            let slot = symbol.docstring.as_ref();
            if read(after) != meant || slot.is_some_and(|it| !is_here(it.span)) {
                return Some(Fault {
                    symbol: Some(id),
                    reason: "Python would read other words than are meant".to_owned(),
                });
            }
        }
        None
    }
}

/// Where the bytes of a text are once edits, which are in order and apart, are made.
struct Places {
    /// For each edit where it ends, before it is made and after.
    steps: Vec<(u32, u32)>,
}

impl Places {
    fn behind(edits: &[Edit]) -> Self {
        let (mut old, mut new) = (0, 0);
        let step = |it: &Edit| {
            new += it.span.start.saturating_sub(old) + it.text.len() as u32;
            old = it.span.end;
            (old, new)
        };
        Self {
            steps: edits.iter().map(step).collect(),
        }
    }

    /// Where the byte at `offset`, which is in no edit, is now.
    fn of(&self, offset: u32) -> u32 {
        let behind = self.steps.partition_point(|it| it.0 <= offset);
        let before = behind.checked_sub(1).and_then(|it| self.steps.get(it));
        let (old, new) = before.copied().unwrap_or_default();
        new + (offset - old)
    }
}

/// Holds the docstrings of `owners`, before and after, to be strings and no more.
fn judge_literals(
    judge: &mut Judge,
    before: &Module<'_>,
    after: &Module<'_>,
    owners: &[SymbolId],
) -> Vec<Fault> {
    let of = |module: &Module<'_>, id: SymbolId| {
        let slot = module.symbol(id).docstring.as_ref();
        slot.map_or(Span::default(), |it| it.span)
    };
    let both = owners
        .iter()
        .flat_map(|&id| [of(before, id).of(before.text), of(after, id).of(after.text)]);
    let odd = judge.first_odd(&both.collect::<Vec<_>>());
    odd.map(|at| Fault {
        symbol: owners.get(at / 2).copied(),
        reason: "the code would change".to_owned(),
    })
    .into_iter()
    .collect()
}

/// The docstrings' literals of a file.
fn literals(module: &Module<'_>) -> Vec<Span> {
    let slots = module.symbols.iter().filter_map(|it| it.docstring.as_ref());
    slots.map(|it| it.span).collect()
}

/// Whether two states of a file hold the same code, their docstrings apart.
pub fn is_same_code(old: &[u8], new: &[u8], kind: SymbolKind) -> bool {
    let (Ok(old), Ok(new)) = (python::decode(old), python::decode(new)) else {
        return false;
    };
    let (before, after) = (python::outline(&old, kind), python::outline(&new, kind));
    let Some(mut judge) = Judge::new() else {
        return false;
    };
    let names = |module: &Module<'_>| -> Vec<String> {
        let symbols = module.symbols.iter();
        symbols.map(|it| it.qualname.clone()).collect()
    };
    let old = judge.read(&old, literals(&before));
    let new = judge.read(&new, literals(&after));
    let Some((old, new)) = old.zip(new) else {
        return false;
    };
    names(&before) == names(&after) && old.parts_from(&new).is_none()
}

/// A docstring's value with the edits' words in it.
fn meant_by(value: &str, edits: &[&Edit]) -> String {
    let mut meant = String::with_capacity(value.len());
    let mut at = 0;
    for edit in edits {
        meant.push_str(Span::new(at, edit.within.start).of(value));
        meant.push_str(&edit.words);
        at = edit.within.end;
    }
    meant.push_str(Span::new(at, value.len() as u32).of(value));
    meant
}

/// What a finding is about: its symbol's place in a report, its rule's code, one of its entries.
pub(super) type Cause<'r> = (usize, &'static str, &'r str);

/// How often each cause is found in a report.
pub(super) fn causes(report: &FileReport) -> BTreeMap<Cause<'_>, usize> {
    let mut causes = BTreeMap::new();
    for (at, symbol) in report.symbols.iter().enumerate() {
        for cause in causes_of(at, symbol) {
            *causes.entry(cause).or_default() += 1;
        }
    }
    causes
}

fn causes_of(at: usize, symbol: &SymbolReport) -> impl Iterator<Item = Cause<'_>> {
    symbol.findings.iter().flat_map(move |finding| {
        let own = finding.entries.is_empty().then_some("");
        let entries = finding.entries.iter().map(String::as_str).chain(own);
        entries.map(move |entry| (at, finding.rule.code, entry))
    })
}

/// The rule that finds placeholders.
const PLACEHOLDERS: &str = "DG802";
/// The rule that finds titles with nothing below.
const EMPTY_SECTIONS: &str = "DG703";
/// The rule that finds that a docstring does not tell of a deprecation: new ones do not.
const DEPRECATIONS: &str = "DG807";

/// What the rules find in `after` that they did not find in `before`: reports of every symbol of a file, with and
/// without the edits. Placeholders are no news where they were asked for, nor is what a new docstring of them lacks.
pub(super) fn news(
    before: &FileReport,
    after: &FileReport,
    wish: Wish,
    may_add: bool,
) -> Vec<Fault> {
    let old = causes(before);
    // Where there was no docstring, or a section of it was empty, placeholders follow for what is lacking now.
    let was_bare = |at: usize| {
        let findings = before.symbols.get(at).map(|it| &it.findings);
        let mut codes = findings.into_iter().flatten().map(|it| it.rule.code);
        codes.any(|it| it.starts_with("DG10") || it == EMPTY_SECTIONS)
    };
    let is_meant = |at: usize, code: &str| {
        let name = rules::find(code).map_or("", |it| it.name);
        let is_lacking = name.starts_with("missing-") || code == DEPRECATIONS;
        (wish.skeleton && code == PLACEHOLDERS) || (may_add && is_lacking && was_bare(at))
    };
    let fresh = causes(after)
        .into_iter()
        .filter(|(cause, count)| old.get(cause).is_none_or(|before| before < count))
        .filter(|((at, code, _), _)| !is_meant(*at, code));
    fresh
        .map(|((at, code, entry), _)| Fault {
            symbol: Some(SymbolId(at as u32)),
            reason: if entry.is_empty() {
                format!("{code} would be found instead")
            } else {
                format!("{code} would be found instead (`{entry}`)")
            },
        })
        .collect()
}

#[cfg(test)]
mod tests;
