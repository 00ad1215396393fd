//! Logs of the commands that ask an AI: for people on the terminal, as JSON, and into a file that rotates.
//!
//! Whatever is logged passes one filter as a whole line: nobody has to remember what is secret.

mod line;
mod panic;
mod rotation;
mod subscriber;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use clap::Args;

pub(super) use self::line::LogFormat;
pub(super) use self::panic::guarded;

use self::line::Discretion;
use self::rotation::Rotation;
use self::subscriber::Logger;

use super::args::Global;
use super::failure::Failure;
use super::jobs;
use super::screen::Screen;
use crate::ai::Redactor;
use crate::config::{LogSettings, Options, Verbosity};

/// What a user types of logs.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Logs")]
pub(super) struct Logging {
    /// How much is logged on standard error; `LOG_LEVEL` says it, too [default: off]
    #[arg(long = "log-level", value_name = "LEVEL")]
    level: Option<Verbosity>,
    /// How lines on standard error are written; those in the folder that `LOG_DIR` names are JSON
    #[arg(long = "log-format", value_name = "FORMAT", default_value = "text")]
    format: Option<LogFormat>,
    /// Hide the names of files and folders in logs
    #[arg(long = "log-redact-paths")]
    redact_paths: bool,
}

/// Where lines go.
#[derive(Debug)]
struct Sinks {
    /// How they are written on standard error, and from which level on they are.
    screen: Option<(LogFormat, Verbosity)>,
    file: Option<Mutex<Rotation>>,
    /// The line of a terminal that tells how far the run is gives way.
    is_terminal: bool,
}

/// Begins to log, where anybody asked for it; the environment is asked by runs that may ask an AI only.
pub(super) fn begin(
    logging: &Logging,
    global: &Global,
    may_ask: bool,
    redactor: &Redactor,
    root: &Path,
    screen: &Screen,
) -> Result<(), Failure> {
    let variables = if may_ask {
        jobs::sources(global, Options::default(), screen)?.variables
    } else {
        Vec::new()
    };
    start(logging, &variables, redactor, root, screen);
    Ok(())
}

fn start(
    logging: &Logging,
    variables: &[(String, String)],
    redactor: &Redactor,
    root: &Path,
    screen: &Screen,
) {
    let settings = LogSettings::new(variables);
    for warning in &settings.warnings {
        screen.warn(warning);
    }
    let level = logging.level.or(settings.verbosity);
    let file = settings.folder.and_then(|it| opened(&it, screen));
    let on_screen = level.filter(|it| *it > Verbosity::Off);
    // Who names a folder wants to find something there.
    let in_file = level.unwrap_or(Verbosity::Info);
    let most = match (&file, on_screen) {
        (Some(_), _) => in_file,
        (None, Some(level)) => level,
        (None, None) => return,
    };
    if most == Verbosity::Off {
        return;
    }
    let sinks = Sinks {
        screen: on_screen.map(|it| (logging.format.unwrap_or(LogFormat::Text), it)),
        file: file.map(Mutex::new),
        is_terminal: screen.error_width().is_some(),
    };
    let discretion = Discretion {
        redactor: redactor.clone(),
        folders: logging.redact_paths.then(|| folders(root)),
    };
    Logger::install(most, sinks, discretion);
}

/// The file of a log; a folder that takes none is told of, and is no reason to stop.
fn opened(folder: &Path, screen: &Screen) -> Option<Rotation> {
    match Rotation::open(folder) {
        Ok(file) => Some(file),
        Err(error) => {
            let folder = folder.display();
            screen.warn(&format!(
                "no log is written to `LOG_DIR` ({folder}): {error}"
            ));
            None
        }
    }
}

/// The folders whose names tell of this machine, the longest first.
fn folders(root: &Path) -> Vec<String> {
    let mut folders: Vec<PathBuf> = vec![root.to_owned()];
    folders.extend(root.canonicalize());
    folders.extend(std::env::home_dir());
    folders.push(std::env::temp_dir());
    let mut names: Vec<String> = folders
        .iter()
        .map(|it| it.to_string_lossy().into_owned())
        .filter(|it| it.len() > 1)
        .collect();
    names.sort_by_key(|it| std::cmp::Reverse(it.len()));
    names
}

impl Sinks {
    /// Writes what happened.
    fn write(&self, happening: &line::Happening<'_>, discretion: &Discretion) {
        if let Some((format, level)) = self.screen
            && subscriber::filter(level) >= happening.level
        {
            let line = happening.line(format, discretion);
            let clear = if self.is_terminal { "\r\x1b[K" } else { "" };
            Screen::error(&format!("{clear}{line}"));
        }
        if let Some(file) = &self.file {
            let line = happening.line(LogFormat::Json, discretion);
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            // There is nobody to tell that nothing can be told.
            let _ = file.write(line.as_bytes());
        }
    }
}
