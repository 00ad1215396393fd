//! A tree against the index: what a commit would change.

use super::delta::{Delta, Side};
use super::id::Id;
use super::index::{Equal, FolderIds, Index};
use super::object::Objects;
use super::tree;
use super::wanted::Wanted;

/// A tree as far as the index may be another.
pub(super) struct Old {
    /// Its files outside of `equal`, sorted by path.
    files: Vec<tree::File>,
    /// Folders whose tree the index has noted as the same: sorted, each ending in `/`, or empty for all.
    pub(super) equal: Vec<Vec<u8>>,
}

impl Old {
    /// Of `tree` (`None`: the empty one).
    pub(super) fn of(
        objects: &dyn Objects,
        tree: Option<Id>,
        ids: &FolderIds,
        wanted: &Wanted,
    ) -> Result<Self, String> {
        let mut lookup = ids.lookup();
        let mut equal = Vec::new();
        let files = tree::files(objects, tree, wanted, |folder, id| {
            let is_equal = lookup.get(folder) == Some(id);
            if is_equal {
                let slash: &[u8] = if folder.is_empty() { b"" } else { b"/" };
                equal.push([folder, slash].concat());
            }
            is_equal
        })?;
        // They come in order, but for folders within others: the stable sort makes use of that.
        equal.sort();
        Ok(Self { files, equal })
    }
}

/// The files that differ between the tree and the index, sorted by path.
///
/// What is only intended to be added is not in the index's tree; the worktree takes it in (`with_intended`).
pub(super) fn differences(old: Old, index: &Index, with_intended: bool) -> Vec<Delta> {
    let mut equal = Equal::new(&old.equal);
    let entries = index.entries().iter();
    let entries = entries.filter(|entry| with_intended || !entry.is_intent);
    let entries = entries.map(|entry| (index.path(entry), entry.id));
    merged(old.files, entries.filter(|(path, _)| !equal.has(path)))
}

/// Two lists sorted by path, side by side.
fn merged<'a>(old: Vec<tree::File>, new: impl Iterator<Item = (&'a [u8], Id)>) -> Vec<Delta> {
    let mut deltas = Vec::new();
    let mut new = new.peekable();
    let mut add = |path: &[u8], old: Option<Id>, new: Option<Id>| {
        if old != new {
            let (path, new) = (path.to_vec(), new.map(Side::Blob));
            deltas.push(Delta { path, old, new });
        }
    };
    for file in old {
        while let Some((path, id)) = new.next_if(|(path, _)| *path < file.path.as_slice()) {
            add(path, None, Some(id));
        }
        let same = new.next_if(|(path, _)| *path == file.path.as_slice());
        add(&file.path, Some(file.id), same.map(|(_, id)| id));
    }
    for (path, id) in new {
        add(path, None, Some(id));
    }
    deltas
}
