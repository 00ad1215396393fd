//! `rdjson`: Reviewdog Diagnostic Format, which reviewdog posts as review comments.
//!
//! The format: <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>.

use serde::Serialize;

use super::compact::write_json;
use super::sheet::Note;
use super::{Renderer, Run, Sheet, Tally, rule_page};
use crate::check::Summary;
use crate::rules::{Label, Severity};
use crate::text::{SourceFile, Span};

/// One `DiagnosticResult`.
#[derive(Debug)]
pub(super) struct Rdjson;

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: &'a str,
    location: Location<'a>,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

/// Line and column from 1. Columns count bytes of UTF-8 here, and nowhere else.
#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

impl Renderer for Rdjson {
    fn begin(&self, _run: &Run, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"source\":{\"name\":\"docgen\"},\"diagnostics\":[\n");
    }

    fn file(&self, _run: &Run, sheet: &Sheet<'_>, out: &mut Vec<u8>) {
        let path = sheet.path();
        let unreadable = sheet.report().failure.as_ref().map(|reason| Diagnostic {
            message: reason,
            location: Location { path, range: None },
            severity: "ERROR",
            code: Code {
                value: "unreadable",
                url: None,
            },
            related_locations: Vec::new(),
        });
        let notes = sheet.notes().iter();
        let found = notes.map(|note| diagnostic(path, sheet.file(), note));
        for diagnostic in unreadable.into_iter().chain(found) {
            if !out.is_empty() {
                out.extend_from_slice(self.joint().as_bytes());
            }
            write_json(out, &diagnostic);
        }
    }

    fn joint(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, _run: &Run, _summary: &Summary, _tally: &Tally, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n]}\n");
    }
}

fn diagnostic<'a>(path: &'a str, file: &SourceFile, note: &'a Note<'_>) -> Diagnostic<'a> {
    let finding = note.finding;
    let elsewhere = |label: &&Label| label.span != finding.at && !label.text.is_empty();
    Diagnostic {
        message: &note.told,
        location: Location::new(path, file, finding.at),
        severity: match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
        },
        code: Code {
            value: finding.rule.code,
            url: rule_page::address(finding.rule),
        },
        related_locations: finding
            .labels
            .iter()
            .filter(elsewhere)
            .map(|label| Related {
                message: &label.text,
                location: Location::new(path, file, label.span),
            })
            .collect(),
    }
}

impl<'a> Location<'a> {
    fn new(path: &'a str, file: &SourceFile, span: Span) -> Self {
        let position = |offset| {
            let line = file.lines().line(offset);
            Position {
                line,
                column: offset - file.lines().start(line) + 1,
            }
        };
        Self {
            path,
            range: Some(Range {
                start: position(span.start),
                end: position(span.end),
            }),
        }
    }
}
