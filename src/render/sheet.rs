//! One file's report, and what several formats tell of it: made once, when the first of them asks.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::Run;
use super::compact::write_json;
use super::fingerprint::fingerprints;
use super::json_model::SymbolJson;
use super::region::Region;
use super::renderer::told;
use crate::check::{FileReport, SymbolReport};
use crate::rules::Finding;
use crate::text::SourceFile;

/// One file's report while it is written in several formats.
pub struct Sheet<'r> {
    report: &'r FileReport,
    run: &'r Run,
    path: OnceCell<Cow<'r, str>>,
    notes: OnceCell<Vec<Note<'r>>>,
    fingerprints: OnceCell<Vec<String>>,
    symbols: OnceCell<Symbols>,
}

/// A finding as most formats tell of it.
pub(super) struct Note<'r> {
    /// The symbol it is about.
    pub symbol: &'r SymbolReport,
    /// What was found.
    pub finding: &'r Finding,
    /// The message, and what it counts but does not name.
    pub told: Cow<'r, str>,
    /// Where a reader should look first.
    pub region: Region,
}

/// The symbols of a file as JSON, one behind the other.
#[derive(Default)]
struct Symbols {
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl<'r> Sheet<'r> {
    /// `report` as `run` tells of it. Runs that differ in what people's screens look like only may share one.
    pub const fn new(run: &'r Run, report: &'r FileReport) -> Self {
        Self {
            report,
            run,
            path: OnceCell::new(),
            notes: OnceCell::new(),
            fingerprints: OnceCell::new(),
            symbols: OnceCell::new(),
        }
    }

    /// What was found.
    pub(super) const fn report(&self) -> &'r FileReport {
        self.report
    }

    /// The file.
    pub(super) const fn file(&self) -> &'r SourceFile {
        &self.report.file
    }

    /// Its path as seen from the top of the repository.
    pub(super) fn path(&self) -> &str {
        let path = || self.run.in_repository(self.report.file.path());
        self.path.get_or_init(path)
    }

    /// Every finding, in the order of the text.
    pub(super) fn notes(&self) -> &[Note<'r>] {
        let note = |symbol: &'r SymbolReport, finding: &'r Finding| Note {
            symbol,
            finding,
            told: told(finding),
            region: Region::new(self.file(), finding.at),
        };
        let of_symbol = |symbol: &'r SymbolReport| {
            let findings = symbol.findings.iter();
            findings.map(move |finding| note(symbol, finding))
        };
        self.notes
            .get_or_init(|| self.report.symbols.iter().flat_map(of_symbol).collect())
    }

    /// Every finding with its fingerprint.
    pub(super) fn fingerprinted(&self) -> impl Iterator<Item = (&Note<'r>, &str)> {
        let fingerprints = self
            .fingerprints
            .get_or_init(|| fingerprints(self.path(), self.report).collect());
        let texts = fingerprints.iter().map(String::as_str);
        self.notes().iter().zip(texts)
    }

    /// Every symbol as an object of JSON.
    pub(super) fn symbols(&self) -> impl Iterator<Item = &[u8]> {
        let symbols = self.symbols.get_or_init(|| {
            let mut symbols = Symbols::default();
            for symbol in &self.report.symbols {
                write_json(&mut symbols.text, &SymbolJson::new(self.file(), symbol));
                symbols.ends.push(symbols.text.len());
            }
            symbols
        });
        let mut start = 0;
        symbols.ends.iter().map(move |&end| {
            let text = &symbols.text[start..end];
            start = end;
            text
        })
    }
}
