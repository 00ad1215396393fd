//! Names that hold values: attributes of classes, a module's constants, type aliases and other documented names.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::markup::{cell, code};
use super::member::Source;
use super::sections::{said, source, table};
use crate::docstring::{Docstring, Entry, SectionKind};
use crate::python::{Attribute, AttributeDoc, AttributeOrigin, SymbolId, attributes, type_aliases};
use crate::text::Span;

/// A longer value is cut.
const LONGEST: usize = 60;

/// What calls make that declare a type.
const TYPE_MAKERS: &[&str] = &[
    "NewType",
    "TypeVar",
    "ParamSpec",
    "TypeVarTuple",
    "TypeAliasType",
];
/// What is subscripted to name a type.
const TYPE_FORMS: &[&str] = &[
    "Annotated",
    "Callable",
    "Dict",
    "FrozenSet",
    "Generator",
    "Iterable",
    "Iterator",
    "List",
    "Literal",
    "Mapping",
    "Optional",
    "Sequence",
    "Set",
    "Tuple",
    "Type",
    "Union",
    "dict",
    "frozenset",
    "list",
    "set",
    "tuple",
    "type",
];

/// An entry and the docstring that it stands in.
type Told<'m> = (&'m Docstring<'m>, &'m Entry<'m>);

/// The first entry of each name.
fn by_name<'m>(told: &[Told<'m>]) -> BTreeMap<&'m str, Told<'m>> {
    let named = told.iter().rev();
    named.filter_map(|it| Some((it.1.name?, *it))).collect()
}

impl<'m> Source<'m> {
    /// The attributes that the class's docstring or its code tells of.
    pub(super) fn attributes(&self, id: SymbolId, out: &mut String) {
        let text = self.module.text;
        let told = self.told(id);
        let by_name = by_name(&told);
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut rows = Vec::new();
        let members: BTreeSet<&str> = self.members(id).map(|it| it.1.name).collect();
        for attribute in attributes(self.module, id) {
            let entry = by_name.get(attribute.name);
            let is_private = attribute.name.starts_with('_') && !self.site.look.has_private;
            let is_known = entry.is_some() || attribute.doc.is_some();
            if is_private && !is_known
                || members.contains(attribute.name)
                || !seen.insert(attribute.name)
            {
                continue;
            }
            let is_own = attribute.origin == AttributeOrigin::Body;
            let value = attribute
                .value
                .filter(|_| is_own)
                .map_or("", |it| it.of(text));
            let about = self.about(&attribute, entry);
            rows.push(vec![code(attribute.name), about.0, short(value), about.1]);
        }
        for (docstring, entry) in &told {
            if let Some(name) = entry
                .name
                .filter(|it| !seen.contains(it) && !members.contains(it))
            {
                let kind = source(docstring.value, entry.annotation);
                rows.push(vec![
                    code(name),
                    kind,
                    String::new(),
                    said(docstring, entry),
                ]);
            }
        }
        if !rows.is_empty() {
            table(&["Attribute", "Type", "Value", "What it holds"], &rows, out);
        }
    }

