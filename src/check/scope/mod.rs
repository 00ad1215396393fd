//! Which symbols changed, and how.

mod attributes;
mod body;
mod docstring;
mod facets;
mod likeness;
mod pair;
mod side;
mod signature;
mod stray;

pub(super) use pair::{Pairing, pair};
pub(super) use side::inner;
pub(super) use stray::{Stray, matches};

use std::collections::HashSet;

use side::Side;

use crate::contract::{self, Visibility};
use crate::python::{Module, SymbolId};
use crate::rules::{Facet, Facets};

/// A module with who in it is public.
pub(super) struct Seen<'a> {
    pub(super) module: &'a Module<'a>,
    visibilities: Vec<Visibility>,
}

/// The old sides of a file: its parents' first (several for a merge), then files from which symbols were moved.
pub(super) struct Sides<'a> {
    pub(super) all: Vec<Seen<'a>>,
    /// How many of them are parents'.
    pub(super) parents: usize,
    /// Which symbol of the new side was which of another file, sorted.
    pub(super) moved: &'a [(SymbolId, Partner)],
}

/// A symbol of an old side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Partner {
    /// Which of the sides.
    pub(super) side: usize,
    pub(super) id: SymbolId,
}

/// A symbol in scope.
pub(super) struct InScope {
    pub(super) id: SymbolId,
    /// What it was, on each old side that had it.
    pub(super) partners: Vec<Partner>,
    pub(super) facets: Facets,
}

const ADDED: Facets = Facets::of(&[Facet::Added]);

impl<'a> Seen<'a> {
    /// `path` is the module's below the root of what is checked.
    pub(super) fn new(module: &'a Module<'a>, path: &str) -> Self {
        Self {
            module,
            visibilities: contract::visibilities(module, path),
        }
    }

    fn is_public(&self, id: SymbolId) -> bool {
        self.visibilities.get(id.0 as usize) == Some(&Visibility::Public)
    }
}

/// Every symbol, added: there is no old side.
pub(super) fn everything(new: &Module<'_>) -> Vec<InScope> {
    let symbol = |(id, _)| InScope {
        id,
        partners: Vec::new(),
        facets: ADDED,
    };
    new.ids().map(symbol).collect()
}

/// The symbols that changed against every parent, with how. That a body alone changed is looked for `with_bodies` only.
pub(super) fn changed(old: &Sides<'_>, new: &Seen<'_>, with_bodies: bool) -> Vec<InScope> {
    let parents = old.all.iter().take(old.parents);
    let pairings: Vec<Pairing> = parents.map(|it| pair(it.module, new.module)).collect();
    let is_whole = |module: &Module<'_>| module.errors.is_empty();
    let were_whole = old
        .all
        .iter()
        .take(old.parents)
        .any(|it| is_whole(it.module));
    let words: Vec<_> = old
        .all
        .iter()
        .take(old.parents)
        .map(|it| broken_words(it.module))
        .collect();
    let mut scope = Vec::new();
    for (id, symbol) in new.module.ids() {
        let mut found = InScope {
            id,
            partners: Vec::new(),
            facets: ADDED,
        };
        for (side, pairing) in pairings.iter().enumerate() {
            let seen = &old.all[side];
            match pairing.of(id) {
                Some(was) => found.was(Partner { side, id: was }, seen, new, with_bodies),
                None if words[side].contains(symbol.name) => found.facets = Facets::NONE,
                None => {}
            }
        }
        let moved = old.moved.binary_search_by_key(&id, |it| it.0);
        if let Some(&(_, was)) = moved.ok().and_then(|at| old.moved.get(at))
            && found.partners.is_empty()
        {
            found.was(was, &old.all[was.side], new, with_bodies);
        }
        let is_broken = id == SymbolId::MODULE && were_whole && !is_whole(new.module);
        if !found.facets.is_empty() || is_broken {
            scope.push(found);
        }
    }
    scope
}

impl InScope {
    /// Notes what it was on one of the old sides: what counts is what differs from every one.
    fn was(&mut self, was: Partner, old: &Seen<'_>, new: &Seen<'_>, with_bodies: bool) {
        self.partners.push(was);
        let facets = if new.is_public(self.id) && !old.is_public(was.id) {
            ADDED
        } else {
            let (old, new) = (
                Side::new(old.module, was.id),
                Side::new(new.module, self.id),
            );
            facets::changed(old, new, with_bodies)
        };
        if self.facets == ADDED {
            self.facets = facets;
        } else if facets != ADDED {
            self.facets = self.facets.common(facets);
        }
    }
}

/// The words of an old side too broken to be outlined whole: it may have had symbols of these names.
fn broken_words<'a>(old: &Module<'a>) -> HashSet<&'a str> {
    if old.errors.is_empty() {
        return HashSet::new();
    }
    let is_part = |c: char| c == '_' || c.is_alphanumeric();
    old.text.split(|c| !is_part(c)).collect()
}

/// What one file's change leaves without a partner: what vanished, and what appeared. `file` is its place among the
/// files of the run.
pub(super) fn strays(
    file: usize,
    old: Option<&Module<'_>>,
    new: &Module<'_>,
) -> (Vec<Stray>, Vec<Stray>) {
    let pairing = old.map_or_else(Pairing::default, |old| pair(old, new));
    let vanished = pairing.vanished.iter();
    let vanished = old
        .into_iter()
        .flat_map(|old| vanished.clone().map(|&id| Stray::new(file, old, id)));
    let vanished = vanished.collect();
    let appeared = new
        .ids()
        .skip(1)
        .filter(|(id, _)| pairing.of(*id).is_none());
    (
        vanished,
        appeared.map(|(id, _)| Stray::new(file, new, id)).collect(),
    )
}
