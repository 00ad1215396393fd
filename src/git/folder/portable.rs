//! Folders as the standard library lists them.
#![expect(
    clippy::disallowed_methods,
    reason = "the worktree's folders are listed, and its files asked for their stat"
)]

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::Sort;
use crate::git::index::Stat;
use crate::git::path::on_disk;

/// A folder.
pub(in crate::git) struct Folder(PathBuf);

impl Folder {
    /// The top of the worktree.
    pub(in crate::git) fn top(root: &Path) -> io::Result<Self> {
        if fs::metadata(root)?.is_dir() {
            return Ok(Self(root.to_path_buf()));
        }
        Err(ErrorKind::NotADirectory.into())
    }

    /// The folder at `path` below it (empty: itself), no link to one; `None` where there is none.
    pub(in crate::git) fn folder(&self, path: &[u8]) -> io::Result<Option<Self>> {
        let path = on_disk(&self.0, path);
        let found = found(fs::symlink_metadata(&path))?;
        Ok(found.filter(Metadata::is_dir).map(|_| Self(path)))
    }

    /// Calls `visit` with each name in it, in the order of the disk.
    pub(in crate::git) fn each(&self, mut visit: impl FnMut(&[u8], Sort)) -> io::Result<()> {
        for entry in fs::read_dir(&self.0)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let sort = if kind.is_dir() {
                Sort::Folder
            } else if kind.is_file() {
                Sort::File
            } else {
                Sort::Other
            };
            visit(entry.file_name().as_encoded_bytes(), sort);
        }
        Ok(())
    }

    /// What the disk says of the regular file `name`; `None` where there is none.
    pub(in crate::git) fn stat(&self, name: &[u8]) -> io::Result<Option<Stat>> {
        let found = found(fs::symlink_metadata(on_disk(&self.0, name)))?;
        Ok(found.filter(Metadata::is_file).map(|it| Stat::of(&it)))
    }
}

fn found(answer: io::Result<Metadata>) -> io::Result<Option<Metadata>> {
    match answer {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
