//! A module with its docstrings read: all that is known before anything is asked.

use super::lineage::Lineage;
use super::{Inherited, Project, Settings, Visibility, visibilities};
use crate::docstring::{self, Docstring};
use crate::python::{DocstringSlot, Module, SymbolId, Value};
use crate::text::Span;

/// A module, its docstrings, and who in it is public.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The outline.
    pub module: &'a Module<'a>,
    /// What is asked of whom.
    pub settings: Settings,
    /// Whether it is a stub file (`.pyi`).
    pub is_stub: bool,
    visibilities: Vec<Visibility>,
    docstrings: Vec<Option<Written<'a>>>,
    lineage: Lineage<'a>,
}

/// One docstring: where it stands, the value Python gives it, what it says.
#[derive(Debug)]
pub struct Written<'a> {
    /// Where it stands.
    pub slot: &'a DocstringSlot,
    /// Its value, and the way back to the text.
    pub value: &'a Value<'a>,
    /// What it says. Spans are offsets into the value.
    pub parsed: Docstring<'a>,
}

impl Written<'_> {
    /// The place in the module's text of a range of the value.
    pub fn place(&self, span: Span) -> Span {
        self.value.source_span(span)
    }
}

/// The values of the docstrings of `module`, symbol by symbol: what a [`Reading`] borrows from.
pub fn values<'a>(module: &'a Module<'a>) -> Vec<Option<Value<'a>>> {
    let value = |slot: &'a DocstringSlot| slot.value(module.text);
    let slots = module.symbols.iter().map(|it| it.docstring.as_ref());
    slots.map(|slot| slot.map(value)).collect()
}

impl<'a> Reading<'a> {
    /// Read `module`, whose docstrings have `values` ([`values`]). `path` is the module's below the root
    /// of what is checked, `/` between its parts; `project` knows the classes of other files.
    pub fn new(
        module: &'a Module<'a>,
        values: &'a [Option<Value<'a>>],
        path: &str,
        project: &'a dyn Project,
        settings: Settings,
    ) -> Self {
        let written = |(symbol, value): (&'a crate::python::Symbol<'a>, &'a Option<Value<'a>>)| {
            let (slot, value) = symbol.docstring.as_ref().zip(value.as_ref())?;
            let parsed = docstring::parse(&value.text, None);
            Some(Written {
                slot,
                value,
                parsed,
            })
        };
        Self {
            module,
            settings,
            is_stub: path
                .rsplit_once('.')
                .is_some_and(|(_, extension)| extension == "pyi"),
            visibilities: visibilities(module, path),
            docstrings: module.symbols.iter().zip(values).map(written).collect(),
            lineage: Lineage::new(module, project),
        }
    }

    /// For whom the symbol is there.
    pub fn visibility(&self, id: SymbolId) -> Visibility {
        self.visibilities[id.0 as usize]
    }

    /// The symbol's docstring.
    pub fn docstring(&self, id: SymbolId) -> Option<&Written<'a>> {
        self.docstrings[id.0 as usize].as_ref()
    }

    /// What a class's instances are made by: its `__init__`, or its `__new__` where it has no `__init__`.
    pub fn constructor(&self, class: SymbolId) -> Option<SymbolId> {
        self.lineage.constructor(class)
    }

    /// Whether the class has an `__init__` and a `__new__`, whose parameters may differ.
    pub fn has_two_constructors(&self, class: SymbolId) -> bool {
        self.lineage.has_two_constructors(class)
    }

    /// What a method inherits from the bases of its class; [`Inherited::Absent`] for what is no method.
    pub fn inherited(&self, id: SymbolId) -> Inherited {
        self.lineage.inherited(id)
    }

    /// Whether the exception class `ancestor` is `class` or one of its bases, as far as built-in classes
    /// and those of this file tell.
    pub fn is_exception_ancestor(&self, ancestor: &str, class: &str) -> bool {
        self.lineage.is_exception_ancestor(ancestor, class)
    }
}
