//! A tree against the files on disk: what has been changed, staged or not.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::backend::Command;
use super::delta::{Delta, Side};
use super::error::GitError;
use super::id::Id;
use super::index::{Entry, Index};
use super::path::{on_disk, slashed};
use super::repository::Repository;
use super::staged::{self, Old};
use super::survey::{Doubt, Survey};

/// So many files are worth a thread.
const BATCH: usize = 64;

/// How a tracked file lies on disk, where that is not as it was staged.
enum State {
    /// With this content.
    Holds(ContentId),
    /// Gone, or a link or a folder now.
    Gone,
}

/// The ids that a file's bytes have, as they are and with `\n` line ends (`core.autocrlf`).
#[derive(Clone, Copy)]
pub(super) struct ContentId {
    exact: Id,
    unix: Id,
}

impl ContentId {
    /// Of the file at `path`.
    #[expect(
        clippy::disallowed_methods,
        reason = "the worktree's files are compared by content"
    )]
    fn of_file(path: &Path, command: &Command) -> Result<Self, GitError> {
        let bytes = std::fs::read(path).map_err(|source| disk(path, source))?;
        Self::of(&bytes, command)
    }

    /// Of a file of these bytes.
    pub(super) fn of(bytes: &[u8], command: &Command) -> Result<Self, GitError> {
        let exact = command.blob_id(bytes)?;
        let has_returns = memchr::memmem::find(bytes, b"\r\n").is_some();
        let unix = if has_returns {
            command.blob_id(&without_returns(bytes))?
        } else {
            exact
        };
        Ok(Self { exact, unix })
    }

    /// Whether `id` is this content's.
    pub(super) fn is(self, id: Id) -> bool {
        id == self.exact || id == self.unix
    }
}

impl Repository {
    /// The files that differ between the old side and the disk, untracked ones included.
    pub(super) fn worktree_differences(
        &self,
        old: Old,
        index: &Index,
        survey: Survey,
    ) -> Result<Vec<Delta>, GitError> {
        let mut deltas: BTreeMap<Vec<u8>, Delta> = staged::differences(old, index, true)
            .into_iter()
            .map(|delta| (delta.path.clone(), on_disk_too(delta, index)))
            .collect();
        for (entry, state) in self.changed(index, &survey)? {
            let path = index.path(entry);
            let old = deltas.get(path).map_or(Some(entry.id), |delta| delta.old);
            settle(&mut deltas, path, old, &state);
        }
        for path in survey.untracked {
            let old = deltas.get(&path).and_then(|delta| delta.old);
            let content = self.content_id(&path)?;
            settle(&mut deltas, &path, old, &State::Holds(content));
        }
        Ok(deltas.into_values().collect())
    }

    /// The tracked files that do not lie on disk as they were staged: where the stat leaves a doubt, the content tells.
    fn changed<'a>(
        &self,
        index: &'a Index,
        survey: &Survey,
    ) -> Result<Vec<(&'a Entry, State)>, GitError> {
        let (root, command) = (self.root.as_path(), &self.command);
        let state = |&(number, doubt): &(usize, Doubt)| {
            let Some(entry) = index.entries().get(number) else {
                return Ok(None);
            };
            if doubt == Doubt::Gone {
                return Ok(Some((entry, State::Gone)));
            }
            let content = ContentId::of_file(&on_disk(root, index.path(entry)), command)?;
            let is_same = !entry.is_intent && content.is(entry.id);
            Ok((!is_same).then_some((entry, State::Holds(content))))
        };
        let doubted = survey.doubted.par_iter().with_min_len(BATCH);
        doubted.filter_map(|it| state(it).transpose()).collect()
    }

    /// The content of the file at `path` of the worktree.
    pub(super) fn content_id(&self, path: &[u8]) -> Result<ContentId, GitError> {
        ContentId::of_file(&on_disk(&self.root, path), &self.command)
    }
}

/// What is staged and unchanged on disk is read from disk, where `fix` writes; but not what is not checked out.
fn on_disk_too(delta: Delta, index: &Index) -> Delta {
    let is_there = index.find(&delta.path).is_some_and(|entry| !entry.is_fixed);
    let new = if is_there {
        Some(Side::Disk)
    } else {
        delta.new
    };
    Delta { new, ..delta }
}

fn settle(deltas: &mut BTreeMap<Vec<u8>, Delta>, path: &[u8], old: Option<Id>, state: &State) {
    let new = match (state, old) {
        (State::Gone, Some(_)) => None,
        (State::Holds(content), old) if !old.is_some_and(|old| content.is(old)) => Some(Side::Disk),
        _ => {
            deltas.remove(path);
            return;
        }
    };
    let path = path.to_vec();
    deltas.insert(path.clone(), Delta { path, old, new });
}

fn without_returns(bytes: &[u8]) -> Vec<u8> {
    let mut unix = Vec::with_capacity(bytes.len());
    let mut start = 0;
    for at in memchr::memmem::find_iter(bytes, b"\r\n") {
        unix.extend_from_slice(bytes.get(start..at).unwrap_or_default());
        start = at + 1;
    }
    unix.extend_from_slice(bytes.get(start..).unwrap_or_default());
    unix
}

fn disk(path: &Path, source: std::io::Error) -> GitError {
    let path = slashed(path);
    GitError::Disk { path, source }
}
