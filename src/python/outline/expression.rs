//! What little the outline looks for in expressions: their ends, lambdas, the literal `None`.

use super::super::token::{Kind, Token};

/// Finds colons and commas that are no lambda's.
#[derive(Debug, Default)]
pub(super) struct Lambdas {
    open: u32,
}

impl Lambdas {
    /// Whether a token at the depth that is watched lies within the parameters of a lambda, or is
    /// the colon behind them.
    pub(super) fn hides(&mut self, kind: Kind) -> bool {
        match kind {
            Kind::Lambda => {
                self.open += 1;
                true
            }
            Kind::Colon if self.open > 0 => {
                self.open -= 1;
                true
            }
            _ => self.open > 0,
        }
    }
}

/// The place of the first token of `kind` outside brackets and lambdas.
pub(super) fn find(tokens: &[Token], depth: u16, kind: Kind) -> Option<usize> {
    let mut lambdas = Lambdas::default();
    tokens
        .iter()
        .position(|token| token.depth == depth && !lambdas.hides(token.kind) && token.kind == kind)
}

/// The parts of `tokens` between the commas at `depth` that are no lambda's; empty ones are left out.
pub(super) fn split_commas(tokens: &[Token], depth: u16) -> impl Iterator<Item = &[Token]> {
    let mut lambdas = Lambdas::default();
    tokens
        .split(move |token| {
            token.depth == depth && !lambdas.hides(token.kind) && token.kind == Kind::Comma
        })
        .filter(|part| !part.is_empty())
}

/// Whether an expression is the literal `None`, in any number of parentheses.
pub(super) fn is_none(tokens: &[Token]) -> bool {
    let mut tokens = tokens;
    while let [open, inner @ .., close] = tokens
        && (open.kind, close.kind) == (Kind::OpenParen, Kind::CloseParen)
    {
        tokens = inner;
    }
    matches!(tokens, [token] if token.kind == Kind::None)
}
