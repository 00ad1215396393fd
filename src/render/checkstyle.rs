//! `checkstyle`: the XML that Checkstyle writes and many CI servers read.

use std::io::Write as _;

use super::renderer::{findings, told};
use super::xml::xml;
use super::{Renderer, Run, Tally};
use crate::check::{FileReport, Summary};

/// An `error` for each finding, by file; files without one are left out.
#[derive(Debug)]
pub(super) struct Checkstyle;

impl Renderer for Checkstyle {
    fn begin(&self, _run: &Run, out: &mut Vec<u8>) {
        out.extend_from_slice(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"10.0\">\n",
        );
    }

    fn file(&self, _run: &Run, report: &FileReport, out: &mut Vec<u8>) {
        if report.failure.is_none() && findings(report).next().is_none() {
            return;
        }
        // Writing to memory cannot fail, here and below.
        let _ = writeln!(out, "  <file name=\"{}\">", xml(report.file.path()));
        if let Some(reason) = &report.failure {
            let _ = writeln!(
                out,
                "    <error line=\"1\" severity=\"error\" message=\"cannot read: {}\" source=\"docgen.unreadable\"/>",
                xml(reason)
            );
        }
        for finding in findings(report) {
            let at = report.file.position(finding.at.start);
            let _ = writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"docgen.{}\"/>",
                at.line,
                at.column,
                finding.severity.word(),
                xml(&told(finding)),
                finding.rule.code
            );
        }
        out.extend_from_slice(b"  </file>\n");
    }

    fn end(&self, _run: &Run, _summary: &Summary, _tally: &Tally, out: &mut Vec<u8>) {
        out.extend_from_slice(b"</checkstyle>\n");
    }
}
