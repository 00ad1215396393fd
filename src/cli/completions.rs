//! `docgen completions`: what a shell needs to complete arguments, generated from the arguments themselves.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::args::Arguments;
use super::failure::{Failure, Kind};
use super::screen::Screen;

/// `docgen completions`.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell that is to complete docgen's arguments
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Run the command; the exit code.
pub(super) fn run(arguments: &Completions) -> Result<u8, Failure> {
    let mut text = Vec::new();
    let mut command = Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "docgen", &mut text);
    Screen::write(&text)
        .map_err(|error| Failure::new(Kind::Machine, format!("cannot write: {error}")))?;
    Ok(0)
}
