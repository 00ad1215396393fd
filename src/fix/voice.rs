//! Who speaks where words are missing: a placeholder, or the words that were asked for.

use super::words::{Described, Named, Words, columns, wrapped};
use crate::docstring::{SectionKind, Style};

/// What stands where words are to be.
const PLACEHOLDER: &str = "TODO";

/// Where the words of a docstring come from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Voice<'w> {
    /// From nowhere: a placeholder stands for them.
    Placeholder,
    /// From an answer, in lines of so many columns.
    Words(&'w Words, usize),
}

/// Where a text stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'s> {
    pub(super) style: Style,
    /// Columns that the docstring is indented by.
    pub(super) indent: usize,
    pub(super) kind: SectionKind,
    /// The entry's name, without stars.
    pub(super) name: Option<&'s str>,
}

/// Columns that the quotes of a docstring take in its only line.
const QUOTES: usize = 6;

impl Voice<'_> {
    /// Whether it says the same of everything.
    pub(super) const fn is_alike(self) -> bool {
        matches!(self, Self::Placeholder)
    }

    /// What stands for the type of a value that the code does not tell.
    pub(super) fn value_type(self, kind: SectionKind) -> Option<String> {
        match self {
            Self::Placeholder => Some(PLACEHOLDER.to_owned()),
            Self::Words(words, _) => value(words, kind)?.annotation.clone(),
        }
    }

    /// A summary, in a docstring that is indented by so many columns.
    pub(super) fn summary(self, indent: usize) -> Option<String> {
        match self {
            Self::Placeholder => Some(PLACEHOLDER.to_owned()),
            Self::Words(words, width) => {
                let width = width.saturating_sub(indent);
                let summary = words.summary.as_deref()?;
                Some(wrapped(summary, width.saturating_sub(QUOTES), width))
            }
        }
    }

    /// A description, in a docstring that is indented by so many columns.
    pub(super) fn description(self, indent: usize) -> Option<String> {
        match self {
            Self::Placeholder => None,
            Self::Words(words, width) => {
                let width = width.saturating_sub(indent);
                Some(wrapped(words.description.as_deref()?, width, width))
            }
        }
    }

    /// What is said of an entry.
    pub(super) fn entry(self, spot: Spot<'_>) -> Option<String> {
        let (words, width) = match self {
            Self::Placeholder => return Some(PLACEHOLDER.to_owned()),
            Self::Words(words, width) => (words, width),
        };
        let named = |all: &'_ [Named]| {
            let found = all.iter().find(|it| Some(it.name.as_str()) == spot.name);
            found.map(|it| it.description.clone())
        };
        let text = match spot.kind {
            SectionKind::Raises => named(&words.raises),
            SectionKind::Warns => named(&words.warns),
            SectionKind::Attributes => named(&words.attributes),
            kind if kind.is_params() => named(&words.args),
            kind => value(words, kind).map(|it| it.description.clone()),
        };
        let (first, rest) = columns(spot.style, spot.kind, spot.name, width, spot.indent);
        Some(wrapped(&text?, first, rest))
    }
}

/// What is said of a value.
const fn value(words: &Words, kind: SectionKind) -> Option<&Described> {
    match kind {
        SectionKind::Returns => words.returns.as_ref(),
        SectionKind::Yields => words.yields.as_ref(),
        SectionKind::Receives => words.receives.as_ref(),
        _ => None,
    }
}
