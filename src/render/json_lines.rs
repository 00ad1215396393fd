//! `json-lines`: one object a symbol and line, for tools that read as it comes.

use super::compact::write_text;
use super::{Renderer, Run, Sheet};

/// Each line is a symbol of the `json` report and the path of its file. A file that could not be
/// read is a line with its path and the reason.
#[derive(Debug)]
pub(super) struct JsonLines;

impl Renderer for JsonLines {
    fn file(&self, _run: &Run, sheet: &Sheet<'_>, out: &mut Vec<u8>) {
        let mut start = b"{\"path\":".to_vec();
        write_text(&mut start, sheet.file().path());
        start.push(b',');
        if let Some(failure) = &sheet.report().failure {
            out.extend_from_slice(&start);
            out.extend_from_slice(b"\"failure\":");
            write_text(out, failure);
            out.extend_from_slice(b"}\n");
        }
        for symbol in sheet.symbols() {
            out.extend_from_slice(&start);
            // Without the brace that opens it.
            out.extend_from_slice(&symbol[1..]);
            out.push(b'\n');
        }
    }
}
