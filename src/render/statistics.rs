//! `--statistics`: how often each rule spoke.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::renderer::findings;
use crate::check::FileReport;
use crate::rules::Rule;

/// Findings counted by rule.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    counts: BTreeMap<&'static str, (&'static Rule, u64)>,
}

impl Statistics {
    /// Count the findings of one more file.
    pub fn count(&mut self, report: &FileReport) {
        for finding in findings(report) {
            let rule = finding.rule;
            self.counts.entry(rule.code).or_insert((rule, 0)).1 += 1;
        }
    }

    /// Add another count to this one.
    pub fn merge(&mut self, other: &Self) {
        for (&code, &(rule, count)) in &other.counts {
            self.counts.entry(code).or_insert((rule, 0)).1 += count;
        }
    }

    /// The table: the most frequent rule first, the lower code where two are equally frequent.
    pub fn table(&self) -> String {
        let mut rows: Vec<_> = self.counts.values().collect();
        rows.sort_by_key(|(rule, count)| (Reverse(*count), rule.code));
        let digits = rows.first().map_or(0, |(_, count)| count.to_string().len());
        let mut table = String::new();
        for (rule, count) in rows {
            // Writing to a string cannot fail.
            let _ = writeln!(table, "{count:>digits$}  {}  {}", rule.code, rule.name);
        }
        table
    }
}
