//! Statements: compound headers, and simple statements with what they tell of their scope.

use super::super::expression::{header_end, is_none};
use super::super::lexer::Line;
use super::super::raises::{Event, Guard, Thrown, each_thrown};
use super::super::symbol::SymbolId;
use super::super::token::{Kind, Token, span_of};
use super::super::{Body, DocstringSlot};
use super::Outliner;
use super::block::Block;

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
        let header = &tokens[..end];
        self.expressions(header, line);
        let guard = self.guard_behind(header);
        let block = Block {
            guard,
            last_try: None,
            is_body: false,
            is_match: first.kind == Kind::Name && !self.block().is_match,
            header: tokens.get(end).unwrap_or(&tokens[end - 1]).span(),
            ..self.block()
        };
        self.block_behind(block, line, tokens.get(end + 1..).unwrap_or_default());
    }

    /// What may catch what is raised behind this header.
    fn guard_behind(&mut self, header: &[Token]) -> Guard {
        let outer = self.block();
        let with = |token: &Token| token.kind == Kind::With;
        match header[0].kind {
            Kind::Try => {
                let (guard, number) = self.guards.try_body(outer.guard);
                if let Some(block) = self.blocks.last_mut() {
                    block.last_try = Some(number);
                }
                guard
            }
            Kind::Except => match outer.last_try {
                Some(number) => self.guards.handler(outer.guard, number, self.text, header),
                None => outer.guard,
            },
            Kind::With | Kind::Async if header.iter().take(2).any(with) => {
                self.guards.with_body(outer.guard, self.text, header)
            }
            _ => outer.guard,
        }
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
            Kind::Raise => self.raises(tokens),
            Kind::Name if self.scope == SymbolId::MODULE => self.exports(tokens),
            Kind::Import => self.import(tokens),
            Kind::From => self.import_from(tokens),
            _ => {}
        }
        self.expressions(tokens, line);
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

    fn raises(&mut self, tokens: &[Token]) {
        let Some(span) = span_of(tokens) else { return };
        let (scope, guard) = (self.scope, self.block().guard);
        let events = &mut self.events;
        let mut push = |thrown| {
            events.push(Event {
                scope,
                guard,
                span,
                thrown,
            });
        };
        if tokens.len() == 1 {
            push(Thrown::Caught);
        } else {
            each_thrown(self.text, &tokens[1..], push);
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
