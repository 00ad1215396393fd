//! One function, method or class on a module's page.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::fence::fenced;
use super::markup::{code, plain, target};
use super::same::LINK;
use super::sections::{
    methods, others, overview, raises, remarks, said, source, summary, table, values,
};
use super::signature::signature;
use super::{LIMIT, Origin, Site, Web};
use crate::docstring::{Docstring, Entry};
use crate::python::{
    Module, Param, Symbol, SymbolId, SymbolKind, cyclomatic_complexity, identifier,
};
use crate::text::LineIndex;

/// A module while its page is written.
pub(super) struct Source<'m> {
    pub(super) site: &'m Site,
    pub(super) name: &'m str,
    pub(super) origin: Origin<'m>,
    pub(super) module: &'m Module<'m>,
    pub(super) lines: &'m LineIndex,
    /// The docstring of each symbol, in their order.
    pub(super) docstrings: &'m [Option<Docstring<'m>>],
    /// Cognitive complexity, likewise.
    pub(super) cognitive: &'m [u32],
    /// Which symbols have a place.
    pub(super) is_shown: &'m [bool],
    /// The qualified names of the classes that have a place.
    pub(super) classes: BTreeSet<&'m str>,
    /// The other signatures of functions that have several, by their names.
    pub(super) overloads: BTreeMap<&'m str, Vec<&'m Symbol<'m>>>,
}

