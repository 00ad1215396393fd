//! Whether `*args` and `**kwargs` are only handed on.

use super::lexer::Lexer;
use super::token::{Kind, Token};
use super::{Param, ParamKind, Symbol};

/// Whether the body of `symbol` uses its starred parameter `param`, and only ever to hand it on whole:
/// `f(*args)`, `f(**kwargs)`. Reads the body once more; most functions have no such parameter.
pub fn only_forwards(text: &str, symbol: &Symbol<'_>, param: &Param<'_>) -> bool {
    let stars = match param.kind {
        ParamKind::VarPositional => Kind::Star,
        ParamKind::VarKeyword => Kind::DoubleStar,
        _ => return false,
    };
    let end = symbol.span.end.min(text.len() as u32) as usize;
    let Some(text) = text.get(..end) else {
        return false;
    };
    let mut lexer = Lexer::new(text, symbol.facts.body_start);
    let mut tokens = Vec::new();
    let mut is_used = false;
    while lexer.next_line(&mut tokens).is_some() {
        for (at, token) in tokens.iter().enumerate() {
            if token.kind == Kind::Name && token.span().of(text) == param.name {
                match usage(&tokens, at, stars) {
                    Usage::Forwarded => is_used = true,
                    Usage::OtherName => {}
                    Usage::Read => return false,
                }
            }
        }
    }
    is_used
}

enum Usage {
    Forwarded,
    /// An attribute or a keyword that has the same name.
    OtherName,
    Read,
}

fn usage(tokens: &[Token], at: usize, stars: Kind) -> Usage {
    let kind = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map(|token| token.kind);
    let (before, after) = (kind(at.checked_sub(1)), kind(Some(at + 1)));
    let opens = |kind: Option<Kind>| matches!(kind, Some(Kind::OpenParen | Kind::Comma));
    if before == Some(Kind::Dot) || (opens(before) && after == Some(Kind::Assign)) {
        return Usage::OtherName;
    }
    let is_whole = matches!(after, Some(Kind::Comma | Kind::CloseParen))
        && before == Some(stars)
        && opens(kind(at.checked_sub(2)));
    if is_whole {
        Usage::Forwarded
    } else {
        Usage::Read
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::{SymbolKind, outline};

    fn forwards(body: &str) -> [bool; 2] {
        let text = format!("def f(*args, **kwargs):\n    {body}\nargs = kwargs\n");
        let module = outline(&text, SymbolKind::Module);
        let symbol = &module.symbols[1];
        let params = &symbol.signature.as_ref().unwrap().params;
        [&params[0], &params[1]].map(|param| only_forwards(&text, symbol, param))
    }

    #[test]
    fn handed_on_whole() {
        assert_eq!(forwards("return g(1, *args, **kwargs)"), [true, true]);
        assert_eq!(
            forwards("self.args = g(*args, args=1, **kwargs,)"),
            [true, true]
        );
        assert_eq!(
            forwards("g(*args)\n    h(*args)  # args\n    'kwargs'"),
            [true, false]
        );
    }

    #[test]
    fn looked_into() {
        assert_eq!(forwards("g(*args[1:], **kwargs)"), [false, true]);
        assert_eq!(
            forwards("kwargs.pop('x')\n    g(*args, **kwargs)"),
            [true, false]
        );
        assert_eq!(forwards("g(2 * args, f'{kwargs}')"), [false, false]);
        assert_eq!(forwards("g(args, kwargs)"), [false, false]);
        assert_eq!(forwards("pass"), [false, false]);
    }
}
