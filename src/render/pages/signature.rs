//! The header of a function as Python would read it.

use std::fmt::Write as _;

use crate::python::{Module, Param, ParamKind, Symbol, identifier};
use crate::text::Span;

/// The columns that a signature on one line has at most.
const WIDTH: usize = 88;

/// The header of a function with its decorators, on one line where it is short enough.
pub(super) fn signature(module: &Module<'_>, symbol: &Symbol<'_>) -> String {
    let text = module.text;
    let flat = |span: Span| {
        let words = span.of(text).split_whitespace();
        words.collect::<Vec<_>>().join(" ")
    };
    let mut out = String::new();
    for decorator in &symbol.decorators {
        // Writing to a string cannot fail, here and below.
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
    if line.chars().count() <= WIDTH || params.is_empty() {
        return out + &line;
    }
    let lines: String = params
        .iter()
        .flat_map(|it| ["    ", it.as_str(), ",\n"])
        .collect();
    format!("{out}{start} {name}(\n{lines}){returns}")
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
