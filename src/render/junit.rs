//! `junit`: each symbol in scope is a test case, each error a failure of it.

use std::io::Write as _;

use super::renderer::{findings, told};
use super::xml::xml;
use super::{Renderer, Run, Tally};
use crate::check::{FileReport, Summary, SymbolReport};
use crate::rules::{Finding, Severity};
use crate::text::SourceFile;

/// A suite for each file. A symbol with findings is a case for each of them, because a case can fail
/// once only; warnings are output of a case that passes.
#[derive(Debug)]
pub(super) struct Junit;

// In all of this: writing to memory cannot fail.

impl Renderer for Junit {
    fn begin(&self, _run: &Run, out: &mut Vec<u8>) {
        out.extend_from_slice(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"docgen\">\n",
        );
    }

    fn file(&self, _run: &Run, report: &FileReport, out: &mut Vec<u8>) {
        let path = xml(report.file.path());
        let failures = findings(report)
            .filter(|finding| finding.severity == Severity::Error)
            .count();
        let cases: usize = report
            .symbols
            .iter()
            .map(|symbol| symbol.findings.len().max(1))
            .sum();
        let errors = usize::from(report.failure.is_some());
        let _ = writeln!(
            out,
            "  <testsuite name=\"{path}\" tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\">",
            cases + errors
        );
        if let Some(reason) = &report.failure {
            let _ = write!(
                out,
                "    <testcase classname=\"{path}\" name=\"&lt;file&gt;\">\n      \
                 <error type=\"unreadable\" message=\"{}\"/>\n    </testcase>\n",
                xml(reason)
            );
        }
        for symbol in &report.symbols {
            if symbol.findings.is_empty() {
                let name = xml(&symbol.qualname);
                let _ = writeln!(out, "    <testcase classname=\"{path}\" name=\"{name}\"/>");
            }
            for finding in &symbol.findings {
                case(&report.file, symbol, finding, out);
            }
        }
        out.extend_from_slice(b"  </testsuite>\n");
    }

    fn end(&self, _run: &Run, _summary: &Summary, _tally: &Tally, out: &mut Vec<u8>) {
        out.extend_from_slice(b"</testsuites>\n");
    }
}

/// The place is told in the text: the schema that Jenkins holds reports to
/// (<https://github.com/jenkinsci/xunit-plugin>, `junit-10.xsd`) has no attribute for it.
fn case(file: &SourceFile, symbol: &SymbolReport, finding: &Finding, out: &mut Vec<u8>) {
    let at = file.position(finding.at.start);
    let path = xml(file.path());
    let (rule, told) = (finding.rule, told(finding));
    let message = xml(&told);
    let _ = writeln!(
        out,
        "    <testcase classname=\"{path}\" name=\"{}: {}\">",
        xml(&symbol.qualname),
        rule.name
    );
    let place = format!("{path}:{}:{}", at.line, at.column);
    let _ = match finding.severity {
        Severity::Error => writeln!(
            out,
            "      <failure type=\"{}\" message=\"{message}\">{place}: {} {}: {message}</failure>",
            rule.code, rule.code, rule.name
        ),
        Severity::Warning => writeln!(
            out,
            "      <system-out>{place}: {} {}: {message}</system-out>",
            rule.code, rule.name
        ),
    };
    out.extend_from_slice(b"    </testcase>\n");
}
