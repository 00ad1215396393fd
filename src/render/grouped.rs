//! `grouped`: one line a finding, under its file's name.

use std::io::Write as _;

use super::concise::failure;
use super::harmless::harmless;
use super::link::Link;
use super::paint::Paint;
use super::renderer::{findings, told};
use super::{Renderer, Run};
use crate::check::FileReport;

/// A file's name, then `line:col  DG201 missing-param  message`, aligned.
#[derive(Debug)]
pub(super) struct Grouped;

impl Renderer for Grouped {
    fn file(&self, run: &Run, report: &FileReport, out: &mut Vec<u8>) {
        failure(run, report, out);
        let paint = Paint::new(run);
        let places: Vec<String> = findings(report)
            .map(|finding| {
                let at = report.file.position(finding.at.start);
                format!("{}:{}", at.line, at.column)
            })
            .collect();
        if places.is_empty() {
            return;
        }
        let place_width = places.iter().map(String::len).max().unwrap_or(0);
        let name_width = findings(report)
            .map(|finding| finding.rule.name.len())
            .max()
            .unwrap_or(0);
        // Writing to memory cannot fail.
        let _ = writeln!(out, "{}:", harmless(report.file.path()));
        for (place, finding) in places.iter().zip(findings(report)) {
            let style = paint.severity(finding.severity);
            let _ = writeln!(
                out,
                "  {place:<place_width$}  {style}{}{style:#} {:<name_width$}  {}",
                Link::new(run, finding.rule, finding.rule.code),
                finding.rule.name,
                harmless(&told(finding))
            );
        }
    }

    fn joint(&self) -> &'static str {
        "\n"
    }
}
