//! Statements: compound headers, and simple statements with what they tell of their scope.

use super::super::lexer::Line;
use super::super::token::{Kind, Token, span_of};
use super::super::{Body, DocstringSlot};
use super::Outliner;
use super::block::Block;
use super::expression::is_none;
use super::header::header_end;

impl Outliner<'_> {
    /// Whether the line is the header of a `match`, or of a `case` within one.
    pub(super) fn is_match_part(&self, tokens: &[Token]) -> bool {
        let name = || self.name(tokens[0]);
        if self.block().is_match {
            return name() == "case";
        }
        let last = tokens[tokens.len() - 1];
        tokens.len() > 2 && last.kind == Kind::Colon && last.depth == 0 && name() == "match"
    }

    /// The header of a compound statement other than `def` and `class`, or of one of its clauses.
    pub(super) fn compound(&mut self, line: Line, tokens: &[Token]) {
        let (colon, end) = header_end(tokens);
        let first = tokens[0];
        if colon.is_none() {
            self.error("header without its colon", first.span());
        }
        self.statement_begins(Body::Code, first.start);
        if line.has_yield {
            self.yields(&tokens[..end], line);
        }
        let block = Block {
            is_body: false,
            is_match: first.kind == Kind::Name && !self.block().is_match,
            header: tokens.get(end).unwrap_or(&tokens[end - 1]).span(),
            ..self.block()
        };
        self.block_behind(block, line, tokens.get(end + 1..).unwrap_or_default());
    }

    /// Simple statements with `;` between them.
    pub(super) fn simple_statements(&mut self, line: Line, tokens: &[Token]) {
        if !line.has_semicolon {
            return self.simple(line, tokens);
        }
        let semicolon = |token: &Token| token.kind == Kind::Semicolon && token.depth == 0;
        for statement in tokens.split(semicolon) {
            if !statement.is_empty() {
                self.simple(line, statement);
            }
        }
    }

    /// One simple statement; `tokens` holds at least one.
    fn simple(&mut self, line: Line, tokens: &[Token]) {
        let first = tokens[0];
        if self.fresh
            && matches!(first.kind, Kind::String | Kind::OpenParen)
            && let Some(slot) = DocstringSlot::from_statement(self.text, tokens)
        {
            self.statement_begins(Body::Empty, first.start);
            self.scope().docstring = Some(slot);
            return;
        }
        self.statement_begins(self.body_shape(tokens), first.start);
        match first.kind {
            Kind::Return => self.returns(tokens),
            Kind::Import => self.import(tokens),
            Kind::From => self.import_from(tokens),
            _ => {}
        }
        if line.has_yield {
            self.yields(tokens, line);
        }
    }

    /// What a body of nothing but this statement would be.
    fn body_shape(&self, tokens: &[Token]) -> Body {
        match tokens {
            [only] if matches!(only.kind, Kind::Pass | Kind::Ellipsis) => Body::Empty,
            [raise, name, ..]
                if raise.kind == Kind::Raise
                    && name.kind == Kind::Name
                    && self.name(*name) == "NotImplementedError" =>
            {
                Body::NotImplemented
            }
            _ => Body::Code,
        }
    }

    /// Note that a statement of the scope begins, which alone would make its body `shape`.
    pub(super) fn statement_begins(&mut self, shape: Body, start: u32) {
        let fresh = std::mem::take(&mut self.fresh);
        let facts = &mut self.scope().facts;
        if fresh {
            facts.body_start = start;
        }
        match (facts.body, shape) {
            (_, Body::Code) => facts.body = Body::Code,
            (Body::Empty, Body::NotImplemented) => facts.body = Body::NotImplemented,
            _ => {}
        }
    }

    fn returns(&mut self, tokens: &[Token]) {
        let span = span_of(tokens);
        let facts = &mut self.scope().facts;
        let first = if tokens.len() == 1 || is_none(&tokens[1..]) {
            &mut facts.returns_none
        } else {
            &mut facts.returns_value
        };
        *first = first.or(span);
    }
}
