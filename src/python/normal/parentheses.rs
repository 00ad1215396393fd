//! Parentheses and commas that change nothing.
//!
//! Parentheses are redundant where what is in them is one operand (`(a.b)`, `((x))`), or where they
//! hold all that stands between two delimiters (`x = (a + b)`, `if (a and b):`, `f((a))`). A doubtful
//! pair stays: that a body counts as changed costs less than a change that is not seen.

use super::super::token::{Kind, Token};

/// The tokens of a statement, header or expression without redundant parentheses and trailing commas.
pub(super) fn kept(tokens: &[Token]) -> impl Iterator<Item = &Token> {
    let mut drop = vec![false; tokens.len()];
    let pairs = pairs(tokens);
    for &(open, close) in &pairs {
        let pair = Pair::new(tokens, open, close);
        if pair.is_redundant() {
            drop[open] = true;
            drop[close] = true;
        }
        if pair.has_trailing_comma() {
            drop[close - 1] = true;
        }
    }
    tokens
        .iter()
        .zip(drop)
        .filter_map(|(token, drop)| (!drop).then_some(token))
}

/// The places of matching brackets.
fn pairs(tokens: &[Token]) -> Vec<(usize, usize)> {
    let (mut open, mut pairs) = (Vec::new(), Vec::new());
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::OpenParen | Kind::OpenBracket | Kind::OpenBrace => open.push(at),
            Kind::CloseParen | Kind::CloseBracket | Kind::CloseBrace => {
                pairs.extend(open.pop().map(|open| (open, at)));
            }
            _ => {}
        }
    }
    pairs
}

/// A pair of brackets in its statement.
struct Pair<'p> {
    tokens: &'p [Token],
    open: usize,
    close: usize,
    before: Option<Kind>,
    after: Option<Kind>,
    /// Commas directly between the brackets.
    commas: usize,
    /// Whether it holds a comprehension.
    has_for: bool,
}

impl<'p> Pair<'p> {
    fn new(tokens: &'p [Token], open: usize, close: usize) -> Self {
        let inside = tokens[open].depth.saturating_add(1);
        let direct = tokens[open..close]
            .iter()
            .filter(|token| token.depth == inside);
        Self {
            tokens,
            open,
            close,
            before: open.checked_sub(1).map(|at| tokens[at].kind),
            after: tokens.get(close + 1).map(|token| token.kind),
            commas: direct.clone().filter(|it| it.kind == Kind::Comma).count(),
            has_for: direct.clone().any(|it| it.kind == Kind::For),
        }
    }

    fn inside(&self) -> &'p [Token] {
        &self.tokens[self.open + 1..self.close]
    }

    /// Whether it groups an expression, and is no call, subscript, list or set.
    fn is_group(&self) -> bool {
        self.tokens[self.open].kind == Kind::OpenParen && !self.before.is_some_and(ends_operand)
    }

    fn is_redundant(&self) -> bool {
        if !self.is_group() || self.inside().is_empty() || self.has_for {
            return false;
        }
        if self.before == Some(Kind::Import) {
            return true;
        }
        if self.commas > 0 {
            return self.is_loose_tuple();
        }
        self.is_operand() || self.begins_slot() && self.ends_slot()
    }

    /// A tuple of several, or a list of names or context managers, that needs no parentheses.
    fn is_loose_tuple(&self) -> bool {
        let trailing = usize::from(self.ends_in_comma());
        let first = self.tokens[0].kind;
        match self.before {
            Some(Kind::With) => self.close + 1 == self.tokens.len(),
            _ if self.commas == trailing => false,
            None => matches!(self.after, None | Some(Kind::Assign)),
            Some(Kind::Assign | Kind::Return | Kind::Yield) => {
                self.tokens[self.open].depth == 0 && matches!(self.after, None | Some(Kind::Assign))
            }
            Some(Kind::For) if first == Kind::For => self.open == 1 && self.after == Some(Kind::In),
            Some(Kind::In) if first == Kind::For => self.is_first_in() && self.after.is_none(),
            _ => false,
        }
    }

    /// Whether what stands inside is one operand, which no operator around can take apart.
    fn is_operand(&self) -> bool {
        let inside = self.tokens[self.open].depth.saturating_add(1);
        let mut direct = self.inside().iter().filter(|token| token.depth == inside);
        let mut strings = 0;
        direct.all(|token| {
            strings += usize::from(token.kind == Kind::String || token.kind == Kind::Bytes);
            strings <= 1
                && (ends_operand(token.kind)
                    || matches!(
                        token.kind,
                        Kind::Dot | Kind::OpenParen | Kind::OpenBracket | Kind::OpenBrace
                    ))
        })
    }

    /// Whether what stands before the pair lets any expression follow.
    fn begins_slot(&self) -> bool {
        match self.before {
            None => true,
            Some(Kind::In) => self.tokens[0].kind == Kind::For && self.is_first_in(),
            Some(kind) => matches!(
                kind,
                Kind::Assign
                    | Kind::AugmentedAssign
                    | Kind::Arrow
                    | Kind::Return
                    | Kind::Yield
                    | Kind::Raise
                    | Kind::From
                    | Kind::Del
                    | Kind::Assert
                    | Kind::If
                    | Kind::Elif
                    | Kind::While
                    | Kind::With
                    | Kind::Except
                    | Kind::OpenParen
                    | Kind::OpenBracket
                    | Kind::OpenBrace
                    | Kind::FieldOpen
                    | Kind::Comma
                    | Kind::Colon
            ),
        }
    }

    /// Whether what stands behind the pair ends any expression.
    fn ends_slot(&self) -> bool {
        self.after.is_none_or(|kind| {
            matches!(
                kind,
                Kind::Assign
                    | Kind::AugmentedAssign
                    | Kind::CloseParen
                    | Kind::CloseBracket
                    | Kind::CloseBrace
                    | Kind::FieldClose
                    | Kind::Comma
                    | Kind::Colon
                    | Kind::As
            )
        })
    }

    /// Whether the token before the pair is the first `in` outside brackets.
    fn is_first_in(&self) -> bool {
        let is_in = |token: &Token| token.kind == Kind::In && token.depth == 0;
        self.tokens.iter().position(is_in) == self.open.checked_sub(1)
    }

    fn ends_in_comma(&self) -> bool {
        self.inside()
            .last()
            .is_some_and(|token| token.kind == Kind::Comma)
    }

    /// Whether it ends with a comma that makes no tuple.
    fn has_trailing_comma(&self) -> bool {
        if !self.ends_in_comma() {
            return false;
        }
        let is_subscript = self.tokens[self.open].kind == Kind::OpenBracket
            && self.before.is_some_and(ends_operand);
        let is_import = self.before == Some(Kind::Import);
        self.commas > 1 || is_import || !is_subscript && !self.is_group()
    }
}

/// Whether an operand can end with a token of this kind, so that a bracket behind it is a call or a
/// subscript.
fn ends_operand(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Name
            | Kind::Number
            | Kind::String
            | Kind::Bytes
            | Kind::TemplateEnd
            | Kind::CloseParen
            | Kind::CloseBracket
            | Kind::CloseBrace
            | Kind::Ellipsis
            | Kind::None
            | Kind::True
            | Kind::False
    )
}
