//! What last changed each file: one walk of the history, the newest commits first.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashSet};

use super::error::GitError;
use super::id::Id;
use super::message::{Words, words};
use super::object::{Commit, Kind, Objects};
use super::repository::Repository;
use super::tree;

/// A commit that changed a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// The commit.
    pub id: String,
    /// The author's day, where the author was: `2026-11-29`.
    pub day: String,
    /// The author's name. Addresses are cut out, here and from the subject.
    pub author: String,
    /// The first line of its message.
    pub subject: String,
}

/// Where a walk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryEnd {
    /// At the first commit, or where enough was known of every file.
    Whole,
    /// Where a shallow clone ends.
    Shallow,
    /// After so many commits as were allowed.
    Limit(usize),
}

/// The last commits of some files.
#[derive(Clone, Debug)]
pub struct History {
    /// Of each file that was asked for, by git's path: its commits, the newest first, as places in `commits`.
    files: BTreeMap<Vec<u8>, Vec<usize>>,
    commits: Vec<Past>,
    /// How many of a file's commits were asked for.
    each: usize,
    /// Where the walk ended.
    pub end: HistoryEnd,
}

impl History {
    /// The last commits of the file at git's `path`, the newest first.
    pub fn of(&self, path: &[u8]) -> impl Iterator<Item = &Past> {
        let places = self.files.get(path).into_iter().flatten();
        places.filter_map(|&at| self.commits.get(at))
    }

    /// Whether the file may have more commits than are known because the walk ended before.
    pub fn is_cut(&self, path: &[u8]) -> bool {
        let known = self.files.get(path).map_or(0, Vec::len);
        self.end != HistoryEnd::Whole && known < self.each
    }

    /// All of these commits, the newest first.
    pub fn commits(&self) -> impl Iterator<Item = &Past> {
        self.commits.iter()
    }
}

/// A commit that waits for its turn: the latest first, and of one second the one that was met first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Waiting {
    seconds: i64,
    met: std::cmp::Reverse<usize>,
    id: Id,
}

/// A walk on its way.
struct Walk<'r> {
    objects: &'r dyn Objects,
    repository: &'r Repository,
    is_shallow: bool,
    waiting: BinaryHeap<Waiting>,
    met: HashSet<Id>,
    /// The files of which more commits are wanted.
    open: BTreeSet<&'r [u8]>,
    history: History,
}

impl Repository {
    /// The last `each` commits of each of the files `paths` (git's), of the last `most` that lead to `HEAD`. A merge is
    /// a change of what differs from all that it merged. Renames are not followed.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn history(
        &self,
        paths: &BTreeSet<Vec<u8>>,
        each: usize,
        most: usize,
    ) -> Result<History, GitError> {
        let mut walk = Walk {
            objects: self.objects.as_ref(),
            repository: self,
            is_shallow: self.is_shallow(),
            waiting: BinaryHeap::new(),
            met: HashSet::new(),
            open: paths.iter().map(Vec::as_slice).collect(),
            history: History {
                files: BTreeMap::new(),
                commits: Vec::new(),
                each,
                end: HistoryEnd::Whole,
            },
        };
        let told = GitError::while_trying("read its history");
        if let Some(head) = self.head()? {
            walk.go(head.id, each, most).map_err(told)?;
        }
        Ok(walk.history)
    }
}

impl Walk<'_> {
    fn go(&mut self, head: Id, each: usize, most: usize) -> Result<(), String> {
        self.meet(head)?;
        let mut count = 0;
        while let Some(next) = self.waiting.pop() {
            if self.open.is_empty() {
                break;
            }
            if count == most {
                self.history.end = HistoryEnd::Limit(most);
                break;
            }
            count += 1;
            let bytes = self.objects.read(next.id, Kind::Commit)?;
            let commit = Commit::parse(next.id, &bytes)?;
            if self.enqueue(&commit)? {
                self.note(&commit, &bytes, each)?;
            }
        }
        Ok(())
    }

    /// Lets a commit wait for its turn, once.
    fn meet(&mut self, id: Id) -> Result<(), String> {
        if !self.met.insert(id) {
            return Ok(());
        }
        let bytes = self.objects.read(id, Kind::Commit)?;
        self.waiting.push(Waiting {
            seconds: super::message::seconds(&bytes),
            met: std::cmp::Reverse(self.met.len()),
            id,
        });
        Ok(())
    }

    /// Lets the parents of `commit` wait; whether they are here. What changed cannot be told of the last commits of a
    /// shallow clone: they seem to add every file.
    fn enqueue(&mut self, commit: &Commit) -> Result<bool, String> {
        for &parent in &commit.parents {
            match self.meet(parent) {
                Err(_) if self.is_shallow => {
                    self.history.end = HistoryEnd::Shallow;
                    return Ok(false);
                }
                other => other?,
            }
        }
        Ok(true)
    }

    /// Notes what `commit` changed of the files that are asked for.
    fn note(&mut self, commit: &Commit, bytes: &[u8], each: usize) -> Result<(), String> {
        let mut changed: Option<BTreeSet<Vec<u8>>> = None;
        let parents = commit.parents.iter().map(|it| Some(*it));
        let parents: Vec<Option<Id>> = if commit.parents.is_empty() {
            vec![None]
        } else {
            parents.collect()
        };
        for parent in parents {
            let old = parent.map(|it| self.repository.tree_of(it)).transpose()?;
            let wanted = &self.repository.wanted;
            let deltas = tree::differences(self.objects, old, Some(commit.tree), wanted)?;
            let paths = deltas.into_iter().map(|it| it.path);
            let paths = paths.filter(|it| {
                self.open.contains(it.as_slice())
                    && changed.as_ref().is_none_or(|known| known.contains(it))
            });
            let paths: BTreeSet<Vec<u8>> = paths.collect();
            if paths.is_empty() {
                return Ok(());
            }
            changed = Some(paths);
        }
        let place = self.history.commits.len();
        let Words {
            day,
            author,
            subject,
        } = words(bytes);
        let id = commit.id.to_string();
        self.history.commits.push(Past {
            id,
            day,
            author,
            subject,
        });
        for path in changed.into_iter().flatten() {
            let known = self.history.files.entry(path.clone()).or_default();
            known.push(place);
            if known.len() == each {
                self.open.remove(path.as_slice());
            }
        }
        Ok(())
    }
}
