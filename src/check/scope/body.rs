//! What only a look at a symbol's whole text tells.

use super::Side;
use crate::python::{body_tokens, normalised};
use crate::text::Span;

/// Whether the code differs in anything at all: the body's tokens, decorators, bases, type parameters, `async`.
pub(super) fn differs(old: Side<'_>, new: Side<'_>) -> bool {
    header(old) != header(new) || body_tokens(old.module, old.id) != body_tokens(new.module, new.id)
}

/// What a header says besides the signature.
fn header(side: Side<'_>) -> (bool, Vec<String>, String) {
    let (text, symbol) = (side.module.text, side.symbol);
    let is_async = symbol.signature.as_ref().is_some_and(|it| it.is_async);
    let decorators = symbol.decorators.iter().map(|&it| normalised(text, it));
    let end = match &symbol.signature {
        Some(signature) => signature.parentheses.start,
        None => symbol.header.end.saturating_sub(1),
    };
    let rest = Span::new(symbol.name_span.end, end.max(symbol.name_span.end));
    let rest = normalised(text, rest);
    let rest = if rest == "( )" { String::new() } else { rest };
    (is_async, decorators.collect(), rest)
}
