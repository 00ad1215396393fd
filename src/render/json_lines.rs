//! `json-lines`: one object a symbol and line, for tools that read as it comes.

use serde::Serialize;

use super::json::write_json;
use super::json_model::SymbolJson;
use super::{Renderer, Run};
use crate::check::FileReport;

/// Each line is a symbol of the `json` report and the path of its file. A file that could not be
/// read is a line with its path and the reason.
#[derive(Debug)]
pub(super) struct JsonLines;

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    #[serde(flatten)]
    symbol: SymbolJson<'a>,
}

#[derive(Serialize)]
struct FailureLine<'a> {
    path: &'a str,
    failure: &'a str,
}

impl Renderer for JsonLines {
    fn file(&self, _run: &Run, report: &FileReport, out: &mut Vec<u8>) {
        let path = report.file.path();
        if let Some(failure) = &report.failure {
            write_json(out, &FailureLine { path, failure });
            out.push(b'\n');
        }
        for symbol in &report.symbols {
            let symbol = SymbolJson::new(&report.file, symbol);
            write_json(out, &Line { path, symbol });
            out.push(b'\n');
        }
    }
}
