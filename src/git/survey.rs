//! The worktree in one pass over its folders: tracked files that changed or are gone, and files that git does not know.

use std::path::Path;

use hashbrown::{HashMap, HashSet};
use rayon::prelude::*;

use super::error::GitError;
use super::folder::{Folder, Sort};
use super::index::{Entry, Index, Stat};
use super::path::{on_disk, slashed};
use super::repository::Repository;
use super::walk::is_tool_folder;
use super::wanted::Wanted;

/// So many folders are worth a thread.
const BATCH: usize = 32;

/// How a tracked file lies on disk, where that is not surely as it was staged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Gone, or a link or a folder now.
    Gone,
    /// Its stat is another, or proves nothing.
    Unproven,
}

/// What the worktree holds that is not surely as it was staged.
#[derive(Default)]
pub(super) struct Survey<'a> {
    /// Tracked files, sorted by path.
    pub(super) doubted: Vec<(&'a Entry, Doubt)>,
    /// Untracked Python files that are not ignored, sorted by path.
    pub(super) untracked: Vec<Vec<u8>>,
}

/// What one folder holds.
#[derive(Default)]
struct Found<'a> {
    doubted: Vec<(&'a Entry, Doubt)>,
    files: Vec<Vec<u8>>,
    folders: Vec<Vec<u8>>,
    /// Whether it is the top of a repository of its own.
    is_repository: bool,
}

/// Looks at every folder once. Only names that the index does not know are looked up in the ignore files: in a
/// repository at rest, none.
pub(super) fn survey<'a>(
    repository: &Repository,
    index: &'a Index,
) -> Result<Survey<'a>, GitError> {
    // What threads share: libgit2's repository is not theirs.
    let surveyor = Surveyor {
        root: &repository.root,
        wanted: &repository.wanted,
        index,
        tracked: tracked(index),
    };
    let mut folders: Vec<&[u8]> = surveyor.tracked.keys().copied().collect();
    // What is in a folder mostly comes right behind it.
    folders.sort_unstable();
    let found: Vec<Vec<Found<'_>>> = folders
        .par_chunks(BATCH)
        .map(|folders| surveyor.of_all(folders))
        .collect::<Result<_, _>>()?;
    let mut survey = Survey::default();
    let mut open = Vec::new();
    for found in found.into_iter().flatten() {
        survey.doubted.extend_from_slice(&found.doubted);
        take(repository, found, &mut survey.untracked, &mut open)?;
    }
    while let Some(folder) = open.pop() {
        for found in surveyor.of_all(&[&folder])? {
            // git does not look into a repository within the repository either.
            if !found.is_repository {
                take(repository, found, &mut survey.untracked, &mut open)?;
            }
        }
    }
    survey
        .doubted
        .sort_unstable_by_key(|(entry, _)| index.path(entry));
    survey.untracked.sort_unstable();
    Ok(survey)
}

/// The Python files of each folder that has a tracked file of any kind below, in the order of their names.
type Tracked<'a> = HashMap<&'a [u8], Vec<&'a Entry>>;

fn tracked(index: &Index) -> Tracked<'_> {
    let mut tracked = Tracked::from_iter([(&[][..], Vec::new())]);
    let mut seen: HashSet<&[u8]> = HashSet::new();
    for mut folder in index.folders() {
        while seen.insert(folder) {
            tracked.entry(folder).or_default();
            folder = parent(folder);
        }
    }
    // What lies in one folder mostly follows on itself.
    let entries = index.entries();
    let same = |one: &Entry, other: &Entry| parent(index.path(one)) == parent(index.path(other));
    for run in entries.chunk_by(same) {
        if let Some(first) = run.first() {
            let folder = parent(index.path(first));
            tracked.entry(folder).or_default().extend(run);
        }
    }
    tracked
}

fn parent(path: &[u8]) -> &[u8] {
    let end = memchr::memrchr(b'/', path).unwrap_or(0);
    path.get(..end).unwrap_or_default()
}

/// Keeps what is not ignored.
fn take(
    repository: &Repository,
    found: Found<'_>,
    files: &mut Vec<Vec<u8>>,
    open: &mut Vec<Vec<u8>>,
) -> Result<(), GitError> {
    for file in found.files {
        if !repository.backend.is_ignored(&file)? {
            files.push(file);
        }
    }
    for folder in found.folders {
        if !repository.backend.is_ignored(&folder)? {
            open.push(folder);
        }
    }
    Ok(())
}

/// Looks at folders, against what the index knows.
struct Surveyor<'r, 'a> {
    root: &'r Path,
    wanted: &'r Wanted,
    index: &'a Index,
    tracked: Tracked<'a>,
}

