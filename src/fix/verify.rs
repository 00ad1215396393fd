//! The four checks: nothing is written that does not pass them all.

use std::collections::BTreeMap;

use super::patch::{Patched, is_exact};
use super::tree::Judge;
use crate::check::{FileReport, SymbolReport};
use crate::python::{self, Module, SymbolId, SymbolKind};
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
#[derive(Clone, Copy, Debug)]
pub(super) struct Before<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) module: &'a Module<'a>,
    pub(super) kind: SymbolKind,
}

impl Before<'_> {
    /// The symbol in whose docstring the edit is.
    pub(super) fn owner(&self, edit: &Edit) -> Option<SymbolId> {
        let holds = |slot: Span| slot.start <= edit.span.start && edit.span.end <= slot.end;
        self.module
            .ids()
            .find(|(_, it)| it.docstring.as_ref().is_some_and(|it| holds(it.span)))
            .map(|(id, _)| id)
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
        let old = judge.read(self.module.text, literals(self.module));
        let new = judge.read(&patched.text, literals(&after));
        let (Some(old), Some(new)) = (old, new) else {
            return whole("the second parser gave up on the file");
        };
        match old.parts_from(&new) {
            None => Vec::new(),
            Some(at) => vec![Fault {
                symbol: self.around(at),
                reason: "the code would change".to_owned(),
            }],
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
        for (id, symbol) in self.module.ids() {
            let read = |module: &Module<'_>| {
                let slot = module.symbol(id).docstring.as_ref()?;
                Some(slot.value(module.text).text.into_owned())
            };
            let meant = symbol
                .docstring
                .as_ref()
                .map(|it| it.value(self.module.text).text);
            let edits = by_owner.get(&id).map_or(&[][..], Vec::as_slice);
            let meant = meant.map(|it| meant_by(&it, edits));
            if read(after) != meant {
                return Some(Fault {
                    symbol: Some(id),
                    reason: "Python would read other words than are meant".to_owned(),
                });
            }
        }
        None
    }
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

/// What the rules find in `after` that they did not find in `before`: reports of every symbol of a file, with and
/// without the edits.
pub(super) fn news(before: &FileReport, after: &FileReport) -> Vec<Fault> {
    let old = causes(before);
    let fresh = causes(after)
        .into_iter()
        .filter(|(cause, count)| old.get(cause).is_none_or(|before| before < count));
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
