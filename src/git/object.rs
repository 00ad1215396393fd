//! Objects as git stores them: commits and trees, taken apart.

use std::cmp::Ordering;

use super::id::Id;

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A commit.
    Commit,
    /// A folder.
    Tree,
    /// A file or link.
    Blob,
}

/// Where objects are read from. Threads share it.
pub(super) trait Objects: Send + Sync {
    /// The bytes of the object `id`, which must be of that kind.
    ///
    /// # Errors
    /// Says why it cannot be read: it is missing, damaged, of another kind.
    fn read(&self, id: Id, kind: Kind) -> Result<Vec<u8>, String>;

    /// Told of objects that are going to be read: what a partial clone has left out of them may come at once. What
    /// does not come is told of when it is read.
    fn expect(&self, _ids: &[Id]) {}
}

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Commit {
    pub(super) id: Id,
    pub(super) tree: Id,
    /// As the commit names them, whether or not they are here.
    pub(super) parents: Vec<Id>,
}

impl Commit {
    /// The commit `id`.
    pub(super) fn read(objects: &dyn Objects, id: Id) -> Result<Self, String> {
        Self::parse(id, &objects.read(id, Kind::Commit)?)
    }

    /// The commit `id` of these bytes.
    pub(super) fn parse(id: Id, bytes: &[u8]) -> Result<Self, String> {
        let mut tree = None;
        let mut parents = Vec::new();
        for line in bytes.split(|&byte| byte == b'\n') {
            if let Some(digits) = line.strip_prefix(b"tree ") {
                tree = tree.or(Id::from_hex(digits));
            } else if let Some(digits) = line.strip_prefix(b"parent ") {
                parents.extend(Id::from_hex(digits));
            } else {
                break;
            }
        }
        let tree = tree.ok_or_else(|| format!("commit {id} names no tree"))?;
        Ok(Self { id, tree, parents })
    }
}

/// What a name in a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Another folder.
    Folder,
    /// A regular file.
    File,
    /// A link or submodule, neither of which holds Python.
    Other,
}

/// One name in a folder.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    pub(super) name: &'a [u8],
    pub(super) sort: Sort,
    pub(super) id: Id,
}

/// The names in a tree's bytes, each `MODE SPACE NAME NUL ID`; the ids are `length` bytes long.
pub(super) fn entries(
    bytes: &[u8],
    length: usize,
) -> impl Iterator<Item = Result<Entry<'_>, String>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let entry = taken(&mut rest, length).transpose()?;
        if entry.is_err() {
            rest = &[];
        }
        Some(entry)
    })
}

/// A tree's bytes.
pub(super) struct Tree {
    pub(super) bytes: Vec<u8>,
    /// How long its ids are.
    pub(super) id_length: usize,
}

/// A name that is not the same in two trees; a folder and a file of one name are two of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Difference<'a> {
    pub(super) name: &'a [u8],
    pub(super) sort: Sort,
    pub(super) old: Option<Id>,
    pub(super) new: Option<Id>,
}

/// The names that differ between two trees.
pub(super) fn differences<'a>(old: &'a Tree, new: &'a Tree) -> SideBySide<'a> {
    SideBySide {
        old: &old.bytes,
        new: &new.bytes,
        lengths: (old.id_length, new.id_length),
    }
}

/// Two trees, read side by side: what is equal is not even taken apart on the new side.
pub(super) struct SideBySide<'a> {
    old: &'a [u8],
    new: &'a [u8],
    lengths: (usize, usize),
}

/// A name's entry on each side that has it.
type Pair<'a> = (Option<Entry<'a>>, Option<Entry<'a>>);

impl<'a> SideBySide<'a> {
    /// The next name that is not the same to the byte; `None` at the end.
    fn next_pair(&mut self) -> Result<Option<Pair<'a>>, String> {
        loop {
            let (mut after_old, mut after_new) = (self.old, self.new);
            let was = taken(&mut after_old, self.lengths.0)?;
            let raw = self.old.get(..self.old.len() - after_old.len());
            if was.is_some()
                && let Some(rest) = raw.and_then(|raw| self.new.strip_prefix(raw))
            {
                (self.old, self.new) = (after_old, rest);
                continue;
            }
            let is = taken(&mut after_new, self.lengths.1)?;
            let order = match (&was, &is) {
                (None, None) => return Ok(None),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(was), Some(is)) => key(was).cmp(key(is)),
            };
            if order != Ordering::Greater {
                self.old = after_old;
            }
            if order != Ordering::Less {
                self.new = after_new;
            }
            let was = was.filter(|_| order != Ordering::Greater);
            return Ok(Some((was, is.filter(|_| order != Ordering::Less))));
        }
    }
}

