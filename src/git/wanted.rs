//! Which files of a repository are Python's.

use std::collections::HashSet;

use super::path::is_python;

/// Python goes by the extension; a file that was named on the command line counts without one.
#[derive(Default)]
pub(super) struct Wanted {
    named: HashSet<Vec<u8>>,
}

impl Wanted {
    /// Adds a file by its path below the repository's root.
    pub(super) fn name(&mut self, path: Vec<u8>) {
        // Most that are named are Python's anyway, and an empty list is asked for nothing.
        if !is_python(&path) {
            self.named.insert(path);
        }
    }

    /// Whether the file at `path` counts.
    #[inline]
    pub(super) fn has(&self, path: &[u8]) -> bool {
        is_python(path) || (!self.named.is_empty() && self.named.contains(path))
    }

    /// Whether the file `name` in `folder` (which ends in `/` or is empty) counts.
    pub(super) fn has_in(&self, folder: &[u8], name: &[u8]) -> bool {
        is_python(name)
            || (!self.named.is_empty() && self.named.contains([folder, name].concat().as_slice()))
    }
}
