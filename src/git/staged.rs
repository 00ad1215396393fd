//! A tree against the index: what a commit would change.

use super::delta::{Delta, Side};
use super::id::Id;
use super::index::{Entry, Index};
use super::object::Objects;
use super::tree;
use super::wanted::Wanted;

/// The files that differ between `tree` (`None`: the empty one) and the index, sorted by path.
///
/// Folders whose tree the index has noted are not looked into. What is only intended to be added is not in the
/// index's tree; the worktree takes it in (`with_intended`).
pub(super) fn differences(
    objects: &dyn Objects,
    tree: Option<Id>,
    index: &Index,
    wanted: &Wanted,
    with_intended: bool,
) -> Result<Vec<Delta>, String> {
    let mut equal = Vec::new();
    let files = tree::files(objects, tree, wanted, |folder, id| {
        let is_equal = index.folder_id(folder) == Some(id);
        if is_equal {
            let slash: &[u8] = if folder.is_empty() { b"" } else { b"/" };
            equal.push(index.range(&[folder, slash].concat()));
        }
        is_equal
    })?;
    // A folder without Python is an empty range, which may begin where the next folder's begins.
    equal.retain(|range| !range.is_empty());
    equal.sort_unstable_by_key(|range| range.start);
    let entries = outside(index.entries(), &equal);
    let entries = entries.filter(|entry| with_intended || !entry.is_intent);
    Ok(merged(
        files,
        entries.map(|entry| (index.path(entry), entry.id)),
    ))
}

/// The entries in none of the `ranges`, which are sorted and apart.
fn outside<'a>(
    entries: &'a [Entry],
    ranges: &'a [std::ops::Range<usize>],
) -> impl Iterator<Item = &'a Entry> {
    let ends = ranges
        .iter()
        .map(|range| range.start)
        .chain([entries.len()]);
    let starts = [0].into_iter().chain(ranges.iter().map(|range| range.end));
    let gaps = starts.zip(ends);
    gaps.flat_map(|(start, end)| entries.get(start..end).unwrap_or_default())
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
