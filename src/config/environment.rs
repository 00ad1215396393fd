//! What the process's environment says about where docgen runs: a hook, a CI job, a terminal.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the environment is read here"
)]

use std::env;
use std::ffi::OsString;
use std::path::Path;

use super::ConfigError;

/// The variables docgen heeds, read once.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// `PRE_COMMIT`: pre-commit or prek runs us (no progress, no hyperlinks, width 100).
    pub pre_commit: bool,
    /// `GIT_INDEX_FILE`: git runs us as a hook, and means this index.
    pub index_file: bool,
    /// `PRE_COMMIT_FROM_REF`.
    pub from_ref: Option<String>,
    /// `PRE_COMMIT_TO_REF`.
    pub to_ref: Option<String>,
    /// `PRE_COMMIT_LOCAL_BRANCH`: what is pushed, where a push runs the hook.
    pub pushed: Option<String>,
    /// `CI`: a build nobody watches.
    pub ci: bool,
    /// Every variable that is Unicode, sorted by name.
    pub variables: Vec<(String, String)>,
    /// `COLUMNS`: the width somebody asked for.
    pub columns: Option<u16>,
}

impl Environment {
    /// Read the process's environment.
    pub fn read() -> Self {
        let text = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            pre_commit: text("PRE_COMMIT").is_some_and(|value| value != "0"),
            index_file: text("GIT_INDEX_FILE").is_some(),
            from_ref: text("PRE_COMMIT_FROM_REF"),
            to_ref: text("PRE_COMMIT_TO_REF"),
            pushed: text("PRE_COMMIT_LOCAL_BRANCH"),
            ci: text("CI").is_some_and(|value| value != "false" && value != "0"),
            variables: variables(),
            columns: text("COLUMNS")
                .and_then(|value| value.parse().ok())
                .filter(|&width| width > 0),
        }
    }
}

fn variables() -> Vec<(String, String)> {
    let unicode =
        |(name, value): (OsString, OsString)| name.into_string().ok().zip(value.into_string().ok());
    let mut variables: Vec<_> = env::vars_os().filter_map(unicode).collect();
    variables.sort();
    variables
}

/// The variables of the file that `--env-file` names, in its order.
///
/// # Errors
/// When it cannot be read, or a line of it is no assignment.
pub fn read_env_file(path: &Path) -> Result<Vec<(String, String)>, ConfigError> {
    let wrong = |error: &dotenvy::Error| ConfigError::Value {
        message: format!("--env-file {}: {error}", path.display()),
        hint: Some("each line is NAME=value".to_owned()),
    };
    let lines = dotenvy::from_path_iter(path).map_err(|error| wrong(&error))?;
    lines
        .map(|line| line.map_err(|error| wrong(&error)))
        .collect()
}