    /// The entries of a docstring's sections of attributes.
    fn told(&self, id: SymbolId) -> Vec<Told<'m>> {
        let docstrings = self.docstring(id).into_iter();
        let told = docstrings.flat_map(|docstring| {
            let sections = docstring.sections.iter();
            let sections = sections.filter(|it| it.kind == SectionKind::Attributes);
            let entries = sections.flat_map(|it| &it.entries);
            entries.map(move |entry| (docstring, entry))
        });
        told.collect()
    }

    /// Type and text of an attribute, as far as code, docstring or what stands at it tell.
    fn about(&self, attribute: &Attribute<'m>, entry: Option<&Told<'m>>) -> (String, String) {
        let text = self.module.text;
        let mut kind = source(text, attribute.annotation);
        if let (true, Some((docstring, entry))) = (kind.is_empty(), entry) {
            kind = source(docstring.value, entry.annotation);
        }
        let mut about = entry.map_or_else(String::new, |(docstring, entry)| said(docstring, entry));
        if about.is_empty() {
            about = match &attribute.doc {
                Some(AttributeDoc::String(slot)) => cell(&slot.value(text).text),
                Some(AttributeDoc::Comments(spans)) => comments(text, spans),
                None => String::new(),
            };
        }
        (kind, about)
    }

    /// A module's constants, aliases of types and other names that are told of.
    pub(super) fn names(&self, out: &mut String) {
        let mut named = Named::default();
        self.declared_aliases(&mut named);
        self.assigned(&mut named);
        let four = &["Name", "Type", "Value", "What it is"][..];
        for (title, head, rows) in [
            ("Constants", four, named.constants),
            (
                "Type aliases",
                &["Name", "What it stands for", "What it is"][..],
                named.aliases,
            ),
            ("Variables", four, named.others),
        ] {
            if !rows.is_empty() {
                // Writing to a string cannot fail.
                let _ = writeln!(out, "## {title}\n");
                table(head, &rows, out);
            }
        }
    }

    /// What `type` statements declare.
    fn declared_aliases(&self, named: &mut Named) {
        let text = self.module.text;
        for alias in type_aliases(self.module, SymbolId::MODULE) {
            if self.site.look.has_private || !alias.name.starts_with('_') {
                let about = alias.docstring.map(|it| cell(&it.value(text).text));
                let value = short(alias.value.of(text));
                let name = code(alias.head.of(text));
                named
                    .aliases
                    .push(vec![name, value, about.unwrap_or_default()]);
            }
        }
    }

    /// What the module assigns, and what its docstring alone tells of.
    fn assigned(&self, named: &mut Named) {
        let text = self.module.text;
        let told = self.told(SymbolId::MODULE);
        let by_name = by_name(&told);
        let exports = self.module.exports.as_ref();
        let mut seen = BTreeSet::new();
        for attribute in &attributes(self.module, SymbolId::MODULE) {
            if attribute.name.starts_with('_') && !self.site.look.has_private {
                continue;
            }
            let entry = by_name.get(attribute.name);
            let (kind, about) = self.about(attribute, entry);
            let name = code(attribute.name);
            let value = short(attribute.value.map_or("", |it| it.of(text)));
            seen.insert(attribute.name);
            let is_exported = exports.is_some_and(|it| it.contains(&attribute.name));
            if is_alias(text, attribute) {
                named.aliases.push(vec![name, value, about]);
            } else if is_constant(text, attribute) {
                named.constants.push(vec![name, kind, value, about]);
            } else if !about.is_empty() || is_exported {
                named.others.push(vec![name, kind, value, about]);
            }
        }
        for (docstring, entry) in &told {
            if let Some(name) = entry.name.filter(|it| !seen.contains(it)) {
                let kind = source(docstring.value, entry.annotation);
                let about = said(docstring, entry);
                named
                    .others
                    .push(vec![code(name), kind, String::new(), about]);
            }
        }
    }
}

/// A module's names that hold values, as rows of tables.
#[derive(Default)]
struct Named {
    constants: Vec<Vec<String>>,
    aliases: Vec<Vec<String>>,
    others: Vec<Vec<String>>,
}

/// What comments that begin with `#:` say.
fn comments(text: &str, spans: &[Span]) -> String {
    let lines = spans
        .iter()
        .map(|it| it.of(text).trim_start_matches(['#', ':']).trim());
    cell(&lines.collect::<Vec<_>>().join("\n"))
}

fn is_constant(text: &str, attribute: &Attribute<'_>) -> bool {
    let name = attribute.name;
    let is_final = |span: Span| {
        span.of(text)
            .split('[')
            .next()
            .is_some_and(|it| last(it) == "Final")
    };
    let is_loud = name.contains(char::is_uppercase) && !name.contains(char::is_lowercase);
    attribute.annotation.is_some_and(is_final) || is_loud
}

/// Whether a name stands for a type: its annotation says so, or what it is set to can be nothing else.
fn is_alias(text: &str, attribute: &Attribute<'_>) -> bool {
    if let Some(annotation) = attribute.annotation {
        return last(annotation.of(text)) == "TypeAlias";
    }
    let Some(value) = attribute.value.map(|it| it.of(text).trim()) else {
        return false;
    };
    let head_end = value.find(['[', '(', ' ']).unwrap_or(value.len());
    let (head, rest) = value.split_at(head_end);
    let starts_upper = attribute
        .name
        .trim_start_matches('_')
        .starts_with(char::is_uppercase);
    let is_form = rest.starts_with('[') && value.ends_with(']') && TYPE_FORMS.contains(&last(head));
    let is_made = rest.starts_with('(') && TYPE_MAKERS.contains(&last(head));
    starts_upper && is_form || is_made
}

/// The last part of a dotted name.
fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name).trim()
}

/// A value on one line, cut where it is long.
fn short(value: &str) -> String {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => code(&format!("{} ...", &value[..end])),
        None => code(&value),
    }
}
