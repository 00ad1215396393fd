//! The shape of the JSON report, held by `schemas/report.schema.json`. The order of keys is that of
//! the fields; readers must not rely on it.

use serde::Serialize;

use super::Run;
use super::closing::percent;
use super::region::Region;
use crate::check::{Summary, SymbolReport};
use crate::contract::Score;
use crate::rules::{Finding, Label, Remedy};
use crate::text::{Edit, SourceFile};

#[derive(Serialize)]
pub(super) struct ToolJson<'a> {
    name: &'static str,
    version: &'a str,
}

#[derive(Serialize)]
pub(super) struct ComparisonJson<'a> {
    kind: &'a str,
    base: Option<&'a str>,
    head: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct SummaryJson {
    files: u32,
    symbols: u32,
    complete: u32,
    errors: u32,
    warnings: u32,
    score: f64,
}

#[derive(Serialize)]
pub(super) struct SymbolJson<'a> {
    qualname: &'a str,
    kind: &'static str,
    line: u32,
    end_line: u32,
    facets: Vec<&'static str>,
    score: ScoreJson,
    findings: Vec<FindingJson<'a>>,
}

#[derive(Serialize)]
struct ScoreJson {
    earned: u32,
    possible: u32,
    percent: f64,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    introduced: bool,
    message: &'a str,
    #[serde(flatten)]
    region: Region,
    labels: Vec<LabelJson<'a>>,
    help: Option<&'a str>,
    fix: Option<FixJson<'a>>,
}

#[derive(Serialize)]
struct LabelJson<'a> {
    #[serde(flatten)]
    region: Region,
    message: &'a str,
    secondary: bool,
}

/// A mechanical remedy: edits that are made together.
#[derive(Serialize)]
struct FixJson<'a> {
    applicability: &'static str,
    edits: Vec<EditJson<'a>>,
}

/// A region that goes, and what comes in its place.
#[derive(Serialize)]
struct EditJson<'a> {
    #[serde(flatten)]
    region: Region,
    text: &'a str,
}

impl<'a> ToolJson<'a> {
    pub(super) fn new(run: &'a Run) -> Self {
        Self {
            name: "docgen",
            version: &run.version,
        }
    }
}

impl<'a> ComparisonJson<'a> {
    pub(super) fn new(run: &'a Run) -> Self {
        Self {
            kind: run.comparison.kind,
            base: run.comparison.base.as_deref(),
            head: run.comparison.head.as_deref(),
        }
    }
}

impl From<&Summary> for SummaryJson {
    fn from(summary: &Summary) -> Self {
        Self {
            files: summary.files,
            symbols: summary.symbols,
            complete: summary.complete,
            errors: summary.errors,
            warnings: summary.warnings,
            score: percent(summary.score),
        }
    }
}

impl<'a> SymbolJson<'a> {
    pub(super) fn new(file: &SourceFile, symbol: &'a SymbolReport) -> Self {
        let (line, end_line) = symbol.lines(file);
        Self {
            qualname: &symbol.qualname,
            kind: symbol.kind.word(),
            line,
            end_line,
            facets: symbol.facets.words(),
            score: symbol.score.into(),
            findings: symbol
                .findings
                .iter()
                .map(|finding| FindingJson::new(file, finding))
                .collect(),
        }
    }
}

impl From<Score> for ScoreJson {
    fn from(score: Score) -> Self {
        Self {
            earned: score.earned,
            possible: score.possible,
            percent: percent(score),
        }
    }
}

impl<'a> FindingJson<'a> {
    fn new(file: &SourceFile, finding: &'a Finding) -> Self {
        Self {
            code: finding.rule.code,
            name: finding.rule.name,
            severity: finding.severity.word(),
            introduced: finding.introduced,
            message: &finding.message,
            region: Region::new(file, finding.at),
            labels: finding
                .labels
                .iter()
                .map(|label| LabelJson::new(file, label))
                .collect(),
            help: finding.help.as_deref(),
            fix: FixJson::new(file, &finding.remedy),
        }
    }
}

impl<'a> FixJson<'a> {
    fn new(file: &SourceFile, remedy: &'a Remedy) -> Option<Self> {
        let Remedy::Edits(edits, applicability) = remedy else {
            return None;
        };
        let edit = |it: &'a Edit| EditJson {
            region: Region::new(file, it.span),
            text: &it.text,
        };
        Some(Self {
            applicability: applicability.word(),
            edits: edits.iter().map(edit).collect(),
        })
    }
}

impl<'a> LabelJson<'a> {
    fn new(file: &SourceFile, label: &'a Label) -> Self {
        Self {
            region: Region::new(file, label.span),
            message: &label.text,
            secondary: label.secondary,
        }
    }
}
