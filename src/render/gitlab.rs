//! `gitlab`: a Code Quality report, which GitLab shows in merge requests.
//!
//! The format: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use serde::Serialize;

use super::compact::write_json;
use super::region::Region;
use super::{Renderer, Run, Sheet, Tally};
use crate::check::Summary;
use crate::rules::Severity;

/// An array of issues. Fingerprints are unique, because of several issues with the same one GitLab
/// shows one.
#[derive(Debug)]
pub(super) struct Gitlab;

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

impl Renderer for Gitlab {
    fn begin(&self, _run: &Run, out: &mut Vec<u8>) {
        out.extend_from_slice(b"[\n");
    }

    fn file(&self, _run: &Run, sheet: &Sheet<'_>, out: &mut Vec<u8>) {
        let path = sheet.path();
        if let Some(reason) = &sheet.report().failure {
            let issue = Issue {
                description: reason,
                check_name: "unreadable",
                fingerprint: &format!("unreadable {path}"),
                severity: "blocker",
                location: Location::new(path, Region::START),
            };
            write_json(out, &issue);
        }
        for (note, fingerprint) in sheet.fingerprinted() {
            if !out.is_empty() {
                out.extend_from_slice(self.joint().as_bytes());
            }
            let issue = Issue {
                description: &note.told,
                check_name: note.finding.rule.name,
                fingerprint,
                severity: match note.finding.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                },
                location: Location::new(path, note.region),
            };
            write_json(out, &issue);
        }
    }

    fn joint(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, _run: &Run, _summary: &Summary, _tally: &Tally, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n]\n");
    }
}

impl<'a> Location<'a> {
    fn new(path: &'a str, region: Region) -> Self {
        Self {
            path,
            positions: Positions {
                begin: Position {
                    line: region.line,
                    column: region.column,
                },
                end: Position {
                    line: region.end_line,
                    column: region.end_column,
                },
            },
        }
    }
}