/// What a docstring that is not there says.
const NOTHING: &Docstring<'static> = &Docstring {
    value: "",
    style: None,
    summary: None,
    description: None,
    sections: Vec::new(),
    quirks: Vec::new(),
};

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

    /// The name that links to a symbol lead to.
    fn anchor(&self, qualname: &str) -> String {
        format!("{}.{qualname}", self.site.stem(self.name))
    }

    /// A link to a symbol on its page.
    pub(super) fn reference(&self, symbol: &Symbol<'_>, name: &str) -> String {
        let anchor = target(&self.anchor(&symbol.qualname));
        format!("<a href=\"#{anchor}\">{}</a>", code(&identifier(name)))
    }

    /// A heading with the anchor that links lead to.
    fn heading(&self, level: usize, symbol: &Symbol<'_>, word: &str, out: &mut String) {
        let name = match symbol.kind {
            SymbolKind::Class => symbol.qualname.as_str(),
            _ => symbol.name,
        };
        let (anchor, name) = (self.anchor(&symbol.qualname), plain(&identifier(name)));
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(
            out,
            "<a id=\"{anchor}\"></a>\n\n{} {word}{name}\n",
            "#".repeat(level)
        );
    }

    /// A class with what is in it. Classes in classes follow as classes of their own.
    pub(super) fn class(&self, id: SymbolId, level: usize, out: &mut String) {
        let symbol = self.module.symbol(id);
        self.heading(level, symbol, "class ", out);
        self.web(symbol, out);
        if !symbol.bases.is_empty() {
            let bases = symbol.bases.iter();
            let bases = bases.map(|it| self.base(it.of(self.module.text)));
            let _ = writeln!(out, "Bases: {}\n", bases.collect::<Vec<_>>().join(", "));
        }
        let docstring = self.docstring(id).unwrap_or(NOTHING);
        overview(docstring, out);
        self.parameters(id, docstring, out);
        self.attributes(id, out);
        values(docstring, "", out);
        raises(symbol, docstring, out);
        others(docstring, out);
        let all: Vec<_> = self
            .members(id)
            .filter(|(_, it)| it.kind.is_function())
            .collect();
        let known: BTreeSet<&str> = all.iter().map(|it| it.1.name).collect();
        methods(docstring, &known, out);
        if all.is_empty() {
            self.code(symbol, out);
            return;
        }
        let row = |(id, symbol): &(SymbolId, &Symbol<'_>)| {
            let name = self.reference(symbol, symbol.name);
            vec![name, summary(self.docstring(*id))]
        };
        let rows: Vec<_> = all.iter().map(row).collect();
        table(&["Method", "What it does"], &rows, out);
        for (id, _) in all {
            self.function(id, level + 1, out);
        }
    }

    /// A base as it is written, linked to where it is declared if that is in the project.
    fn base(&self, written: &str) -> String {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
        let end = written.find(|c| !is_part(c)).unwrap_or(written.len());
        let path = &written[..end];
        let shown = code(written);
        if self.classes.contains(path) {
            return format!("<a href=\"#{}\">{shown}</a>", target(&self.anchor(path)));
        }
        match self.site.imported(self.name, self.module, path) {
            Some(known) => format!("[{shown}]({}.md)", target(self.site.stem(known))),
            None => shown,
        }
    }

    /// A link to the lines of a symbol.
    fn web(&self, symbol: &Symbol<'_>, out: &mut String) {
        if let Web::At(url, path) = self.origin.web {
            let first = self.lines.line(symbol.header.start);
            let last = self.lines.line(symbol.span.end.saturating_sub(1));
            let address = url.lines(path, first, last.max(first));
            let _ = writeln!(out, "{LINK}{address})\n");
        }
    }

    /// The code of a symbol, where that is asked for.
    fn code(&self, symbol: &Symbol<'_>, out: &mut String) {
        if !self.site.look.has_source {
            return;
        }
        let start = self.lines.start(self.lines.line(symbol.header.start)) as usize;
        let end = symbol.span.end as usize;
        let text = self.module.text.get(start..end).unwrap_or_default();
        let text = text.replace('\t', "        ");
        let lines: Vec<&str> = text.lines().collect();
        let block = fenced(self.language(), &lines);
        let _ = writeln!(
            out,
            "<details>\n<summary>Source</summary>\n\n{block}</details>\n"
        );
    }

    /// The language of code on this page. Highlighters complain of what is not Python.
    fn language(&self) -> &'static str {
        if self.module.errors.is_empty() {
            "python"
        } else {
            ""
        }
    }

    /// A function or method.
    pub(super) fn function(&self, id: SymbolId, level: usize, out: &mut String) {
        let symbol = self.module.symbol(id);
        self.heading(level, symbol, "", out);
        self.web(symbol, out);
        let overloads = self.overloads.get(symbol.qualname.as_str());
        let signatures = overloads.into_iter().flatten().copied().chain([symbol]);
        let signatures: Vec<_> = signatures.map(|it| signature(self.module, it)).collect();
        let signatures = signatures.join("\n");
        let lines: Vec<&str> = signatures.lines().collect();
        out.push_str(&fenced(self.language(), &lines));
        let docstring = self.docstring(id).unwrap_or(NOTHING);
        overview(docstring, out);
        self.parameters(id, docstring, out);
        let returns = symbol.signature.as_ref().and_then(|it| it.returns);
        values(docstring, &source(self.module.text, returns), out);
        raises(symbol, docstring, out);
        others(docstring, out);
        let cyclomatic = cyclomatic_complexity(self.module, id);
        if cyclomatic > 1 {
            let mark = if cyclomatic > LIMIT {
                format!(" ⚠️ (over {LIMIT})")
            } else {
                String::new()
            };
            let cognitive = self.cognitive[id.0 as usize];
            let _ = writeln!(
                out,
                "Complexity: cyclomatic {cyclomatic}{mark}, cognitive {cognitive}\n"
            );
        }
        self.code(symbol, out);
    }

    /// The parameters of the signature, and those that only the docstring knows.
    fn parameters(&self, id: SymbolId, docstring: &Docstring<'_>, out: &mut String) {
        let (symbol, text) = (self.module.symbol(id), self.module.text);
        let params = symbol.signature.as_ref().map_or(&[][..], |it| &it.params);
        let is_own = symbol.kind == SymbolKind::Method;
        let is_self = |at: usize, param: &Param<'_>| {
            at == 0 && is_own && matches!(param.name, "self" | "cls" | "mcs")
        };
        let told = docstring.params().filter_map(|it| Some((it.name?, it)));
        let mut by_name: BTreeMap<&str, &Entry<'_>> = BTreeMap::new();
        for (name, entry) in told {
            by_name.entry(name).or_insert(entry);
        }
        let mut rows = Vec::new();
        let mut known = BTreeSet::new();
        for (_, param) in params
            .iter()
            .enumerate()
            .filter(|(at, it)| !is_self(*at, it))
        {
            known.insert(param.name);
            let entry = by_name.get(param.name);
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
            if let Some(name) = entry.name.filter(|it| known.insert(it)) {
                let kind = source(docstring.value, entry.annotation);
                let about = said(docstring, entry);
                rows.push(vec![code(name), kind, String::new(), about]);
            }
        }
        if !rows.is_empty() {
            table(&["Parameter", "Type", "Default", "What it is"], &rows, out);
        }
        remarks(docstring, crate::docstring::SectionKind::is_params, out);
    }
}
