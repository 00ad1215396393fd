//! Halstead's volume, by tokens.

use std::collections::BTreeSet;

use super::super::own_lines::OwnLines;
use super::super::token::span_of;
use super::super::{Module, SymbolId};

/// Halstead's volume of a symbol's own body: N log2 n, with N tokens of n different kinds.
///
/// Operands are names, numbers, strings, `None`, `True`, `False` and `...`; operators are keywords,
/// operators, `,` `:` `.` `;` and brackets, a pair of which counts once. An f-string's text is an
/// operand, its fields are read as code. The docstring is left out. Tokens are told apart by their text.
pub fn halstead_volume(module: &Module<'_>, id: SymbolId) -> f64 {
    let mut lines = OwnLines::new(module.text, &module.symbols, id);
    let docstring = module.symbol(id).docstring.as_ref().map(|slot| slot.span);
    let mut total = 0_u32;
    let mut vocabulary = BTreeSet::new();
    while let Some((_, tokens, _)) = lines.next() {
        let span = span_of(tokens);
        if docstring.is_some_and(|it| span.is_some_and(|span| span.cover(it) == span)) {
            continue;
        }
        for token in tokens {
            if !token.kind.closes() {
                total += 1;
                vocabulary.insert(token.span().of(module.text));
            }
        }
    }
    let different = u32::try_from(vocabulary.len()).unwrap_or(u32::MAX);
    if different == 0 {
        return 0.0;
    }
    f64::from(total) * f64::from(different).log2()
}
