//! `docgen man`: manual pages in roff, generated from the arguments themselves.

use clap::{Args, Command, CommandFactory as _};
use clap_mangen::Man;

use super::args::Arguments;
use super::failure::{Failure, Kind};
use super::screen::Screen;

/// `docgen man`.
#[derive(Debug, Args)]
pub(super) struct Manual {
    /// The command that the page is to be about: `check`, `config show`; docgen itself without one
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

/// Run the command; the exit code. `docgen man check | man -l -` shows a page.
pub(super) fn run(arguments: &Manual) -> Result<u8, Failure> {
    let mut whole = Arguments::command();
    // What is inherited, as `--color`, is written into the commands by this only.
    whole.build();
    let mut command = &whole;
    for name in &arguments.command {
        command = subcommand(command, name)?;
    }
    let mut text = Vec::new();
    Man::new(command.clone())
        .render(&mut text)
        .and_then(|()| Screen::write(&text))
        .map_err(|error| Failure::new(Kind::Machine, format!("cannot write: {error}")))?;
    Ok(0)
}

/// The command below `command` of that name.
fn subcommand<'c>(command: &'c Command, name: &str) -> Result<&'c Command, Failure> {
    command.find_subcommand(name).ok_or_else(|| {
        let names: Vec<&str> = command
            .get_subcommands()
            .filter(|it| it.get_name() != "help")
            .map(Command::get_name)
            .collect();
        let known = if names.is_empty() {
            format!("`{}` has no commands", command.get_name())
        } else {
            format!("there are {}", names.join(", "))
        };
        Failure::new(Kind::Usage, format!("no command `{name}`")).hint(known)
    })
}
