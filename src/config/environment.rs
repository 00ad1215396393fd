//! What the process's environment says about where docgen runs: a hook, a CI job, a terminal.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the environment is read here"
)]

use std::env;

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
    /// `CI`: a build nobody watches.
    pub ci: bool,
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
            ci: text("CI").is_some_and(|value| value != "false" && value != "0"),
            columns: text("COLUMNS")
                .and_then(|value| value.parse().ok())
                .filter(|&width| width > 0),
        }
    }

    /// Whether git or a hook manager started us.
    pub const fn in_hook(&self) -> bool {
        self.pre_commit || self.index_file
    }
}
