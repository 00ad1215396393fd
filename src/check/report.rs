//! What a run found, file by file.

use std::ops::Add;

use super::Quality;
use crate::contract::Score;
use crate::python::SymbolKind;
use crate::rules::{Facets, Finding, Severity};
use crate::text::{SourceFile, Span};

/// One file's symbols in scope, in the order of the text, and what was found in them.
#[derive(Clone, Debug)]
pub struct FileReport {
    /// The new side's path and text; the text is empty where it could not be read.
    pub file: SourceFile,
    /// The symbols in scope, clean ones too. Findings of a whole file sit on its module.
    pub symbols: Vec<SymbolReport>,
    /// Why the file could not be read: exit 2, the rest is still reported.
    pub failure: Option<String>,
}

/// One symbol in scope.
#[derive(Clone, Debug)]
pub struct SymbolReport {
    /// Python's `__qualname__`; `<module>` for modules.
    pub qualname: String,
    /// What it is.
    pub kind: SymbolKind,
    /// From `def` or `class` to the end of its last statement; the whole text for modules.
    pub span: Span,
    /// How it changed; [`Facet::Added`](crate::rules::Facet::Added) alone where there is no old side.
    pub facets: Facets,
    /// How complete it is.
    pub score: Score,
    /// How good its docstring is, where that is measured.
    pub quality: Option<Quality>,
    /// A hash of its code, where a baseline asks for it and there is enough code to be known again.
    pub digest: Option<u64>,
    /// What was found, in the order of the text.
    pub findings: Vec<Finding>,
}

/// A run in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files in scope.
    pub files: u32,
    /// Symbols in scope.
    pub symbols: u32,
    /// Symbols without a finding.
    pub complete: u32,
    /// Findings that are errors.
    pub errors: u32,
    /// Findings that are warnings.
    pub warnings: u32,
    /// Findings that fail this run.
    pub failing: u32,
    /// Files that could not be read.
    pub unreadable: u32,
    /// Earned and possible weight of all symbols in scope.
    pub score: Score,
}

impl FileReport {
    /// The file in numbers. A finding fails from the severity `fail_on` on; none does without it.
    pub fn summary(&self, fail_on: Option<Severity>) -> Summary {
        let mut summary = Summary {
            files: 1,
            symbols: self.symbols.len() as u32,
            unreadable: u32::from(self.failure.is_some()),
            score: self.symbols.iter().map(|symbol| symbol.score).sum(),
            ..Summary::default()
        };
        for symbol in &self.symbols {
            summary.complete += u32::from(symbol.findings.is_empty());
            for finding in &symbol.findings {
                match finding.severity {
                    Severity::Error => summary.errors += 1,
                    Severity::Warning => summary.warnings += 1,
                }
                summary.failing +=
                    u32::from(fail_on.is_some_and(|least| finding.severity >= least));
            }
        }
        summary
    }
}

impl Add for Summary {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            files: self.files + other.files,
            symbols: self.symbols + other.symbols,
            complete: self.complete + other.complete,
            errors: self.errors + other.errors,
            warnings: self.warnings + other.warnings,
            failing: self.failing + other.failing,
            unreadable: self.unreadable + other.unreadable,
            score: self.score + other.score,
        }
    }
}

impl SymbolReport {
    /// The lines, from 1, in which it begins and ends in its `file`: asked for where they are shown, because an index
    /// of a file's lines costs more than most of its checks.
    pub fn lines(&self, file: &SourceFile) -> (u32, u32) {
        let Span { start, end } = self.span;
        let lines = file.lines();
        (
            lines.line(start),
            lines.line(end.saturating_sub(1).max(start)),
        )
    }
}
