//! Symbols that moved from one file of a change to another.

use rayon::prelude::*;

use super::Job;
use super::old::Old;
use super::run::FEW;
use super::scope::{self, Stray};
use crate::git::{Change, ReadError, Reader};
use crate::python::{self, SymbolId, SymbolKind};

/// A symbol that stood in another file before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Move<'j> {
    /// It, on the new side.
    pub(super) id: SymbolId,
    /// The file that it stood in.
    pub(super) from: &'j Change,
    /// It, on that file's old side.
    pub(super) was: SymbolId,
}

/// The moves into each job's file; none at all where nothing is compared. Of `elsewhere`, files that changed or
/// vanished and are not checked, only what left them counts. Texts are dropped as soon as they are read: what is kept of
/// a symbol without a namesake is small.
pub(super) fn find<'j>(
    jobs: &'j [Job],
    elsewhere: &'j [Change],
    reader: &dyn Reader,
) -> Vec<Vec<Move<'j>>> {
    let mut moves: Vec<Vec<Move<'_>>> = vec![Vec::new(); jobs.len()];
    let changes: Vec<&Change> = jobs.iter().map(|it| &it.change).chain(elsewhere).collect();
    if changes.len() < 2 || changes.iter().all(|it| it.old.is_none()) {
        return moves;
    }
    // Most changes of a few files take no definition away, and need no look at what the definitions are.
    if changes.len() <= FEW && !changes.iter().any(|it| may_lose(it, reader)) {
        return moves;
    }
    let of = |(file, change): (usize, &&Change)| strays(file, change, reader).unwrap_or_default();
    let strays: Vec<_> = if changes.len() <= FEW {
        changes.iter().enumerate().map(of).collect()
    } else {
        changes.par_iter().enumerate().map(of).collect()
    };
    let (mut vanished, mut appeared) = (Vec::new(), Vec::new());
    for (file, (gone, new)) in strays.into_iter().enumerate() {
        vanished.extend(gone);
        if file < jobs.len() {
            appeared.extend(new);
        }
    }
    for (is, was) in scope::matches(&vanished, &appeared) {
        let (is, was) = (&appeared[is], &vanished[was]);
        moves[is.file].push(Move {
            id: is.id,
            from: changes[was.file],
            was: was.id,
        });
    }
    moves
}

/// Whether a definition may have left the file, by the lines that look like definitions.
fn may_lose(change: &Change, reader: &dyn Reader) -> bool {
    let Some(old) = &change.old else { return false };
    let (Ok(old), Ok(new)) = (reader.read(old), reader.read(&change.new)) else {
        return true;
    };
    let old = Old::new(change, &old);
    let new = python::decode(&new).unwrap_or_default();
    let (had, has) = (defined(&old.text), defined(&new));
    let mut has = has.into_iter();
    // Both are sorted: what is passed by is new.
    !had.iter().all(|it| has.any(|other| other == *it))
}

/// What vanished from one file and appeared in it. What cannot be read is told of where the file is checked.
fn strays(
    file: usize,
    change: &Change,
    reader: &dyn Reader,
) -> Result<(Vec<Stray>, Vec<Stray>), ReadError> {
    let new = reader.read(&change.new)?;
    let new = python::decode(&new).unwrap_or_default();
    let Some(old) = &change.old else {
        let new = python::outline(&new, SymbolKind::of_file(&change.path));
        return Ok(scope::strays(file, None, &new));
    };
    let old = Old::new(change, &reader.read(old)?);
    // Most changes neither add nor take away a definition, and need no look at what the definitions are.
    if defined(&old.text) == defined(&new) {
        return Ok((Vec::new(), Vec::new()));
    }
    let new = python::outline(&new, SymbolKind::of_file(&change.path));
    let old = python::outline(&old.text, old.kind);
    Ok(scope::strays(file, Some(&old), &new))
}

/// How deep each line that looks like a definition is indented, and its name, sorted: two texts whose definitions differ
/// have other ones.
fn defined(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = 0;
    let ends = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes());
    for end in ends.chain([text.len()]) {
        let line = text.get(start..end).unwrap_or_default();
        start = end + 1;
        let header = line.trim_start_matches([' ', '\t', '\x0c']);
        // Most lines begin with another letter.
        if !header.starts_with(['a', 'c', 'd']) {
            continue;
        }
        let indent = line.len() - header.len();
        let header = header.strip_prefix("async").map_or(header, str::trim_start);
        let name = header.strip_prefix("def").or(header.strip_prefix("class"));
        if let Some(name) = name.filter(|it| it.starts_with([' ', '\t', '\\'])) {
            let name = name.trim_start();
            let is_part = |c: char| c == '_' || c.is_alphanumeric();
            let end = name.find(|c| !is_part(c)).unwrap_or(name.len());
            found.push((indent, &name[..end]));
        }
    }
    found.sort_unstable();
    found
}
