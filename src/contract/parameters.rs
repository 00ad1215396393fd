//! The parameters of a signature held against the entries that document them.

use std::cell::LazyCell;

use super::names::{self, Names};
use super::record::Record;
use super::rename;
use super::unpacked;
use super::{Coverage, Reading, Requirement, Roles, Written};
use crate::docstring::{Docstring, Entry, QuirkKind, SectionKind};
use crate::python::{Param, ParamKind, Signature, SymbolId, SymbolKind};

/// What is documented, and what may be.
struct Held<'a> {
    signature: &'a Signature<'a>,
    docstring: &'a Docstring<'a>,
    /// The entries of this docstring.
    entries: Vec<&'a Entry<'a>>,
    /// The names that this docstring or its counterpart documents.
    documented: Names<'a>,
    /// The keys of the `TypedDict` that keywords are unpacked into.
    keys: Option<Vec<&'a str>>,
}

impl<'a> Coverage<'a> {
    /// Hold the parameters of `id` against its docstring, `own`.
    pub(super) fn hold_params(
        &mut self,
        reading: &'a Reading<'a>,
        id: SymbolId,
        requirement: &Requirement<'a>,
        own: &'a Written<'a>,
    ) {
        let Some((signature, other)) = held_against(reading, id) else {
            return;
        };
        let other = other.and_then(|it| reading.docstring(it));
        let record = reading.record(id);
        let entries: Vec<&Entry<'_>> = params(&own.parsed).collect();
        if entries.is_empty()
            && record.is_none()
            && other.is_none_or(|it| params(&it.parsed).next().is_none())
        {
            self.missing_params.clone_from(&requirement.params);
            return;
        }
        let both = [Some(own), other].into_iter().flatten();
        // What is a field and a parameter may be documented as either.
        let fields = record.map(|_| attributes(&own.parsed));
        let told = both.flat_map(|it| params(&it.parsed));
        let held = Held {
            signature,
            docstring: &own.parsed,
            entries,
            documented: Names::documented(told.chain(fields.into_iter().flatten())),
            keys: unpacked::keys(reading, signature),
        };
        let is_judged = !requirement.roles.has(Roles::FIXTURE)
            && !reading.has_two_constructors(id)
            && record.is_none_or(|it| !it.is_open);
        if is_judged {
            self.unknown_params = held.unknown(reading, id, record);
        }
        self.hold_wanted(requirement, &held);
        self.pair_names(&held);
    }

    /// Which wanted parameters are neither documented nor named by a line that is no entry, nor spelt out name by name.
    fn hold_wanted(&mut self, requirement: &Requirement<'a>, held: &Held<'a>) {
        let keys = held.keys.iter().flatten().copied();
        let (told, mut untold): (Vec<_>, Vec<_>) = keys.partition(|it| held.documented.has(it));
        untold.retain(|it| !it.starts_with('_'));
        let mut unknown = self.unknown_params.iter();
        let spelt_out = held.is_open() && unknown.any(|it| held.stars(it) == 0);
        let malformed = malformed(held.docstring);
        let is_missing = |param: &&Param<'_>| {
            let by_keys = !told.is_empty() && untold.is_empty();
            let is_told = held.documented.has(param.name)
                || malformed.has(param.name)
                || (spelt_out && !param.kind.stars().is_empty())
                || (by_keys && param.kind == ParamKind::VarKeyword);
            !is_told
        };
        let wanted = requirement.params.iter().copied();
        self.missing_params = wanted.filter(is_missing).collect();
        let mut missing = self.missing_params.iter();
        if !told.is_empty() && missing.any(|it| it.kind == ParamKind::VarKeyword) {
            self.missing_keys = untold;
        }
    }

    /// Pairs unknown entries with missing parameters; what may be passed through stars is no longer unknown.
    fn pair_names(&mut self, held: &Held<'a>) {
        self.renamed = rename::pair(
            held.signature,
            held.docstring,
            &held.entries,
            &self.unknown_params,
            &self.missing_params,
        );
        if held.is_open() {
            // What is no name of the signature may be passed all the same; a name misspelt is still one.
            self.renamed.retain(|it| it.is_similar);
            let renamed = &self.renamed;
            self.unknown_params.retain(|entry| {
                let mut renamed = renamed.iter();
                held.stars(entry) > 0 || renamed.any(|it| it.entry.name_span == entry.name_span)
            });
        }
    }
}

