//! Cognitive complexity, as the paper that invented it defines it.

use std::collections::HashMap;

use super::super::expression::{header_end, is_header};
use super::super::lexer::Lexer;
use super::super::own_lines::{OwnLines, statements};
use super::super::token::{Kind, Token, span_of};
use super::super::{Module, SymbolId};
use super::branches::{Sum, expressions};

/// The cognitive complexity of each symbol (a function's with its nested functions) by [G. Ann Campbell's paper], in
/// their order. Every line is read once, however deep functions nest.
///
/// 1 and the depth of nesting for `if`, conditional expressions, `match`, loops and `except`; 1 for
/// `elif` and for each `else`; 1 for each sequence of equal `and`s or `or`s, parentheses making a
/// sequence of their own; 1 where a function calls itself. These, nested functions and lambdas
/// nest; `try`, `with`, `finally` and comprehensions do not. A decorator is excepted as in the paper's
/// appendix A: where a function holds nothing but a nested function and a `return` (and its docstring),
/// the nested one does not nest. Recursion is what one function shows: its direct calls of itself.
///
/// [G. Ann Campbell's paper]: https://www.sonarsource.com/docs/CognitiveComplexity.pdf
pub fn cognitive_complexities(module: &Module<'_>) -> Vec<u32> {
    let mut complexities = Functions::read(module);
    for (id, _) in module.ids().filter(|it| !it.1.kind.is_function()) {
        complexities[id.0 as usize] = own_complexity(module, id);
    }
    complexities
}

/// That of a class or a module: nested definitions are apart.
fn own_complexity(module: &Module<'_>, id: SymbolId) -> u32 {
    let mut counter = Counter::new(module.text);
    let mut lines = OwnLines::new(module.text, &module.symbols, id);
    while let Some((line, tokens, _)) = lines.next() {
        counter.line(line.indent, tokens, true, |_| {});
    }
    narrow(counter.flat)
}

