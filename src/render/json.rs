//! `json`: the whole report as one object, one file a line.

use super::compact::{write_json, write_text};
use super::json_model::{ComparisonJson, SummaryJson, ToolJson};
use super::{Renderer, Run, Sheet, Tally};
use crate::check::Summary;

/// The report of `schemas/report.schema.json`. `summary` stands behind `files`, because it is known
/// only when the last file is written; the order of keys means nothing in JSON.
#[derive(Debug)]
pub(super) struct Json;

impl Renderer for Json {
    fn begin(&self, run: &Run, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"version\":1,\"tool\":");
        write_json(out, &ToolJson::new(run));
        out.extend_from_slice(b",\"comparison\":");
        write_json(out, &ComparisonJson::new(run));
        out.extend_from_slice(b",\"files\":[\n");
    }

    fn file(&self, _run: &Run, sheet: &Sheet<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"path\":");
        write_text(out, sheet.file().path());
        if let Some(failure) = &sheet.report().failure {
            out.extend_from_slice(b",\"failure\":");
            write_text(out, failure);
        }
        out.extend_from_slice(b",\"symbols\":[");
        for (at, symbol) in sheet.symbols().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            out.extend_from_slice(symbol);
        }
        out.extend_from_slice(b"]}");
    }

    fn joint(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, _run: &Run, summary: &Summary, _tally: &Tally, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n],\"summary\":");
        write_json(out, &SummaryJson::from(summary));
        out.extend_from_slice(b"}\n");
    }
}
