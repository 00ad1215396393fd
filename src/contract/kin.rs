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
        let mut kin: Vec<SymbolId> = Vec::new();
        if symbol.kind.is_function() {
            let overloads = self.overloads(&symbol.qualname).iter().copied();
            kin.extend(overloads.filter(|&it| it != id));
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

    /// The overloads of a function in the order of the text. The file's are looked for once.
    fn overloads(&self, qualname: &str) -> &[SymbolId] {
        let name = |id: SymbolId| self.module.symbol(id).qualname.as_str();
        let all = self.overloads.get_or_init(|| {
            let is_overload = |it: &Symbol<'_>| {
                it.kind.is_function() && Roles::of(it, self.module.text).has(Roles::OVERLOAD)
            };
            let found = self.module.ids().filter(|it| is_overload(it.1));
            let mut found: Vec<SymbolId> = found.map(|it| it.0).collect();
            found.sort_by(|&a, &b| name(a).cmp(name(b)));
            found
        });
        let start = all.partition_point(|&it| name(it) < qualname);
        let rest = &all[start..];
        let count = rest.partition_point(|&it| name(it) == qualname);
        &rest[..count]
    }
}
