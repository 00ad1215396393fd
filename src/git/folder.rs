//! Folders of the worktree: the names in them, and what the disk says of files.
//!
//! Linux resolves a name from an open folder in half the time that a whole path takes, and lists names without an
//! allocation for each; elsewhere the standard library does the same.

use std::io;
use std::path::Path;

use super::index::Stat;

/// What a name in a folder of the worktree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A regular file.
    File,
    /// A folder, no link to one.
    Folder,
    /// A link, a socket and the like.
    Other,
}

pub(super) use self::system::{Folder, Top};

#[cfg(target_os = "linux")]
mod system {
    use std::ffi::OsStr;
    use std::os::fd::OwnedFd;
    use std::os::unix::ffi::OsStrExt;

    use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, RawDir, openat, statat};
    use rustix::io::Errno;

    use super::{Path, Sort, Stat, io};

    /// Names are listed into so many bytes at a time.
    const LISTED: usize = 8 * 1024;

    /// The top of the worktree.
    pub(in crate::git) struct Top(OwnedFd);

    /// A folder, open.
    pub(in crate::git) struct Folder(OwnedFd);

    impl Top {
        pub(in crate::git) fn open(root: &Path) -> io::Result<Self> {
            Ok(Self(openat(CWD, root, FLAGS, Mode::empty())?))
        }

        /// The folder `path` below it; `None` where there is none.
        pub(in crate::git) fn folder(&self, path: &[u8]) -> io::Result<Option<Folder>> {
            let path: &[u8] = if path.is_empty() { b"." } else { path };
            match openat(&self.0, OsStr::from_bytes(path), FLAGS, Mode::empty()) {
                Ok(folder) => Ok(Some(Folder(folder))),
                Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP) => Ok(None),
                Err(error) => Err(error.into()),
            }
        }
    }

    const FLAGS: OFlags = OFlags::RDONLY
        .union(OFlags::DIRECTORY)
        .union(OFlags::CLOEXEC);

    impl Folder {
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
}

#[cfg(not(target_os = "linux"))]
#[expect(
    clippy::disallowed_methods,
    reason = "the worktree's folders are listed, and its files asked for their stat"
)]
mod system {
    use std::fs;
    use std::path::PathBuf;

    use super::super::path::on_disk;
    use super::{Path, Sort, Stat, io};

    /// The top of the worktree.
    pub(in crate::git) struct Top(PathBuf);

    /// A folder.
    pub(in crate::git) struct Folder(PathBuf);

    impl Top {
        pub(in crate::git) fn open(root: &Path) -> io::Result<Self> {
            Ok(Self(root.to_path_buf()))
        }

        /// The folder `path` below it; `None` where there is none.
        pub(in crate::git) fn folder(&self, path: &[u8]) -> io::Result<Option<Folder>> {
            let path = on_disk(&self.0, path);
            Ok(path.is_dir().then_some(Folder(path)))
        }
    }

    impl Folder {
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
            match fs::symlink_metadata(on_disk(&self.0, name)) {
                Ok(metadata) => Ok(metadata.is_file().then(|| Stat::of(&metadata))),
                Err(error)
                    if matches!(
                        error.kind(),
                        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                    ) =>
                {
                    Ok(None)
                }
                Err(error) => Err(error),
            }
        }
    }
}
