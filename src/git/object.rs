//! Objects as git stores them: commits and trees, taken apart.

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
        let bytes = objects.read(id, Kind::Commit)?;
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
        if rest.is_empty() {
            return None;
        }
        let entry = entry(&mut rest, length);
        if entry.is_none() {
            rest = &[];
        }
        Some(entry.ok_or_else(|| "a tree that is damaged".to_owned()))
    })
}

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
