//! `import` and `from` statements.

use super::super::Import;
use super::super::expression::split_commas;
use super::super::token::{Kind, Token, span_of};
use super::Outliner;
use crate::text::Span;

impl<'t> Outliner<'t> {
    /// `import a.b as c, d`.
    pub(super) fn import(&mut self, tokens: &[Token]) {
        let Some(span) = span_of(tokens) else { return };
        for part in split_commas(&tokens[1..], 0) {
            let (path, alias) = self.alias(part);
            let (Some(module), Some(&first)) = (span_of(path), path.first()) else {
                continue;
            };
            self.imports.push(Import {
                module: module.of(self.text),
                member: None,
                bound: alias.unwrap_or_else(|| self.name(first)),
                span,
            });
        }
    }

    /// `from .a import b as c, d`, `from a import (b, c)`, `from a import *`.
    pub(super) fn import_from(&mut self, tokens: &[Token]) {
        let import = tokens.iter().position(|token| token.kind == Kind::Import);
        let (Some(span), Some(import)) = (span_of(tokens), import) else {
            return;
        };
        let module = span_of(&tokens[1..import]).unwrap_or(Span::empty(tokens[0].end));
        let module = module.of(self.text);
        let (members, depth) = match &tokens[import + 1..] {
            [open, inner @ .., close]
                if (open.kind, close.kind) == (Kind::OpenParen, Kind::CloseParen) =>
            {
                (inner, 1)
            }
            members => (members, 0),
        };
        for part in split_commas(members, depth) {
            let (member, alias) = self.alias(part);
            let Some(&member) = member.first() else {
                continue;
            };
            let member = self.name(member);
            self.imports.push(Import {
                module,
                member: Some(member),
                bound: alias.unwrap_or(member),
                span,
            });
        }
    }

    /// What stands before `as`, and the name behind it.
    fn alias<'p>(&self, part: &'p [Token]) -> (&'p [Token], Option<&'t str>) {
        match part {
            [path @ .., keyword, alias] if keyword.kind == Kind::As => {
                (path, Some(self.name(*alias)))
            }
            _ => (part, None),
        }
    }
}
