//! Arguments in, exit code out: the only room that prints.

mod adoption;
mod approval;
mod args;
mod asking;
mod baseline;
mod batch;
mod build;
mod cache;
mod check;
mod completions;
mod config;
mod deferred;
mod destination;
mod docs;
mod failure;
mod finding;
mod fix;
mod history;
mod hook;
mod init;
mod jobs;
mod journal;
mod log;
mod man;
mod measuring;
mod mend;
mod mending;
mod metrics;
mod models;
mod progress;
mod recount;
mod refused;
mod remote;
mod reporting;
mod rule;
mod scope;
mod score;
mod screen;
mod scribe;
mod session;
mod shelf;
mod sink;
mod symbols;
mod tally;
mod usage;
mod whole_file;

use std::process::ExitCode;

use clap::Parser as _;
use clap::error::ErrorKind;

use args::{Arguments, Command};
use failure::Failure;
use screen::Screen;

/// Run docgen with the process's arguments.
///
/// The exit code is 0 when all is well, 1 when findings fail, 2 when the work could not be done.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error),
    };
    let screen = Screen::new(arguments.global.color);
    let global = &arguments.global;
    let done = match arguments.command {
        Command::Baseline(args) => baseline::run(&args, global, &screen),
        Command::Batch(args) => batch::run(args.into_inner(), global, &screen),
        Command::Cache(cache) => cache::run(&cache, global, &screen),
        Command::Completions(shell) => completions::run(&shell),
        Command::Man(page) => man::run(&page),
        Command::Metrics(args) => metrics::run(&args, global, &screen),
        Command::Models => models::run(&screen),
        Command::Report(args) => recount::run(&args, global, &screen),
        Command::Usage => usage::run(global, &screen),
        Command::Check(check) => check::run(&check, global, &screen),
        Command::Docs(args) => docs::run(&args, global, &screen),
        Command::Config(config) => config::run(&config, global, &screen),
        Command::Fix(fix) => log::guarded(|| fix::run(&fix, global, &screen)),
        Command::Init(init) => init::run(&init, global, &screen),
        Command::Rule(rule) => rule::run(&rule, &screen),
        Command::Score(score) => score::run(&score, global, &screen),
        Command::Symbols(symbols) => symbols::run(&symbols, global, &screen),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            screen.fail(&failure);
            ExitCode::from(Failure::EXIT_CODE)
        }
    }
}

/// What clap has to say: help and versions are answers, all else is a usage error.
fn refuse(error: &clap::Error) -> ExitCode {
    // A closed pipe is no reason to complain about the help nobody reads to its end.
    let _ = error.print();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
        _ => ExitCode::from(Failure::EXIT_CODE),
    }
}
