//! Whether a body could raise what it does not say.

use super::Symbol;
use super::lexer::Lexer;
use super::token::{Kind, Token};

/// Whether nothing in the body of `symbol` can raise but its `raise` statements: it holds no call, subscript, attribute,
/// operator, `await`, import, `with` or loop, and no definition. Reads the body once more.
pub fn is_inert(text: &str, symbol: &Symbol<'_>) -> bool {
    let docstring = symbol.docstring.as_ref().map(|it| it.span.end);
    let start = docstring.unwrap_or(symbol.facts.body_start);
    let Some(text) = text.get(..symbol.span.end as usize) else {
        return false;
    };
    let mut lexer = Lexer::new(text, start);
    let mut tokens = Vec::new();
    while lexer.next_line(&mut tokens).is_some() {
        if (0..tokens.len()).any(|at| !is_harmless(&tokens, at)) {
            return false;
        }
    }
    true
}

fn is_harmless(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map(|it| tokens[it].kind);
    let behind_value = matches!(
        before,
        Some(Kind::Name | Kind::String | Kind::CloseParen | Kind::CloseBracket | Kind::CloseBrace)
    );
    match tokens[at].kind {
        // A class that is raised may be called.
        Kind::OpenParen => !behind_value || (at == 2 && tokens[0].kind == Kind::Raise),
        Kind::OpenBracket => !behind_value,
        Kind::Name
        | Kind::Number
        | Kind::String
        | Kind::Bytes
        | Kind::CloseParen
        | Kind::CloseBracket
        | Kind::OpenBrace
        | Kind::CloseBrace
        | Kind::Comma
        | Kind::Colon
        | Kind::Semicolon
        | Kind::Ellipsis
        | Kind::Assign
        | Kind::False
        | Kind::None
        | Kind::True
        | Kind::And
        | Kind::Or
        | Kind::Not
        | Kind::Is
        | Kind::If
        | Kind::Elif
        | Kind::Else
        | Kind::Pass
        | Kind::Raise
        | Kind::Return
        | Kind::Global
        | Kind::Nonlocal
        | Kind::Try
        | Kind::Except
        | Kind::Finally
        | Kind::As => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::{SymbolKind, outline};

    fn inert(body: &str) -> bool {
        let text = format!("def f(x):\n    'Doc.'\n    {body}\ng(1)\n");
        let module = outline(&text, SymbolKind::Module);
        is_inert(&text, &module.symbols[1])
    }

    #[test]
    fn nothing_can_happen() {
        for body in [
            "return x",
            "if x is None:\n        raise ValueError(x, 'no')\n    y = (1, x)",
            "return [x, {}]",
            "pass",
        ] {
            assert!(inert(body), "{body}");
        }
    }

    #[test]
    fn anything_may_happen() {
        for body in [
            "return g(x)",
            "return x[0]",
            "return x.y",
            "return -x",
            "for y in x: pass",
            "import x",
            "raise make()(x)",
            "raise ValueError(g(x))",
            "def g(): pass",
            "return x < 1",
            "return f'{x}'",
        ] {
            assert!(!inert(body), "{body}");
        }
    }
}
