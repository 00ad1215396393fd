//! `checkstyle`: the XML that Checkstyle writes and many CI servers read.

use super::put::put;
use super::xml::xml;
use super::{Renderer, Run, Sheet, Tally};
use crate::check::Summary;

/// An `error` for each finding, by file; files without one are left out.
#[derive(Debug)]
pub(super) struct Checkstyle;

impl Renderer for Checkstyle {
    fn begin(&self, _run: &Run, out: &mut Vec<u8>) {
        out.extend_from_slice(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"10.0\">\n",
        );
    }

    fn file(&self, _run: &Run, sheet: &Sheet<'_>, out: &mut Vec<u8>) {
        let failure = sheet.report().failure.as_ref();
        if failure.is_none() && sheet.notes().is_empty() {
            return;
        }
        put!(out, "  <file name=\"", xml(sheet.file().path()), "\">\n");
        if let Some(reason) = failure {
            let start = "    <error line=\"1\" severity=\"error\" message=\"cannot read: ";
            put!(
                out,
                start,
                xml(reason),
                "\" source=\"docgen.unreadable\"/>\n"
            );
        }
        for note in sheet.notes() {
            let (line, column) = (note.region.line, note.region.column);
            put!(out, "    <error line=\"", line, "\" column=\"", column);
            put!(out, "\" severity=\"", note.finding.severity.word());
            put!(out, "\" message=\"", xml(&note.told), "\" source=\"docgen.");
            put!(out, note.finding.rule.code, "\"/>\n");
        }
        put!(out, "  </file>\n");
    }

    fn end(&self, _run: &Run, _summary: &Summary, _tally: &Tally, out: &mut Vec<u8>) {
        out.extend_from_slice(b"</checkstyle>\n");
    }
}
