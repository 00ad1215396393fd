//! Findings held against the rows of a baseline.

use std::collections::{BTreeSet, HashMap};

use super::Row;
use super::moved::Moved;
use crate::check::{FileReport, SymbolReport};
use crate::rules::{Finding, Severity};

/// A baseline while a run is held against it. Files come one after the other, in the order of the report.
#[derive(Debug)]
pub struct Matcher {
    rows: Vec<Row>,
    /// How many findings each row still answers for.
    left: Vec<u32>,
    /// The rows of each place.
    places: HashMap<(String, String), Vec<usize>>,
    /// The rows of files and symbols that may be gone.
    moved: Moved,
    /// The files that were held against it.
    seen: BTreeSet<String>,
}

/// What a baseline knew of one file.
#[derive(Debug, Default)]
pub struct Known {
    /// How many findings are told of no more.
    pub hidden: u32,
    /// The rows that this file's findings, all of them, would make.
    pub present: Vec<Row>,
    /// Those of them that the baseline knew.
    pub kept: Vec<Row>,
}

/// Rules that no baseline silences: with them nothing else is known of the file.
const NEVER: [&str; 1] = ["DG001"];

impl Matcher {
    /// A matcher of these rows.
    pub fn new(rows: Vec<Row>) -> Self {
        let mut places: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            let place = (row.path.clone(), row.symbol.clone());
            places.entry(place).or_default().push(at);
        }
        Self {
            left: rows.iter().map(|it| it.count).collect(),
            moved: Moved::new(&rows),
            rows,
            places,
            seen: BTreeSet::new(),
        }
    }

    /// Takes the findings away from `report` that the baseline knows. `path` is the file's, relative to the baseline's folder;
    /// `names` tells the qualified names in another file by its path, `None` where there is no such file.
    pub fn apply(
        &mut self,
        path: &str,
        report: &mut FileReport,
        names: &mut dyn FnMut(&str) -> Option<BTreeSet<String>>,
    ) -> Known {
        self.seen.insert(path.to_owned());
        let mut known = Known::default();
        let mut open: Vec<Vec<Open>> = report.symbols.iter().map(|it| opened(path, it)).collect();
        for row in open.iter().flatten().flat_map(|it| &it.rows) {
            known.present.push(row.clone());
        }
        // The same code first, so that of two symbols of one name each finds its own rows.
        for same_body in [true, false] {
            for open in open.iter_mut().flatten() {
                self.take(open, same_body, &mut known.kept);
            }
        }
        if open.iter().flatten().any(|it| !it.is_known()) {
            self.take_moved(path, report, &mut open, names, &mut known.kept);
        }
        for (symbol, open) in report.symbols.iter_mut().zip(&open) {
            let mut open = open.iter();
            symbol
                .findings
                .retain(|finding| is_immune(finding) || !open.next().is_some_and(Open::is_known));
        }
        let all: usize = open.iter().map(Vec::len).sum();
        let told = report.symbols.iter().flat_map(|it| &it.findings);
        known.hidden = (all - told.filter(|it| !is_immune(it)).count()) as u32;
        known
    }

    /// The rows of files that were not looked at and are still there.
    pub fn untouched(&self, mut is_there: impl FnMut(&str) -> bool) -> Vec<Row> {
        let rows = self.rows.iter();
        let untouched = rows.filter(|it| !self.seen.contains(&it.path) && is_there(&it.path));
        untouched.cloned().collect()
    }

    /// How many findings of the files that were looked at, or are gone, were not met again.
    pub fn mended(&self, mut is_there: impl FnMut(&str) -> bool) -> u32 {
        let rows = self.rows.iter().zip(&self.left);
        let mut is_judged = |it: &Row| self.seen.contains(&it.path) || !is_there(&it.path);
        rows.filter(|it| is_judged(it.0)).map(|it| it.1).sum()
    }

    /// How many findings it holds.
    pub fn count(&self) -> u32 {
        self.rows.iter().map(|it| it.count).sum()
    }

    fn take(&mut self, open: &mut Open, same_body: bool, kept: &mut Vec<Row>) {
        for (row, is_known) in open.rows.iter().zip(&mut open.known) {
            if *is_known {
                continue;
            }
            let place = (row.path.clone(), row.symbol.clone());
            let rows = self.places.get(&place).into_iter().flatten();
            let mut rows = rows.filter(|&&at| {
                let known = &self.rows[at];
                self.left[at] > 0
                    && known.code == row.code
                    && known.entry == row.entry
                    && (!same_body || known.body == row.body)
            });
            if let Some(&at) = rows.next() {
                self.left[at] -= 1;
                *is_known = true;
                kept.push(row.clone());
            }
        }
    }

    fn take_moved(
        &mut self,
        path: &str,
        report: &FileReport,
        open: &mut [Vec<Open>],
        names: &mut dyn FnMut(&str) -> Option<BTreeSet<String>>,
        kept: &mut Vec<Row>,
    ) {
        let renamed = self.moved.renamed(path, &self.rows, report, names);
        for open in open.iter_mut().flatten() {
            for (row, is_known) in open.rows.iter().zip(&mut open.known) {
                if *is_known {
                    continue;
                }
                let from = self
                    .moved
                    .find(row, renamed.as_deref(), &self.rows, &self.left, names);
                if let Some(at) = from {
                    self.left[at] -= 1;
                    *is_known = true;
                    kept.push(row.clone());
                }
            }
        }
    }
}

/// A finding, as rows, and which of these are known: all of them, and it is told of no more.
struct Open {
    rows: Vec<Row>,
    known: Vec<bool>,
}

impl Open {
    fn is_known(&self) -> bool {
        self.known.iter().all(|it| *it)
    }
}

fn is_immune(finding: &Finding) -> bool {
    NEVER.contains(&finding.rule.code) && finding.severity == Severity::Error
}

/// The findings of a symbol that a baseline may know, each with the rows that it would make.
fn opened(path: &str, symbol: &SymbolReport) -> Vec<Open> {
    let body = symbol.digest.map(|it| format!("{it:016x}"));
    let row = |finding: &Finding, entry: Option<&String>| Row {
        path: path.to_owned(),
        symbol: symbol.qualname.clone(),
        code: finding.rule.code.to_owned(),
        entry: entry.cloned(),
        body: body.clone(),
        count: 1,
    };
    let findings = symbol.findings.iter().filter(|it| !is_immune(it));
    let open = findings.map(|finding| {
        let mut rows: Vec<Row> = finding
            .entries
            .iter()
            .map(|it| row(finding, Some(it)))
            .collect();
        if rows.is_empty() {
            rows.push(row(finding, None));
        }
        let known = vec![false; rows.len()];
        Open { rows, known }
    });
    open.collect()
}
