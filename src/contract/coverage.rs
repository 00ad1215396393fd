//! A requirement held against a docstring: what is documented, what is missing, what is too much.

use super::names::{self, Names};
use super::prose;
use super::record::Record;
use super::rename::{self, Renamed};
use super::unpacked;
use super::{Asked, Params, Reading, Requirement, Roles, Written};
use crate::docstring::{Docstring, Entry, QuirkKind, Section, SectionKind, Style};
use crate::python::{Param, ParamKind, Raised, Signature, SymbolId, SymbolKind};

/// What the docstring of one symbol holds of what it must hold, and what else. Rules and score both read it.
#[derive(Clone, Debug, Default)]
pub struct Coverage<'a> {
    /// Whether it has a summary.
    pub summary: bool,
    /// The wanted parameters that nothing documents, in the order of the signature.
    pub missing_params: Params<'a>,
    /// The entries of this docstring that document no parameter there is, in the order of the text.
    pub unknown_params: Vec<&'a Entry<'a>>,
    /// Unknown entries and the missing parameters they seem to mean.
    pub renamed: Vec<Renamed<'a>>,
    /// Whether the wanted returned value is not documented.
    pub missing_returns: bool,
    /// Whether the wanted yielded values are not documented.
    pub missing_yields: bool,
    /// The wanted exceptions that are not documented, in the order of the text.
    pub missing_raises: Vec<&'a Raised<'a>>,
}

impl<'a> Coverage<'a> {
    /// Hold `requirement`, that of the symbol `id`, against its docstring; nothing is missing or too much where
    /// there is none.
    pub fn of(reading: &'a Reading<'a>, id: SymbolId, requirement: &Requirement<'a>) -> Self {
        let Some(written) = reading.docstring(id) else {
            return Self::default();
        };
        let docstring = &written.parsed;
        let mut coverage = Self {
            summary: docstring.summary.is_some() || begins_in_own_words(docstring),
            missing_returns: requirement.returns.is_some()
                && !documents_returns(docstring, requirement.either),
            missing_yields: requirement.yields.is_some()
                && !documents_yields(docstring, requirement.either),
            missing_raises: missing_raises(reading, requirement, docstring),
            ..Self::default()
        };
        coverage.hold_params(reading, id, requirement, written);
        if reading.settings.summary_is_enough {
            coverage.forgive(reading, id, docstring);
        }
        coverage
    }

    /// Nothing is missing in sections that are not there.
    fn forgive(&mut self, reading: &Reading<'_>, id: SymbolId, docstring: &Docstring<'_>) {
        let class = held_against(reading, id).and_then(|it| it.1);
        let other = class.and_then(|it| reading.docstring(it));
        let all = || {
            [Some(docstring), other.map(|it| &it.parsed)]
                .into_iter()
                .flatten()
        };
        let has = |wanted: &dyn Fn(SectionKind) -> bool| {
            let mut sections = all().flat_map(|it| &it.sections);
            sections.any(|it| wanted(it.kind))
        };
        let is_record = reading.record(id).is_some();
        if !has(&|it| it.is_params() || (is_record && it == SectionKind::Attributes)) {
            self.missing_params.clear();
        }
        if !has(&|it| it == SectionKind::Raises) {
            self.missing_raises.clear();
        }
        self.missing_returns = false;
        self.missing_yields = false;
    }

    fn hold_params(
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
        let documented = Names::documented(told.chain(fields.into_iter().flatten()));
        let keys = unpacked::keys(reading, signature);
        let known = known(signature, record, keys.as_deref());
        let is_judged = !requirement.roles.has(Roles::FIXTURE)
            && !reading.has_two_constructors(id)
            && record.is_none_or(|it| !it.is_open);
        let is_unknown = |entry: &&Entry<'_>| {
            let mut names = names::of(entry).peekable();
            is_judged
                && names.peek().is_some()
                && names.all(|it| {
                    names::is_identifier(it) && !known.has(it) && !reading.is_called_with(id, it)
                })
        };
        self.unknown_params = entries.iter().copied().filter(is_unknown).collect();
        let is_open = is_open(signature, keys.is_some());
        let names_keys = keys.iter().flatten().any(|it| documented.has(it));
        let spelt_out = names_keys || (is_open && !self.unknown_params.is_empty());
        let is_missing = |param: &&Param<'_>| {
            let told = documented.has(param.name)
                || is_malformed(&own.parsed, param.name)
                || (spelt_out && !param.kind.stars().is_empty());
            !told
        };
        let wanted = requirement.params.iter().copied();
        self.missing_params = wanted.filter(is_missing).collect();
        self.pair_names(signature, &entries, is_open);
    }

    /// Pairs unknown entries with missing parameters; what may be passed through stars is no longer unknown.
    fn pair_names(
        &mut self,
        signature: &'a Signature<'a>,
        entries: &[&'a Entry<'a>],
        is_open: bool,
    ) {
        self.renamed = rename::pair(
            signature,
            entries,
            &self.unknown_params,
            &self.missing_params,
        );
        if is_open {
            // What is no name of the signature may be passed all the same; a name misspelt is still one.
            self.renamed.retain(|it| it.is_similar);
            let renamed = &self.renamed;
            self.unknown_params.retain(|entry| {
                renamed
                    .iter()
                    .any(|it| it.entry.name_span == entry.name_span)
            });
        }
    }

    /// The missing parameters that no entry seems to mean.
    pub fn plainly_missing(&self) -> impl Iterator<Item = &'a Param<'a>> {
        let meant = |param: &&Param<'_>| self.renamed.iter().any(|it| it.param.span == param.span);
        self.missing_params
            .iter()
            .copied()
            .filter(move |it| !meant(it))
    }
}

