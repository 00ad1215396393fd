//! `json`: the whole report as one object, one file a line.

use serde::Serialize;

use super::json_model::{ComparisonJson, FileJson, SummaryJson, ToolJson};
use super::{Renderer, Run, Tally};
use crate::check::{FileReport, Summary};

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

    fn file(&self, _run: &Run, report: &FileReport, out: &mut Vec<u8>) {
        write_json(out, &FileJson::from(report));
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

/// Append `value`. Writing plain structs to memory cannot fail: no maps with odd keys, no input.
pub(super) fn write_json(out: &mut Vec<u8>, value: &impl Serialize) {
    let written = serde_json::to_writer(out, value);
    debug_assert!(written.is_ok(), "a report is always JSON");
}
