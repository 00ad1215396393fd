//! A symbol's code in one number, by which a baseline knows it again under another name or in another file.

use super::scope;
use crate::python::{BodyToken, Module, SymbolId, body_tokens};
use crate::text::Fnv;

/// Shorter bodies are like too many others.
const FEWEST_TOKENS: usize = 10;

/// The hash of a symbol's body, nested definitions included, docstrings and what a formatter may change left out; `None`
/// where the body is too short to be known again.
pub(super) fn digest(module: &Module<'_>, id: SymbolId) -> Option<u64> {
    let mut hash = Fnv::default();
    let mut count = 0;
    add(module, id, &mut hash, &mut count);
    for (nested, symbol) in scope::inner(module, id) {
        hash.add(symbol.name);
        for param in symbol.signature.iter().flat_map(|it| &it.params) {
            hash.add(param.name);
        }
        add(module, nested, &mut hash, &mut count);
    }
    (count >= FEWEST_TOKENS).then(|| hash.value())
}

fn add(module: &Module<'_>, id: SymbolId, hash: &mut Fnv, count: &mut usize) {
    for token in body_tokens(module, id) {
        match token {
            BodyToken::Newline => hash.byte(1),
            BodyToken::Indent => hash.byte(2),
            BodyToken::Dedent => hash.byte(3),
            BodyToken::Text(text) => {
                *count += 1;
                hash.add(&text);
            }
        }
    }
}
