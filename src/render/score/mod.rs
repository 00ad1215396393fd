//! `docgen score`: scores and measures as a table, as JSON, as Markdown, as a badge.

mod badge;
mod json;
mod markdown;
mod table;

use std::ops::AddAssign;

use crate::check::{FileReport, Quality, SymbolReport};
use crate::contract::Score;
use crate::python::SymbolKind;

use super::closing::{counted, percent};

pub use badge::{badge, text as badge_text};

/// How fine the rows of a sheet are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Level {
    /// One row a symbol.
    Symbol,
    /// One row a file.
    File,
    /// One row.
    Total,
}

/// How a sheet is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreFormat {
    /// For people.
    Table,
    /// For programs: every symbol, whatever the level.
    Json,
    /// For a comment or a step summary.
    Markdown,
}

/// A sheet of scores.
#[derive(Clone, Debug)]
pub struct ScoreSheet {
    /// How fine its rows are.
    pub level: Level,
    /// How it is written.
    pub format: ScoreFormat,
    /// Columns to keep to.
    pub width: usize,
    /// Whether escape sequences for colours are wanted.
    pub colour: bool,
    /// docgen's own version.
    pub version: &'static str,
}

/// Many symbols in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScoreTotal {
    /// Earned and possible weight.
    pub score: Score,
    /// The symbols of which something is asked.
    pub symbols: u32,
    /// Those of them that have all that is asked.
    pub complete: u32,
    /// Files that could not be read.
    pub unreadable: u32,
    /// The sums of the measures.
    measures: [f64; 4],
    /// How many symbols were measured.
    measured: u32,
    /// How many of them have examples, and types.
    facts: [u32; 2],
}

/// The scores of one file: what is kept of its report.
#[derive(Clone, Debug)]
pub struct FileScores {
    path: String,
    /// The file in numbers.
    pub total: ScoreTotal,
    /// Its symbols, where they are to be shown.
    symbols: Vec<SymbolScore>,
}

/// One symbol's score.
#[derive(Clone, Debug)]
struct SymbolScore {
    qualname: String,
    kind: SymbolKind,
    line: u32,
    score: Score,
    quality: Option<Quality>,
}

impl ScoreTotal {
    fn of(symbol: &SymbolReport) -> Self {
        let is_asked = symbol.score.possible > 0;
        let quality = symbol.quality;
        Self {
            score: symbol.score,
            symbols: u32::from(is_asked),
            complete: u32::from(is_asked && symbol.score.is_complete()),
            unreadable: 0,
            measures: quality.map(measures).unwrap_or_default(),
            measured: u32::from(quality.is_some()),
            facts: [
                u32::from(quality.is_some_and(|it| it.has_examples)),
                u32::from(quality.is_some_and(|it| it.has_types)),
            ],
        }
    }

    /// Add what others count.
    pub fn add(&mut self, other: &Self) {
        self.score = self.score + other.score;
        self.symbols += other.symbols;
        self.complete += other.complete;
        self.unreadable += other.unreadable;
        self.measured += other.measured;
        for (sum, more) in self.measures.iter_mut().zip(other.measures) {
            sum.add_assign(more);
        }
        for (sum, more) in self.facts.iter_mut().zip(other.facts) {
            sum.add_assign(more);
        }
    }

    /// The mean of each measure over the symbols, and the mean of these; `None` where nothing was measured.
    fn quality(&self) -> Option<([f64; 4], f64)> {
        if self.measured == 0 {
            return None;
        }
        let means = self.measures.map(|it| it / f64::from(self.measured));
        Some((means, means.iter().sum::<f64>() / 4.0))
    }
}

fn measures(quality: Quality) -> [f64; 4] {
    [
        quality.completeness,
        quality.consistency,
        quality.clarity,
        quality.complexity_match,
    ]
}

impl ScoreSheet {
    /// What is kept of a report.
    pub fn rows(&self, report: &FileReport) -> FileScores {
        let mut total = ScoreTotal {
            unreadable: u32::from(report.failure.is_some()),
            ..ScoreTotal::default()
        };
        let is_shown = self.level == Level::Symbol || self.format == ScoreFormat::Json;
        let mut symbols = Vec::new();
        for symbol in &report.symbols {
            total.add(&ScoreTotal::of(symbol));
            let is_asked = symbol.score.possible > 0 || symbol.quality.is_some();
            if is_shown && is_asked {
                symbols.push(SymbolScore {
                    qualname: symbol.qualname.clone(),
                    kind: symbol.kind,
                    line: symbol.lines(&report.file).0,
                    score: symbol.score,
                    quality: symbol.quality,
                });
            }
        }
        FileScores {
            path: report.file.path().to_owned(),
            total,
            symbols,
        }
    }

    /// The sheet. A total below `least` fails.
    pub fn draw(&self, files: &[FileScores], total: &ScoreTotal, least: f64) -> String {
        match self.format {
            ScoreFormat::Table => table::draw(self, files, total, least),
            ScoreFormat::Json => json::draw(self, files, total, least),
            ScoreFormat::Markdown => markdown::draw(self, files, total, least),
        }
    }
}

/// `score 71.4 is below 80`.
pub fn too_low(score: Score, least: f64) -> String {
    format!("score {:.1} is below {least}", shown(score, least))
}

/// A score to one decimal; never as high as what it does not reach.
fn shown(score: Score, least: f64) -> f64 {
    let rounded = percent(score);
    if score.percent() < least && rounded >= least {
        (score.percent() * 10.0).floor() / 10.0
    } else {
        rounded
    }
}

/// `2 of 4 symbols complete`.
fn completed(total: &ScoreTotal) -> String {
    format!(
        "{} of {} complete",
        total.complete,
        counted(total.symbols, "symbol")
    )
}

/// The JSON Schema of the scores as JSON.
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(json::Sheet<'_>).to_value();
    schema["title"] = "Scores of docgen".into();
    schema
}
