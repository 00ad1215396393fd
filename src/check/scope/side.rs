//! One symbol on one side of a change.

use std::collections::BTreeSet;

use crate::contract::Roles;
use crate::python::{Module, Param, Symbol, SymbolId, SymbolKind};

/// One side of a pair.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) module: &'a Module<'a>,
    pub(super) id: SymbolId,
    pub(super) symbol: &'a Symbol<'a>,
}

/// Decorators without a role of their own on which it depends, too, what a docstring must hold.
const DECORATORS: [&str; 10] = [
    "attrs",
    "attributes",
    "classmethod",
    "dataclass",
    "dataclass_transform",
    "define",
    "deprecated",
    "frozen",
    "mutable",
    "s",
];

impl<'a> Side<'a> {
    pub(super) fn new(module: &'a Module<'a>, id: SymbolId) -> Self {
        Self {
            module,
            id,
            symbol: module.symbol(id),
        }
    }

    /// Its text from the first decorator to the last statement.
    pub(super) fn text(self) -> &'a str {
        let span = self.symbol.span;
        let header = self.symbol.header;
        let whole = if self.symbol.kind.is_module() {
            span
        } else {
            header.cover(span)
        };
        whole.of(self.module.text)
    }

    /// Decorators that its kind depends on, by name.
    pub(super) fn decorators(self) -> BTreeSet<&'a str> {
        let names = self.symbol.decorator_names(self.module.text);
        names
            .filter(|name| DECORATORS.contains(name) || !Roles::given_by(name).is_empty())
            .collect()
    }

    pub(super) fn raises(self) -> BTreeSet<&'a str> {
        self.symbol.facts.raises.iter().map(|it| it.name).collect()
    }

    pub(super) fn warns(self) -> BTreeSet<Option<&'a str>> {
        let warns = self.symbol.facts.warns.iter();
        warns.map(|it| it.category).collect()
    }

    /// Its parameters, without the one that a method is bound to, whatever that is called.
    pub(super) fn params(self) -> &'a [Param<'a>] {
        let all = self
            .symbol
            .signature
            .as_ref()
            .map_or(&[][..], |it| &it.params);
        match all {
            [first, rest @ ..] if self.is_bound() && first.kind.stars().is_empty() => rest,
            _ => all,
        }
    }

    fn is_bound(self) -> bool {
        let is_static = || Roles::of(self.symbol, self.module.text).has(Roles::STATIC);
        self.symbol.kind == SymbolKind::Method && (self.symbol.name == "__new__" || !is_static())
    }

    /// A class's constructor: its last `__init__`, where overloads come before.
    pub(super) fn constructor(self) -> Option<Self> {
        let is_constructor =
            |it: &(SymbolId, &Symbol<'_>)| it.1.name == "__init__" && it.1.parent == Some(self.id);
        let last = inner(self.module, self.id).filter(is_constructor).last();
        last.map(|(id, _)| Self::new(self.module, id))
    }
}

/// What is defined in a symbol, at any depth, in the order of the text.
pub(in crate::check) fn inner<'m, 't>(
    module: &'m Module<'t>,
    id: SymbolId,
) -> impl Iterator<Item = (SymbolId, &'m Symbol<'t>)> {
    let first = id.0 + 1;
    let end = module.symbol(id).span.end;
    let rest = module.symbols.get(first as usize..).unwrap_or_default();
    let inside = (first..).map(SymbolId).zip(rest);
    inside.take_while(move |(_, it)| it.span.start < end)
}
