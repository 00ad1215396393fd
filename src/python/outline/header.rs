//! Headers of functions and classes.

use super::super::expression::{find, header_end, split_commas};
use super::super::lexer::Line;
use super::super::raises::Guard;
use super::super::symbol::{Keyword, Signature, Symbol, SymbolId, SymbolKind};
use super::super::token::{Kind, Token, span_of};
use super::super::{Body, Facts, identifier};
use super::Outliner;
use super::block::Block;

use super::params::params;
use crate::text::Span;

impl Outliner<'_> {
    /// A `def` and what stands behind its colon.
    pub(super) fn function(&mut self, line: Line, tokens: &[Token], is_async: bool) {
        let name_at = if is_async { 2 } else { 1 };
        let (colon, end) = header_end(tokens);
        let header = &tokens[..end];
        let open = find(header, 0, Kind::OpenParen).unwrap_or(header.len());
        let inside = &header[(open + 1).min(header.len())..];
        let close = inside.iter().position(|token| token.depth == 0);
        let inside = &inside[..close.unwrap_or(inside.len())];
        let behind = header.get(open + 2 + inside.len()..).unwrap_or_default();
        let returns = match behind {
            [arrow, expression @ ..] if arrow.kind == Kind::Arrow => span_of(expression),
            _ => None,
        };
        let signature = Signature {
            params: params(self.text, inside),
            returns,
            is_async,
            parentheses: header
                .get(open..(open + 2 + inside.len()).min(header.len()))
                .and_then(span_of)
                .unwrap_or(Span::empty(tokens[end - 1].end)),
        };
        if open == header.len() || close.is_none() || colon.is_none() {
            self.error("`def` header that is not complete", tokens[0].span());
        }
        let id = self.define(tokens, name_at, end, SymbolKind::Function);
        self.symbols[id.0 as usize].signature = Some(signature);
        self.body(line, tokens, id, end);
    }

    /// A `class` and what stands behind its colon.
    pub(super) fn class(&mut self, line: Line, tokens: &[Token]) {
        let (colon, end) = header_end(tokens);
        let header = &tokens[..end];
        if colon.is_none() {
            self.error("`class` header that is not complete", tokens[0].span());
        }
        let id = self.define(tokens, 1, end, SymbolKind::Class);
        let Some(open) = find(header, 0, Kind::OpenParen) else {
            return self.body(line, tokens, id, end);
        };
        let inside = &header[open + 1..];
        let close = inside.iter().position(|token| token.depth == 0);
        let inside = &inside[..close.unwrap_or(inside.len())];
        for argument in split_commas(inside, 1) {
            match argument {
                [name, assign, value @ ..] if assign.kind == Kind::Assign => {
                    let value = span_of(value).unwrap_or(Span::empty(assign.end));
                    let name = self.name(*name);
                    self.symbols[id.0 as usize]
                        .keywords
                        .push(Keyword { name, value });
                }
                [star, ..] if star.kind == Kind::DoubleStar => {}
                _ => self.symbols[id.0 as usize].bases.extend(span_of(argument)),
            }
        }
        self.body(line, tokens, id, end);
    }

    /// Add the symbol whose header is the first `end` of `tokens`.
    fn define(&mut self, tokens: &[Token], name: usize, end: usize, kind: SymbolKind) -> SymbolId {
        let parent = &self.symbols[self.scope.0 as usize];
        let name_token = tokens.get(name).filter(|token| token.depth == 0);
        let name_token = name_token.filter(|token| token.kind == Kind::Name);
        let name = name_token.map_or("", |&token| self.name(token));
        let known = identifier(name);
        let qualname = match parent.kind {
            SymbolKind::Module | SymbolKind::Package => known.into_owned(),
            SymbolKind::Class => [&parent.qualname, ".", &known].concat(),
            _ => [&parent.qualname, ".<locals>.", &known].concat(),
        };
        let is_method = kind == SymbolKind::Function && parent.kind == SymbolKind::Class;
        let start = tokens[0].start;
        let header_end = tokens[end - 1].end;
        let header_end = tokens.get(end).map_or(header_end, |colon| colon.end);
        let decorated_from = self.decorated_from.take();
        let symbol = Symbol {
            kind: if is_method { SymbolKind::Method } else { kind },
            name,
            qualname,
            parent: Some(self.scope),
            span: Span::new(start, header_end),
            name_span: name_token.map_or(Span::empty(tokens[0].end), |token| token.span()),
            header: Span::new(decorated_from.unwrap_or(start), header_end),
            decorators: std::mem::take(&mut self.decorators),
            bases: Vec::new(),
            keywords: Vec::new(),
            signature: None,
            docstring: None,
            facts: Facts {
                body: Body::Empty,
                body_start: header_end,
                ..Facts::default()
            },
        };
        if name_token.is_none() {
            self.error("definition without a name", tokens[0].span());
        }
        self.statement_begins(Body::Code, tokens[0].start);
        self.symbols.push(symbol);
        SymbolId(self.symbols.len() as u32 - 1)
    }

    /// The body of `id`: what stands behind the header's colon at `end`, or the block below.
    fn body(&mut self, line: Line, tokens: &[Token], id: SymbolId, end: usize) {
        let header = tokens.get(end).unwrap_or(&tokens[end - 1]).span();
        let block = Block {
            scope: id,
            is_body: true,
            is_match: false,
            header,
            guard: Guard::NONE,
            last_try: None,
            ..self.block()
        };
        self.block_behind(block, line, tokens.get(end + 1..).unwrap_or_default());
    }

    /// Read `block`, where it stands on its header's line, or wait for its first line.
    pub(super) fn block_behind(&mut self, block: Block, line: Line, inline: &[Token]) {
        if inline.is_empty() {
            self.pending = Some(block);
        } else {
            self.open(block);
            self.simple_statements(line, inline);
            self.leave();
        }
    }
}
