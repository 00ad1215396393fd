//! Calls of `warnings.warn`.

use super::super::expression::split_commas;
use super::super::raises::{Thrown, each_thrown};
use super::super::symbol::{Symbol, SymbolId};
use super::super::token::{Kind, Token};
use super::super::{Import, Warned};
use crate::text::Span;

/// Calls of something called `warn`; which of them are `warnings.warn` the imports tell.
#[derive(Debug, Default)]
pub(super) struct Warnings<'t> {
    calls: Vec<Call<'t>>,
}

#[derive(Debug)]
struct Call<'t> {
    scope: SymbolId,
    /// The name before `.warn`.
    module: Option<&'t str>,
    warned: Warned<'t>,
}

impl<'t> Warnings<'t> {
    /// Note the name at `at` in a statement of `scope`, where it is a call of `warn` or `x.warn`.
    pub(super) fn note(&mut self, text: &'t str, scope: SymbolId, tokens: &[Token], at: usize) {
        let name = |token: &Token| token.span().of(text);
        let (callee, rest) = (&tokens[at], &tokens[at + 1..]);
        let is_call = rest
            .first()
            .is_some_and(|next| next.kind == Kind::OpenParen);
        if !is_call || name(callee) != "warn" {
            return;
        }
        let (module, start) = match &tokens[..at] {
            [.., dot, _, second] if (dot.kind, second.kind) == (Kind::Dot, Kind::Dot) => return,
            [.., module, dot] if dot.kind == Kind::Dot => {
                if module.kind != Kind::Name {
                    return;
                }
                (Some(name(module)), module.start)
            }
            _ => (None, callee.start),
        };
        let close = rest[1..]
            .iter()
            .position(|token| token.depth <= callee.depth);
        let arguments = &rest[1..=close.unwrap_or(rest.len() - 1)];
        let end = close.and_then(|close| rest.get(close + 1));
        let end = end.or(rest.last()).map_or(callee.end, |last| last.end);
        self.calls.push(Call {
            scope,
            module,
            warned: Warned {
                category: category(text, arguments, callee.depth.saturating_add(1)),
                span: Span::new(start, end),
            },
        });
    }

    /// Add to the facts of `symbols` the calls that give warnings.
    pub(super) fn resolve(self, symbols: &mut [Symbol<'t>], imports: &[Import<'t>]) {
        for call in self.calls {
            let bound = call.module.unwrap_or("warn");
            let import = imports.iter().find(|import| import.bound == bound);
            let gives = match (import, call.module) {
                (Some(import), None) => {
                    (import.module, import.member) == ("warnings", Some("warn"))
                }
                (Some(import), Some(_)) => (import.module, import.member) == ("warnings", None),
                (None, Some(module)) => module == "warnings",
                (None, None) => !symbols.iter().any(|symbol| symbol.name == "warn"),
            };
            if gives {
                symbols[call.scope.0 as usize].facts.warns.push(call.warned);
            }
        }
    }
}

/// The category among the arguments of `warn`: the second one or `category=`, else the class of the
/// message, else `UserWarning`; `None` where it cannot be read.
fn category<'t>(text: &'t str, arguments: &[Token], depth: u16) -> Option<&'t str> {
    let (mut message, mut category) = (None, None);
    for (at, argument) in split_commas(arguments, depth).enumerate() {
        match argument {
            [star, ..] if matches!(star.kind, Kind::Star | Kind::DoubleStar) => return None,
            [name, assign, value @ ..] if assign.kind == Kind::Assign => {
                match name.span().of(text) {
                    "category" => category = Some(value),
                    "message" => message = Some(value),
                    _ => {}
                }
            }
            _ if at == 0 => message = Some(argument),
            _ if at == 1 => category = Some(argument),
            _ => {}
        }
    }
    let class = |tokens: &[Token], called: bool| {
        let mut found = Vec::new();
        each_thrown(text, tokens, |thrown| found.push(thrown));
        match found.as_slice() {
            [Thrown::Class { name, is_called }] if *is_called == called => Some(*name),
            _ => None,
        }
    };
    match (category, message) {
        (Some([none]), message) if none.kind == Kind::None => message
            .and_then(|it| class(it, true))
            .or(Some("UserWarning")),
        (Some(category), _) => class(category, false),
        (None, message) => message
            .and_then(|it| class(it, true))
            .or(Some("UserWarning")),
    }
}
