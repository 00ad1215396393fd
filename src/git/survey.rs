//! The worktree in one pass over its folders: tracked files that changed or are gone, and files that git does not know.

use std::mem;
use std::path::Path;
use std::sync::mpsc;

use super::error::GitError;
use super::folder::{Folder, Sort};
use super::index::TrackedFolder;
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
pub(super) struct Survey {
    /// Tracked files by where they stand in the index, in that order.
    pub(super) doubted: Vec<(usize, Doubt)>,
    /// Untracked Python files that are not ignored, sorted by path.
    pub(super) untracked: Vec<Vec<u8>>,
}

/// What one folder holds.
#[derive(Default)]
struct Found {
    doubted: Vec<(usize, Doubt)>,
    files: Vec<Vec<u8>>,
    folders: Vec<Vec<u8>>,
    /// Whether it is the top of a repository of its own.
    is_repository: bool,
}

/// Looks at every folder that `read` hands on once, on other threads while it goes on reading. Only names that the index
/// does not know are looked up in the ignore files: in a repository at rest, none.
pub(super) fn survey<T>(
    repository: &Repository,
    read: impl FnOnce(&mut dyn FnMut(TrackedFolder)) -> Result<T, GitError>,
) -> Result<(T, Survey), GitError> {
    // What threads share: libgit2's repository is not theirs.
    let surveyor = Surveyor {
        root: &repository.root,
        wanted: &repository.wanted,
    };
    let (sender, receiver) = mpsc::channel();
    let answer = rayon::in_place_scope(|scope| {
        let surveyor = &surveyor;
        let sender = &sender;
        let mut count = 0_usize;
        let mut look = |mut folders: Vec<TrackedFolder>| {
            let (number, sender) = (count, sender.clone());
            count += 1;
            scope.spawn(move |_| {
                // What is in a folder mostly comes right behind it.
                folders.sort_unstable_by(|one, other| one.path.cmp(&other.path));
                // Who receives waits for all.
                let _ = sender.send((number, surveyor.of_all(&folders)));
            });
        };
        let mut batch = Vec::new();
        let answer = read(&mut |folder| {
            batch.push(folder);
            if batch.len() == BATCH {
                look(mem::take(&mut batch));
            }
        });
        look(batch);
        answer
    })?;
    drop(sender);
    let mut found: Vec<(usize, Result<Vec<Found>, GitError>)> = receiver.into_iter().collect();
    found.sort_unstable_by_key(|(number, _)| *number);
    let mut survey = Survey::default();
    let mut open = Vec::new();
    for (_, found) in found {
        for found in found? {
            survey.doubted.extend_from_slice(&found.doubted);
            take(repository, found, &mut survey.untracked, &mut open)?;
        }
    }
    while let Some(folder) = open.pop() {
        for found in surveyor.of_all(&[TrackedFolder::unknown(&folder)])? {
            // git does not look into a repository within the repository either.
            if !found.is_repository {
                take(repository, found, &mut survey.untracked, &mut open)?;
            }
        }
    }
    survey.doubted.sort_unstable_by_key(|(number, _)| *number);
    survey.untracked.sort_unstable();
    Ok((answer, survey))
}

/// Keeps what is not ignored.
fn take(
    repository: &Repository,
    found: Found,
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
struct Surveyor<'r> {
    root: &'r Path,
    wanted: &'r Wanted,
}

impl Surveyor<'_> {
    /// What lies right in each of `folders`; those in one folder are opened from there.
    fn of_all(&self, folders: &[TrackedFolder]) -> Result<Vec<Found>, GitError> {
        let mut way = Way::from(self.root).map_err(self.failure(&[]))?;
        let found = folders.iter().map(|tracked| {
            let path = tracked.path.as_slice();
            let folder = way.to(path).map_err(self.failure(path))?;
            self.of(tracked, folder).map_err(self.failure(path))
        });
        found.collect()
    }

    /// What lies right in a folder; nothing where a tracked one was deleted or replaced by a file.
    fn of(&self, tracked: &TrackedFolder, folder: Option<&Folder>) -> std::io::Result<Found> {
        let mut found = match folder {
            Some(folder) => self.names(tracked, folder)?,
            None => Found::default(),
        };
        for (name, file) in tracked.files().filter(|(_, file)| !file.is_fixed) {
            let stat = match folder {
                Some(folder) => folder.stat(name)?,
                None => None,
            };
            let doubt = match stat {
                None => Doubt::Gone,
                Some(stat) if !file.is_provable || !file.stat.is_still(&stat) => Doubt::Unproven,
                Some(_) => continue,
            };
            found.doubted.push((file.number, doubt));
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
    fn names(&self, tracked: &TrackedFolder, folder: &Folder) -> std::io::Result<Found> {
        let mut found = Found::default();
        let mut prefix = tracked.path.clone();
        if !prefix.is_empty() {
            prefix.push(b'/');
        }
        let below = |name: &[u8]| [prefix.as_slice(), name].concat();
        folder.each(|name, sort| {
            found.is_repository |= name == b".git";
            match sort {
                Sort::Folder if !tracked.has_folder(name) => {
                    let below = below(name);
                    if !self.is_tools(&below, name) {
                        found.folders.push(below);
                    }
                }
                Sort::File if self.wanted.has_in(&prefix, name) && !tracked.has_file(name) => {
                    found.files.push(below(name));
                }
                Sort::Folder | Sort::File | Sort::Other => {}
            }
        })?;
        Ok(found)
    }

    fn is_tools(&self, path: &[u8], name: &[u8]) -> bool {
        let name = on_disk(Path::new(""), name);
        is_tool_folder(name.as_os_str(), &on_disk(self.root, path))
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
