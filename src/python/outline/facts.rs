//! What expressions tell of their scope: `yield`, and calls of `warnings.warn`.

use super::super::expression::is_none;
use super::super::lexer::Line;
use super::super::token::{Kind, Token};
use super::Outliner;
use crate::text::Span;

impl Outliner<'_> {
    /// Note what the expressions of a statement or header tell, lambdas apart.
    pub(super) fn expressions(&mut self, tokens: &[Token], line: Line) {
        if !line.has_yield && !line.has_warn {
            return;
        }
        let mut lambda: Option<Lambda> = None;
        for (at, token) in tokens.iter().enumerate() {
            if line.has_lambda {
                lambda = lambda.filter(|lambda| lambda.reaches(token));
                match (&mut lambda, token.kind) {
                    (None, Kind::Lambda) => lambda = Some(Lambda::new(token.depth)),
                    (Some(lambda), _) => lambda.pass(token),
                    _ => {}
                }
            }
            match token.kind {
                _ if lambda.is_some() => {}
                Kind::Yield => self.one_yield(tokens, at),
                Kind::Name if line.has_warn => {
                    self.warnings.note(self.text, self.scope, tokens, at);
                }
                _ => {}
            }
        }
    }

    fn one_yield(&mut self, tokens: &[Token], at: usize) {
        let token = tokens[at];
        let rest = &tokens[at + 1..];
        let ends = |other: &Token| {
            other.depth < token.depth || other.depth == token.depth && other.kind == Kind::FieldMark
        };
        let value = &rest[..rest.iter().position(ends).unwrap_or(rest.len())];
        let end = value.last().map_or(token.end, |last| last.end);
        let span = Some(Span::new(token.start, end));
        // A statement of its own, parentheses around it left out.
        let before = tokens[..at].iter();
        let is_statement = before.clone().all(|token| token.kind == Kind::OpenParen)
            && rest.len() == value.len() + before.len();
        let facts = &mut self.scope().facts;
        facts.yields = facts.yields.or(span);
        facts.receives |= !is_statement;
        if !value.is_empty() && !is_none(value) {
            facts.yields_value = facts.yields_value.or(span);
        }
    }
}

/// A lambda that is being passed.
#[derive(Clone, Copy, Debug)]
struct Lambda {
    depth: u16,
    /// Lambdas at this depth whose colon has not come yet, itself included.
    waiting: u32,
}

impl Lambda {
    const fn new(depth: u16) -> Self {
        Self { depth, waiting: 1 }
    }

    /// Whether it reaches over `token`.
    fn reaches(self, token: &Token) -> bool {
        token.depth > self.depth
            || token.depth == self.depth
                && (self.waiting > 0
                    || !matches!(
                        token.kind,
                        Kind::Comma | Kind::Colon | Kind::Assign | Kind::For | Kind::FieldMark
                    ))
    }

    fn pass(&mut self, token: &Token) {
        if token.depth == self.depth {
            match token.kind {
                Kind::Lambda => self.waiting += 1,
                Kind::Colon => self.waiting = self.waiting.saturating_sub(1),
                _ => {}
            }
        }
    }
}
