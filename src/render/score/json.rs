//! Scores as JSON (`schemas/score.schema.json`).

use schemars::JsonSchema;
use serde::Serialize;

use super::{FileScores, ScoreSheet, ScoreTotal, SymbolScore, percent};
use crate::check::Quality;
use crate::contract::Score;

/// What `docgen score --output-format json` prints.
#[derive(Serialize, JsonSchema)]
pub(super) struct Sheet<'s> {
    /// Of this form.
    version: u8,
    tool: Tool,
    total: Total,
    /// The least total that does not fail, in per cent.
    fail_under: f64,
    files: Vec<File<'s>>,
}

#[derive(Serialize, JsonSchema)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// Weights, and their share in per cent.
#[derive(Serialize, JsonSchema)]
struct ScoreObject {
    earned: u32,
    possible: u32,
    percent: f64,
}

/// Many symbols.
#[derive(Serialize, JsonSchema)]
struct Total {
    /// The symbols of which something is asked.
    symbols: u32,
    /// Those that have all of it.
    complete: u32,
    score: ScoreObject,
    /// The means over the symbols; null where there is none.
    quality: Option<Means>,
}

#[derive(Serialize, JsonSchema)]
struct Means {
    completeness: f64,
    consistency: f64,
    clarity: f64,
    complexity_match: f64,
    mean: f64,
    /// How many symbols have examples.
    has_examples: u32,
    /// How many symbols have the types of all that is asked.
    has_types: u32,
}

#[derive(Serialize, JsonSchema)]
struct File<'s> {
    path: &'s str,
    #[serde(flatten)]
    total: Total,
    items: Vec<Symbol<'s>>,
}

#[derive(Serialize, JsonSchema)]
struct Symbol<'s> {
    qualname: &'s str,
    kind: &'static str,
    line: u32,
    score: ScoreObject,
    /// Null where nothing is asked and nothing written.
    quality: Option<QualityObject>,
}

/// Each measure from 0 to 1.
#[derive(Serialize, JsonSchema)]
struct QualityObject {
    completeness: f64,
    consistency: f64,
    clarity: f64,
    complexity_match: f64,
    mean: f64,
    has_examples: bool,
    has_types: bool,
}

pub(super) fn draw(
    sheet: &ScoreSheet,
    files: &[FileScores],
    total: &ScoreTotal,
    least: f64,
) -> String {
    let all = Sheet {
        version: 1,
        tool: Tool {
            name: "docgen",
            version: sheet.version,
        },
        total: Total::from(total),
        fail_under: least,
        files: files.iter().map(File::from).collect(),
    };
    // Numbers and texts always make JSON.
    let mut text = serde_json::to_string_pretty(&all).unwrap_or_default();
    text.push('\n');
    text
}

impl From<Score> for ScoreObject {
    fn from(score: Score) -> Self {
        Self {
            earned: score.earned,
            possible: score.possible,
            percent: percent(score),
        }
    }
}

impl From<&ScoreTotal> for Total {
    fn from(total: &ScoreTotal) -> Self {
        Self {
            symbols: total.symbols,
            complete: total.complete,
            score: total.score.into(),
            quality: total.quality().map(|(means, mean)| Means {
                completeness: rounded(means[0]),
                consistency: rounded(means[1]),
                clarity: rounded(means[2]),
                complexity_match: rounded(means[3]),
                mean: rounded(mean),
                has_examples: total.facts[0],
                has_types: total.facts[1],
            }),
        }
    }
}

impl<'s> From<&'s FileScores> for File<'s> {
    fn from(file: &'s FileScores) -> Self {
        Self {
            path: &file.path,
            total: Total::from(&file.total),
            items: file.symbols.iter().map(Symbol::from).collect(),
        }
    }
}

impl<'s> From<&'s SymbolScore> for Symbol<'s> {
    fn from(symbol: &'s SymbolScore) -> Self {
        Self {
            qualname: &symbol.qualname,
            kind: symbol.kind.word(),
            line: symbol.line,
            score: symbol.score.into(),
            quality: symbol.quality.map(QualityObject::from),
        }
    }
}

impl From<Quality> for QualityObject {
    fn from(quality: Quality) -> Self {
        Self {
            completeness: rounded(quality.completeness),
            consistency: rounded(quality.consistency),
            clarity: rounded(quality.clarity),
            complexity_match: rounded(quality.complexity_match),
            mean: rounded(quality.mean()),
            has_examples: quality.has_examples,
            has_types: quality.has_types,
        }
    }
}

/// To four decimals.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
