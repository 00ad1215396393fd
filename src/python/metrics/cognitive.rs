//! Cognitive complexity, as the paper that invented it defines it.

use super::super::expression::{Lambdas, header_end, is_header};
use super::super::lexer::Lexer;
use super::super::own_lines::{OwnLines, statements};
use super::super::token::{Kind, Token, span_of};
use super::super::{Module, Symbol, SymbolId};

/// The cognitive complexity of a symbol (a function's with its nested functions) by [G. Ann Campbell's paper].
///
/// 1 and the depth of nesting for `if`, conditional expressions, `match`, loops and `except`; 1 for
/// `elif` and for each `else`; 1 for each sequence of equal `and`s or `or`s, parentheses making a
/// sequence of their own; 1 where a function calls itself. These, nested functions and lambdas
/// nest; `try`, `with`, `finally` and comprehensions do not. A decorator is excepted as in the paper's
/// appendix A: where a function holds nothing but a nested function and a `return` (and its docstring),
/// the nested one does not nest. Recursion is what one function shows: its direct calls of itself.
///
/// [G. Ann Campbell's paper]: https://www.sonarsource.com/docs/CognitiveComplexity.pdf
pub fn cognitive_complexity(module: &Module<'_>, id: SymbolId) -> u32 {
    let symbol = module.symbol(id);
    let is_function = symbol.kind.is_function();
    let mut counter = Counter {
        text: module.text,
        name: if is_function { symbol.name } else { "" },
        is_recursive: false,
        total: 0,
        blocks: Vec::new(),
    };
    if is_function {
        counter.function(module, id);
    } else {
        let mut lines = OwnLines::new(module.text, &module.symbols, id);
        while let Some((line, tokens, _)) = lines.next() {
            counter.line(line.indent, tokens, true);
        }
    }
    counter.total + u32::from(counter.is_recursive)
}

struct Counter<'t> {
    text: &'t str,
    /// The function's name, by which it may call itself.
    name: &'t str,
    is_recursive: bool,
    total: u32,
    /// Columns of the headers whose blocks nest.
    blocks: Vec<u32>,
}

impl Counter<'_> {
    /// All lines of a function, nested ones too.
    fn function(&mut self, module: &Module<'_>, id: SymbolId) {
        let symbol = module.symbol(id);
        let mut lexer = Lexer::new(self.text, symbol.span.start);
        let mut tokens = Vec::new();
        let mut is_own_header = true;
        let mut inner = module.symbols.iter().skip(id.0 as usize + 1).peekable();
        while let Some(line) = lexer.next_line(&mut tokens) {
            let Some(first) = tokens.first() else {
                continue;
            };
            if first.start >= symbol.span.end {
                break;
            }
            if std::mem::take(&mut is_own_header) {
                let end = header_end(&tokens).1;
                let inline = tokens.get(end + 1..).unwrap_or_default();
                self.line(u32::MAX, inline, true);
                continue;
            }
            let begun = |it: &&Symbol<'_>| it.span.start <= first.start;
            let begun = std::iter::from_fn(|| inner.next_if(begun)).last();
            let begins = begun.filter(|it| it.span.start == first.start);
            let around = begins.and_then(|it| it.parent);
            let nests = !around.is_some_and(|around| is_decorator(module, around));
            self.line(line.indent, &tokens, nests);
        }
    }

    /// One logical line. `nests` is false for a `def` that nests nothing.
    fn line(&mut self, indent: u32, tokens: &[Token], nests: bool) {
        let Some(first) = tokens.first() else { return };
        while self.blocks.last().is_some_and(|&header| header >= indent) {
            self.blocks.pop();
        }
        let nesting = self.blocks.len() as u32;
        let second = tokens.get(1).map(|token| token.kind);
        let kind = match (first.kind, second) {
            (Kind::Async, Some(second)) => second,
            (kind, _) => kind,
        };
        let is_match = kind == Kind::Name
            && tokens.len() > 2
            && tokens[tokens.len() - 1].kind == Kind::Colon
            && first.span().of(self.text) == "match";
        let nests = match kind {
            Kind::If | Kind::For | Kind::While | Kind::Except => {
                self.total += 1 + nesting;
                true
            }
            _ if is_match => {
                self.total += 1 + nesting;
                true
            }
            Kind::Elif | Kind::Else => {
                self.total += 1;
                true
            }
            kind => kind == Kind::Def && nests,
        };
        if nests {
            self.blocks.push(indent);
        }
        let is_case = kind == Kind::Name && first.span().of(self.text) == "case";
        if !is_header(tokens) && kind != Kind::Def && !is_case {
            return self.statement(tokens, nesting);
        }
        let end = header_end(tokens).1;
        // The name of a nested function is no call.
        let def = tokens.iter().take(2).position(|it| it.kind == Kind::Def);
        let begin = def.map_or(1, |def| def + 2).min(end);
        self.statement(&tokens[begin..end], nesting);
        let inline = tokens.get(end + 1..).unwrap_or_default();
        self.statement(inline, nesting + u32::from(nests));
    }

    fn statement(&mut self, tokens: &[Token], nesting: u32) {
        self.total += expressions(tokens, nesting);
        self.is_recursive |= tokens.iter().enumerate().any(|(at, token)| {
            let calls = tokens
                .get(at + 1)
                .is_some_and(|it| it.kind == Kind::OpenParen);
            let is_own = match &tokens[..at] {
                [.., object, dot] if dot.kind == Kind::Dot => {
                    matches!(object.span().of(self.text), "self" | "cls")
                }
                [.., before] => !matches!(before.kind, Kind::Def | Kind::Class),
                [] => true,
            };
            calls && is_own && !self.name.is_empty() && token.span().of(self.text) == self.name
        });
    }
}

