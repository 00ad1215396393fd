//! `docgen symbols`: what was read of each symbol, one JSON object a line.

use std::borrow::Cow;
use std::io;

use serde::Serialize;

use crate::python::{Module, Symbol};
use crate::text::{LineIndex, Span};

/// One symbol, as `--output-format json-lines` gives it.
#[derive(Debug, Serialize)]
struct Row<'t> {
    path: &'t str,
    kind: &'static str,
    qualname: &'t str,
    name: &'t str,
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
    raises: Vec<&'t str>,
    warns: Vec<&'t str>,
}

#[derive(Debug, Serialize)]
struct Parameter<'t> {
    name: &'t str,
    kind: &'static str,
    annotation: Option<&'t str>,
    default: Option<&'t str>,
}

/// Write the symbols of one module, the module itself first.
pub fn write_symbols(out: &mut impl io::Write, path: &str, module: &Module<'_>) -> io::Result<()> {
    let lines = LineIndex::new(module.text);
    for symbol in &module.symbols {
        serde_json::to_writer(&mut *out, &Row::new(path, module, symbol, &lines))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

impl<'t> Row<'t> {
    fn new(path: &'t str, module: &Module<'t>, symbol: &'t Symbol<'t>, lines: &LineIndex) -> Self {
        let text = module.text;
        let source = |span: &Span| span.of(text);
        let facts = &symbol.facts;
        let signature = symbol.signature.as_ref();
        let params = signature.map(|signature| signature.params.as_slice());
        Self {
            path,
            kind: symbol.kind.word(),
            qualname: &symbol.qualname,
            name: symbol.name,
            line: lines.line(symbol.span.start),
            end_line: lines.line(symbol.span.end.saturating_sub(1)),
            is_async: signature.is_some_and(|signature| signature.is_async),
            decorators: symbol.decorators.iter().map(source).collect(),
            bases: symbol.bases.iter().map(source).collect(),
            params: params
                .unwrap_or_default()
                .iter()
                .map(|param| Parameter {
                    name: param.name,
                    kind: param.kind.word(),
                    annotation: param.annotation.as_ref().map(source),
                    default: param.default.as_ref().map(source),
                })
                .collect(),
            returns: signature.and_then(|signature| signature.returns.as_ref().map(source)),
            docstring: symbol.docstring.as_ref().map(|slot| slot.value(text).text),
            is_generator: facts.yields.is_some(),
            returns_value: facts.returns_value.is_some(),
            raises: each_once(facts.raises.iter().map(|raised| raised.name)),
            warns: each_once(facts.warns.iter().filter_map(|warned| warned.category)),
        }
    }
}

/// The names, each where it first stands.
fn each_once<'t>(names: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut once = Vec::new();
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once
}
