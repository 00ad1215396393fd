//! `concise`: one line a finding, for editors and for `grep`.

use std::io::Write as _;

use super::harmless::harmless;
use super::link::Link;
use super::paint::Paint;
use super::put::{End, put};
use super::{Renderer, Run, Sheet};
use crate::check::FileReport;
use crate::rules::Severity;

/// `path:line:col: DG201 missing-param: message`.
#[derive(Debug)]
pub(super) struct Concise;

impl Renderer for Concise {
    fn file(&self, run: &Run, sheet: &Sheet<'_>, out: &mut Vec<u8>) {
        failure(run, sheet.report(), out);
        let paint = Paint::new(run);
        let path = harmless(sheet.file().path());
        for note in sheet.notes() {
            let rule = note.finding.rule;
            let style = paint.severity(note.finding.severity);
            let (line, column) = (note.region.line, note.region.column);
            put!(out, path, ":", line, ":", column, ": ");
            put!(out, style, Link::new(run, rule, rule.code), End(style));
            put!(out, " ", rule.name, ": ", harmless(&note.told), "\n");
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
