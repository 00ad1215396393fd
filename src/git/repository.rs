//! Finding a repository as git does: from the working folder upwards, or where the environment says.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use git2::{ErrorCode, RepositoryOpenFlags};

use super::backend::{Backend, Command, Library};
use super::environment::Environment;
use super::error::GitError;
use super::object::Objects;
use super::path::{in_git, relative, slashed};
use super::texts::Texts;
use super::wanted::Wanted;

/// A repository, as seen from a working folder.
pub struct Repository {
    pub(super) backend: Box<dyn Backend>,
    pub(super) objects: Arc<dyn Objects>,
    /// How git itself is asked.
    pub(super) command: Command,
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
        let command = Command::new(&cwd, environment);
        let Some((backend, command)) = backend(&cwd, environment, command)? else {
            return Ok(None);
        };
        let git_dir = backend.git_dir();
        let root = backend.top().unwrap_or(git_dir).to_path_buf();
        let given = environment.index_file.as_ref();
        Ok(Some(Self {
            index_file: given.map_or_else(|| git_dir.join("index"), |file| root.join(file)),
            is_index_given: given.is_some(),
            wanted: Wanted::default(),
            merged: environment.merged.clone(),
            objects: backend.objects()?,
            root,
            backend,
            command,
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
    pub fn texts(&self) -> Texts {
        Texts::with_objects(Arc::clone(&self.objects))
    }

    /// The branch that others build on, `origin/main` say, where a clone has noted it: the remote's is that of the
    /// current branch's upstream, else `origin`.
    pub fn default_branch(&self) -> Option<String> {
        let remote = self.backend.upstream_remote();
        let remote = remote.as_deref().unwrap_or("origin");
        self.backend
            .noted_branch(&format!("refs/remotes/{remote}/HEAD"))
    }

    /// How the file at git's `path` is shown.
    pub(super) fn shown(&self, path: &[u8]) -> String {
        relative(&super::path::on_disk(&self.root, path), &self.cwd)
    }
}

/// Who answers, and how git itself is asked.
type Answering = (Box<dyn Backend>, Command);

/// Who answers for the repository that `cwd` lies in, and how git is asked there; `None` where there is none.
fn backend(
    cwd: &Path,
    environment: &Environment,
    command: Command,
) -> Result<Option<Answering>, GitError> {
    let refusal = match library(cwd, environment, &command) {
        Ok(library) => return Ok(Some((Box::new(library), command))),
        Err(error) => error,
    };
    match (refusal.code(), &environment.git_dir) {
        (ErrorCode::NotFound, None) => Ok(None),
        (ErrorCode::NotFound, Some(git_dir)) => Err(GitError::NoGitDir {
            path: git_dir.to_string_lossy().into_owned(),
        }),
        _ => match command.open() {
            Some(command) => Ok(Some((Box::new(command.clone()), command))),
            None => Err(refused(&refusal, cwd)),
        },
    }
}

/// What libgit2 opens.
fn library(
    cwd: &Path,
    environment: &Environment,
    command: &Command,
) -> Result<Library, git2::Error> {
    let git = opened(cwd, environment)?;
    set_worktree(&git, cwd, environment)?;
    let command = command.clone();
    Ok(Library { git, command })
}

fn opened(cwd: &Path, environment: &Environment) -> Result<git2::Repository, git2::Error> {
    if let Some(git_dir) = &environment.git_dir {
        let none: [&Path; 0] = [];
        return git2::Repository::open_ext(cwd.join(git_dir), RepositoryOpenFlags::NO_SEARCH, none);
    }
    git2::Repository::open_ext(cwd, RepositoryOpenFlags::empty(), &environment.ceilings)
}

/// Why neither libgit2 nor git opened it.
fn refused(error: &git2::Error, cwd: &Path) -> GitError {
    let message = error.message();
    // "repository path '/x/' is not owned by current user"
    if error.code() == ErrorCode::Owner {
        let quoted = message.split('\'').nth(1);
        let path = quoted.map_or_else(
            || slashed(cwd),
            |path| path.trim_end_matches('/').to_owned(),
        );
        return GitError::Owner { path };
    }
    let is_unknown = message.contains("unsupported extension") || message.contains("object format");
    if is_unknown {
        let reason = message.to_owned();
        return GitError::Unsupported { reason };
    }
    GitError::Repository {
        action: "open the repository",
        reason: message.to_owned(),
    }
}

/// The worktree that the environment means, where it means another one than libgit2 does.
fn set_worktree(
    git: &git2::Repository,
    cwd: &Path,
    environment: &Environment,
) -> Result<(), git2::Error> {
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
}
