//! A changed file as plain data: where its old and new text lie.

use std::path::PathBuf;

use super::id::Id;

/// One Python file in scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The path as it is shown: relative to the working folder where it lies below it, `/` between parts.
    pub path: String,
    /// The parts of the path below the root of what is checked (the repository, or the PATH given),
    /// `/` between them: what a module's name is made of.
    pub module_path: String,
    /// The old side's `module_path` where the file was renamed or moved; a private module may have become public.
    pub old_module_path: Option<String>,
    /// The old side; `None` where there is none.
    pub old: Option<Content>,
    /// Further old sides: of a merge, the other parents' files of this path, where they have one. What equals one of
    /// them is not this change's doing.
    pub others: Vec<Content>,
    /// The new side: content and line numbers come from here.
    pub new: Content,
}

/// Where a text lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A file on disk.
    Disk(PathBuf),
    /// A blob of the repository, by its object id.
    Blob(Id),
    /// Bytes already read (standard input).
    Bytes(Vec<u8>),
}

/// What changed between two sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// What was compared with what.
    pub comparison: Comparison,
    /// The files of the new side that are new or differ, sorted by path.
    pub files: Vec<Change>,
    /// The files that are gone, with an empty new side: what was in them may have been moved.
    pub removed: Vec<Change>,
}

/// What was compared with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// `all`, `staged`, `worktree`, `since`, `range`.
    pub kind: &'static str,
    /// The old side's commit, as an abbreviated id; `None` where there is none.
    pub base: Option<String>,
    /// The new side: `index`, `worktree`, or an abbreviated id.
    pub head: Option<String>,
    /// The same for people: `3f2a1c9 (merge base of origin/main) with the index`.
    pub sentence: String,
}

/// Reads a text from where it lies.
pub trait Reader: Sync {
    /// The bytes at `content`.
    ///
    /// # Errors
    /// When the file or blob cannot be read.
    fn read(&self, content: &Content) -> Result<Vec<u8>, ReadError>;
}

/// A text that could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The disk's or the user's fault: a file that is gone, locked, not allowed.
    #[error("{path}: {source}")]
    Disk {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The repository's fault: a missing or corrupt object.
    #[error("cannot read blob {id} of the repository: {reason}")]
    Blob {
        /// The object's id.
        id: Id,
        /// Why.
        reason: String,
    },
    /// Offsets are 32 bits wide.
    #[error("{path}: larger than 4 GiB")]
    TooLarge {
        /// The file or blob.
        path: String,
    },
}
