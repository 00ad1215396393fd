//! Which symbols changed, and how.

mod attributes;
mod body;
mod docstring;
mod facets;
mod pair;
mod side;
mod signature;

use pair::pair;
use side::Side;

use crate::contract::Visibility;
use crate::python::{Module, SymbolId};
use crate::rules::{Facet, Facets};

/// A module with who in it is public.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    pub(super) module: &'a Module<'a>,
    pub(super) visibilities: &'a [Visibility],
}

/// A symbol in scope.
pub(super) struct InScope {
    pub(super) id: SymbolId,
    /// What it was on the old side.
    pub(super) partner: Option<SymbolId>,
    pub(super) facets: Facets,
}

/// Every symbol, added: there is no old side.
pub(super) fn everything(new: &Module<'_>) -> Vec<InScope> {
    let added = Facets::of(&[Facet::Added]);
    let symbol = |(id, _)| InScope {
        id,
        partner: None,
        facets: added,
    };
    new.ids().map(symbol).collect()
}

/// The symbols that changed, with how. Changes of a body alone are looked for `with_bodies` only.
pub(super) fn changed(old: Seen<'_>, new: Seen<'_>, with_bodies: bool) -> Vec<InScope> {
    let partners = pair(old.module, new.module);
    let mut scope = Vec::new();
    for ((id, symbol), partner) in new.module.ids().zip(partners) {
        let facets = match partner {
            Some(partner) => of_pair(old, partner, new, id, with_bodies),
            None if is_perhaps_old(old.module, symbol.name) => Facets::NONE,
            None => Facets::of(&[Facet::Added]),
        };
        let is_broken =
            id == SymbolId::MODULE && old.module.errors.is_empty() && !new.module.errors.is_empty();
        if !facets.is_empty() || is_broken {
            scope.push(InScope {
                id,
                partner,
                facets,
            });
        }
    }
    scope
}

fn of_pair(old: Seen<'_>, was: SymbolId, new: Seen<'_>, is: SymbolId, with_bodies: bool) -> Facets {
    let visibility = |seen: Seen<'_>, id: SymbolId| seen.visibilities.get(id.0 as usize).copied();
    let public = Some(Visibility::Public);
    if visibility(new, is) == public && visibility(old, was) != public {
        return Facets::of(&[Facet::Added]);
    }
    let (old, new) = (Side::new(old.module, was), Side::new(new.module, is));
    facets::changed(old, new, with_bodies)
}

/// Whether the old side, too broken to be outlined whole, may have had a symbol of that name.
fn is_perhaps_old(old: &Module<'_>, name: &str) -> bool {
    let is_part = |c: char| c == '_' || c.is_alphanumeric();
    !old.errors.is_empty() && old.text.split(|c| !is_part(c)).any(|word| word == name)
}
