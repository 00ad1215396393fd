//! Parameters of a function.

use super::super::expression::{Lambdas, split_commas};
use super::super::symbol::{Param, ParamKind};
use super::super::token::{Kind, Token, span_of};

/// The parameters between the parentheses of a header.
pub(super) fn params<'t>(text: &'t str, inside: &[Token]) -> Vec<Param<'t>> {
    let mut params: Vec<Param<'t>> = Vec::new();
    let mut kind = ParamKind::PositionalOrKeyword;
    for part in split_commas(inside, 1) {
        let (stars, rest) = match part {
            [marker] if marker.kind == Kind::Slash => {
                for param in &mut params {
                    param.kind = ParamKind::PositionalOnly;
                }
                continue;
            }
            [star, rest @ ..] if star.kind == Kind::Star => {
                kind = ParamKind::KeywordOnly;
                (ParamKind::VarPositional, rest)
            }
            [stars, rest @ ..] if stars.kind == Kind::DoubleStar => (ParamKind::VarKeyword, rest),
            rest => (kind, rest),
        };
        params.extend(param(text, rest, stars));
    }
    params
}

/// One parameter behind its stars; `None` where there is no name (a lone `*`, Python 2's tuples).
fn param<'t>(text: &'t str, tokens: &[Token], kind: ParamKind) -> Option<Param<'t>> {
    let name = tokens.first().filter(|token| token.kind == Kind::Name)?;
    let mut lambdas = Lambdas::default();
    let (mut colon, mut assign) = (None, None);
    for (at, token) in tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| token.depth == 1)
    {
        if lambdas.hides(token.kind) {
            continue;
        }
        match token.kind {
            Kind::Colon if colon.is_none() => colon = Some(at),
            Kind::Assign => {
                assign = Some(at);
                break;
            }
            _ => {}
        }
    }
    let annotation = colon.and_then(|at| span_of(&tokens[at + 1..assign.unwrap_or(tokens.len())]));
    let default = assign.and_then(|at| span_of(&tokens[at + 1..]));
    Some(Param {
        name: name.span().of(text),
        span: name.span(),
        kind,
        annotation,
        default,
    })
}
