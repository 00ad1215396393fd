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

/// A name in one folder; folders and files of one name are apart, as git sorts them.
type Name = (Vec<u8>, bool);

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
    let mut open: Vec<(Vec<u8>, Id)> = tree.map(|id| (Vec::new(), id)).into_iter().collect();
    while let Some((folder, id)) = open.pop() {
        if skip(&folder, id) {
            continue;
        }
        let prefix = prefix(&folder);
        for ((name, is_folder), id) in children(objects, Some(id), &prefix, wanted)? {
            let path = [prefix.as_slice(), &name].concat();
            if is_folder {
                open.push((path, id));
            } else {
                files.push(File { path, id });
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
        let old = children(objects, old, &prefix, wanted)?;
        let new = children(objects, new, &prefix, wanted)?;
        for ((name, is_folder), old, new) in paired(old, new) {
            let path = [prefix.as_slice(), &name].concat();
            if is_folder {
                open.push((path, old, new));
            } else if old != new {
                let new = new.map(Side::Blob);
                deltas.push(Delta { path, old, new });
            }
        }
    }
    deltas.sort_unstable_by(|one, other| one.path.cmp(&other.path));
    Ok(deltas)
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

/// The folders and wanted regular files of one tree, sorted.
fn children(
    objects: &dyn Objects,
    tree: Option<Id>,
    prefix: &[u8],
    wanted: &Wanted,
) -> Result<Vec<(Name, Id)>, String> {
    let Some(id) = tree else {
        return Ok(Vec::new());
    };
    let bytes = objects.read(id, Kind::Tree)?;
    let mut children = Vec::new();
    for entry in object::entries(&bytes, id.as_bytes().len()) {
        let entry = entry?;
        let is_folder = match entry.sort {
            Sort::Folder => true,
            Sort::File if wanted.has_in(prefix, entry.name) => false,
            Sort::File | Sort::Other => continue,
        };
        children.push(((entry.name.to_vec(), is_folder), entry.id));
    }
    children.sort_unstable();
    Ok(children)
}

/// Two sorted lists side by side: each name with its old and new id.
fn paired(old: Vec<(Name, Id)>, new: Vec<(Name, Id)>) -> Vec<(Name, Option<Id>, Option<Id>)> {
    let mut pairs = Vec::with_capacity(old.len().max(new.len()));
    let mut new = new.into_iter().peekable();
    for (name, id) in old {
        while let Some((name, id)) = new.next_if(|(other, _)| *other < name) {
            pairs.push((name, None, Some(id)));
        }
        let same = new.next_if(|(other, _)| *other == name);
        pairs.push((name, Some(id), same.map(|(_, id)| id)));
    }
    pairs.extend(new.map(|(name, id)| (name, None, Some(id))));
    pairs
}
