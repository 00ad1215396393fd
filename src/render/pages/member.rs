//! One function, method or class on a module's page.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::LIMIT;
use super::markup::{code, inline, target};
use super::sections::{others, overview, said, source, summary, table, values};
use crate::docstring::{Docstring, SectionKind};
use crate::python::{
    Module, Param, ParamKind, Symbol, SymbolId, attributes, cyclomatic_complexity, identifier,
};
use crate::text::Span;

/// A module while its page is written.
pub(super) struct Source<'m> {
    pub module: &'m Module<'m>,
    /// The docstring of each symbol, in their order.
    pub docstrings: &'m [Option<Docstring<'m>>],
    /// Cognitive complexity, likewise.
    pub cognitive: &'m [u32],
    /// Which symbols have a place.
    pub is_shown: &'m [bool],
}

impl<'m> Source<'m> {
    pub(super) fn docstring(&self, id: SymbolId) -> Option<&'m Docstring<'m>> {
        self.docstrings[id.0 as usize].as_ref()
    }

    /// The symbols directly in `parent` that have a place.
    pub(super) fn members(
        &self,
        parent: SymbolId,
    ) -> impl Iterator<Item = (SymbolId, &'m Symbol<'m>)> {
        let members = self.module.children(parent);
        members.filter(|(id, _)| self.is_shown[id.0 as usize])
    }

    /// A class with what is in it. Classes in classes follow as classes of their own.
    pub(super) fn class(&self, id: SymbolId, level: usize, out: &mut String) {
        let (symbol, text) = (self.module.symbol(id), self.module.text);
        heading(level, symbol, "class ", out);
        if !symbol.bases.is_empty() {
            let bases = symbol.bases.iter().map(|it| code(it.of(text)));
            let _ = writeln!(out, "Bases: {}\n", bases.collect::<Vec<_>>().join(", "));
        }
        let docstring = self.docstring(id);
        if let Some(docstring) = docstring {
            overview(docstring, out);
            self.parameters(id, docstring, out);
        }
        self.attributes(id, out);
        if let Some(docstring) = docstring {
            others(docstring, out);
        }
        let methods: Vec<_> = self
            .members(id)
            .filter(|(_, it)| it.kind.is_function())
            .collect();
        if methods.is_empty() {
            return;
        }
        let row = |(id, symbol): &(SymbolId, &Symbol<'_>)| {
            vec![reference(symbol), summary(self.docstring(*id))]
        };
        let rows: Vec<_> = methods.iter().map(row).collect();
        table(&["Method", "What it does"], &rows, out);
        for (id, _) in methods {
            self.function(id, level + 1, out);
        }
    }

    /// The attributes that the class's docstring or its code tells of.
    fn attributes(&self, id: SymbolId, out: &mut String) {
        let text = self.module.text;
        let docstring = self.docstring(id);
        let told = docstring.into_iter().flat_map(|docstring| {
            let sections = docstring.sections_of(SectionKind::Attributes);
            let entries = sections.flat_map(|it| &it.entries);
            entries.map(move |entry| (docstring, entry))
        });
        let told: Vec<_> = told.collect();
        let mut seen = BTreeSet::new();
        let mut rows = Vec::new();
        for attribute in attributes(self.module, id) {
            let entry = told.iter().find(|it| it.1.name == Some(attribute.name));
            let is_private = attribute.name.starts_with('_');
            if is_private && entry.is_none() || !seen.insert(attribute.name) {
                continue;
            }
            let own = source(text, attribute.annotation);
            let own = match entry {
                Some((docstring, entry)) if own.is_empty() => {
                    source(docstring.value, entry.annotation)
                }
                _ => own,
            };
            let about = entry.map_or_else(String::new, |(docstring, entry)| said(docstring, entry));
            rows.push(vec![code(attribute.name), own, about]);
        }
        for (docstring, entry) in &told {
            if let Some(name) = entry.name.filter(|it| !seen.contains(it)) {
                let kind = source(docstring.value, entry.annotation);
                rows.push(vec![code(name), kind, said(docstring, entry)]);
            }
        }
        if !rows.is_empty() {
            table(&["Attribute", "Type", "What it holds"], &rows, out);
        }
    }

    /// A function or method.
    pub(super) fn function(&self, id: SymbolId, level: usize, out: &mut String) {
        let symbol = self.module.symbol(id);
        heading(level, symbol, "", out);
        let _ = writeln!(out, "```python\n{}\n```\n", self.signature(symbol));
        let empty = Docstring {
            value: "",
            style: None,
            summary: None,
            description: None,
            sections: Vec::new(),
            quirks: Vec::new(),
        };
        let docstring = self.docstring(id).unwrap_or(&empty);
        overview(docstring, out);
        self.parameters(id, docstring, out);
        let returns = symbol.signature.as_ref().and_then(|it| it.returns);
        let annotation = source(self.module.text, returns);
        for (kind, title, type_) in [
            (SectionKind::Returns, "Returns", annotation.as_str()),
            (SectionKind::Yields, "Yields", ""),
            (SectionKind::Receives, "Receives", ""),
        ] {
            let rows = values(docstring, kind, type_);
            if !rows.is_empty() {
                table(&[title, "What it is"], &rows, out);
            }
        }
        raises(symbol, docstring, out);
        others(docstring, out);
        let cyclomatic = cyclomatic_complexity(self.module, id);
        let mark = if cyclomatic > LIMIT { " ⚠️" } else { "" };
        let cognitive = self.cognitive[id.0 as usize];
        if cyclomatic > 1 {
            let _ = writeln!(
                out,
                "Complexity: cyclomatic {cyclomatic}{mark}, cognitive {cognitive}\n"
            );
        }
    }

