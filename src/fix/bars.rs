//! Symbols whose docstrings have to stay as they are, by what is known of their place.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::python::{self, SymbolKind};
use crate::text::{LineIndex, Span};

/// The reason why its docstring has to stay, as the end of a sentence, for each qualified name.
pub type Bars = BTreeMap<String, String>;

/// The symbols whose docstrings are, or would be, on or beside the `lines` (from 0) of a text.
pub fn documented_at(text: &str, kind: SymbolKind, lines: &[Range<usize>]) -> Vec<String> {
    let module = python::outline(text, kind);
    let index = LineIndex::new(text);
    let line = |offset: u32| index.line(offset) as usize - 1;
    let touches = |span: Span| {
        let (first, behind) = (line(span.start), line(span.end) + 1);
        lines.iter().any(|it| it.start <= behind && first <= it.end)
    };
    let place = |(id, symbol): (python::SymbolId, &python::Symbol<'_>)| {
        let slot = symbol.docstring.as_ref().map(|it| it.span);
        let span = slot.or_else(|| Some(module.vacancy(id)?.span))?;
        touches(span).then(|| symbol.qualname.clone())
    };
    module.ids().filter_map(place).collect()
}
