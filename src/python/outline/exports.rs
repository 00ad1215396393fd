//! The names of a literal `__all__`.

use super::super::LiteralPart;
use super::super::token::{Kind, Token};
use super::Outliner;

/// What is known of `__all__`.
#[derive(Debug, Default)]
pub(super) enum Exports<'t> {
    /// There is none.
    #[default]
    Unset,
    /// These names.
    Literal(Vec<&'t str>),
    /// Something that only running the module tells.
    Computed,
}

impl<'t> Exports<'t> {
    /// The names, where they can be read.
    pub(super) fn names(self) -> Option<Vec<&'t str>> {
        match self {
            Self::Literal(names) => Some(names),
            Self::Unset | Self::Computed => None,
        }
    }

    fn set(&mut self, names: Option<Vec<&'t str>>) {
        *self = names.map_or(Self::Computed, Self::Literal);
    }

    fn extend(&mut self, more: Option<Vec<&'t str>>) {
        match (self, more) {
            (Self::Literal(names), Some(more)) => names.extend(more),
            (this, _) => *this = Self::Computed,
        }
    }
}

impl<'t> Outliner<'t> {
    /// Note a statement of the module that sets or changes `__all__`.
    pub(super) fn exports(&mut self, tokens: &[Token]) {
        if self.name(tokens[0]) != "__all__" {
            return;
        }
        match &tokens[1..] {
            [assign, value @ ..] if assign.kind == Kind::Assign => {
                let names = self.literal_names(value);
                self.exports.set(names);
            }
            [augmented, value @ ..] if augmented.kind == Kind::AugmentedAssign => {
                let names = self.literal_names(value);
                self.exports.extend(names);
            }
            [colon, rest @ ..] if colon.kind == Kind::Colon => {
                let assign = |token: &Token| token.kind == Kind::Assign && token.depth == 0;
                if let Some(at) = rest.iter().position(assign) {
                    let names = self.literal_names(&rest[at + 1..]);
                    self.exports.set(names);
                }
            }
            [dot, method, open, arguments @ .., _] if dot.kind == Kind::Dot => {
                let is_change = matches!(self.name(*method), "extend" | "append");
                let arguments = arguments
                    .iter()
                    .all(|it| it.depth > open.depth)
                    .then_some(arguments);
                let names = arguments
                    .filter(|_| is_change)
                    .and_then(|it| self.literal_names(it));
                self.exports.extend(names);
            }
            _ => {}
        }
    }

    /// The strings of a literal list, tuple or sum of them; `None` for any other expression.
    fn literal_names(&self, value: &[Token]) -> Option<Vec<&'t str>> {
        let mut names = Vec::new();
        let mut before = Kind::Comma;
        for token in value {
            match token.kind {
                Kind::String if before != Kind::String => {
                    names.push(
                        LiteralPart::new(self.text, token.span())
                            .content
                            .of(self.text),
                    );
                }
                Kind::Comma
                | Kind::OpenBracket
                | Kind::CloseBracket
                | Kind::OpenParen
                | Kind::CloseParen => {}
                Kind::Operator if self.name(*token) == "+" => {}
                _ => return None,
            }
            before = token.kind;
        }
        Some(names)
    }
}
