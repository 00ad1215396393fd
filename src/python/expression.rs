//! What little the outline looks for in expressions: their ends, lambdas, the literal `None`.

use super::token::{Kind, Token};

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
    split(tokens, depth, Kind::Comma).filter(|part| !part.is_empty())
}

/// The targets and, last, the value of `a = b = value`; the statement alone where it assigns nothing.
pub(super) fn split_assignment(statement: &[Token]) -> impl Iterator<Item = &[Token]> {
    let depth = statement.first().map_or(0, |first| first.depth);
    split(statement, depth, Kind::Assign)
}

/// The parts of `tokens` between the tokens of `kind` at `depth` that are no lambda's.
fn split(tokens: &[Token], depth: u16, kind: Kind) -> impl Iterator<Item = &[Token]> {
    let mut lambdas = Lambdas::default();
    tokens.split(move |token| {
        token.depth == depth && !lambdas.hides(token.kind) && token.kind == kind
    })
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

/// The place of the header's colon, and where the header's tokens end.
pub(super) fn header_end(tokens: &[Token]) -> (Option<usize>, usize) {
    let mut lambdas = Lambdas::default();
    let colon = tokens.iter().position(|token| {
        token.depth == 0 && !lambdas.hides(token.kind) && token.kind == Kind::Colon
    });
    (colon, colon.unwrap_or(tokens.len()))
}

/// Whether a line is the header of a compound statement or of one of its clauses, which its first
/// token tells; `match` and `case` need to know more.
pub(super) fn is_header(tokens: &[Token]) -> bool {
    let second = tokens.get(1).map(|token| token.kind);
    match tokens.first().map(|token| token.kind) {
        Some(
            Kind::If
            | Kind::Elif
            | Kind::Else
            | Kind::While
            | Kind::For
            | Kind::Try
            | Kind::Except
            | Kind::Finally
            | Kind::With,
        ) => true,
        Some(Kind::Async) => matches!(second, Some(Kind::For | Kind::With)),
        _ => false,
    }
}
