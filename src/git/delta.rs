//! A file that differs between two sides, before renames are paired.

use super::id::Id;

/// One path and what lies there on each side; at least one side is there, and they differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Delta {
    /// Below the repository's root, `/` between parts.
    pub(super) path: Vec<u8>,
    /// The old side's blob.
    pub(super) old: Option<Id>,
    /// The new side.
    pub(super) new: Option<Side>,
}

/// Where a new side lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// In the repository.
    Blob(Id),
    /// In the worktree, under the delta's path.
    Disk,
}
