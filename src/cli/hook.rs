//! The host of a hook, and the unstaged changes that it put aside.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the host's patch is read here"
)]

use std::fs;
use std::path::{Path, PathBuf};

use crate::config::Environment;
use crate::git::Stash;

/// Unstaged changes that wait for the hooks to end.
pub(super) struct Held {
    /// Who brings them back.
    pub(super) host: &'static str,
    pub(super) stash: Stash,
}

/// How many processes may stand between a host and its hook.
const MOST_ANCESTORS: usize = 16;

/// What the host that runs this process put aside; `None` outside of hooks, and where nothing was.
pub(super) fn held(environment: &Environment) -> Option<Held> {
    if !environment.pre_commit {
        return None;
    }
    let set = |name: &str| {
        let mut variables = environment.variables.iter();
        let found = variables.find(|(it, value)| it == name && !value.is_empty());
        found.map(|(_, value)| PathBuf::from(value))
    };
    let home = || set("HOME").or_else(|| set("USERPROFILE"));
    let caches = set("XDG_CACHE_HOME").or_else(|| home().map(|it| it.join(".cache")));
    let below = |name: &str| caches.as_ref().map(|it| it.join(name));
    let folders = [
        (
            "pre-commit",
            set("PRE_COMMIT_HOME").or_else(|| below("pre-commit")),
        ),
        (
            "prek",
            set("PREK_HOME")
                .or_else(|| below("prek"))
                .map(|it| it.join("patches")),
        ),
    ];
    let ancestors = ancestors();
    folders.into_iter().find_map(|(host, folder)| {
        let patch = patch(&folder?, &ancestors)?;
        let stash = Stash::read(&fs::read(patch).ok()?);
        Some(Held { host, stash })
    })
}

/// The newest patch in `folder` that one of the processes wrote: `patch1700000000-4711`, `1700000000-4711.patch`.
fn patch(folder: &Path, processes: &[u32]) -> Option<PathBuf> {
    let is_theirs = |path: &PathBuf| {
        let stem = path.file_stem().and_then(|it| it.to_str());
        let id = stem.and_then(|it| it.rsplit_once('-')?.1.parse().ok());
        id.is_some_and(|it| processes.contains(&it))
    };
    let files = fs::read_dir(folder).ok()?.flatten();
    files.map(|it| it.path()).filter(is_theirs).max()
}

/// The ids of the processes above this one, the nearest first, as far as the system tells.
fn ancestors() -> Vec<u32> {
    #[cfg(unix)]
    let mut found = vec![std::os::unix::process::parent_id()];
    #[cfg(not(unix))]
    let mut found: Vec<u32> = Vec::new();
    while let Some(last) = found.last().filter(|_| found.len() < MOST_ANCESTORS) {
        // `4711 (name) S 1234 ...`; the name may hold anything.
        let Ok(stat) = fs::read_to_string(format!("/proc/{last}/stat")) else {
            break;
        };
        let behind = stat.rsplit(')').next().unwrap_or_default();
        match behind
            .split_whitespace()
            .nth(1)
            .and_then(|it| it.parse().ok())
        {
            Some(parent) if parent > 1 => found.push(parent),
            _ => break,
        }
    }
    found
}
