//! A requirement held against a docstring: what is documented, what is missing, what is too much.

use hashbrown::HashSet;

use super::names::{self, Names};
use super::parameters::held_against;
use super::prose;
use super::rename::Renamed;
use super::{Asked, Params, Reading, Requirement};
use crate::docstring::{Docstring, Entry, Section, SectionKind, Style};
use crate::python::{Param, Raised, SymbolId};

/// What the docstring of one symbol holds of what it must hold, and what else. Rules and score both read it.
#[derive(Clone, Debug, Default)]
pub struct Coverage<'a> {
    /// Whether it has a summary.
    pub summary: bool,
    /// The wanted parameters that nothing documents, in the order of the signature.
    pub missing_params: Params<'a>,
    /// The keys of the `TypedDict` behind a missing `**kwargs` that nothing documents, where something documents others.
    pub missing_keys: Vec<&'a str>,
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

    /// The missing parameters that no entry seems to mean.
    pub fn plainly_missing(&self) -> impl Iterator<Item = &'a Param<'a>> {
        let meant = |param: &&Param<'_>| self.renamed.iter().any(|it| it.param.span == param.span);
        self.missing_params
            .iter()
            .copied()
            .filter(move |it| !meant(it))
    }
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
    let mut texts: Vec<&str> = sections().map(|it| it.body.of(docstring.value)).collect();
    if texts.is_empty() && prose::speaks_of_raising(docstring) {
        texts.push(docstring.value);
    }
    let entries = sections().flat_map(|it| &it.entries);
    let documented: Names<'_> = entries.flat_map(names::exception_names).collect();
    let is_many = requirement.raises.len() > names::FEW;
    let words: Option<HashSet<&str>> =
        is_many.then(|| texts.iter().flat_map(|it| names::words(it)).collect());
    let is_said = |name: &str| match &words {
        Some(words) => words.contains(name),
        None => texts.iter().any(|it| names::has_word(it, name)),
    };
    let is_documented = |raised: &Raised<'_>| {
        is_said(raised.name)
            || (!documented.is_empty()
                && reading.has_exception_ancestor(raised.name, &mut |it| documented.has(it)))
    };
    let wanted = requirement.raises.iter().copied();
    wanted.filter(|raised| !is_documented(raised)).collect()
}
