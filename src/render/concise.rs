//! `concise`: one line a finding, for editors and for `grep`.

use std::io::Write as _;

use super::harmless::harmless;
use super::link::Link;
use super::paint::Paint;
use super::renderer::{findings, told};
use super::{Renderer, Run};
use crate::check::FileReport;
use crate::rules::Severity;

/// `path:line:col: DG201 missing-param: message`.
#[derive(Debug)]
pub(super) struct Concise;

impl Renderer for Concise {
    fn file(&self, run: &Run, report: &FileReport, out: &mut Vec<u8>) {
        failure(run, report, out);
        let paint = Paint::new(run);
        let path = harmless(report.file.path());
        for finding in findings(report) {
            let at = report.file.position(finding.at.start);
            let style = paint.severity(finding.severity);
            // Writing to memory cannot fail.
            let _ = writeln!(
                out,
                "{path}:{}:{}: {style}{}{style:#} {}: {}",
                at.line,
                at.column,
                Link::new(run, finding.rule, finding.rule.code),
                finding.rule.name,
                harmless(&told(finding))
            );
        }
    }
}

/// `error: cannot read src/a.py: permission denied`, where the file could not be read.
pub(super) fn failure(run: &Run, report: &FileReport, out: &mut Vec<u8>) {
    let Some(reason) = &report.failure else {
        return;
    };
    let style = Paint::new(run).severity(Severity::Error);
    let _ = writeln!(
        out,
        "{style}error{style:#}: cannot read {}: {}",
        harmless(report.file.path()),
        harmless(reason)
    );
}
