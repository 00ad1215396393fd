//! What every format has to answer, and what it is told about the run.

use crate::check::{FileReport, Summary};
use crate::git::Comparison;

/// What a renderer may know beside the report. Nothing in it depends on the clock.
#[derive(Clone, Debug)]
pub struct Run {
    /// docgen's own version.
    pub version: String,
    /// What was compared.
    pub comparison: Comparison,
    /// Columns to keep to, for people's formats.
    pub width: usize,
    /// Whether escape sequences for colours are wanted, for people's formats.
    pub colour: bool,
    /// Whether terminal hyperlinks (OSC 8) are wanted, for people's formats.
    pub hyperlinks: bool,
    /// The absolute folder that paths are relative to, `/` between its parts.
    pub root: String,
}

/// One output format. Its parts are joined by a [`Stream`](super::Stream).
pub trait Renderer: Sync {
    /// What stands before the first file.
    fn begin(&self, _run: &Run, _out: &mut Vec<u8>) {}

    /// One file; it may add nothing. Called in parallel, in any order.
    fn file(&self, run: &Run, report: &FileReport, out: &mut Vec<u8>);

    /// What stands between two files that both added something.
    fn joint(&self) -> &'static str {
        ""
    }

    /// What stands behind the last file.
    fn end(&self, _run: &Run, _summary: &Summary, _out: &mut Vec<u8>) {}
}