impl<'a> Held<'a> {
    /// The entries that document nothing there is: no parameter, no field, no parameter of `__call__`. One with stars
    /// documents a parameter with as many.
    fn unknown(
        &self,
        reading: &Reading<'_>,
        id: SymbolId,
        record: Option<&Record<'a>>,
    ) -> Vec<&'a Entry<'a>> {
        let known = known(self.signature, record, self.keys.as_deref());
        let called = || reading.called_with(id).map(|it| it.name).collect();
        let called: LazyCell<Names<'_>, _> = LazyCell::new(called);
        let is_known = |entry: &Entry<'_>, name: &str| match self.stars(entry) {
            stars if stars > 0 && record.is_none() => self.has_param(name, stars),
            _ => known.has(name),
        };
        let is_unknown = |entry: &&Entry<'_>| {
            let mut names = names::of(entry).peekable();
            names.peek().is_some()
                && names
                    .all(|it| names::is_identifier(it) && !is_known(entry, it) && !called.has(it))
        };
        self.entries.iter().copied().filter(is_unknown).collect()
    }

    /// Whether there is a parameter of this name with so many stars.
    fn has_param(&self, name: &str, stars: usize) -> bool {
        let mut params = self.signature.params.iter();
        params.any(|it| it.kind.stars().len() == stars && it.name == name)
    }

    fn stars(&self, entry: &Entry<'_>) -> usize {
        names::stars(entry, self.docstring)
    }

    /// Whether what is no name of the signature may be passed all the same.
    fn is_open(&self) -> bool {
        let mut params = self.signature.params.iter();
        params.any(|it| match it.kind {
            ParamKind::VarPositional => true,
            ParamKind::VarKeyword => self.keys.is_none(),
            _ => false,
        })
    }
}

/// The names that lines which are no entries begin with: their own rule says that they are none (DG003).
fn malformed<'a>(docstring: &'a Docstring<'_>) -> Names<'a> {
    let quirks = docstring.quirks.iter();
    let lines = quirks.filter(|it| it.kind == QuirkKind::MalformedEntry);
    let lines = lines.map(|it| it.span.of(docstring.value).trim_start_matches(['*', '`']));
    let is_part = |c: char| c == '_' || c.is_alphanumeric();
    lines
        .filter_map(|it| it.split(|c| !is_part(c)).next())
        .collect()
}

/// The names that entries may document.
fn known<'a>(
    signature: &Signature<'a>,
    record: Option<&Record<'a>>,
    keys: Option<&[&'a str]>,
) -> Names<'a> {
    let attributes = record.into_iter().flat_map(|it| it.attributes.iter());
    let others = attributes.chain(keys.into_iter().flatten()).copied();
    let params = signature.params.iter().map(|it| it.name);
    params.chain(others).collect()
}

/// The signature whose parameters the docstring of `id` documents, and the other symbol that may document
/// them: a class and its constructor share theirs.
pub(super) fn held_against<'a>(
    reading: &'a Reading<'a>,
    id: SymbolId,
) -> Option<(&'a Signature<'a>, Option<SymbolId>)> {
    let symbol = reading.module.symbol(id);
    if symbol.kind == SymbolKind::Class {
        return Some((reading.signature(id)?, reading.constructor(id)));
    }
    let class = symbol
        .parent
        .filter(|&class| reading.constructor(class) == Some(id));
    Some((symbol.signature.as_ref()?, class))
}

fn attributes<'a>(docstring: &'a Docstring<'a>) -> impl Iterator<Item = &'a Entry<'a>> {
    let sections = docstring.sections_of(SectionKind::Attributes);
    sections.flat_map(|it| &it.entries)
}

fn params<'a>(docstring: &'a Docstring<'a>) -> impl Iterator<Item = &'a Entry<'a>> {
    let sections = docstring.sections.iter().filter(|it| it.kind.is_params());
    sections.flat_map(|it| &it.entries)
}
