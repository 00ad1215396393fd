//! git's index, read by docgen itself: libgit2 takes most of its time for names that are not Python's.

mod equal;
mod file;
mod folders;
mod parse;
mod stat;
mod window;

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

pub(super) use self::equal::Equal;
pub(super) use self::file::IndexFile;
pub(super) use self::folders::FolderIds;
pub(super) use self::stat::Stat;
use super::id::Id;
use super::wanted::Wanted;

/// What docgen needs of an index: the Python files in it, in the order of their paths.
#[derive(Default)]
pub(super) struct Index {
    /// The bytes of all paths that entries and folders point into.
    paths: Vec<u8>,
    entries: Vec<Entry>,
    /// Where in `paths` the folders lie that directly hold a file of any kind.
    folders: Vec<(u32, u32)>,
    unmerged: Vec<Vec<u8>>,
    /// When the index was written, in seconds: a file changed in that second or later may differ unseen.
    written: i64,
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

/// How much of an index is read.
pub(super) enum Extent<'a> {
    /// Every file, and the folders that hold one of any kind.
    All,
    /// The files outside of these folders, each ending in `/` or empty (all), sorted.
    Outside(&'a [Vec<u8>]),
}

const FILE_TYPE: u32 = 0o170_000;
const REGULAR: u32 = 0o100_000;

impl Index {
    /// The same, as it lay on disk at `path` when it was read.
    #[expect(
        clippy::disallowed_methods,
        reason = "files changed after the index was written may differ unseen"
    )]
    pub(super) fn lying_at(mut self, path: &Path) -> Self {
        let metadata = std::fs::metadata(path);
        let written = metadata.and_then(|metadata| metadata.modified());
        self.written = written.map_or(0, seconds);
        self
    }

    /// Takes an entry in, where it is a wanted file; they come in the order of their paths.
    pub(super) fn add(&mut self, listed: &Listed<'_>, wanted: &Wanted) {
        if !wanted.has(listed.path) {
            return;
        }
        if listed.is_unmerged {
            if self.unmerged.last().is_none_or(|last| last != listed.path) {
                self.unmerged.push(listed.path.to_vec());
            }
            return;
        }
        // Neither links nor submodules hold Python.
        if listed.mode & FILE_TYPE != REGULAR {
            return;
        }
        let entry = Entry {
            path: self.keep(listed.path),
            id: listed.id,
            stat: listed.stat,
            is_intent: listed.is_intent,
            is_fixed: listed.is_fixed,
        };
        self.entries.push(entry);
    }

    /// Takes in the folder of the file at `path`, where it is another than the last one's.
    pub(super) fn note_folder(&mut self, path: &[u8]) {
        let end = memchr::memrchr(b'/', path).unwrap_or(0);
        let own = path.get(..end).unwrap_or_default();
        let last = self.folders.last().map(|&range| self.bytes(range));
        if last != Some(own) {
            let range = self.keep(own);
            self.folders.push(range);
        }
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

    /// The folders that directly hold a tracked file of any kind, each once or more; empty for the root.
    /// None unless they were asked for.
    pub(super) fn folders(&self) -> impl Iterator<Item = &[u8]> {
        self.folders.iter().map(|&range| self.bytes(range))
    }

    /// The Python files with a conflict.
    pub(super) fn unmerged(&self) -> &[Vec<u8>] {
        &self.unmerged
    }

    /// Whether `entry` was staged so shortly before the index was written that its stat proves nothing.
    pub(super) fn is_racy(&self, entry: &Entry) -> bool {
        i64::from(entry.stat.modified.0) >= self.written
    }

    fn bytes(&self, (start, end): (u32, u32)) -> &[u8] {
        self.paths
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }
}

/// Seconds since 1970; negative before.
fn seconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_secs()).map_or(i64::MIN, |it| -it),
    }
}
