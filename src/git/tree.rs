//! Trees of the repository, walked without libgit2's diff, which would read every folder.

use git2::{ObjectType, Oid, Repository};

use super::delta::{Delta, Side};
use super::wanted::Wanted;

/// A regular file in a tree.
pub(super) struct File {
    /// Its path below the root.
    pub(super) path: Vec<u8>,
    /// Its blob.
    pub(super) id: Oid,
}

/// A name in one folder; folders and files of one name are apart, as git sorts them.
type Name = (Vec<u8>, bool);

/// The wanted files of `tree`, sorted by path, without the folders that `skip` knows.
///
/// `skip` is asked with each folder's path (empty for the root) and tree.
pub(super) fn files(
    git: &Repository,
    tree: Option<Oid>,
    wanted: &Wanted,
    mut skip: impl FnMut(&[u8], Oid) -> bool,
) -> Result<Vec<File>, git2::Error> {
    let mut files = Vec::new();
    let mut open: Vec<(Vec<u8>, Oid)> = tree.map(|id| (Vec::new(), id)).into_iter().collect();
    while let Some((folder, id)) = open.pop() {
        if skip(&folder, id) {
            continue;
        }
        let prefix = prefix(&folder);
        for ((name, is_folder), id) in children(git, Some(id), &prefix, wanted)? {
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
    git: &Repository,
    old: Option<Oid>,
    new: Option<Oid>,
    wanted: &Wanted,
) -> Result<Vec<Delta>, git2::Error> {
    let mut deltas = Vec::new();
    let mut open = vec![(Vec::new(), old, new)];
    while let Some((folder, old, new)) = open.pop() {
        if old == new {
            continue;
        }
        let prefix: Vec<u8> = prefix(&folder);
        let old = children(git, old, &prefix, wanted)?;
        let new = children(git, new, &prefix, wanted)?;
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
pub(super) fn file(git: &Repository, tree: Oid, path: &[u8]) -> Result<Option<Oid>, git2::Error> {
    let mut id = tree;
    let mut parts = path.split(|&byte| byte == b'/').peekable();
    while let Some(part) = parts.next() {
        let tree = git.find_tree(id)?;
        let found = tree.iter().find(|entry| entry.name_bytes() == part);
        let is_last = parts.peek().is_none();
        let kind = if is_last {
            ObjectType::Blob
        } else {
            ObjectType::Tree
        };
        match found {
            Some(entry)
                if entry.kind() == Some(kind) && !(is_last && is_link(entry.filemode())) =>
            {
                id = entry.id();
            }
            _ => return Ok(None),
        }
    }
    Ok(Some(id))
}

fn is_link(mode: i32) -> bool {
    mode == i32::from(git2::FileMode::Link)
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
    git: &Repository,
    tree: Option<Oid>,
    prefix: &[u8],
    wanted: &Wanted,
) -> Result<Vec<(Name, Oid)>, git2::Error> {
    let Some(id) = tree else {
        return Ok(Vec::new());
    };
    let tree = git.find_tree(id)?;
    let mut children = Vec::new();
    for entry in &tree {
        let name = entry.name_bytes();
        // Neither links nor submodules hold Python.
        let is_folder = match entry.kind() {
            Some(ObjectType::Tree) => true,
            Some(ObjectType::Blob) if wanted.has_in(prefix, name) && !is_link(entry.filemode()) => {
                false
            }
            _ => continue,
        };
        children.push(((name.to_vec(), is_folder), entry.id()));
    }
    children.sort_unstable();
    Ok(children)
}

/// Two sorted lists side by side: each name with its old and new id.
fn paired(old: Vec<(Name, Oid)>, new: Vec<(Name, Oid)>) -> Vec<(Name, Option<Oid>, Option<Oid>)> {
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
