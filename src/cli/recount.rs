//! `docgen report`: what a run did, what it took, and how it compares with those before it.
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
use crate::meter::Record;
use crate::render::{Recount, RecountFormat};

/// `docgen report`.
#[derive(Debug, Args)]
pub(super) struct Report {
    /// The run, by its name or the beginning of it, as `docgen metrics` lists them [default: the last]
    #[arg(value_name = "RUN")]
    run: Option<String>,
    /// The format [default: html where FILE ends so, else markdown]
    #[arg(long, value_name = "FORMAT")]
    output_format: Option<RecountFormat>,
    /// Write it to this file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Run the command; the exit code.
pub(super) fn run(args: &Report, global: &Global, screen: &Screen) -> Result<u8, Failure> {
    let file = args.output.as_deref().map(WholeFile::new).transpose()?;
    let here = env::current_dir()
        .map_err(|error| Failure::new(Kind::Machine, format!("no working folder: {error}")))?;
    let history = History::open(&here, global, screen)?;
    let runs = history.runs(usize::MAX)?;
    let at = place(args.run.as_deref(), &runs, &history)?;
    let command = runs[at].command.clone();
    let mut runs = runs.into_iter().skip(at);
    let Some(mut run) = runs.next() else {
        return Err(history.none());
    };
    run.symbols = history.symbols(&run)?;
    let recount = Recount {
        run,
        earlier: runs.filter(|it| it.command == command).collect(),
    };
    let text = recount.draw(args.format());
    deliver(file.as_ref(), &text)?;
    Ok(0)
}

impl Report {
    fn format(&self) -> RecountFormat {
        let ending = self.output.as_deref().and_then(|it| it.extension());
        let is_html = ending.is_some_and(|it| it == "html" || it == "htm");
        self.output_format.unwrap_or(if is_html {
            RecountFormat::Html
        } else {
            RecountFormat::Markdown
        })
    }
}

/// Where the run that is meant stands.
fn place(name: Option<&str>, runs: &[Record], history: &History) -> Result<usize, Failure> {
    let Some(name) = name else {
        return if runs.is_empty() {
            Err(history.none())
        } else {
            Ok(0)
        };
    };
    let found = runs.iter().position(|it| it.id.starts_with(name));
    found.ok_or_else(|| {
        let project = history.project();
        let failure = Failure::new(
            Kind::Usage,
            format!("no run `{name}` in `{project}` is kept"),
        );
        failure.hint("`docgen metrics` lists those that are")
    })
}
