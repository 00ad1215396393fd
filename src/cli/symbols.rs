//! `docgen symbols`: print what is read of every symbol.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::args::{self, Global};
use super::failure::{Failure, Kind, chain};
use super::jobs::{self, Asked};
use super::remote::Remote;
use super::screen::Screen;
use crate::config::Options;
use crate::git::{Change, Reader as _, Texts};
use crate::python::{SymbolKind, decode, outline};
use crate::render::Source;
use crate::text::LineIndex;

/// Files that are read before their lines are written, so that memory stays flat.
const AT_ONCE: usize = 256;

/// `docgen symbols`.
#[derive(Debug, Args)]
pub(super) struct Symbols {
    /// Files and folders to read, or one repository by its URL; `-` is standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The format of the output
    #[arg(long, value_name = "FORMAT", default_value = "json-lines")]
    output_format: SymbolFormat,
    /// The name under which standard input is known
    #[arg(long, value_name = "FILE")]
    stdin_filename: Option<String>,
    #[command(flatten)]
    remote: Remote,
}

/// The formats of `docgen symbols`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SymbolFormat {
    /// One JSON object a symbol and line
    JsonLines,
}

/// Run the command; the exit code.
pub(super) fn run(args: &Symbols, global: &Global, screen: &Screen) -> Result<u8, Failure> {
    let asked = Asked {
        paths: &args.paths,
        scope: &args::Scope::everything(),
        stdin_filename: args.stdin_filename.as_deref(),
        global,
        options: Options::default(),
        remote: Some(&args.remote),
    };
    let work = jobs::plan(asked, screen)?;
    let (mut is_broken, mut is_unreadable) = (false, !work.failures.is_empty());
    for failure in &work.failures {
        screen.fail(failure);
    }
    let local = work.jobs.iter().map(|job| top_level(&job.change));
    let local: BTreeSet<&str> = local.collect();
    for jobs in work.jobs.chunks(AT_ONCE) {
        let read = |job: &crate::check::Job| FileSymbols::read(&job.change, &work.texts, &local);
        for file in jobs.par_iter().map(read).collect::<Vec<_>>() {
            Screen::error(&file.complaints);
            is_broken |= file.is_broken;
            is_unreadable |= file.is_unreadable;
            let written = Screen::write(&file.lines);
            if !written.map_err(|error| Failure::new(Kind::Machine, chain(&error)))? {
                return Ok(0);
            }
        }
    }
    Ok(if is_unreadable {
        Failure::EXIT_CODE
    } else {
        u8::from(is_broken)
    })
}

/// The top-level module or package that a file is, or is part of.
fn top_level(change: &Change) -> &str {
    let first = change.module_path.split('/').next().unwrap_or_default();
    first.split('.').next().unwrap_or_default()
}

/// What one file gave.
#[derive(Debug, Default)]
struct FileSymbols {
    lines: Vec<u8>,
    complaints: String,
    /// Whether it could not be decoded, or is no Python.
    is_broken: bool,
    /// Whether it could not be read.
    is_unreadable: bool,
}

impl FileSymbols {
    fn read(change: &Change, texts: &Texts, local: &BTreeSet<&str>) -> Self {
        let mut symbols = Self::default();
        match texts.read(&change.new) {
            Ok(bytes) => symbols.outline(&change.path, &bytes, local),
            Err(error) => {
                symbols.is_unreadable = true;
                symbols.complaints = format!("{}\n", chain(&error));
            }
        }
        symbols
    }

    fn outline(&mut self, path: &str, bytes: &[u8], local: &BTreeSet<&str>) {
        let text = match decode(bytes) {
            Ok(text) => text,
            Err(error) => return self.complain(path, error.line, &error.reason),
        };
        let module = outline(&text, SymbolKind::of_file(path));
        let lines = LineIndex::new(&text);
        for error in &module.errors {
            self.complain(path, lines.line(error.span.start), error.message);
        }
        let source = Source {
            path,
            module: &module,
            local,
        };
        // A `Vec` takes every write.
        let _ = source.write_symbols(&mut self.lines);
    }

    fn complain(&mut self, path: &str, line: u32, reason: &str) {
        self.is_broken = true;
        let _ = writeln!(self.complaints, "{path}:{line}: {reason}");
    }
}
