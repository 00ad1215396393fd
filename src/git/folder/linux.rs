//! Folders as Linux opens and lists them.

use std::ffi::OsStr;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, RawDir, openat, statat};
use rustix::io::Errno;

use super::Sort;
use crate::git::index::Stat;

/// Names are listed into so many bytes at a time.
const LISTED: usize = 8 * 1024;

const FLAGS: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::CLOEXEC);

/// A folder, open.
pub(in crate::git) struct Folder(OwnedFd);

impl Folder {
    /// The top of the worktree.
    pub(in crate::git) fn top(root: &Path) -> io::Result<Self> {
        Ok(Self(openat(CWD, root, FLAGS, Mode::empty())?))
    }

    /// The folder at `path` below it (empty: itself), no link to one; `None` where there is none.
    pub(in crate::git) fn folder(&self, path: &[u8]) -> io::Result<Option<Self>> {
        let path: &[u8] = if path.is_empty() { b"." } else { path };
        let flags = FLAGS.union(OFlags::NOFOLLOW);
        match openat(&self.0, OsStr::from_bytes(path), flags, Mode::empty()) {
            Ok(folder) => Ok(Some(Self(folder))),
            Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Calls `visit` with each name in it, in the order of the disk.
    pub(in crate::git) fn each(&self, mut visit: impl FnMut(&[u8], Sort)) -> io::Result<()> {
        let mut space: Vec<u8> = Vec::with_capacity(LISTED);
        let mut names = RawDir::new(&self.0, space.spare_capacity_mut());
        while let Some(entry) = names.next() {
            let entry = entry?;
            let name = entry.file_name().to_bytes();
            if name == b"." || name == b".." {
                continue;
            }
            let sort = match entry.file_type() {
                FileType::RegularFile => Sort::File,
                FileType::Directory => Sort::Folder,
                // Not every file system tells.
                FileType::Unknown => self.sort(name)?,
                _ => Sort::Other,
            };
            visit(name, sort);
        }
        Ok(())
    }

    /// What the disk says of the regular file `name`; `None` where there is none.
    pub(in crate::git) fn stat(&self, name: &[u8]) -> io::Result<Option<Stat>> {
        let name = OsStr::from_bytes(name);
        match statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) if FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile => {
                Ok(Some(Stat::of_linux(&stat)))
            }
            Ok(_) | Err(Errno::NOENT | Errno::NOTDIR) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn sort(&self, name: &[u8]) -> io::Result<Sort> {
        let name = OsStr::from_bytes(name);
        let stat = statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW)?;
        Ok(match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile => Sort::File,
            FileType::Directory => Sort::Folder,
            _ => Sort::Other,
        })
    }
}
