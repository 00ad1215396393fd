//! Finding a repository as git does: from the working folder upwards, or where the environment says.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use git2::{ErrorCode, RepositoryOpenFlags};

use super::error::GitError;
use super::path::{in_git, relative, slashed};
use super::texts::Texts;
use super::wanted::Wanted;

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

/// A repository, as seen from a working folder.
pub struct Repository {
    pub(super) git: git2::Repository,
    /// Where paths begin: the top of the worktree, or the repository's own folder where it is bare.
    pub(super) root: PathBuf,
    pub(super) index_file: PathBuf,
    /// Whether `index_file` comes from the environment, so that it must be there.
    pub(super) is_index_given: bool,
    pub(super) wanted: Wanted,
    /// The commits that a merge brings in, where the environment names them.
    pub(super) merged: Vec<String>,
    cwd: PathBuf,
}

impl Repository {
    /// The repository that `cwd` (absolute) lies in; `None` where there is none.
    ///
    /// # Errors
    /// When there is one that cannot be read.
    pub fn discover(cwd: &Path) -> Result<Option<Self>, GitError> {
        Self::open(cwd, &Environment::of_process())
    }

    /// The same in a given environment.
    ///
    /// # Errors
    /// When there is one that cannot be read.
    #[expect(
        clippy::disallowed_methods,
        reason = "libgit2 names the worktree by its true path"
    )]
    pub fn open(cwd: &Path, environment: &Environment) -> Result<Option<Self>, GitError> {
        let disk = |source| GitError::Disk {
            path: slashed(cwd),
            source,
        };
        let cwd = std::fs::canonicalize(cwd).map_err(disk)?;
        let git = match opened(&cwd, environment) {
            Ok(git) => git,
            Err(error) => return refused(error, &cwd, environment).map(|()| None),
        };
        set_worktree(&git, &cwd, environment)?;
        let root = git.workdir().unwrap_or(git.path()).to_path_buf();
        let given = environment.index_file.as_ref();
        Ok(Some(Self {
            index_file: given.map_or_else(|| git.path().join("index"), |file| root.join(file)),
            is_index_given: given.is_some(),
            wanted: Wanted::default(),
            merged: environment.merged.clone(),
            root,
            git,
            cwd,
        }))
    }

    /// The top of the worktree.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder it is seen from.
    pub(super) fn cwd(&self) -> &Path {
        &self.cwd
    }

    /// Counts the files among `paths` as Python whatever their extension: people named them.
    pub fn name_files(&mut self, paths: &[PathBuf]) {
        for path in paths {
            let path: PathBuf = self.cwd.join(path).components().collect();
            if let Ok(below) = path.strip_prefix(&self.root) {
                self.wanted.name(in_git(below).into_owned());
            }
        }
    }

    /// A reader of this repository's blobs and of the disk.
    ///
    /// # Errors
    /// When the repository's objects cannot be opened.
    pub fn texts(&self) -> Result<Texts, GitError> {
        Texts::with_objects(&self.git.commondir().join("objects"))
            .map_err(GitError::while_trying("open its objects"))
    }

    /// The branch that others build on, `origin/main` say, where a clone has noted it: the remote's is that of the
    /// current branch's upstream, else `origin`.
    pub fn default_branch(&self) -> Option<String> {
        let head = self.git.head().ok();
        let name = head.as_ref().and_then(|head| head.name().ok());
        let remote = name.and_then(|name| self.git.branch_upstream_remote(name).ok());
        let remote = remote.and_then(|remote| remote.as_str().ok().map(str::to_owned));
        let remote = remote.unwrap_or_else(|| "origin".to_owned());
        let note = self
            .git
            .find_reference(&format!("refs/remotes/{remote}/HEAD"));
        let note = note.ok()?.resolve().ok()?;
        note.shorthand().ok().map(str::to_owned)
    }

    /// How the file at git's `path` is shown.
    pub(super) fn shown(&self, path: &[u8]) -> String {
        relative(&super::path::on_disk(&self.root, path), &self.cwd)
    }
}

fn opened(cwd: &Path, environment: &Environment) -> Result<git2::Repository, git2::Error> {
    if let Some(git_dir) = &environment.git_dir {
        let none: [&Path; 0] = [];
        return git2::Repository::open_ext(cwd.join(git_dir), RepositoryOpenFlags::NO_SEARCH, none);
    }
    git2::Repository::open_ext(cwd, RepositoryOpenFlags::empty(), &environment.ceilings)
}

/// Why nothing was opened; no error where there simply is no repository.
fn refused(error: git2::Error, cwd: &Path, environment: &Environment) -> Result<(), GitError> {
    let message = error.message();
    match (error.code(), &environment.git_dir) {
        (ErrorCode::NotFound, None) => Ok(()),
        (ErrorCode::NotFound, Some(git_dir)) => Err(GitError::NoGitDir {
            path: git_dir.to_string_lossy().into_owned(),
        }),
        // "repository path '/x/' is not owned by current user"
        (ErrorCode::Owner, _) => {
            let quoted = message.split('\'').nth(1);
            let path = quoted.map_or_else(
                || slashed(cwd),
                |path| path.trim_end_matches('/').to_owned(),
            );
            Err(GitError::Owner { path })
        }
        _ if message.contains("unsupported extension") || message.contains("object format") => {
            Err(GitError::Unsupported {
                reason: message.to_owned(),
            })
        }
        _ => Err(GitError::while_trying("open the repository")(error)),
    }
}

/// The worktree that the environment means, where it means another one than libgit2 does.
fn set_worktree(
    git: &git2::Repository,
    cwd: &Path,
    environment: &Environment,
) -> Result<(), GitError> {
    let worktree = match (&environment.work_tree, &environment.git_dir) {
        (Some(work_tree), _) => cwd.join(work_tree),
        // `GIT_DIR` alone makes the working folder the worktree, except where the repository knows its own.
        (None, Some(_)) => {
            let is_known = git.is_bare()
                || git.is_worktree()
                || git.path().ends_with(".git")
                || git
                    .config()
                    .is_ok_and(|it| it.get_path("core.worktree").is_ok());
            let is_inside = git.workdir().is_some_and(|root| cwd.starts_with(root));
            if is_known && (is_inside || git.is_bare()) {
                return Ok(());
            }
            cwd.to_path_buf()
        }
        (None, None) => return Ok(()),
    };
    git.set_workdir(&worktree, false)
        .map_err(GitError::while_trying("use this worktree"))
}
