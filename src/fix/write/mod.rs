//! The one door to the disk: a file is replaced whole, or stays whole.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the door through which mended files go to disk"
)]

use std::fs::{self, File, Permissions};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use tempfile::TempPath;

/// Where files may be written: below one root, and into no other repository.
#[derive(Clone, Debug)]
pub struct Door {
    root: PathBuf,
}

/// Why a file was not written. It is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The user's: the path leads out of what may be written.
    #[error("it lies outside of {root}")]
    Outside {
        /// What may be written.
        root: String,
    },
    /// The user's: what is there is another file somewhere else.
    #[error("{path} is a symbolic link")]
    Link {
        /// The link.
        path: String,
    },
    /// The user's: another repository's files are its own.
    #[error("{folder} is a repository of its own")]
    Submodule {
        /// The other repository.
        folder: String,
    },
    /// The user's: no file is there, or a folder, pipe or device is.
    #[error("it is no file")]
    NoFile,
    /// The user's: the file says that it shall not change.
    #[error("it is read-only")]
    ReadOnly,
    /// Somebody else's, who wrote it at the same time.
    #[error("it has changed since it was read")]
    Changed,
    /// The disk's.
    #[error("it cannot be written: {0}")]
    Disk(#[from] io::Error),
}

impl Door {
    /// Files below `root`, a folder that exists.
    pub fn new(root: &Path) -> io::Result<Self> {
        let root = fs::canonicalize(root)?;
        Ok(Self { root })
    }

    /// The same below a folder that is made where it is missing.
    pub fn create(root: &Path) -> io::Result<Self> {
        fs::create_dir_all(root)?;
        Self::new(root)
    }

    /// The root, links resolved.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Puts `new` in place of the file at `path` (absolute), if that still holds `old`.
    pub fn replace(&self, path: &Path, old: &[u8], new: &[u8]) -> Result<(), WriteError> {
        let path = self.inside(path)?;
        let meta = fs::symlink_metadata(&path)?;
        if !meta.is_file() {
            return Err(WriteError::NoFile);
        }
        if meta.permissions().readonly() {
            return Err(WriteError::ReadOnly);
        }
        // Two runs at once wait for each other here; where a file system knows no locks, the look at the bytes is all.
        let lock = File::open(&path)?;
        let _ = lock.lock();
        if fs::read(&path)? != old {
            return Err(WriteError::Changed);
        }
        let fresh = self.beside(&path, new, Some(&meta.permissions()))?;
        if !is_plainly(&path, old) {
            return Err(WriteError::Changed);
        }
        if exchange(&fresh, &path, old, new)? {
            // What was there goes at once: nothing of it is left where the process ends while the disk works.
            drop(fresh);
        } else {
            fresh.persist(&path).map_err(|error| error.error)?;
        }
        fault::step("in place");
        settle(&path);
        Ok(())
    }

    /// Writes a file below the root, and the folders above it; one that is there is replaced.
    pub fn put(&self, below: &Path, new: &[u8]) -> Result<(), WriteError> {
        let path = self.inside(&self.root.join(below))?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        if path.is_dir() {
            return Err(WriteError::NoFile);
        }
        #[cfg(unix)]
        let plain = Some(&std::os::unix::fs::PermissionsExt::from_mode(0o644));
        #[cfg(not(unix))]
        let plain = None;
        let fresh = self.beside(&path, new, plain)?;
        fresh.persist(&path).map_err(|error| error.error)?;
        settle(&path);
        Ok(())
    }

    /// A file with the new content on disk, under another name in the same folder; it goes if it takes nobody's place.
    fn beside(
        &self,
        path: &Path,
        new: &[u8],
        permissions: Option<&Permissions>,
    ) -> Result<TempPath, WriteError> {
        let folder = path.parent().unwrap_or(&self.root);
        #[cfg(target_os = "linux")]
        if let Some(fresh) = nameless::file(folder, new, permissions)? {
            return Ok(fresh);
        }
        let (mut fresh, path) = builder().tempfile_in(folder)?.into_parts();
        fill(&mut fresh, new, permissions)?;
        Ok(path)
    }

