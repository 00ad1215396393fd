//! Code as it is compared: without what a formatter may change.
//!
//! White space, comments, redundant parentheses, trailing commas, the style of quotes, the case of
//! prefixes and numbers, `;` and one-line bodies are gone; blocks stay.

mod literals;
mod parentheses;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::expression::{header_end, is_header};
use super::lexer::Lexer;
use super::own_lines::OwnLines;
use super::token::{Kind, Token};
use super::{Module, SymbolId};
use crate::text::Span;
use literals::Literals;
use parentheses::kept;

/// A token of a body, as it is compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BodyToken<'t> {
    /// The end of a statement or header.
    Newline,
    /// A block begins.
    Indent,
    /// A block ends.
    Dedent,
    /// Any other token in its normal form; adjacent string literals are one.
    Text(Cow<'t, str>),
}

/// The tokens of a symbol's own body in normal form: its header, its docstring and nested definitions
/// are left out. Reads the symbol's text again.
pub fn body_tokens<'t>(module: &Module<'t>, id: SymbolId) -> Vec<BodyToken<'t>> {
    let mut lines = OwnLines::new(module.text, &module.symbols, id);
    let docstring = module.symbol(id).docstring.as_ref().map(|slot| slot.span);
    let mut body = BodyTokens {
        text: module.text,
        tokens: Vec::new(),
        indents: Vec::new(),
        docstring,
    };
    while let Some((line, tokens, _)) = lines.next() {
        body.level(line.indent);
        body.line(tokens);
    }
    body.level(0);
    body.tokens
}

/// The expression at `span` in normal form, a blank between its tokens.
pub fn normalised(text: &str, span: Span) -> String {
    let mut tokens = Vec::new();
    Lexer::of_expression(text, span).next_line(&mut tokens);
    let mut words = Vec::new();
    let mut literals = Literals::new(text);
    for token in kept(&tokens) {
        literals.push(token, &mut |word| words.push(word));
    }
    literals.finish(&mut |word| words.push(word));
    words.join(" ")
}

struct BodyTokens<'t> {
    text: &'t str,
    tokens: Vec<BodyToken<'t>>,
    /// Columns of the blocks that are open.
    indents: Vec<u32>,
    docstring: Option<Span>,
}

impl BodyTokens<'_> {
    /// Open and close blocks for a line at this column.
    fn level(&mut self, indent: u32) {
        while self.indents.len() > 1 && self.indents.last().is_some_and(|&open| open > indent) {
            self.indents.pop();
            self.tokens.push(BodyToken::Dedent);
        }
        match self.indents.last() {
            Some(&open) if open >= indent => {}
            Some(_) => {
                self.tokens.push(BodyToken::Indent);
                self.indents.push(indent);
            }
            None => self.indents.push(indent),
        }
    }

    fn line(&mut self, tokens: &[Token]) {
        if !is_header(tokens) {
            return self.statements(tokens);
        }
        let end = header_end(tokens).1;
        self.statement(&tokens[..end]);
        let inline = tokens.get(end + 1..).unwrap_or_default();
        if !inline.is_empty() {
            self.tokens.push(BodyToken::Indent);
            self.statements(inline);
            self.tokens.push(BodyToken::Dedent);
        }
    }

    fn statements(&mut self, tokens: &[Token]) {
        for statement in tokens.split(|it| it.kind == Kind::Semicolon && it.depth == 0) {
            let span = super::token::span_of(statement);
            let holds = |span: Span| self.docstring.is_some_and(|it| span.cover(it) == span);
            if span.is_some_and(|span| !holds(span)) {
                self.statement(statement);
            }
        }
    }

    fn statement(&mut self, tokens: &[Token]) {
        let mut words = Literals::new(self.text);
        let found = &mut self.tokens;
        let mut push = |word| found.push(BodyToken::Text(word));
        for token in kept(tokens) {
            words.push(token, &mut push);
        }
        words.finish(&mut push);
        self.tokens.push(BodyToken::Newline);
    }
}
