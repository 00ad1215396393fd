//! How much of what is asked is there.

use std::iter::Sum;
use std::ops::Add;

use serde_json::Value;

use super::names::{self, last_part};
use super::schema::{Kind, Part, Schema, Verdict};
use super::{Asked, Coverage, Reading, Requirement, projection, prose};
use crate::docstring::{Docstring, Entry, SectionKind};
use crate::python::{Param, SymbolId};

/// Earned out of possible weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// The weight of what is there.
    pub earned: u32,
    /// The weight of what is asked.
    pub possible: u32,
}

impl Score {
    /// The score of the symbol `id` by `schema`; nothing is possible where nothing is asked.
    pub fn of(
        schema: &Schema,
        reading: &Reading<'_>,
        id: SymbolId,
        requirement: &Requirement<'_>,
        coverage: &Coverage<'_>,
    ) -> Self {
        let docstring = reading.docstring(id).map(|it| &it.parsed);
        let asked = if docstring.is_some() {
            requirement.parts
        } else {
            requirement.presence
        };
        if asked == Asked::No {
            return Self::default();
        }
        let kind = reading.module.symbol(id).kind;
        let weights = schema.kind(kind);
        let mut sum = Sums {
            weights,
            is_there: docstring.is_some(),
            score: Self::default(),
        };
        match schema.judge() {
            None => {
                let mut parts = weights.required.iter();
                let free = parts.by_ref().filter(|it| !it.is_asked_by_code());
                for &part in free {
                    let value = || docstring.and_then(|it| projection::value(it, coverage, part));
                    let is_held = match part {
                        Part::Summary => coverage.summary,
                        _ => value().is_some(),
                    };
                    sum.add(part, 1, usize::from(!is_held));
                }
                let hollow = docstring.map(|it| hollow(it, requirement, coverage));
                sum.add_code(requirement, coverage, hollow.unwrap_or_default());
            }
            Some(judge) => {
                let instance = projection::instance(reading, id, requirement, coverage);
                let verdict = judge.judge(kind, &instance);
                sum.add_verdict(requirement, coverage, &verdict, &instance);
            }
        }
        sum.score
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

/// A score while it is added up.
struct Sums<'s> {
    weights: &'s Kind,
    is_there: bool,
    score: Score,
}

/// How many of the wanted entries are there and are not as they have to be.
#[derive(Clone, Copy, Debug, Default)]
struct Faulty {
    params: usize,
    raises: usize,
    returns: bool,
    yields: bool,
}

impl Sums<'_> {
    fn add(&mut self, part: Part, wanted: usize, missing: usize) {
        let weight = self.weights.weight(part);
        let there = if self.is_there {
            wanted.saturating_sub(missing)
        } else {
            0
        };
        self.score.possible += weight * wanted as u32;
        self.score.earned += weight * there as u32;
    }

    /// The parts of which the code says what has to be there.
    fn add_code(&mut self, asked: &Requirement<'_>, held: &Coverage<'_>, faulty: Faulty) {
        let missing = held.missing_params.len() + faulty.params;
        self.add(Part::Args, asked.params.len(), missing);
        let returns = held.missing_returns || faulty.returns;
        let wanted = usize::from(asked.returns.is_some());
        self.add(Part::Returns, wanted, usize::from(returns));
        let yields = held.missing_yields || faulty.yields;
        let wanted = usize::from(asked.yields.is_some());
        self.add(Part::Yields, wanted, usize::from(yields));
        let missing = held.missing_raises.len() + faulty.raises;
        self.add(Part::Raises, asked.raises.len(), missing);
    }

    /// What a schema asks for, and then what the code does.
    fn add_verdict(
        &mut self,
        asked: &Requirement<'_>,
        held: &Coverage<'_>,
        verdict: &Verdict,
        instance: &Value,
    ) {
        let has_fault =
            |part| verdict.faulty.contains(&part) || verdict.entries.iter().any(|it| it.0 == part);
        for part in Part::ALL.into_iter().filter(|it| !it.is_asked_by_code()) {
            if verdict.asked.contains(&part) || has_fault(part) {
                self.add(part, 1, usize::from(has_fault(part)));
            }
        }
        for &holds in &verdict.others {
            self.score.possible += 1;
            self.score.earned += u32::from(holds && self.is_there);
        }
        let names = |part: Part| {
            let entries = verdict.entries.iter().filter(move |it| it.0 == part);
            entries.filter_map(move |it| instance[part.word()][it.1]["name"].as_str())
        };
        // A fault of the list itself (too few entries, say) is one more than those of its entries.
        let whole = |part: Part| usize::from(verdict.faulty.contains(&part));
        let params = asked.params.iter().filter(|param| {
            let is_missing = held.missing_params.iter().any(|it| it.span == param.span);
            !is_missing && names(Part::Args).any(|it| it == param.name)
        });
        let raises = asked.raises.iter().filter(|raised| {
            let is_missing = held.missing_raises.iter().any(|it| it.name == raised.name);
            !is_missing && names(Part::Raises).any(|it| last_part(it) == raised.name)
        });
        let faulty = Faulty {
            params: params.count() + whole(Part::Args),
            raises: raises.count() + whole(Part::Raises),
            returns: whole(Part::Returns) > 0,
            yields: whole(Part::Yields) > 0,
        };
        self.add_code(asked, held, faulty);
    }
}

/// The wanted parameters and exceptions of which the docstring has an entry that says nothing: what the built-in schema
/// refuses.
fn hollow(docstring: &Docstring<'_>, asked: &Requirement<'_>, held: &Coverage<'_>) -> Faulty {
    let says_nothing =
        |it: &&Entry<'_>| it.text.is_none() && prose::description(docstring, it).is_none();
    let (mut params, mut raises) = (Vec::new(), Vec::new());
    for section in &docstring.sections {
        let entries = section.entries.iter().filter(says_nothing);
        if section.kind.is_params() {
            params.extend(entries.flat_map(names::of));
        } else if section.kind == SectionKind::Raises {
            raises.extend(entries.flat_map(names::exception_names).map(last_part));
        }
    }
    if params.is_empty() && raises.is_empty() {
        return Faulty::default();
    }
    let has = |names: &[&str], name: &str| names.contains(&name);
    let is_missing = |param: &Param<'_>| held.missing_params.iter().any(|it| it.span == param.span);
    let is_undocumented = |name: &str| held.missing_raises.iter().any(|it| it.name == name);
    let of_params = asked
        .params
        .iter()
        .filter(|it| has(&params, it.name) && !is_missing(it));
    let of_raises = asked
        .raises
        .iter()
        .filter(|it| has(&raises, it.name) && !is_undocumented(it.name));
    Faulty {
        params: of_params.count(),
        raises: of_raises.count(),
        ..Faulty::default()
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
