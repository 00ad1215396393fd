//! The old sides of a file, read.

use super::moves::Move;
use super::scope::Partner;
use crate::git::{Change, ReadError, Reader};
use crate::python::{self, SymbolId, SymbolKind};

/// An old side.
pub(super) struct Old {
    pub(super) text: String,
    /// Its path below the root of what is checked.
    pub(super) path: String,
    pub(super) kind: SymbolKind,
}

/// The old sides of one file: its parents' first, then the files that symbols came from.
#[derive(Default)]
pub(super) struct Olds {
    pub(super) all: Vec<Old>,
    pub(super) parents: usize,
    /// Sorted by the new side's symbol.
    pub(super) moved: Vec<(SymbolId, Partner)>,
}

impl Olds {
    /// Reads those of a change, and the files from which symbols were moved here.
    pub(super) fn read(
        change: &Change,
        moves: &[Move<'_>],
        reader: &dyn Reader,
    ) -> Result<Self, ReadError> {
        let mut olds = Self::default();
        for content in change.old.iter().chain(&change.others) {
            olds.all.push(Old::new(change, &reader.read(content)?));
        }
        olds.parents = olds.all.len();
        let mut known: Vec<&Change> = Vec::new();
        for it in moves {
            let place = known.iter().position(|known| std::ptr::eq(*known, it.from));
            let place = match (place, &it.from.old) {
                (Some(place), _) => place,
                (None, Some(content)) => {
                    olds.all.push(Old::new(it.from, &reader.read(content)?));
                    known.push(it.from);
                    known.len() - 1
                }
                (None, None) => continue,
            };
            let side = olds.parents + place;
            olds.moved.push((it.id, Partner { side, id: it.was }));
        }
        olds.moved.sort_unstable_by_key(|it| it.0);
        Ok(olds)
    }
}

impl Old {
    pub(super) fn new(change: &Change, bytes: &[u8]) -> Self {
        let path = change.old_module_path.as_ref();
        let path = path.unwrap_or(&change.module_path).clone();
        // An old side that cannot be decoded is still no reason to call every symbol new.
        let text = python::decode(bytes).unwrap_or_else(|_| String::from_utf8_lossy(bytes));
        Self {
            text: text.into_owned(),
            kind: SymbolKind::of_file(&path),
            path,
        }
    }
}