/// Whether a line that is no entry begins with the name: its own rule says that it is none (DG003).
fn is_malformed(docstring: &Docstring<'_>, name: &str) -> bool {
    let mut quirks = docstring.quirks.iter();
    quirks.any(|quirk| {
        let line = quirk
            .span
            .of(docstring.value)
            .trim_start_matches(['*', '`']);
        let rest = line.strip_prefix(name);
        quirk.kind == QuirkKind::MalformedEntry
            && rest.is_some_and(|it| !it.starts_with(|c: char| c == '_' || c.is_alphanumeric()))
    })
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

/// Whether what is no name of the signature may be passed all the same.
fn is_open(signature: &Signature<'_>, are_keywords_known: bool) -> bool {
    signature.params.iter().any(|it| match it.kind {
        ParamKind::VarPositional => true,
        ParamKind::VarKeyword => !are_keywords_known,
        _ => false,
    })
}

/// The signature whose parameters the docstring of `id` documents, and the other symbol that may document
/// them: a class and its constructor share theirs.
fn held_against<'a>(
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

/// Whether the docstring begins with a section of no set meaning (`Usage:`) or an admonition: it says something first.
fn begins_in_own_words(docstring: &Docstring<'_>) -> bool {
    let first = docstring.sections.first();
    first.is_some_and(|it| !it.kind.has_entries() && it.kind != SectionKind::Examples)
}

/// The sections of a kind that say something.
fn filled<'d>(
    docstring: &'d Docstring<'_>,
    kind: SectionKind,
) -> impl Iterator<Item = &'d Section<'d>> {
    let sections = docstring.sections.iter();
    sections.filter(move |it| it.kind == kind && !it.body.is_empty())
}

fn documents_returns(docstring: &Docstring<'_>, either: bool) -> bool {
    filled(docstring, SectionKind::Returns).next().is_some()
        || (either && filled(docstring, SectionKind::Yields).next().is_some())
        || prose::tells_of_returning(docstring)
        || (either && prose::tells_of_yielding(docstring))
}

/// Sphinx and Epytext have no field for yielded values; elsewhere a `Returns` section that speaks of the
/// iterator tells what a call gives.
fn documents_yields(docstring: &Docstring<'_>, either: bool) -> bool {
    let fields = matches!(docstring.style, Some(Style::Sphinx | Style::Epytext));
    let serves = |section: &Section<'_>| {
        either || fields || prose::mentions_iteration(section.body.of(docstring.value))
    };
    filled(docstring, SectionKind::Yields).next().is_some()
        || filled(docstring, SectionKind::Returns).any(serves)
        || prose::tells_of_yielding(docstring)
}

fn missing_raises<'a>(
    reading: &'a Reading<'a>,
    requirement: &Requirement<'a>,
    docstring: &Docstring<'_>,
) -> Vec<&'a Raised<'a>> {
    if requirement.parts == Asked::No || requirement.raises.is_empty() {
        return Vec::new();
    }
    let sections = || filled(docstring, SectionKind::Raises);
    let has_section = sections().next().is_some();
    let is_documented = |raised: &Raised<'_>| {
        let entries = sections().flat_map(|it| &it.entries);
        let mut names = entries.flat_map(names::exception_names);
        names.any(|it| reading.is_exception_ancestor(it, raised.name))
            || sections().any(|it| names::has_word(it.body.of(docstring.value), raised.name))
            || (!has_section && prose::tells_of_raising(docstring, raised.name))
    };
    let wanted = requirement.raises.iter().copied();
    wanted.filter(|raised| !is_documented(raised)).collect()
}
