//! Files that git does not track and does not ignore.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::Path;

use rayon::prelude::*;

use super::error::GitError;
use super::index::Index;
use super::path::{on_disk, slashed};
use super::repository::Repository;
use super::walk::is_tool_folder;
use super::wanted::Wanted;

/// So many folders are worth a thread.
const BATCH: usize = 32;

/// What one folder holds that may be new.
#[derive(Default)]
struct Found {
    files: Vec<Vec<u8>>,
    folders: Vec<Vec<u8>>,
    /// Whether it is the top of a repository of its own.
    is_repository: bool,
}

/// The untracked Python files, sorted by path.
///
/// Only names that the index does not know are looked up in the ignore files: in a repository at rest, none.
pub(super) fn files(repository: &Repository, index: &Index) -> Result<Vec<Vec<u8>>, GitError> {
    let tracked = tracked_folders(index);
    let mut folders: Vec<&[u8]> = tracked.iter().copied().collect();
    folders.sort_unstable();
    // What threads share: libgit2's repository is not theirs.
    let listing = Listing {
        root: &repository.root,
        wanted: &repository.wanted,
        index,
        tracked,
    };
    let found: Vec<Found> = folders
        .par_iter()
        .with_min_len(BATCH)
        .map(|folder| listing.of(folder))
        .collect::<Result<_, _>>()?;
    let mut files = Vec::new();
    let mut open = Vec::new();
    for found in found {
        take(repository, found, &mut files, &mut open)?;
    }
    while let Some(folder) = open.pop() {
        let found = listing.of(&folder)?;
        // git does not look into a repository within the repository either.
        if !found.is_repository {
            take(repository, found, &mut files, &mut open)?;
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// Every folder with a tracked file anywhere below; the root always.
fn tracked_folders(index: &Index) -> HashSet<&[u8]> {
    let mut tracked: HashSet<&[u8]> = HashSet::from([&[][..]]);
    for mut folder in index.folders() {
        while tracked.insert(folder) {
            let end = folder.iter().rposition(|&byte| byte == b'/').unwrap_or(0);
            folder = folder.get(..end).unwrap_or_default();
        }
    }
    tracked
}

/// Keeps what is not ignored.
fn take(
    repository: &Repository,
    found: Found,
    files: &mut Vec<Vec<u8>>,
    open: &mut Vec<Vec<u8>>,
) -> Result<(), GitError> {
    let is_ignored = |path: &[u8]| repository.backend.is_ignored(path);
    for file in found.files {
        if !is_ignored(&file)? {
            files.push(file);
        }
    }
    for folder in found.folders {
        if !is_ignored(&folder)? {
            open.push(folder);
        }
    }
    Ok(())
}

/// Lists folders, against what the index knows.
struct Listing<'a> {
    root: &'a Path,
    wanted: &'a Wanted,
    index: &'a Index,
    tracked: HashSet<&'a [u8]>,
}

impl Listing<'_> {
    /// The files and folders right in `folder` that the index does not know.
    #[expect(
        clippy::disallowed_methods,
        reason = "untracked files are found on disk"
    )]
    fn of(&self, folder: &[u8]) -> Result<Found, GitError> {
        let path = on_disk(self.root, folder);
        let failure = |source| GitError::Disk {
            path: slashed(&path),
            source,
        };
        let mut found = Found::default();
        let listing = match std::fs::read_dir(&path) {
            Ok(listing) => listing,
            // Tracked, and deleted or replaced by a file.
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                return Ok(found);
            }
            Err(error) => return Err(failure(error)),
        };
        let mut prefix = folder.to_vec();
        if !prefix.is_empty() {
            prefix.push(b'/');
        }
        for entry in listing {
            let entry = entry.map_err(failure)?;
            let name = entry.file_name();
            let bytes = name.as_encoded_bytes();
            found.is_repository |= bytes == b".git";
            let is_wanted = self.wanted.has_in(&prefix, bytes);
            let kind = entry.file_type().map_err(failure)?;
            let path = || [prefix.as_slice(), bytes].concat();
            if kind.is_dir() {
                if !is_tool_folder(&name, &entry.path())
                    && !self.tracked.contains(path().as_slice())
                {
                    found.folders.push(path());
                }
            } else if is_wanted && kind.is_file() {
                let path = path();
                if self.index.find(&path).is_none() && !self.index.unmerged().contains(&path) {
                    found.files.push(path);
                }
            }
        }
        Ok(found)
    }
}