impl<'a> Iterator for SideBySide<'a> {
    type Item = Result<Difference<'a>, String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (was, is) = match self.next_pair() {
                Ok(pair) => pair?,
                Err(reason) => {
                    (self.old, self.new) = (&[], &[]);
                    return Some(Err(reason));
                }
            };
            let either = was.or(is)?;
            let sort = if either.sort == Sort::Folder {
                Sort::Folder
            } else {
                Sort::File
            };
            let id = |it: Option<Entry<'a>>| it.filter(|it| it.sort == sort).map(|it| it.id);
            let (old, new) = (id(was), id(is));
            if old != new {
                let name = either.name;
                return Some(Ok(Difference {
                    name,
                    sort,
                    old,
                    new,
                }));
            }
        }
    }
}

/// The next entry; `None` at the end.
fn taken<'a>(rest: &mut &'a [u8], length: usize) -> Result<Option<Entry<'a>>, String> {
    if rest.is_empty() {
        return Ok(None);
    }
    entry(rest, length)
        .map(Some)
        .ok_or_else(|| DAMAGED.to_owned())
}

/// What git sorts a name by: that of a folder ends in `/`.
fn key<'a>(entry: &Entry<'a>) -> impl Iterator<Item = &'a u8> + use<'a> {
    let slash: &[u8] = if entry.sort == Sort::Folder {
        b"/"
    } else {
        b""
    };
    entry.name.iter().chain(slash)
}

const DAMAGED: &str = "a tree that is damaged";

fn entry<'a>(rest: &mut &'a [u8], length: usize) -> Option<Entry<'a>> {
    let space = memchr::memchr(b' ', rest)?;
    let (mode, after) = rest.split_at_checked(space)?;
    let end = memchr::memchr(0, after)?;
    let name = after.get(1..end)?;
    let (id, after) = after.get(end + 1..)?.split_at_checked(length)?;
    *rest = after;
    let sort = match mode {
        b"40000" | b"040000" => Sort::Folder,
        [b'1', b'0', ..] => Sort::File,
        _ => Sort::Other,
    };
    let id = Id::from_bytes(id)?;
    Some(Entry { name, sort, id })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(entries: &[(&str, &str, u8)]) -> Tree {
        let mut bytes = Vec::new();
        for (mode, name, id) in entries {
            bytes.extend_from_slice(format!("{mode} {name}\0").as_bytes());
            bytes.extend_from_slice(&[*id; 20]);
        }
        Tree {
            bytes,
            id_length: 20,
        }
    }

    #[test]
    fn names_are_paired_in_gits_order() {
        // git sorts the folder `a` as `a/`, behind `a.py`.
        let old = tree(&[
            ("100644", "a", 1),
            ("100644", "a.py", 2),
            ("100644", "same", 3),
            ("160000", "sub", 4),
        ]);
        let new = tree(&[
            ("100755", "a.py", 2),
            ("40000", "a", 5),
            ("100644", "same", 3),
            ("100644", "sub", 4),
        ]);
        let found = differences(&old, &new).map(|it| {
            let it = it.unwrap();
            let first = |id: Option<Id>| id.map(|id| id.as_bytes()[0]);
            (
                std::str::from_utf8(it.name).unwrap(),
                it.sort,
                first(it.old),
                first(it.new),
            )
        });
        let expected = [
            ("a", Sort::File, Some(1), None),
            ("a", Sort::Folder, None, Some(5)),
            ("sub", Sort::File, None, Some(4)),
        ];
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_is_cut_off_is_an_error_and_not_the_end() {
        let whole = tree(&[("100644", "a.py", 1), ("100644", "b.py", 2)]);
        let mut cut = tree(&[("100644", "a.py", 1), ("100644", "b.py", 3)]);
        cut.bytes.pop();
        for (old, new) in [(&whole, &cut), (&cut, &whole)] {
            let last = differences(old, new).last();
            assert!(matches!(last, Some(Err(_))), "{last:?}");
        }
        assert!(entries(&cut.bytes, 20).last().is_some_and(|it| it.is_err()));
    }
}
