//! The files of the commit that is checked out, beside those on disk.

use std::collections::HashMap;
use std::path::Path;

use super::backend::Command;
use super::error::GitError;
use super::id::Id;
use super::path::in_git;
use super::repository::Repository;
use super::tree;
use super::worktree::ContentId;

/// The Python files of the commit that is checked out. Threads share it.
pub struct Committed {
    /// The commit, in full.
    pub revision: String,
    files: HashMap<Vec<u8>, Id>,
    command: Command,
}

impl Committed {
    /// Whether the commit has a file of this content at git's `path`; how lines end does not matter.
    pub fn holds(&self, path: &[u8], bytes: &[u8]) -> bool {
        let Some(&id) = self.files.get(path) else {
            return false;
        };
        ContentId::of(bytes, &self.command).is_ok_and(|it| it.is(id))
    }
}

impl Repository {
    /// The Python files of the commit that is checked out; `None` before the first one.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn committed(&self) -> Result<Option<Committed>, GitError> {
        let Some(head) = self.head()? else {
            return Ok(None);
        };
        let objects = self.objects.as_ref();
        let files = tree::files(objects, Some(head.tree), &self.wanted, |_, _| false);
        let files = files.map_err(GitError::while_trying("read the files of `HEAD`"))?;
        Ok(Some(Committed {
            revision: head.id.to_string(),
            files: files.into_iter().map(|it| (it.path, it.id)).collect(),
            command: self.command.clone(),
        }))
    }

    /// git's path of `file` (absolute); `None` where it lies elsewhere.
    #[expect(
        clippy::disallowed_methods,
        reason = "a folder may be named by another path than the worktree's true one"
    )]
    pub fn place(&self, file: &Path) -> Option<Vec<u8>> {
        if let Ok(below) = file.strip_prefix(&self.root) {
            return Some(in_git(below).into_owned());
        }
        let folder = std::fs::canonicalize(file.parent()?).ok()?;
        let file = folder.join(file.file_name()?);
        let below = file.strip_prefix(&self.root).ok()?;
        Some(in_git(below).into_owned())
    }
}
