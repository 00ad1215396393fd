//! What is logged, and where: by the names that the field uses, read by the commands of the AI only.

use std::path::PathBuf;

use super::field::Field;

/// How much is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Verbosity {
    /// Nothing.
    Off,
    /// What went wrong for good.
    Error,
    /// What did not go as it should.
    Warn,
    /// What became of each symbol and file.
    Info,
    /// Each request, wait and look into the store.
    Debug,
    /// All there is.
    Trace,
}

/// What the environment says of logs.
#[derive(Clone, Debug, Default)]
pub struct LogSettings {
    /// `LOG_LEVEL`, or `DEBUG`.
    pub verbosity: Option<Verbosity>,
    /// `LOG_DIR`: the folder of the file that is written, too.
    pub folder: Option<PathBuf>,
    /// What was wrong with variables that are only warned of.
    pub warnings: Vec<String>,
}

impl LogSettings {
    /// What these variables say.
    pub fn new(variables: &[(String, String)]) -> Self {
        let mut field = Field::new(variables);
        let level = field.text(&["LOG_LEVEL"]);
        let verbosity = level.and_then(verbosity);
        if level.is_some() && verbosity.is_none() {
            let warning =
                "`LOG_LEVEL` is ignored: it is none of off, error, warn, info, debug, trace";
            field.warnings.push(warning.to_owned());
        }
        let is_debugged = field.flag(&["DEBUG"]) == Some(true);
        Self {
            verbosity: verbosity.or(is_debugged.then_some(Verbosity::Debug)),
            folder: field.text(&["LOG_DIR"]).map(PathBuf::from),
            warnings: field.warnings,
        }
    }
}

/// The words of Rust and of Python.
fn verbosity(text: &str) -> Option<Verbosity> {
    Some(match text.to_ascii_lowercase().as_str() {
        "off" | "none" => Verbosity::Off,
        "error" | "critical" | "fatal" => Verbosity::Error,
        "warn" | "warning" => Verbosity::Warn,
        "info" => Verbosity::Info,
        "debug" => Verbosity::Debug,
        "trace" | "notset" => Verbosity::Trace,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> LogSettings {
        let owned = |it: &(&str, &str)| (it.0.to_owned(), it.1.to_owned());
        let variables: Vec<_> = variables.iter().map(owned).collect();
        LogSettings::new(&variables)
    }

    #[test]
    fn levels_are_words_of_rust_and_of_python() {
        let level = |text: &str| read(&[("LOG_LEVEL", text)]).verbosity;
        assert_eq!(level("WARNING"), Some(Verbosity::Warn));
        assert_eq!(level("critical"), Some(Verbosity::Error));
        assert_eq!(level("Info"), Some(Verbosity::Info));
        assert_eq!((level(""), level("loud")), (None, None));
        assert_eq!(read(&[("LOG_LEVEL", "loud")]).warnings.len(), 1);
        assert_eq!(read(&[("DEBUG", "1")]).verbosity, Some(Verbosity::Debug));
        let both = read(&[("DEBUG", "1"), ("LOG_LEVEL", "error")]);
        assert_eq!(both.verbosity, Some(Verbosity::Error));
        let odd = read(&[("DEBUG", "express:*")]);
        assert_eq!((odd.verbosity, odd.warnings.len()), (None, 1));
    }
}
