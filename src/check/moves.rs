//! Symbols that moved from one file of a change to another.

use rayon::prelude::*;

use super::Job;
use super::old::Old;
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
    let numbered = changes.par_iter().enumerate();
    let strays: Vec<_> = numbered
        .map(|(file, change)| strays(file, change, reader).unwrap_or_default())
        .collect();
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

/// What vanished from one file and appeared in it. What cannot be read is told of where the file is checked.
fn strays(
    file: usize,
    change: &Change,
    reader: &dyn Reader,
) -> Result<(Vec<Stray>, Vec<Stray>), ReadError> {
    let new = reader.read(&change.new)?;
    let new = python::decode(&new).unwrap_or_default();
    let new = python::outline(&new, SymbolKind::of_file(&change.path));
    let Some(old) = &change.old else {
        return Ok(scope::strays(file, None, &new));
    };
    let old = Old::new(change, &reader.read(old)?);
    let old = python::outline(&old.text, old.kind);
    Ok(scope::strays(file, Some(&old), &new))
}