    /// The parameters of the signature, and those that only the docstring knows.
    fn parameters(&self, id: SymbolId, docstring: &Docstring<'_>, out: &mut String) {
        let (symbol, text) = (self.module.symbol(id), self.module.text);
        let params = symbol.signature.as_ref().map_or(&[][..], |it| &it.params);
        let is_own = symbol.kind == crate::python::SymbolKind::Method;
        let is_self = |at: usize, param: &Param<'_>| {
            at == 0 && is_own && matches!(param.name, "self" | "cls" | "mcs")
        };
        let mut rows = Vec::new();
        let mut known = BTreeSet::new();
        for (_, param) in params
            .iter()
            .enumerate()
            .filter(|(at, it)| !is_self(*at, it))
        {
            known.insert(param.name);
            let entry = docstring.params().find(|it| it.name == Some(param.name));
            let kind = source(text, param.annotation);
            let kind = match entry {
                Some(entry) if kind.is_empty() => source(docstring.value, entry.annotation),
                _ => kind,
            };
            let about = entry.map_or_else(String::new, |it| said(docstring, it));
            let name = code(&format!("{}{}", param.kind.stars(), param.name));
            rows.push(vec![name, kind, source(text, param.default), about]);
        }
        for entry in docstring.params() {
            if let Some(name) = entry.name.filter(|it| !known.contains(it)) {
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
            table(&["Parameter", "Type", "Default", "What it is"], &rows, out);
        }
    }

    /// The header as Python would read it, on one line where it is short enough.
    fn signature(&self, symbol: &Symbol<'_>) -> String {
        let text = self.module.text;
        let flat = |span: Span| {
            let words = span.of(text).split_whitespace();
            words.collect::<Vec<_>>().join(" ")
        };
        let mut out = String::new();
        for decorator in &symbol.decorators {
            let _ = writeln!(out, "@{}", flat(*decorator));
        }
        let Some(signature) = &symbol.signature else {
            return out;
        };
        let params = parts(&signature.params, &flat);
        let start = if signature.is_async {
            "async def"
        } else {
            "def"
        };
        let name = identifier(symbol.name);
        let returns = signature.returns.map(|it| format!(" -> {}", flat(it)));
        let returns = returns.unwrap_or_default();
        let line = format!("{start} {name}({}){returns}", params.join(", "));
        if line.chars().count() <= 88 {
            return out + &line;
        }
        let lines: String = params
            .iter()
            .flat_map(|it| ["    ", it.as_str(), ",\n"])
            .collect();
        format!("{out}{start} {name}(\n{lines}){returns}")
    }
}

/// A heading with the anchor that links lead to.
fn heading(level: usize, symbol: &Symbol<'_>, word: &str, out: &mut String) {
    let anchor = target(&symbol.qualname);
    let _ = writeln!(
        out,
        "<a id=\"{anchor}\"></a>\n\n{} {word}{}\n",
        "#".repeat(level),
        inline(&identifier(symbol.name))
    );
}

/// What it raises, as its docstring and its code tell.
fn raises(symbol: &Symbol<'_>, docstring: &Docstring<'_>, out: &mut String) {
    for (kind, title) in [
        (SectionKind::Raises, "Raises"),
        (SectionKind::Warns, "Warns"),
    ] {
        let entries: Vec<_> = docstring
            .sections_of(kind)
            .flat_map(|it| &it.entries)
            .collect();
        let row = |entry: &&crate::docstring::Entry<'_>| {
            vec![code(entry.name.unwrap_or_default()), said(docstring, entry)]
        };
        let mut rows: Vec<_> = entries.iter().map(row).collect();
        if kind == SectionKind::Raises {
            let last = |name: &str| name.rsplit('.').next().unwrap_or(name).to_owned();
            let mut known: BTreeSet<String> =
                entries.iter().filter_map(|it| it.name).map(last).collect();
            for raised in &symbol.facts.raises {
                if known.insert(last(raised.name)) {
                    rows.push(vec![code(raised.name), "*Not told.*".to_owned()]);
                }
            }
        }
        if !rows.is_empty() {
            table(&[title, "When"], &rows, out);
        }
    }
}

/// The parameters with the markers between them.
fn parts(params: &[Param<'_>], flat: &impl Fn(Span) -> String) -> Vec<String> {
    let mut parts = Vec::new();
    let mut before = None;
    let mut has_star = false;
    for param in params {
        if before == Some(ParamKind::PositionalOnly) && param.kind != ParamKind::PositionalOnly {
            parts.push("/".to_owned());
        }
        has_star |= param.kind == ParamKind::VarPositional;
        if param.kind == ParamKind::KeywordOnly && !has_star {
            parts.push("*".to_owned());
            has_star = true;
        }
        let mut part = format!("{}{}", param.kind.stars(), identifier(param.name));
        if let Some(annotation) = param.annotation {
            let _ = write!(part, ": {}", flat(annotation));
        }
        if let Some(default) = param.default {
            let sign = if param.annotation.is_some() {
                " = "
            } else {
                "="
            };
            let _ = write!(part, "{sign}{}", flat(default));
        }
        parts.push(part);
        before = Some(param.kind);
    }
    if before == Some(ParamKind::PositionalOnly) {
        parts.push("/".to_owned());
    }
    parts
}

/// A link to a symbol on its page.
pub(super) fn reference(symbol: &Symbol<'_>) -> String {
    let name = code(&identifier(symbol.name));
    format!("<a href=\"#{}\">{name}</a>", target(&symbol.qualname))
}
