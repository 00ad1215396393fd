//! A module with its docstrings read: all that is known before anything is asked.

use std::cell::OnceCell;

use super::lineage::Lineage;
use super::record::Record;
use super::{Inherited, Project, Settings, Visibility, visibilities};
use crate::docstring::{self, Docstring, SectionKind, StyleCounts};
use crate::python::{self, DocstringSlot, Module, Param, Signature, SymbolId, SymbolKind, Value};
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
    /// The classes whose fields a docstring tells of, in the order of the text.
    records: Vec<(SymbolId, Record<'a>)>,
    /// The cognitive complexity of each symbol, once somebody asked.
    cognitive: OnceCell<Vec<u32>>,
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
    /// The indentation of the statements beside the docstring in `text`, the module's; empty where it stands behind a
    /// header's colon.
    pub fn indent<'t>(&self, text: &'t str) -> &'t str {
        let before = text
            .get(..self.slot.span.start as usize)
            .unwrap_or_default();
        let line = before.rfind(['\n', '\r']).map_or(0, |it| it + 1);
        let indent = before.get(line..).unwrap_or_default();
        let blank = indent.len() - indent.trim_start_matches([' ', '\t']).len();
        &indent[..blank]
    }

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
            let parsed = docstring::parse(&value.text, settings.style);
            Some(Written {
                slot,
                value,
                parsed,
            })
        };
        let mut docstrings: Vec<Option<Written<'a>>> =
            module.symbols.iter().zip(values).map(written).collect();
        if settings.style.is_none() {
            decide_ties(&mut docstrings, project);
        }
        let lineage = Lineage::new(module, project);
        let records = records(module, &docstrings, &lineage);
        Self {
            module,
            settings,
            is_stub: path
                .rsplit_once('.')
                .is_some_and(|(_, extension)| extension == "pyi"),
            visibilities: visibilities(module, path),
            docstrings,
            lineage,
            records,
            cognitive: OnceCell::new(),
        }
    }

    /// For whom the symbol is there.
    pub fn visibility(&self, id: SymbolId) -> Visibility {
        self.visibilities[id.0 as usize]
    }

    /// The symbol's cognitive complexity.
    pub(super) fn cognitive(&self, id: SymbolId) -> u32 {
        let all = || python::cognitive_complexities(self.module);
        self.cognitive.get_or_init(all)[id.0 as usize]
    }

    /// The symbol's docstring.
    pub fn docstring(&self, id: SymbolId) -> Option<&Written<'a>> {
        self.docstrings[id.0 as usize].as_ref()
    }

    /// What a class's instances are made by: its `__init__`, or its `__new__` where it has no `__init__`.
    pub fn constructor(&self, class: SymbolId) -> Option<SymbolId> {
        self.lineage.constructor(class)
    }

    /// The `__init__` that a class without one gets from its fields, where its docstring tells of parameters or
    /// attributes.
    pub(super) fn record(&self, class: SymbolId) -> Option<&Record<'a>> {
        let at = self.records.binary_search_by_key(&class, |it| it.0).ok()?;
        self.records.get(at).map(|it| &it.1)
    }

    /// The parameters of a function; of a class those of its constructor, written or made from its fields.
    pub fn signature(&self, id: SymbolId) -> Option<&Signature<'a>> {
        let symbol = self.module.symbol(id);
        if symbol.kind != SymbolKind::Class {
            return symbol.signature.as_ref();
        }
        match self.constructor(id) {
            Some(constructor) => self.module.symbol(constructor).signature.as_ref(),
            None => self.record(id).map(|it| &it.signature),
        }
    }

    /// The parameters of a class's `__call__`: what instances take may be told of the class, too.
    pub(super) fn called_with(&self, class: SymbolId) -> impl Iterator<Item = &Param<'a>> {
        let mut methods = self.module.children(class).map(|it| it.1);
        let call = methods.find(|it| it.kind == SymbolKind::Method && it.name == "__call__");
        let signature = call.and_then(|it| it.signature.as_ref());
        signature.into_iter().flat_map(|it| &it.params)
    }

    /// The class of this qualified name.
    pub(super) fn class(&self, qualname: &str) -> Option<SymbolId> {
        self.lineage.class(qualname)
    }

    /// The bases of a class, theirs, and so on, as far as they are classes of this file, and whether there is none that
    /// is not.
    pub fn bases(&self, class: SymbolId) -> (Vec<SymbolId>, bool) {
        self.lineage.bases(class)
    }

    /// Whether the class has an `__init__` and a `__new__`, whose parameters may differ.
    pub fn has_two_constructors(&self, class: SymbolId) -> bool {
        self.lineage.has_two_constructors(class)
    }

    /// The docstrings of this file that may tell of the same parameters: those of a function's overloads, of the methods
    /// that a method overrides, of the classes that a class (or its constructor) inherits from; the nearest first.
    pub fn kin(&self, id: SymbolId) -> impl Iterator<Item = &Written<'a>> {
        let kin = self.lineage.kin(id).into_iter();
        kin.filter_map(|it| self.docstring(it))
    }

    /// What a method inherits from the bases of its class; [`Inherited::Absent`] for what is no method.
    pub fn inherited(&self, id: SymbolId) -> Inherited {
        self.lineage.inherited(id)
    }

    /// Whether the exception class `ancestor` is `class` or one of its bases, as far as built-in classes
    /// and those of this file tell.
    pub fn is_exception_ancestor(&self, ancestor: &str, class: &str) -> bool {
        self.has_exception_ancestor(class, &mut |it| it == ancestor)
    }

    /// Whether the exception class `class` or one of its bases is called a name that `is_meant`.
    pub fn has_exception_ancestor(
        &self,
        class: &str,
        is_meant: &mut dyn FnMut(&str) -> bool,
    ) -> bool {
        self.lineage.has_exception_ancestor(class, is_meant)
    }
}

/// Reads those docstrings again that hold several styles: where as much speaks for one as for another, the majority of the
/// file's others decides, or else the project's.
fn decide_ties(docstrings: &mut [Option<Written<'_>>], project: &dyn Project) {
    let is_mixed = |written: &Written<'_>| written.parsed.is_mixed();
    if !docstrings.iter().flatten().any(is_mixed) {
        return;
    }
    let mut counts = StyleCounts::default();
    for written in docstrings.iter().flatten() {
        counts.add(&written.parsed);
    }
    let majority = counts.majority().or_else(|| project.style());
    for written in docstrings.iter_mut().flatten().filter(|it| is_mixed(it)) {
        written.parsed = docstring::parse(&written.value.text, majority);
    }
}

/// The records among the classes whose docstrings tell of parameters or attributes.
fn records<'a>(
    module: &'a Module<'a>,
    docstrings: &[Option<Written<'a>>],
    lineage: &Lineage<'a>,
) -> Vec<(SymbolId, Record<'a>)> {
    let tells = |written: &Written<'_>| {
        let mut sections = written.parsed.sections.iter();
        sections.any(|it| it.kind.is_params() || it.kind == SectionKind::Attributes)
    };
    let mut records = Vec::new();
    for ((id, symbol), written) in module.ids().zip(docstrings) {
        if symbol.kind == SymbolKind::Class
            && written.as_ref().is_some_and(tells)
            && lineage.constructor(id).is_none()
        {
            let (bases, are_all_known) = lineage.bases(id);
            records.extend(Record::of(module, id, &bases, are_all_known).map(|it| (id, it)));
        }
    }
    records
}
