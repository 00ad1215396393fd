//! Trees of the repository, walked without libgit2's diff, which would read every folder.

use super::delta::{Delta, Side};
use super::id::Id;
use super::object::{self, Kind, Objects, Sort};
use super::wanted::Wanted;

/// A regular file in a tree.
pub(super) struct File {
    /// Its path below the root.
    pub(super) path: Vec<u8>,
    /// Its blob.
    pub(super) id: Id,
}

/// The wanted files of `tree`, sorted by path, without the folders that `skip` knows.
///
/// `skip` is asked with each folder's path (empty for the root) and tree.
pub(super) fn files(
    objects: &dyn Objects,
    tree: Option<Id>,
    wanted: &Wanted,
    mut skip: impl FnMut(&[u8], Id) -> bool,
) -> Result<Vec<File>, String> {
    let mut files = Vec::new();
    let mut open: Vec<(Vec<u8>, Id)> = Vec::new();
    if let Some(id) = tree
        && !skip(&[], id)
    {
        open.push((Vec::new(), id));
    }
    while let Some((folder, id)) = open.pop() {
        let bytes = objects.read(id, Kind::Tree)?;
        let prefix = prefix(&folder);
        let mut path = prefix.clone();
        for entry in object::entries(&bytes, id.as_bytes().len()) {
            let entry = entry?;
            path.truncate(prefix.len());
            path.extend_from_slice(entry.name);
            match entry.sort {
                Sort::Folder if !skip(&path, entry.id) => open.push((path.clone(), entry.id)),
                Sort::File if wanted.has(&path) => files.push(File {
                    path: path.clone(),
                    id: entry.id,
                }),
                Sort::Folder | Sort::File | Sort::Other => {}
            }
        }
    }
    files.sort_unstable_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// The wanted files that differ between two trees, sorted by path; folders of equal ids are not looked into.
pub(super) fn differences(
    objects: &dyn Objects,
    old: Option<Id>,
    new: Option<Id>,
    wanted: &Wanted,
) -> Result<Vec<Delta>, String> {
    let mut deltas = Vec::new();
    let mut open = vec![(Vec::new(), old, new)];
    while let Some((folder, old, new)) = open.pop() {
        if old == new {
            continue;
        }
        let prefix: Vec<u8> = prefix(&folder);
        let (old, new) = (bytes(objects, old)?, bytes(objects, new)?);
        for difference in object::differences(&old, &new) {
            let it = difference?;
            let path = || [prefix.as_slice(), it.name].concat();
            match it.sort {
                Sort::Folder => open.push((path(), it.old, it.new)),
                Sort::File if wanted.has_in(&prefix, it.name) => deltas.push(Delta {
                    path: path(),
                    old: it.old,
                    new: it.new.map(Side::Blob),
                }),
                Sort::File | Sort::Other => {}
            }
        }
    }
    deltas.sort_unstable_by(|one, other| one.path.cmp(&other.path));
    Ok(deltas)
}

/// A tree's bytes, and how long its ids are; nothing where there is none.
fn bytes(objects: &dyn Objects, tree: Option<Id>) -> Result<object::Tree, String> {
    let bytes = tree.map(|id| objects.read(id, Kind::Tree)).transpose()?;
    Ok(object::Tree {
        bytes: bytes.unwrap_or_default(),
        id_length: tree.map_or(0, |id| id.as_bytes().len()),
    })
}

/// The blob of the regular file at `path` in `tree`.
pub(super) fn file(objects: &dyn Objects, tree: Id, path: &[u8]) -> Result<Option<Id>, String> {
    let mut id = tree;
    let mut parts = path.split(|&byte| byte == b'/').peekable();
    while let Some(part) = parts.next() {
        let bytes = objects.read(id, Kind::Tree)?;
        let wanted = if parts.peek().is_none() {
            Sort::File
        } else {
            Sort::Folder
        };
        let mut found = None;
        for entry in object::entries(&bytes, id.as_bytes().len()) {
            let entry = entry?;
            if entry.name == part {
                found = (entry.sort == wanted).then_some(entry.id);
                break;
            }
        }
        match found {
            Some(found) => id = found,
            None => return Ok(None),
        }
    }
    Ok(Some(id))
}

fn prefix(folder: &[u8]) -> Vec<u8> {
    if folder.is_empty() {
        Vec::new()
    } else {
        [folder, b"/"].concat()
    }
}
