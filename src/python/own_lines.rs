//! The lines of one symbol read again: for what only some commands ask, so that the outline itself
//! need not pay for it.

use super::expression::{header_end, is_header};
use super::lexer::{Lexer, Line};
use super::symbol::{Symbol, SymbolId};
use super::token::{Kind, Token};
use crate::text::Span;

/// Reads the logical lines of a symbol's body; its header and nested definitions are left out.
#[derive(Debug)]
pub(super) struct OwnLines<'m, 't> {
    lexer: Lexer<'t>,
    tokens: Vec<Token>,
    /// Symbols behind the one that is read, in the order of the text.
    inner: &'m [Symbol<'t>],
    end: u32,
    /// Whether the header is still to come.
    at_header: bool,
}

impl<'m, 't> OwnLines<'m, 't> {
    /// The lines of the symbol with this id.
    pub(super) fn new(text: &'t str, symbols: &'m [Symbol<'t>], id: SymbolId) -> Self {
        let (symbol, inner) = match symbols.get(id.0 as usize..) {
            Some([symbol, inner @ ..]) => (Some(symbol), inner),
            _ => (None, [].as_slice()),
        };
        let span = symbol.map_or(Span::default(), |symbol| symbol.span);
        Self {
            lexer: Lexer::new(text, span.start),
            tokens: Vec::new(),
            inner,
            end: span.end,
            at_header: symbol.is_some_and(|symbol| !symbol.kind.is_module()),
        }
    }

    /// The next line, its tokens, at least one, and the `#:` comments above and behind it.
    pub(super) fn next(&mut self) -> Option<(Line, &[Token], Vec<Span>)> {
        loop {
            self.lexer.attribute_comments.clear();
            let line = self.lexer.next_line(&mut self.tokens)?;
            let Some(&first) = self.tokens.first() else {
                continue;
            };
            if first.start >= self.end {
                return None;
            }
            if std::mem::take(&mut self.at_header) {
                let end = header_end(&self.tokens).1;
                if end + 1 < self.tokens.len() {
                    return Some((line, &self.tokens[end + 1..], Vec::new()));
                }
                continue;
            }
            if !self.skip_inner(first.start) {
                let last = self.tokens[self.tokens.len() - 1];
                let is_outside = |span: &Span| span.end <= first.start || span.start >= last.end;
                let mut comments = std::mem::take(&mut self.lexer.attribute_comments);
                comments.retain(is_outside);
                return Some((line, &self.tokens, comments));
            }
        }
    }

    /// Where a definition that is left out begins at `start`, step behind its end.
    fn skip_inner(&mut self, start: u32) -> bool {
        while let Some((inner, others)) = self.inner.split_first() {
            if inner.header.start > start {
                return false;
            }
            if inner.span.end > start {
                self.lexer.skip_to(inner.span.end, &mut self.tokens);
                return true;
            }
            self.inner = others;
        }
        false
    }
}

/// The simple statements of a line: those between its `;`, behind the header where it has one.
pub(super) fn statements(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    let body = if is_header(tokens) {
        tokens.get(header_end(tokens).1 + 1..).unwrap_or_default()
    } else {
        tokens
    };
    body.split(|token| token.kind == Kind::Semicolon && token.depth == 0)
        .filter(|statement| !statement.is_empty())
}
