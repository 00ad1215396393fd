//! `docgen symbols`: what was read of each symbol, one JSON object a line.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;

use serde::Serialize;

use crate::python::{
    Import, LineCounts, Module, Symbol, SymbolId, SymbolKind, attributes, cognitive_complexities,
    cyclomatic_complexity, halstead_volume, identifier, is_standard_library, line_counts,
    maintainability_index,
};
use crate::text::{LineIndex, Span};

/// One symbol, as `--output-format json-lines` gives it.
#[derive(Debug, Serialize)]
struct Row<'t> {
    path: &'t str,
    kind: &'static str,
    qualname: &'t str,
    name: Cow<'t, str>,
    line: u32,
    end_line: u32,
    is_async: bool,
    decorators: Vec<&'t str>,
    bases: Vec<&'t str>,
    params: Vec<Parameter<'t>>,
    returns: Option<&'t str>,
    docstring: Option<Cow<'t, str>>,
    is_generator: bool,
    returns_value: bool,
    raises: Vec<Cow<'t, str>>,
    warns: Vec<Cow<'t, str>>,
    attributes: Vec<Cow<'t, str>>,
    complexity: Complexity,
    #[serde(flatten)]
    module: Option<ModuleRow<'t>>,
}

#[derive(Debug, Serialize)]
struct Parameter<'t> {
    name: Cow<'t, str>,
    kind: &'static str,
    annotation: Option<&'t str>,
    default: Option<&'t str>,
}

#[derive(Debug, Serialize)]
struct Complexity {
    cyclomatic: u32,
    cognitive: u32,
    halstead_volume: f64,
}

/// What only modules have.
#[derive(Debug, Serialize)]
struct ModuleRow<'t> {
    imports: Vec<Imported<'t>>,
    constants: Vec<Cow<'t, str>>,
    lines: Lines,
    maintainability_index: f64,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Imported<'t> {
    name: Cow<'t, str>,
    origin: &'static str,
    line: u32,
}

#[derive(Debug, Serialize)]
struct Lines {
    total: u32,
    code: u32,
    comment: u32,
    blank: u32,
}

/// One file, and what is known beside its text.
#[derive(Debug)]
pub struct Source<'t> {
    /// Its path as it is shown.
    pub path: &'t str,
    /// What was read in it.
    pub module: &'t Module<'t>,
    /// Top-level modules and packages of the project itself.
    pub local: &'t BTreeSet<&'t str>,
}

impl<'t> Source<'t> {
    /// Write its symbols, the module first.
    pub fn write_symbols(&self, out: &mut impl io::Write) -> io::Result<()> {
        let lines = LineIndex::new(self.module.text);
        let cognitive = cognitive_complexities(self.module);
        for ((id, symbol), cognitive) in self.module.ids().zip(cognitive) {
            serde_json::to_writer(&mut *out, &self.row(id, symbol, cognitive, &lines))?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn row(
        &self,
        id: SymbolId,
        symbol: &'t Symbol<'t>,
        cognitive: u32,
        lines: &LineIndex,
    ) -> Row<'t> {
        let text = self.module.text;
        let source = |span: &Span| span.of(text);
        let facts = &symbol.facts;
        let signature = symbol.signature.as_ref();
        let names = |id| attributes(self.module, id).into_iter().map(|it| it.name);
        let is_module = symbol.kind.is_module();
        Row {
            path: self.path,
            kind: symbol.kind.word(),
            qualname: &symbol.qualname,
            name: identifier(symbol.name),
            line: lines.line(symbol.span.start),
            end_line: lines.line(symbol.span.end.saturating_sub(1)),
            is_async: signature.is_some_and(|signature| signature.is_async),
            decorators: symbol.decorators.iter().map(source).collect(),
            bases: symbol.bases.iter().map(source).collect(),
            params: parameters(symbol, text),
            returns: signature.and_then(|signature| signature.returns.as_ref().map(source)),
            docstring: symbol.docstring.as_ref().map(|slot| slot.value(text).text),
            is_generator: facts.yields.is_some(),
            returns_value: facts.returns_value.is_some(),
            raises: each_once(facts.raises.iter().map(|raised| raised.name)),
            warns: each_once(facts.warns.iter().filter_map(|warned| warned.category)),
            attributes: match symbol.kind {
                SymbolKind::Class => each_once(names(id)),
                _ => Vec::new(),
            },
            complexity: Complexity {
                cyclomatic: cyclomatic_complexity(self.module, id),
                cognitive,
                halstead_volume: hundredths(halstead_volume(self.module, id)),
            },
            module: is_module.then(|| self.module_row(names(id), lines)),
        }
    }

    fn module_row(&self, names: impl Iterator<Item = &'t str>, lines: &LineIndex) -> ModuleRow<'t> {
        let counts = line_counts(self.module);
        let mut imports = Vec::new();
        for import in &self.module.imports {
            let imported = Imported {
                name: dotted(import.module),
                origin: self.origin(import),
                line: lines.line(import.span.start),
            };
            // `from a import b, c` binds two names and imports one module.
            if imports.last() != Some(&imported) {
                imports.push(imported);
            }
        }
        ModuleRow {
            imports,
            constants: each_once(names.filter(|name| is_constant(name))),
            lines: Lines::from(counts),
            maintainability_index: hundredths(maintainability_index(self.module, counts)),
        }
    }

    /// Where an imported module comes from: relative ones, those of the project and those that are
    /// called like a folder above the file are its own.
    fn origin(&self, import: &Import<'_>) -> &'static str {
        let top = import.module.split('.').next().unwrap_or_default().trim();
        let mut folders = self.path.split('/').rev().skip(1);
        if import.module.starts_with('.') || self.local.contains(top) {
            "local"
        } else if is_standard_library(top) {
            "stdlib"
        } else if folders.any(|folder| folder == top) {
            "local"
        } else {
            "third-party"
        }
    }
}

fn parameters<'t>(symbol: &'t Symbol<'t>, text: &'t str) -> Vec<Parameter<'t>> {
    let source = |span: &Span| span.of(text);
    let params = symbol.signature.iter().flat_map(|it| &it.params);
    params
        .map(|param| Parameter {
            name: identifier(param.name),
            kind: param.kind.word(),
            annotation: param.annotation.as_ref().map(source),
            default: param.default.as_ref().map(source),
        })
        .collect()
}

impl From<LineCounts> for Lines {
    fn from(counts: LineCounts) -> Self {
        Self {
            total: counts.total,
            code: counts.code,
            comment: counts.comment,
            blank: counts.blank,
        }
    }
}

/// A module's name as Python knows it: without the blanks and line continuations that may stand in it.
fn dotted(module: &str) -> Cow<'_, str> {
    let is_layout = |c: char| c.is_whitespace() || c == '\\';
    if !module.contains(is_layout) {
        return identifier(module);
    }
    let bare: String = module.chars().filter(|&c| !is_layout(c)).collect();
    Cow::Owned(identifier(&bare).into_owned())
}

/// Whether a name is written as constants are: `LIMIT`, `_MAX_SIZE_2`.
fn is_constant(name: &str) -> bool {
    name.contains(char::is_uppercase) && !name.contains(char::is_lowercase)
}

/// Two digits behind the point, which the last bits of a logarithm do not reach.
fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// The names as Python knows them, each where it first stands.
fn each_once<'t>(names: impl Iterator<Item = &'t str>) -> Vec<Cow<'t, str>> {
    let mut seen = BTreeSet::new();
    let names = names.map(identifier);
    names.filter(|name| seen.insert(name.clone())).collect()
}
