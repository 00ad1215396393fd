//! git's index, read by docgen itself: libgit2 takes most of its time for names that are not Python's.

mod equal;
mod file;
mod folders;
mod parse;
mod stat;
mod tracked;
mod window;

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

pub(super) use self::equal::Equal;
pub(super) use self::file::IndexFile;
pub(super) use self::folders::FolderIds;
pub(super) use self::stat::Stat;
pub(super) use self::tracked::{TrackedFolder, TrackedFolders};
use super::id::Id;
use super::wanted::Wanted;

/// What docgen needs of an index: the Python files in it, in the order of their paths.
#[derive(Default)]
pub(super) struct Index {
    /// The bytes of all paths that entries point into.
    paths: Vec<u8>,
    entries: Vec<Entry>,
    unmerged: Vec<Vec<u8>>,
}

/// One regular file in the index.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    path: (u32, u32),
    /// Its blob.
    pub(super) id: Id,
    /// What the disk said of the file when `id` was taken.
    pub(super) stat: Stat,
    /// `git add --intent-to-add`: known, but nothing staged yet.
    pub(super) is_intent: bool,
    /// Not to be looked up on disk: outside a sparse checkout, or `assume-unchanged`.
    pub(super) is_fixed: bool,
}

/// One entry as the index or git's listing of it tells it.
pub(super) struct Listed<'a> {
    pub(super) path: &'a [u8],
    pub(super) id: Id,
    pub(super) mode: u32,
    /// One side of a conflict.
    pub(super) is_unmerged: bool,
    pub(super) stat: Stat,
    pub(super) is_intent: bool,
    pub(super) is_fixed: bool,
}

#[cfg(test)]
impl<'a> Listed<'a> {
    /// A regular file that nothing is known of.
    fn of_test(path: &'a [u8]) -> Self {
        Self {
            path,
            id: Id::from_bytes(&[1; 20]).unwrap(),
            mode: REGULAR,
            is_unmerged: false,
            stat: Stat::default(),
            is_intent: false,
            is_fixed: false,
        }
    }
}

/// How much of an index is read.
pub(super) enum Extent<'a> {
    /// Every file; the folders that hold one of any kind are handed on meanwhile.
    All(&'a mut dyn FnMut(TrackedFolder)),
    /// The files outside of these folders, each ending in `/` or empty (all), sorted.
    Outside(&'a [Vec<u8>]),
}

const FILE_TYPE: u32 = 0o170_000;
const REGULAR: u32 = 0o100_000;

impl Index {
    /// Takes an entry in, where it is a wanted file, and tells where it stands; they come in the order of their paths.
    pub(super) fn add(&mut self, listed: &Listed<'_>, wanted: &Wanted) -> Option<(usize, &Entry)> {
        if !wanted.has(listed.path) {
            return None;
        }
        if listed.is_unmerged {
            if self.unmerged.last().is_none_or(|last| last != listed.path) {
                self.unmerged.push(listed.path.to_vec());
            }
            return None;
        }
        // Neither links nor submodules hold Python.
        if listed.mode & FILE_TYPE != REGULAR {
            return None;
        }
        let entry = Entry {
            path: self.keep(listed.path),
            id: listed.id,
            stat: listed.stat,
            is_intent: listed.is_intent,
            is_fixed: listed.is_fixed,
        };
        let number = self.entries.len();
        Some((number, self.entries.push_mut(entry)))
    }

    fn keep(&mut self, bytes: &[u8]) -> (u32, u32) {
        let start = self.paths.len() as u32;
        self.paths.extend_from_slice(bytes);
        (start, self.paths.len() as u32)
    }

    /// The files, in the order of their paths.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The path of one of `entries`.
    pub(super) fn path(&self, entry: &Entry) -> &[u8] {
        self.bytes(entry.path)
    }

    /// The entry of the file at `path`.
    pub(super) fn find(&self, path: &[u8]) -> Option<&Entry> {
        let found = self
            .entries
            .binary_search_by(|entry| self.path(entry).cmp(path));
        found.ok().and_then(|at| self.entries.get(at))
    }

    /// The Python files with a conflict.
    pub(super) fn unmerged(&self) -> &[Vec<u8>] {
        &self.unmerged
    }

    fn bytes(&self, (start, end): (u32, u32)) -> &[u8] {
        self.paths
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }
}

/// When the index at `path` was written, in seconds since 1970; 0 where nobody knows.
#[expect(
    clippy::disallowed_methods,
    reason = "files changed after the index was written may differ unseen"
)]
pub(super) fn written(path: &Path) -> i64 {
    let metadata = std::fs::metadata(path);
    let written = metadata.and_then(|metadata| metadata.modified());
    written.map_or(0, seconds)
}

/// Seconds since 1970; negative before.
fn seconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_secs()).map_or(i64::MIN, |it| -it),
    }
}
