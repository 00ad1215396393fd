//! `docgen metrics`: the runs that are kept of this project, in numbers.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the working folder is asked for here"
)]

use std::env;
use std::path::PathBuf;

use clap::Args;

use super::args::Global;
use super::failure::{Failure, Kind};
use super::history::History;
use super::screen::Screen;
use super::whole_file::{WholeFile, deliver};
use crate::render::{self, HistoryFormat};

/// `docgen metrics`.
#[derive(Debug, Args)]
pub(super) struct Metrics {
    /// The format of the output
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    output_format: HistoryFormat,
    /// So many runs at most, the newest
    #[arg(long, value_name = "N", default_value = "20", value_parser = clap::value_parser!(u16).range(1..))]
    last: u16,
    /// Write it to this file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Run the command; the exit code.
pub(super) fn run(args: &Metrics, global: &Global, screen: &Screen) -> Result<u8, Failure> {
    let file = args.output.as_deref().map(WholeFile::new).transpose()?;
    let here = env::current_dir()
        .map_err(|error| Failure::new(Kind::Machine, format!("no working folder: {error}")))?;
    let history = History::open(&here, global, screen)?;
    let runs = history.runs(usize::from(args.last))?;
    if runs.is_empty() && args.output_format == HistoryFormat::Table {
        return Err(history.none());
    }
    let version = env!("CARGO_PKG_VERSION");
    let text = render::history(args.output_format, history.project(), version, &runs);
    deliver(file.as_ref(), &text)?;
    Ok(0)
}