/// Whether a function is a decorator as the paper means it: its docstring apart, it holds a nested
/// function and a `return` behind it, no more.
fn is_decorator(module: &Module<'_>, id: SymbolId) -> bool {
    let mut children = module.children(id);
    let (Some((_, nested)), None) = (children.next(), children.next()) else {
        return false;
    };
    let docstring = module.symbol(id).docstring.as_ref().map(|slot| slot.span);
    let mut lines = OwnLines::new(module.text, &module.symbols, id);
    let mut returns = 0;
    while let Some((_, tokens, _)) = lines.next() {
        for statement in statements(tokens) {
            let span = span_of(statement).unwrap_or_default();
            if docstring.is_some_and(|docstring| span.cover(docstring) == span) {
                continue;
            }
            if statement[0].kind != Kind::Return || span.start < nested.span.end {
                return false;
            }
            returns += 1;
        }
    }
    nested.signature.is_some() && returns == 1
}

/// What brackets, or the statement, hold at one depth, up to a comma or the like.
#[derive(Clone, Copy, Default)]
struct Slot {
    /// Which one it is.
    number: usize,
    /// Nesting around the brackets.
    nesting: u32,
    /// `else`s passed.
    passed: u32,
    /// Lambdas begun.
    lambdas: u32,
    /// The last of a sequence of `and`s or `or`s.
    operator: Option<Kind>,
}

/// What conditional expressions and sequences of `and` and `or` add at this nesting.
fn expressions(tokens: &[Token], nesting: u32) -> u32 {
    let is_relevant = |it: &Token| matches!(it.kind, Kind::Else | Kind::And | Kind::Or);
    if !tokens.iter().any(is_relevant) {
        return 0;
    }
    // How many conditional expressions each slot holds is known only at its end.
    let mut conditionals = vec![0; tokens.len() + 1];
    walk(tokens, nesting, |slot, kind| {
        conditionals[slot.number] += u32::from(kind == Kind::Else);
        0
    });
    let mut total = 0;
    walk(tokens, nesting, |slot, kind| {
        match kind {
            // A chain `a if b else c if d else e` nests to the right.
            Kind::Else => total += 1 + slot.nesting + slot.lambdas + slot.passed,
            Kind::And | Kind::Or if slot.operator != Some(kind) => total += 1,
            _ => {}
        }
        slot.lambdas + conditionals[slot.number].min(slot.passed + 1)
    });
    total
}

/// Go through `tokens`; `see` gets each token's slot, and says how much deeper brackets in it nest.
fn walk(tokens: &[Token], nesting: u32, mut see: impl FnMut(&Slot, Kind) -> u32) {
    let first = Slot {
        nesting,
        ..Slot::default()
    };
    let mut slots = vec![(first, Lambdas::default())];
    let mut count = 0;
    for token in tokens {
        let Some((slot, lambdas)) = slots.last_mut() else {
            return;
        };
        let deeper = see(slot, token.kind);
        let is_hidden = lambdas.hides(token.kind);
        match token.kind {
            kind if kind.opens() => {
                count += 1;
                let inner = Slot {
                    number: count,
                    nesting: slot.nesting + deeper,
                    ..Slot::default()
                };
                slots.push((inner, Lambdas::default()));
            }
            kind if kind.closes() => {
                slots.pop();
                if slots.is_empty() {
                    slots.push((first, Lambdas::default()));
                }
            }
            Kind::Lambda => slot.lambdas += 1,
            Kind::And | Kind::Or => slot.operator = Some(token.kind),
            Kind::If => slot.operator = None,
            Kind::Else => {
                slot.operator = None;
                slot.passed += 1;
            }
            Kind::Comma
            | Kind::Colon
            | Kind::Semicolon
            | Kind::Assign
            | Kind::AugmentedAssign
            | Kind::For
            | Kind::FieldMark
                if !is_hidden =>
            {
                count += 1;
                *slot = Slot {
                    number: count,
                    nesting: slot.nesting,
                    ..Slot::default()
                };
            }
            _ => {}
        }
    }
}
