//! The other symbols of a file whose docstrings may tell of the same parameters.

use super::lineage::Lineage;
use super::role::Roles;
use super::scopes::Base;
use crate::python::{Symbol, SymbolId, SymbolKind};

impl Lineage<'_> {
    /// The other symbols of this file whose docstrings may tell of the parameters of `id`: a function's overloads, what a
    /// method overrides, what a class (or its constructor) inherits from; the nearest first.
    pub(super) fn kin(&self, id: SymbolId) -> Vec<SymbolId> {
        let symbol = self.module.symbol(id);
        let is_overload = |it: &Symbol<'_>| Roles::of(it, self.module.text).has(Roles::OVERLOAD);
        let is_named_alike = |it: &Symbol<'_>| it.qualname == symbol.qualname && is_overload(it);
        let mut kin: Vec<SymbolId> = Vec::new();
        if symbol.kind.is_function() {
            let named = self.module.ids().filter(|(_, it)| is_named_alike(it));
            kin.extend(named.map(|(it, _)| it).filter(|&it| it != id));
        }
        let is_maker = matches!(symbol.name, "__init__" | "__new__");
        let class = match symbol.kind {
            SymbolKind::Class => Some(id),
            SymbolKind::Method => symbol.parent,
            _ => None,
        };
        let ancestors = class.and_then(|it| self.ancestors.get(&it));
        for base in ancestors.into_iter().flatten() {
            let Base::Local(base) = *base else { continue };
            if symbol.kind == SymbolKind::Class || is_maker {
                kin.push(base);
                kin.extend(self.constructor(base));
            } else {
                kin.extend(self.methods.get(&(base, symbol.name)));
            }
        }
        kin
    }
}
