//! Whether `*args` and `**kwargs` are only handed on.

use super::expression::{find, header_end, split_commas};
use super::lexer::Lexer;
use super::token::{Kind, Token};
use super::{Param, ParamKind, Symbol};

/// Whether the body of `symbol` uses its starred parameter `param`, and only ever to hand it on whole:
/// `f(*args)`, `f(**kwargs)`, `[x, *args]`. What a nested function or lambda calls by the same name is
/// another's. Reads the body once more; most functions have no such parameter.
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
    let body = text.get(symbol.facts.body_start as usize..);
    if body.is_none_or(|it| memchr::memmem::find(it.as_bytes(), param.name.as_bytes()).is_none()) {
        return false;
    }
    let mut reader = Reader {
        text,
        name: param.name,
        stars,
        is_used: false,
    };
    let mut lexer = Lexer::new(text, symbol.facts.body_start);
    let mut tokens = Vec::new();
    // The column of the nested function that has a parameter of this name.
    let mut hidden: Option<u32> = None;
    while let Some(line) = lexer.next_line(&mut tokens) {
        if hidden.is_some_and(|column| line.indent > column) {
            continue;
        }
        hidden = None;
        let mut visible = tokens.as_slice();
        if reader.binds(&tokens) {
            hidden = Some(line.indent);
            visible = &tokens[..header_end(&tokens).1];
        }
        if !reader.line(visible) {
            return false;
        }
    }
    reader.is_used
}

struct Reader<'t> {
    text: &'t str,
    name: &'t str,
    stars: Kind,
    is_used: bool,
}

/// A lambda around a token.
#[derive(Clone, Copy)]
struct Lambda {
    depth: u16,
    in_params: bool,
    /// Whether it has a parameter of the name that is looked for.
    binds: bool,
}

impl Reader<'_> {
    fn is_name(&self, token: &Token) -> bool {
        token.kind == Kind::Name && token.span().of(self.text) == self.name
    }

    /// Whether the line is a `def` with a parameter of this name.
    fn binds(&self, tokens: &[Token]) -> bool {
        let first = tokens.iter().find(|token| token.kind != Kind::Async);
        if first.is_none_or(|first| first.kind != Kind::Def) {
            return false;
        }
        let header = &tokens[..header_end(tokens).1];
        let open = find(header, 0, Kind::OpenParen).map_or(header.len(), |open| open + 1);
        let inside = &header[open..];
        let close = inside.iter().position(|token| token.depth == 0);
        split_commas(&inside[..close.unwrap_or(inside.len())], 1).any(|part| {
            let is_star = |token: &&Token| matches!(token.kind, Kind::Star | Kind::DoubleStar);
            part.iter()
                .find(|token| !is_star(token))
                .is_some_and(|token| self.is_name(token))
        })
    }

    /// Whether nothing in the line looks into the parameter.
    fn line(&mut self, tokens: &[Token]) -> bool {
        let mut lambdas: Vec<Lambda> = Vec::new();
        // How many of them, with the token in their bodies, have a parameter of this name.
        let mut hiding = 0_u32;
        for (at, token) in tokens.iter().enumerate() {
            while let Some(over) = lambdas.pop_if(|it| it.ends_before(token)) {
                hiding -= u32::from(over.hides());
            }
            let around = lambdas.last_mut().filter(|it| it.depth == token.depth);
            match (token.kind, around) {
                (Kind::Lambda, _) => lambdas.push(Lambda {
                    depth: token.depth,
                    in_params: true,
                    binds: false,
                }),
                (Kind::Colon, Some(lambda)) => {
                    lambda.in_params = false;
                    hiding += u32::from(lambda.hides());
                }
                (Kind::Name, Some(lambda)) if lambda.in_params && is_parameter(tokens, at) => {
                    lambda.binds |= self.is_name(token);
                }
                (Kind::Name, _)
                    if hiding == 0 && self.is_name(token) && !self.uses_whole(tokens, at) =>
                {
                    return false;
                }
                _ => {}
            }
        }
        true
    }

    /// Whether the name at `at` is handed on whole, or is an attribute, keyword or parameter of that name.
    fn uses_whole(&mut self, tokens: &[Token], at: usize) -> bool {
        let kind = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map(|token| token.kind);
        let (before, after) = (kind(at.checked_sub(1)), kind(Some(at + 1)));
        let begins = |kind: Option<Kind>| matches!(kind, Some(Kind::OpenParen | Kind::Comma));
        if before == Some(Kind::Dot) || (begins(before) && after == Some(Kind::Assign)) {
            return true;
        }
        if is_header_of_def(tokens) && is_parameter(tokens, at) && tokens[at].depth == 1 {
            return true;
        }
        let first = kind(at.checked_sub(2));
        let in_brackets = begins(first) || first.is_some_and(Kind::opens);
        let is_whole = before == Some(self.stars)
            && in_brackets
            && after.is_some_and(|it| it == Kind::Comma || it.closes());
        self.is_used |= is_whole;
        is_whole
    }
}

fn is_header_of_def(tokens: &[Token]) -> bool {
    let first = tokens.iter().find(|token| token.kind != Kind::Async);
    first.is_some_and(|first| first.kind == Kind::Def)
}

/// Whether the name at `at`, among parameters, is one: it is the first of its part.
fn is_parameter(tokens: &[Token], at: usize) -> bool {
    let mut before = tokens[..at].iter().rev().map(|token| token.kind);
    let first = before.find(|kind| !matches!(kind, Kind::Star | Kind::DoubleStar));
    matches!(
        first,
        Some(Kind::Lambda | Kind::Comma | Kind::OpenParen) | None
    )
}

impl Lambda {
    /// Whether the name means its parameter.
    const fn hides(self) -> bool {
        self.binds && !self.in_params
    }

    /// Whether `token` lies behind its body.
    fn ends_before(self, token: &Token) -> bool {
        token.depth < self.depth
            || token.depth == self.depth
                && !self.in_params
                && matches!(
                    token.kind,
                    Kind::Comma | Kind::Colon | Kind::Assign | Kind::For | Kind::FieldMark
                )
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
            forwards("run([x, *args], {**y, **kwargs, 'z': 1})"),
            [true, true]
        );
        assert_eq!(forwards("g((*args, x))"), [true, false]);
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
        assert_eq!(forwards("x = *args,\n    2 ** kwargs"), [false, false]);
    }

    #[test]
    fn parameters_of_nested_functions_are_their_own() {
        assert_eq!(
            forwards("def h(*args, **kwargs):\n        args[0], kwargs\n    return h"),
            [false, false]
        );
        assert_eq!(
            forwards("def h(*args): return g(*args)\n    return h(**kwargs)"),
            [false, true]
        );
        assert_eq!(
            forwards("async def h(args, x=args): args.y\n    g(**kwargs)"),
            [false, true]
        );
        assert_eq!(
            forwards("def h(x): return args[x]\n    g(*args)"),
            [false, false]
        );
        assert_eq!(
            forwards("g(lambda args, *kwargs: args[kwargs], *args, **kwargs)"),
            [true, true]
        );
        assert_eq!(
            forwards("g(*args, key=lambda x=kwargs, *y: args)"),
            [false, false]
        );
        assert_eq!(forwards("g(lambda: f(*args, **kwargs))"), [true, true]);
    }
}
