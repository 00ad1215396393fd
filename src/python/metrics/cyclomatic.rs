//! Cyclomatic complexity, counted as radon counts it.

use super::super::own_lines::OwnLines;
use super::super::token::{Kind, Token};
use super::super::{Module, SymbolId};

/// The cyclomatic complexity of a symbol: 1, and 1 for each decision in its own body; nested
/// functions and classes are apart.
///
/// Decisions are those of [radon]: `if`, `elif`, conditional expressions, loops and their `else`,
/// `except` (but not `except*`) and the `else` of a `try`, `and`, `or`, `for` and `if` of comprehensions, `assert` (and
/// nothing in it), and each `case` but one that takes anything.
///
/// [radon]: https://radon.readthedocs.io/en/latest/intro.html#cyclomatic-complexity
pub fn cyclomatic_complexity(module: &Module<'_>, id: SymbolId) -> u32 {
    let mut lines = OwnLines::new(module.text, &module.symbols, id);
    let mut counter = Counter {
        text: module.text,
        decisions: 0,
        headers: Vec::new(),
    };
    while let Some((line, tokens, _)) = lines.next() {
        counter.line(line.indent, tokens);
    }
    counter.decisions + 1
}

struct Counter<'t> {
    text: &'t str,
    decisions: u32,
    /// The last header at each column that is open.
    headers: Vec<Header>,
}

/// The header of a statement or clause.
#[derive(Clone, Copy)]
struct Header {
    indent: u32,
    /// Its first token, `async` left out; [`Kind::Star`] for `except*`.
    kind: Kind,
    /// Whether a `match` has had a `case` that takes anything.
    has_default: bool,
}

impl Counter<'_> {
    fn line(&mut self, indent: u32, tokens: &[Token]) {
        self.leave(|header| header > indent);
        let at_level = self.headers.last().filter(|header| header.indent == indent);
        let before = at_level.map(|header| header.kind);
        let (first, second) = (tokens[0].kind, tokens.get(1).map(|token| token.kind));
        let is_group = first == Kind::Except && second == Some(Kind::Star);
        if first == Kind::Else && !matches!(before, Some(Kind::If | Kind::Elif | Kind::Star)) {
            self.decisions += 1;
        }
        self.leave(|header| header >= indent);
        let is_case = self.case(tokens);
        let kind = match second {
            Some(second) if is_group || first == Kind::Async => second,
            _ => first,
        };
        self.headers.push(Header {
            indent,
            kind,
            has_default: false,
        });
        self.tokens(&tokens[usize::from(is_group)..], is_case);
    }

    /// Drop the headers at the columns that `is_left` names.
    fn leave(&mut self, is_left: impl Fn(u32) -> bool) {
        while self
            .headers
            .last()
            .is_some_and(|header| is_left(header.indent))
        {
            self.headers.pop();
        }
    }

    /// Whether the line is a `case` of the `match` around it, which is then counted.
    fn case(&mut self, tokens: &[Token]) -> bool {
        let text = self.text;
        let Some(around) = self.headers.last_mut() else {
            return false;
        };
        let is_case = around.kind == Kind::Name && tokens[0].span().of(text) == "case";
        if is_case {
            if takes_anything(&tokens[1..]) && !around.has_default {
                around.has_default = true;
            } else {
                self.decisions += 1;
            }
        }
        is_case
    }

    fn tokens(&mut self, tokens: &[Token], is_case: bool) {
        let mut has_guard = !is_case;
        let mut in_assert = false;
        for token in tokens {
            let is_outside = token.depth == 0;
            match token.kind {
                Kind::Semicolon if is_outside => in_assert = false,
                _ if in_assert => {}
                Kind::If if is_outside && !has_guard => has_guard = true,
                Kind::Colon if is_outside => has_guard = true,
                Kind::Assert => {
                    in_assert = true;
                    self.decisions += 1;
                }
                Kind::If
                | Kind::Elif
                | Kind::For
                | Kind::While
                | Kind::Except
                | Kind::And
                | Kind::Or => self.decisions += 1,
                _ => {}
            }
        }
    }
}

/// Whether a pattern is a lone name, in parentheses or not.
fn takes_anything(pattern: &[Token]) -> bool {
    let ends = |token: &Token| token.depth == 0 && matches!(token.kind, Kind::Colon | Kind::If);
    let end = pattern.iter().position(ends).unwrap_or(pattern.len());
    let mut pattern = &pattern[..end];
    while let [open, inner @ .., close] = pattern
        && (open.kind, close.kind) == (Kind::OpenParen, Kind::CloseParen)
    {
        pattern = inner;
    }
    matches!(pattern, [name] if name.kind == Kind::Name)
}
