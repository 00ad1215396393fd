//! Who answers questions about a repository: libgit2, or the `git` command where libgit2 cannot.

mod cat_file;
mod command;
mod library;
mod listing;

pub(super) use self::command::Command;
pub(super) use self::library::Library;

use std::path::Path;
use std::sync::Arc;

use super::error::GitError;
use super::id::Id;
use super::object::Objects;

/// What docgen asks of a repository. Objects, trees and the index are taken apart by docgen itself.
pub(super) trait Backend {
    /// The folder that holds `HEAD`: a linked worktree's own.
    fn git_dir(&self) -> &Path;

    /// The top of the worktree; `None` where the repository is bare.
    fn top(&self) -> Option<&Path>;

    /// How many bytes its ids have.
    fn id_length(&self) -> usize;

    /// Whether its history ends somewhere because more was not fetched.
    fn is_shallow(&self) -> bool;

    /// The commit of `HEAD`; `None` before the first one.
    fn head(&self) -> Result<Option<Id>, GitError>;

    /// The commit that `revision` names; `None` where there is none.
    fn resolve(&self, revision: &str) -> Result<Option<Id>, GitError>;

    /// Where the histories of two commits parted, best first; none where they have nothing in common.
    fn merge_bases(&self, one: Id, other: Id) -> Result<Vec<Id>, GitError>;

    /// Whether git leaves the untracked file or folder at `path` out.
    fn is_ignored(&self, path: &[u8]) -> Result<bool, GitError>;

    /// The names of the remotes.
    fn remotes(&self) -> Vec<String>;

    /// The address of a remote.
    fn address(&self, remote: &str) -> Option<String>;

    /// The branch that is checked out, without `refs/heads/`.
    fn branch(&self) -> Option<String>;

    /// The remote of the branch that is checked out.
    fn upstream_remote(&self) -> Option<String>;

    /// What the symbolic reference `name` stands for, without `refs/remotes/`.
    fn noted_branch(&self, name: &str) -> Option<String>;

    /// The objects.
    fn objects(&self) -> Result<Arc<dyn Objects>, GitError>;
}
