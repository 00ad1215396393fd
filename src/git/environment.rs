//! What git's environment variables say.

use std::ffi::OsString;
use std::path::PathBuf;

/// What git's environment variables say. In a hook git sets some of them, and they must be followed:
/// `git commit -a` and `git commit PATH` stage into an index of their own.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// `GIT_DIR`.
    pub git_dir: Option<OsString>,
    /// `GIT_WORK_TREE`.
    pub work_tree: Option<OsString>,
    /// `GIT_INDEX_FILE`; relative to the top of the worktree.
    pub index_file: Option<OsString>,
    /// `GIT_CEILING_DIRECTORIES`: where the search upwards ends.
    pub ceilings: Vec<PathBuf>,
    /// The commits that a merge brings in, while its hook runs: there is no `MERGE_HEAD` yet, git names them in
    /// `GITHEAD_` and their id.
    pub merged: Vec<String>,
}

impl Environment {
    /// This process's environment.
    #[expect(
        clippy::disallowed_methods,
        reason = "git's own variables decide which repository and index are meant"
    )]
    pub fn of_process() -> Self {
        let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        let ceilings = set("GIT_CEILING_DIRECTORIES").unwrap_or_default();
        let action = set("GIT_REFLOG_ACTION").unwrap_or_default();
        let action = action.to_string_lossy();
        let is_merge = action.starts_with("merge") || action.starts_with("pull");
        let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
        let merged = names.filter_map(|name| name.strip_prefix("GITHEAD_").map(str::to_owned));
        Self {
            git_dir: set("GIT_DIR"),
            work_tree: set("GIT_WORK_TREE"),
            index_file: set("GIT_INDEX_FILE"),
            ceilings: std::env::split_paths(&ceilings)
                .filter(|path| path.is_absolute())
                .collect(),
            merged: merged.filter(|_| is_merge).collect(),
        }
    }
}