    /// The path below the root, if nothing on the way leads elsewhere.
    fn inside(&self, path: &Path) -> Result<PathBuf, WriteError> {
        let outside = || WriteError::Outside {
            root: self.root.display().to_string(),
        };
        let below = match path.strip_prefix(&self.root) {
            Ok(below) => below.to_path_buf(),
            // The root itself may be known by another name.
            Err(_) => self.renamed(path).ok_or_else(outside)?,
        };
        let mut at = self.root.clone();
        let mut parts = below.components().peekable();
        while let Some(part) = parts.next() {
            let Component::Normal(part) = part else {
                return Err(outside());
            };
            at.push(part);
            if fs::symlink_metadata(&at).is_ok_and(|it| it.is_symlink()) {
                let path = at.display().to_string();
                return Err(WriteError::Link { path });
            }
            if parts.peek().is_some() && fs::symlink_metadata(at.join(".git")).is_ok() {
                let folder = at.display().to_string();
                return Err(WriteError::Submodule { folder });
            }
        }
        Ok(at)
    }

    /// The part below the root of a path that begins with another name of it.
    fn renamed(&self, path: &Path) -> Option<PathBuf> {
        let above = path.ancestors().skip(1);
        let mut roots = above.filter(|it| fs::canonicalize(it).is_ok_and(|it| it == self.root));
        path.strip_prefix(roots.next()?).ok().map(Path::to_path_buf)
    }
}

/// What files have that are on their way.
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".docgen-").suffix(".tmp");
    builder
}

/// Brings the content of a new file to the disk.
fn fill(fresh: &mut File, new: &[u8], permissions: Option<&Permissions>) -> io::Result<()> {
    fault::step("created");
    let (head, tail) = new.split_at(new.len() / 2);
    fresh.write_all(head)?;
    fault::step("half");
    fresh.write_all(tail)?;
    fault::step("written");
    if let Some(permissions) = permissions {
        fresh.set_permissions(permissions.clone())?;
    }
    fault::step("mode");
    fresh.sync_all()?;
    fault::step("synced");
    Ok(())
}

/// Files that have no name before they are whole: a process that is killed meanwhile leaves nothing behind.
#[cfg(target_os = "linux")]
mod nameless;

/// Whether a file that is no link is there, with these bytes.
fn is_plainly(path: &Path, bytes: &[u8]) -> bool {
    fs::symlink_metadata(path).is_ok_and(|it| it.is_file())
        && fs::read(path).is_ok_and(|it| it == bytes)
}

/// Lets the file at `fresh` and the one at `path` change places in one step, and back where what came out is not `old`:
/// an editor that saved in between has its work back. `false` where the system cannot exchange files.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(fresh: &Path, path: &Path, old: &[u8], new: &[u8]) -> Result<bool, WriteError> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    let swap = || renameat_with(CWD, fresh, CWD, path, RenameFlags::EXCHANGE);
    if swap().is_err() {
        return Ok(false);
    }
    fault::step("exchanged");
    if is_plainly(fresh, old) {
        return Ok(true);
    }
    // Who saves while files change places back is served, too: what comes out must be ours.
    for _ in 0..MOST_EXCHANGES {
        swap().map_err(io::Error::from)?;
        if is_plainly(fresh, new) {
            break;
        }
    }
    Err(WriteError::Changed)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path, _: &[u8], _: &[u8]) -> Result<bool, WriteError> {
    Ok(false)
}

/// Nobody saves so often while two names are exchanged.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
const MOST_EXCHANGES: usize = 100;

/// The steps between the old file and the new one, at each of which a test stops the process.
mod fault {
    /// Goes on, but in a test that asks for the end here.
    #[cfg(not(test))]
    pub(super) const fn step(_: &str) {}

    #[cfg(test)]
    pub(super) use super::tests::step;
}

#[cfg(test)]
mod tests;

/// Lets the new name reach the disk; a file system that cannot do that is none of our concern.
fn settle(path: &Path) {
    if let Some(folder) = path.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}
