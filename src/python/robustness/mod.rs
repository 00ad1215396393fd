//! What must be true of any text at all: the invariants that tests and fuzz targets hold.

#![cfg_attr(
    not(fuzzing),
    expect(unreachable_pub, reason = "only fuzz targets reach them from outside")
)]

#[cfg(test)]
mod tests;

use super::lexer::{Lexer, Line};
use super::token::Token;
use super::{
    LineCounts, Module, SymbolKind, attributes, body_tokens, cognitive_complexities,
    cyclomatic_complexity, doctest_faults, halstead_volume, line_counts, maintainability_index,
    normalised, only_forwards, outline,
};
use crate::text::Span;

/// What the outline relies on in a line, whether it was skimmed or read in full.
#[derive(Debug, PartialEq, Eq)]
struct Extent {
    start: u32,
    end: u32,
    indent: u32,
    has_yield: bool,
    has_warn: bool,
}

/// Reads the tokens of `text` in full and skimming: they lie in order in the text, no byte was read
/// more often than a small number of times, and where nothing is broken both ways see the same lines and
/// comments. (Skimming counts brackets: it may overlook that they are closed in another order.)
pub fn hold_lexer(text: &str) {
    let (mut full, mut skimming) = (Lexer::new(text, 0), Lexer::skimming(text, 0));
    let (lines, skimmed) = (lines(text, &mut full), lines(text, &mut skimming));
    if full.errors.is_empty() {
        assert_eq!(lines, skimmed);
        assert_eq!(skimming.errors, []);
        assert_eq!(full.suppressions, skimming.suppressions);
        assert_eq!(full.attribute_comments, skimming.attribute_comments);
    }
}

fn lines(text: &str, lexer: &mut Lexer<'_>) -> Vec<Extent> {
    let (mut tokens, mut count, mut before) = (Vec::new(), 0, 0);
    let mut lines = Vec::new();
    while let Some(line) = lexer.next_line(&mut tokens) {
        for token in &tokens {
            assert!(before <= token.start && token.start <= token.end);
            assert!(text.get(token.span().range()).is_some(), "{token:?}");
            before = token.end;
        }
        lines.extend(extent(line, &tokens));
        count += 1 + tokens.len();
    }
    assert!(lexer.reread <= 4 * text.len(), "{}", lexer.reread);
    assert!(count <= 2 * text.len() + 2, "{count}");
    lines
}

fn extent(line: Line, tokens: &[Token]) -> Option<Extent> {
    Some(Extent {
        start: tokens.first()?.start,
        end: tokens.last()?.end,
        indent: line.indent,
        has_yield: line.has_yield,
        has_warn: line.has_warn,
    })
}

/// Outlines `text` twice, with the same result: symbols lie in order in one another, and all that can be
/// asked about them is answered.
pub fn hold_outline(text: &str) -> Module<'_> {
    let module = outline(text, SymbolKind::Module);
    let again = outline(text, SymbolKind::Module);
    assert_eq!(
        format!("{:?}", module.symbols),
        format!("{:?}", again.symbols)
    );
    assert_eq!(module.errors, again.errors);
    hold_places(&module);
    assert_eq!(cognitive_complexities(&module).len(), module.symbols.len());
    for (id, symbol) in module.ids() {
        body_tokens(&module, id);
        attributes(&module, id);
        cyclomatic_complexity(&module, id);
        assert!(halstead_volume(&module, id) >= 0.0);
        for span in symbol.decorators.iter().chain(&symbol.bases) {
            normalised(text, *span);
        }
        for param in symbol.signature.iter().flat_map(|it| &it.params) {
            only_forwards(text, symbol, param);
        }
        if let Some(value) = symbol.docstring.as_ref().map(|slot| slot.value(text)) {
            let end = value.text.len() as u32;
            assert!(value.source_offset(end) <= symbol.span.end);
            doctest_faults(&value.text);
        }
    }
    let counts = line_counts(&module);
    let LineCounts {
        total,
        code,
        comment,
        blank,
    } = counts;
    assert_eq!(total, code + comment + blank);
    assert!((0.0..=100.0).contains(&maintainability_index(&module, counts)));
    module
}

/// Spans lie in the text and in the parent's; symbols of one scope follow each other.
fn hold_places(module: &Module<'_>) {
    let holds = |outer: Span, inner: Span| outer.cover(inner) == outer;
    // Where the symbols of each scope have come to.
    let mut reached = vec![0; module.symbols.len()];
    for (id, symbol) in module.ids() {
        let whole = Span::new(symbol.header.start.min(symbol.span.start), symbol.span.end);
        assert!(
            module.text.get(whole.range()).is_some(),
            "{}",
            symbol.qualname
        );
        assert!(
            module.text.get(symbol.span.range()).is_some(),
            "{}",
            symbol.qualname
        );
        let spans = symbol.decorators.iter().chain(&symbol.bases);
        for &span in spans.chain([&symbol.name_span, &symbol.header]) {
            assert!(holds(whole, span), "{}: {span:?}", symbol.qualname);
            assert!(module.text.get(span.range()).is_some(), "{span:?}");
        }
        let Some(parent) = symbol.parent else {
            continue;
        };
        assert!(parent < id);
        assert!(
            holds(module.symbol(parent).span, whole),
            "{}",
            symbol.qualname
        );
        let reached = &mut reached[parent.0 as usize];
        assert!(*reached <= whole.start, "{}", symbol.qualname);
        *reached = whole.end;
    }
}