fn narrow(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A function whose lines go by.
struct Open {
    id: SymbolId,
    /// Where its body begins and ends.
    body: u32,
    end: u32,
    /// What was counted before its body began.
    before: Counted,
    /// How many blocks nest around its body.
    depth: u64,
}

/// What was counted so far: what lies between two places in the text is a difference.
#[derive(Clone, Copy, Default)]
struct Counted {
    /// All of it, at the nesting of the whole text.
    flat: u64,
    /// How often nesting was counted.
    nested: u64,
}

/// The functions of a module, in one pass over its lines.
struct Functions<'m, 't> {
    module: &'m Module<'t>,
    counter: Counter<'t>,
    open: Vec<Open>,
    complexities: Vec<u32>,
    only_children: Vec<Option<SymbolId>>,
}

impl<'m, 't> Functions<'m, 't> {
    fn read(module: &'m Module<'t>) -> Vec<u32> {
        let mut functions = Self {
            module,
            counter: Counter::new(module.text),
            open: Vec::new(),
            complexities: vec![0; module.symbols.len()],
            only_children: only_children(module),
        };
        let mut lexer = Lexer::new(module.text, 0);
        let mut tokens = Vec::new();
        let mut waiting = module.ids().skip(1).peekable();
        while let Some(line) = lexer.next_line(&mut tokens) {
            let Some(first) = tokens.first() else {
                continue;
            };
            functions.close(first.start);
            let begun = std::iter::from_fn(|| waiting.next_if(|it| it.1.span.start <= first.start));
            let begun = begun.last().filter(|it| it.1.span.start == first.start);
            functions.line(line.indent, &tokens, begun.map(|it| it.0));
        }
        functions.close(u32::MAX);
        functions.complexities
    }

    /// One logical line, with which the symbol `begun` begins.
    fn line(&mut self, indent: u32, tokens: &[Token], begun: Option<SymbolId>) {
        let module = self.module;
        let symbol = begun.map(|it| module.symbol(it));
        let around = symbol.and_then(|it| it.parent);
        let nests = !around.is_some_and(|it| self.is_decorator(it));
        let function = begun.filter(|&it| module.symbol(it).kind.is_function());
        let open = &mut self.open;
        self.counter.line(indent, tokens, nests, |counter| {
            if let Some(id) = function {
                let end = header_end(tokens).1;
                open.push(Open {
                    id,
                    body: tokens.get(end).map_or(u32::MAX, |it| it.end),
                    end: module.symbol(id).span.end,
                    before: counter.counted(),
                    depth: counter.blocks.len() as u64,
                });
            }
        });
    }

    /// Note the complexity of the functions that end before `start`.
    fn close(&mut self, start: u32) {
        while let Some(function) = self.open.pop_if(|it| it.end <= start) {
            let (counter, before) = (&self.counter, function.before);
            let nested = counter.nested - before.nested;
            let around = function.depth * nested;
            let flat = (counter.flat - before.flat).saturating_sub(around);
            let name = self.module.symbol(function.id).name;
            let called = counter.calls.get(name);
            let is_recursive = called.is_some_and(|&last| last >= function.body);
            self.complexities[function.id.0 as usize] = narrow(flat + u64::from(is_recursive));
        }
    }

    /// Whether a function is a decorator as the paper means it: its docstring apart, it holds a nested
    /// function and a `return` behind it, no more.
    fn is_decorator(&self, id: SymbolId) -> bool {
        let module = self.module;
        let Some(nested) = self.only_children[id.0 as usize].map(|it| module.symbol(it)) else {
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
}

/// The one definition in each symbol's scope, where it is the only one.
fn only_children(module: &Module<'_>) -> Vec<Option<SymbolId>> {
    let mut counts = vec![0_u32; module.symbols.len()];
    let mut children = vec![None; module.symbols.len()];
    for (id, symbol) in module.ids() {
        if let Some(parent) = symbol.parent.map(|it| it.0 as usize) {
            counts[parent] += 1;
            children[parent] = Some(id);
        }
    }
    let pairs = counts.into_iter().zip(children);
    pairs
        .map(|(count, child)| child.filter(|_| count == 1))
        .collect()
}

/// Counts line by line.
struct Counter<'t> {
    text: &'t str,
    /// What was counted so far, at the nesting of all the blocks around.
    flat: u64,
    /// How often nesting was counted.
    nested: u64,
    /// Columns of the headers whose blocks nest.
    blocks: Vec<u32>,
    /// Where each name, or method of `self` or `cls`, was called last.
    calls: HashMap<&'t str, u32>,
}

impl<'t> Counter<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            flat: 0,
            nested: 0,
            blocks: Vec::new(),
            calls: HashMap::new(),
        }
    }

    fn counted(&self) -> Counted {
        Counted {
            flat: self.flat,
            nested: self.nested,
        }
    }

    /// One logical line. `nests` is false for a `def` that nests nothing; `behind_header` is called where its body begins,
    /// if it is a header.
    fn line(
        &mut self,
        indent: u32,
        tokens: &[Token],
        nests: bool,
        behind_header: impl FnOnce(&Self),
    ) {
        let Some(first) = tokens.first() else { return };
        while self.blocks.pop_if(|header| *header >= indent).is_some() {}
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
                self.add(Sum { flat: 1, nested: 1 });
                true
            }
            _ if is_match => {
                self.add(Sum { flat: 1, nested: 1 });
                true
            }
            Kind::Elif | Kind::Else => {
                self.add(Sum { flat: 1, nested: 0 });
                true
            }
            kind => kind == Kind::Def && nests,
        };
        let is_case = kind == Kind::Name && first.span().of(self.text) == "case";
        let is_whole = !is_header(tokens) && kind != Kind::Def && !is_case;
        let end = if is_whole {
            tokens.len()
        } else {
            header_end(tokens).1
        };
        // The name of a nested function is no call.
        let def = tokens.iter().take(2).position(|it| it.kind == Kind::Def);
        let begin = match def {
            _ if is_whole => 0,
            Some(def) => (def + 2).min(end),
            None => 1.min(end),
        };
        self.statement(&tokens[begin..end]);
        if nests {
            self.blocks.push(indent);
        }
        if !is_whole {
            behind_header(self);
            self.statement(tokens.get(end + 1..).unwrap_or_default());
        }
    }

    fn add(&mut self, sum: Sum) {
        self.flat += sum.flat + sum.nested * self.blocks.len() as u64;
        self.nested += sum.nested;
    }

    fn statement(&mut self, tokens: &[Token]) {
        self.add(expressions(tokens));
        for (at, token) in tokens.iter().enumerate() {
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
            if calls && is_own && token.kind == Kind::Name {
                self.calls.insert(token.span().of(self.text), token.start);
            }
        }
    }
}
