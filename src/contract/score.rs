//! How much of what is asked is there.

use std::iter::Sum;
use std::ops::Add;

use super::schema::{Part, Schema};
use super::{Asked, Coverage, Requirement};
use crate::docstring::{Docstring, SectionKind};
use crate::python::SymbolKind;

/// Earned out of possible weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// The weight of what is there.
    pub earned: u32,
    /// The weight of what is asked.
    pub possible: u32,
}

impl Score {
    /// The score of one symbol by `schema`; nothing is possible where nothing is asked.
    pub fn of(
        schema: &Schema,
        kind: SymbolKind,
        requirement: &Requirement<'_>,
        coverage: &Coverage<'_>,
        docstring: Option<&Docstring<'_>>,
    ) -> Self {
        let asked = if docstring.is_some() {
            requirement.parts
        } else {
            requirement.presence
        };
        if asked == Asked::No {
            return Self::default();
        }
        let weights = schema.kind(kind);
        let is_there = docstring.is_some();
        let mut score = Self::default();
        let mut add = |part: Part, wanted: usize, missing: usize| {
            let weight = weights.weight(part);
            let there = if is_there {
                wanted.saturating_sub(missing)
            } else {
                0
            };
            score.possible += weight * wanted as u32;
            score.earned += weight * there as u32;
        };
        for &part in weights.required.iter().filter(|it| !it.is_asked_by_code()) {
            let is_held = docstring.is_some_and(|it| holds(it, part));
            add(part, 1, usize::from(!is_held));
        }
        let (returns, yields) = (requirement.returns.is_some(), requirement.yields.is_some());
        add(
            Part::Args,
            requirement.params.len(),
            coverage.missing_params.len(),
        );
        add(
            Part::Returns,
            usize::from(returns),
            usize::from(coverage.missing_returns),
        );
        add(
            Part::Yields,
            usize::from(yields),
            usize::from(coverage.missing_yields),
        );
        add(
            Part::Raises,
            requirement.raises.len(),
            coverage.missing_raises.len(),
        );
        score
    }

    /// Earned of possible in per cent, 0 to 100; 100 where nothing is asked.
    pub fn percent(self) -> f64 {
        if self.possible == 0 {
            return 100.0;
        }
        f64::from(self.earned) * 100.0 / f64::from(self.possible)
    }

    /// Whether all that is asked is there.
    pub const fn is_complete(self) -> bool {
        self.earned >= self.possible
    }
}

/// Whether `docstring` holds a part that is asked whatever the code says. Parts that the code asks for are
/// not judged here: their entries are.
fn holds(docstring: &Docstring<'_>, part: Part) -> bool {
    let has = |kind| {
        docstring
            .sections
            .iter()
            .any(|it| it.kind == kind && !it.body.is_empty())
    };
    match part {
        Part::Summary => docstring.summary.is_some(),
        Part::Description => docstring.description.is_some(),
        Part::Receives => has(SectionKind::Receives),
        Part::Warns => has(SectionKind::Warns),
        Part::Attributes => has(SectionKind::Attributes),
        Part::Examples => has(SectionKind::Examples) || docstring.value.contains(">>> "),
        Part::Notes => has(SectionKind::Notes),
        Part::Deprecated => has(SectionKind::Deprecated),
        Part::Complexity => docstring.value.contains("omplexity"),
        Part::Changelog => [".. versionadded::", ".. versionchanged::", "Changelog"]
            .iter()
            .any(|mark| docstring.value.contains(mark)),
        Part::Args | Part::Returns | Part::Yields | Part::Raises => false,
    }
}

impl Add for Score {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            earned: self.earned + other.earned,
            possible: self.possible + other.possible,
        }
    }
}

impl Sum for Score {
    fn sum<I: Iterator<Item = Self>>(scores: I) -> Self {
        scores.fold(Self::default(), Add::add)
    }
}
