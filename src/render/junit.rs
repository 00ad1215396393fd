//! `junit`: each symbol in scope is a test case, each error a failure of it.

use super::put::put;
use super::sheet::Note;
use super::xml::xml;
use super::{Renderer, Run, Sheet, Tally};
use crate::check::Summary;
use crate::rules::Severity;

/// A suite for each file. A symbol with findings is a case for each of them, because a case can fail
/// once only; warnings are output of a case that passes.
#[derive(Debug)]
pub(super) struct Junit;

impl Renderer for Junit {
    fn begin(&self, _run: &Run, out: &mut Vec<u8>) {
        out.extend_from_slice(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"docgen\">\n",
        );
    }

    fn file(&self, _run: &Run, sheet: &Sheet<'_>, out: &mut Vec<u8>) {
        let path = xml(sheet.file().path());
        let notes = sheet.notes();
        let is_error = |it: &&Note<'_>| it.finding.severity == Severity::Error;
        let failures = notes.iter().filter(is_error).count();
        let symbols = &sheet.report().symbols;
        let clean = symbols.iter().filter(|it| it.findings.is_empty()).count();
        let errors = usize::from(sheet.report().failure.is_some());
        let tests = clean + notes.len() + errors;
        put!(
            out,
            "  <testsuite name=\"",
            path,
            "\" tests=\"",
            tests,
            "\" failures=\""
        );
        put!(out, failures, "\" errors=\"", errors, "\">\n");
        let start = format!("    <testcase classname=\"{path}\" name=\"");
        if let Some(reason) = &sheet.report().failure {
            put!(
                out,
                start,
                "&lt;file&gt;\">\n      <error type=\"unreadable\" message=\""
            );
            put!(out, xml(reason), "\"/>\n    </testcase>\n");
        }
        let mut notes = notes.iter();
        for symbol in symbols {
            let name = xml(&symbol.qualname);
            if symbol.findings.is_empty() {
                put!(out, start, name, "\"/>\n");
            }
            for note in notes.by_ref().take(symbol.findings.len()) {
                put!(out, start, name, ": ", note.finding.rule.name, "\">\n");
                said(&path, note, out);
                put!(out, "    </testcase>\n");
            }
        }
        put!(out, "  </testsuite>\n");
    }

    fn end(&self, _run: &Run, _summary: &Summary, _tally: &Tally, out: &mut Vec<u8>) {
        out.extend_from_slice(b"</testsuites>\n");
    }
}

/// The place is told in the text: the schema that Jenkins holds reports to
/// (<https://github.com/jenkinsci/xunit-plugin>, `junit-10.xsd`) has no attribute for it.
fn said(path: &str, note: &Note<'_>, out: &mut Vec<u8>) {
    let Note {
        finding, region, ..
    } = note;
    let message = xml(&note.told);
    let end = match finding.severity {
        Severity::Error => {
            put!(out, "      <failure type=\"", finding.rule.code);
            put!(out, "\" message=\"", message, "\">");
            "</failure>\n"
        }
        Severity::Warning => {
            put!(out, "      <system-out>");
            "</system-out>\n"
        }
    };
    put!(out, path, ":", region.line, ":", region.column, ": ");
    put!(
        out,
        finding.rule.code,
        " ",
        finding.rule.name,
        ": ",
        message,
        end
    );
}
