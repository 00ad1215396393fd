//! How good a docstring is beside being complete: measures that inform and fail nothing.

use std::sync::LazyLock;

use crate::contract::{Asked, Score};
use crate::docstring::{Docstring, SectionKind};
use crate::python;
use crate::rules::{self, Facets, Finding, Selection, Subject};

/// The measures of one docstring, each from 0 to 1, and what is only there or not.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Quality {
    /// What is there of what is asked: the score.
    pub completeness: f64,
    /// Entries that agree with the code and the style, of all entries.
    pub consistency: f64,
    /// Texts that say something, of all texts: no placeholders, no tautologies, nothing empty.
    pub clarity: f64,
    /// Words for each way through the code: ten are enough.
    pub complexity_match: f64,
    /// Whether it has examples.
    pub has_examples: bool,
    /// Whether the signature or the docstring tells the type of each parameter and of the value.
    pub has_types: bool,
}

/// The rules that find entries at odds with the code or the style.
const AT_ODDS: [&str; 17] = [
    "DG003", "DG202", "DG203", "DG204", "DG205", "DG207", "DG302", "DG303", "DG402", "DG403",
    "DG502", "DG503", "DG602", "DG603", "DG702", "DG705", "DG706",
];
/// The rules that find texts that say nothing.
const UNCLEAR: [&str; 4] = ["DG208", "DG703", "DG802", "DG803"];

impl Quality {
    /// The measures of the symbol of `subject`, which scores `score`; `None` where nothing is asked and nothing written.
    pub(super) fn of(
        subject: &Subject<'_>,
        score: Score,
        settings: &rules::Settings,
    ) -> Option<Self> {
        static ODD: LazyLock<Selection> =
            LazyLock::new(|| Selection::of(|it| AT_ODDS.contains(&it.code)));
        static DULL: LazyLock<Selection> =
            LazyLock::new(|| Selection::of(|it| UNCLEAR.contains(&it.code)));
        let Some(written) = subject.docstring else {
            // What nobody asks for is no fault when it is missing.
            return (subject.requirement.presence != Asked::No).then(Self::default);
        };
        let docstring = &written.parsed;
        let found = |selection: Selection| {
            let settings = rules::Settings {
                selection,
                min_symbol: 100,
                ..settings.clone()
            };
            let findings = rules::check(subject, Facets::NONE, Facets::ALL, &settings);
            findings.iter().map(entries).sum::<usize>()
        };
        let words = docstring.value.split_whitespace().count();
        Some(Self {
            completeness: score.percent() / 100.0,
            consistency: rest(found(*ODD), count_entries(docstring)),
            clarity: rest(found(*DULL), count_texts(docstring)),
            complexity_match: (real(words) / (10.0 * f64::from(ways(subject)))).min(1.0),
            has_examples: has_examples(docstring),
            has_types: has_types(subject, docstring),
        })
    }

    /// The mean of the measures.
    pub fn mean(&self) -> f64 {
        (self.completeness + self.consistency + self.clarity + self.complexity_match) / 4.0
    }
}

/// How many entries a finding is about.
fn entries(finding: &Finding) -> usize {
    finding.entries.len().max(1)
}

/// What is left of 1 when `faulty` of `all` are taken away.
fn rest(faulty: usize, all: usize) -> f64 {
    if faulty == 0 {
        return 1.0;
    }
    1.0 - (real(faulty) / real(all.max(1))).min(1.0)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of words and entries of one docstring"
)]
fn real(count: usize) -> f64 {
    count as f64
}

/// The ways through a function; 1 for classes and modules.
fn ways(subject: &Subject<'_>) -> u32 {
    if subject.symbol.kind.is_function() {
        python::cyclomatic_complexity(subject.reading.module, subject.id).max(1)
    } else {
        1
    }
}

fn count_entries(docstring: &Docstring<'_>) -> usize {
    docstring.sections.iter().map(|it| it.entries.len()).sum()
}

fn count_texts(docstring: &Docstring<'_>) -> usize {
    let texts = docstring.sections.iter().map(|it| it.entries.len().max(1));
    let head =
        usize::from(docstring.summary.is_some()) + usize::from(docstring.description.is_some());
    head + texts.sum::<usize>()
}

fn has_examples(docstring: &Docstring<'_>) -> bool {
    let mut sections = docstring.sections_of(SectionKind::Examples);
    sections.any(|it| !it.body.is_empty()) || docstring.value.contains(">>> ")
}

/// Whether each wanted parameter, and the wanted value, has a type in the signature or in the docstring.
fn has_types(subject: &Subject<'_>, docstring: &Docstring<'_>) -> bool {
    let requirement = &subject.requirement;
    let is_told = |name: &str| {
        let mut entries = docstring.params();
        entries.any(|it| it.name == Some(name) && it.annotation.is_some())
    };
    let value = |kind: SectionKind| {
        let mut entries = docstring.sections_of(kind).flat_map(|it| &it.entries);
        entries.any(|it| it.annotation.is_some())
    };
    let is_annotated = || {
        let signature = subject.symbol.signature.as_ref();
        signature.is_some_and(|it| it.returns.is_some())
    };
    let wants_value = requirement.returns.is_some() || requirement.yields.is_some();
    let mut params = requirement.params.iter();
    params.all(|it| it.annotation.is_some() || is_told(it.name))
        && (!wants_value
            || is_annotated()
            || value(SectionKind::Returns)
            || value(SectionKind::Yields))
}