impl<'a> Surveyor<'_, 'a> {
    /// What lies right in each of `folders`; those in one folder are opened from there.
    fn of_all(&self, folders: &[&[u8]]) -> Result<Vec<Found<'a>>, GitError> {
        let mut way = Way::from(self.root).map_err(self.failure(&[]))?;
        let found = folders.iter().map(|path| {
            let folder = way.to(path).map_err(self.failure(path))?;
            self.of(path, folder).map_err(self.failure(path))
        });
        found.collect()
    }

    /// What lies right in the folder at `path`; none is there where a tracked one was deleted or replaced by a file.
    fn of(&self, path: &[u8], folder: Option<&Folder>) -> std::io::Result<Found<'a>> {
        let entries = self.tracked.get(path).map_or(&[][..], Vec::as_slice);
        let mut found = match folder {
            Some(folder) => self.names(path, folder, entries)?,
            None => Found::default(),
        };
        for &entry in entries.iter().filter(|entry| !entry.is_fixed) {
            let stat = match folder {
                Some(folder) => folder.stat(self.name(path, entry))?,
                None => None,
            };
            let doubt = match stat {
                None => Doubt::Gone,
                Some(stat) if !self.is_proven(entry, &stat) => Doubt::Unproven,
                Some(_) => continue,
            };
            found.doubted.push((entry, doubt));
        }
        Ok(found)
    }

    fn failure<'p>(&'p self, path: &'p [u8]) -> impl Fn(std::io::Error) -> GitError + 'p {
        move |source| GitError::Disk {
            path: slashed(&on_disk(self.root, path)),
            source,
        }
    }

    /// The names that the index does not know.
    fn names(
        &self,
        path: &[u8],
        folder: &Folder,
        entries: &[&Entry],
    ) -> std::io::Result<Found<'a>> {
        let mut found = Found::default();
        let mut prefix = path.to_vec();
        if !prefix.is_empty() {
            prefix.push(b'/');
        }
        let mut below = prefix.clone();
        folder.each(|name, sort| {
            found.is_repository |= name == b".git";
            match sort {
                Sort::Folder => {
                    below.truncate(prefix.len());
                    below.extend_from_slice(name);
                    let is_new = !self.tracked.contains_key(below.as_slice());
                    if is_new && !self.is_tools(&below, name) {
                        found.folders.push(below.clone());
                    }
                }
                Sort::File if self.wanted.has_in(&prefix, name) => {
                    let known = entries.binary_search_by(|it| self.name(path, it).cmp(name));
                    if known.is_err() {
                        found.files.push([prefix.as_slice(), name].concat());
                    }
                }
                Sort::File | Sort::Other => {}
            }
        })?;
        Ok(found)
    }

    /// An entry's name in the folder at `path`, in which it lies.
    fn name(&self, path: &[u8], entry: &Entry) -> &'a [u8] {
        let start = path.len() + usize::from(!path.is_empty());
        self.index.path(entry).get(start..).unwrap_or_default()
    }

    fn is_tools(&self, path: &[u8], name: &[u8]) -> bool {
        let name = on_disk(Path::new(""), name);
        is_tool_folder(name.as_os_str(), &on_disk(self.root, path))
    }

    fn is_proven(&self, entry: &Entry, stat: &Stat) -> bool {
        !entry.is_intent && !self.index.is_racy(entry) && entry.stat.is_still(stat)
    }
}

/// The folders from the top down to the one that was asked for last, each open.
struct Way {
    top: Folder,
    /// The length of each one's path.
    open: Vec<(usize, Folder)>,
    path: Vec<u8>,
}

impl Way {
    fn from(root: &Path) -> std::io::Result<Self> {
        Ok(Self {
            top: Folder::top(root)?,
            open: Vec::new(),
            path: Vec::new(),
        })
    }

    /// The folder at `path`, which is opened from the nearest one above that is open still; `None` where there is none.
    fn to(&mut self, path: &[u8]) -> std::io::Result<Option<&Folder>> {
        let is_above = |above: &[u8]| {
            let rest = path.strip_prefix(above);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
        };
        while let Some((length, _)) = self.open.last() {
            if self.path.get(..*length).is_some_and(is_above) {
                break;
            }
            self.open.pop();
        }
        let mut length = self.open.last().map_or(0, |(length, _)| *length);
        while length < path.len() {
            let start = length + usize::from(length > 0);
            let rest = path.get(start..).unwrap_or_default();
            let end = memchr::memchr(b'/', rest).unwrap_or(rest.len());
            let above = self.open.last().map_or(&self.top, |(_, folder)| folder);
            let Some(folder) = above.folder(rest.get(..end).unwrap_or_default())? else {
                return Ok(None);
            };
            length = start + end;
            self.open.push((length, folder));
            self.path.clear();
            self.path.extend_from_slice(path);
        }
        Ok(Some(
            self.open.last().map_or(&self.top, |(_, folder)| folder),
        ))
    }
}
