//! The outline: one pass over the logical lines, with an explicit stack of blocks.

mod block;
mod exports;
mod facts;
mod header;
mod imports;
mod params;
mod statement;
mod warns;

#[cfg(test)]
mod tests;

use block::Block;
use exports::Exports;
use warns::Warnings;

use super::expression::is_header;
use super::lexer::{Lexer, Line};
use super::raises::{Event, Guards, resolve};
use super::symbol::{Symbol, SymbolId, SymbolKind};
use super::token::{Kind, Token};
use super::{Body, Facts, Import, Module, SyntaxError};
use crate::text::Span;

/// Read what `text` declares. `kind` is that of the file: [`SymbolKind::Module`] or
/// [`SymbolKind::Package`].
///
/// Never fails: what cannot be read is in [`Module::errors`].
pub fn outline(text: &str, kind: SymbolKind) -> Module<'_> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lexer = Lexer::skimming(text, start);
    let mut outliner = Outliner::new(text, kind);
    // A logical line hardly ever has more tokens.
    let mut tokens = Vec::with_capacity(256);
    while let Some(line) = lexer.next_line(&mut tokens) {
        if !tokens.is_empty() {
            outliner.line(line, &tokens);
        }
    }
    outliner.finish(lexer)
}

/// Files declare something about this often, so that lists need not grow.
const BYTES_A_SYMBOL: usize = 400;

/// What is known while the lines go by.
#[derive(Debug)]
struct Outliner<'t> {
    text: &'t str,
    symbols: Vec<Symbol<'t>>,
    imports: Vec<Import<'t>>,
    exports: Exports<'t>,
    errors: Vec<SyntaxError>,
    /// What is raised, and what may catch it; resolved at the end.
    events: Vec<Event<'t>>,
    guards: Guards<'t>,
    warnings: Warnings<'t>,
    /// The blocks around the line, outermost first; the first is the module's.
    blocks: Vec<Block>,
    /// The block whose header was the last line, until its first line comes.
    pending: Option<Block>,
    /// The symbol whose scope the line is in.
    scope: SymbolId,
    /// Whether no statement of that scope has been read yet.
    fresh: bool,
    /// Decorators that wait for their definition, and where the first one's `@` is.
    decorators: Vec<Span>,
    decorated_from: Option<u32>,
    /// End of the last token of the last statement.
    last_end: u32,
}

impl<'t> Outliner<'t> {
    fn new(text: &'t str, kind: SymbolKind) -> Self {
        let module = Symbol {
            kind,
            name: "<module>",
            qualname: "<module>".to_owned(),
            parent: None,
            span: Span::new(0, text.len() as u32),
            name_span: Span::default(),
            header: Span::default(),
            decorators: Vec::new(),
            bases: Vec::new(),
            keywords: Vec::new(),
            signature: None,
            docstring: None,
            facts: Facts {
                body: Body::Empty,
                ..Facts::default()
            },
        };
        let mut symbols = Vec::with_capacity(text.len() / BYTES_A_SYMBOL + 1);
        symbols.push(module);
        Self {
            text,
            symbols,
            imports: Vec::new(),
            exports: Exports::default(),
            errors: Vec::new(),
            events: Vec::new(),
            guards: Guards::default(),
            warnings: Warnings::default(),
            blocks: vec![Block::module()],
            pending: None,
            scope: SymbolId::MODULE,
            fresh: true,
            decorators: Vec::new(),
            decorated_from: None,
            last_end: 0,
        }
    }

    /// One logical line; `tokens` holds at least one.
    fn line(&mut self, line: Line, tokens: &[Token]) {
        let first = tokens[0];
        self.enter(line.indent, first);
        let ends_statement = |token: &&Token| token.kind != Kind::Semicolon;
        let last = tokens.iter().rev().find(ends_statement);
        self.last_end = last.map_or(first.end, |token| token.end);
        self.dispatch(line, tokens);
    }

    fn dispatch(&mut self, line: Line, tokens: &[Token]) {
        let second = tokens.get(1).map(|token| token.kind);
        match tokens[0].kind {
            Kind::At => return self.decorator(tokens),
            Kind::Def => return self.function(line, tokens, false),
            Kind::Async if second == Some(Kind::Def) => return self.function(line, tokens, true),
            Kind::Class => return self.class(line, tokens),
            _ => self.drop_decorators(),
        }
        if is_header(tokens) || tokens[0].kind == Kind::Name && self.is_match_part(tokens) {
            self.compound(line, tokens);
        } else {
            self.simple_statements(line, tokens);
        }
    }

    /// `@expression`, kept for the definition below it.
    fn decorator(&mut self, tokens: &[Token]) {
        let at = tokens[0];
        let expression = super::token::span_of(&tokens[1..]);
        self.decorators
            .push(expression.unwrap_or(Span::empty(at.end)));
        self.decorated_from.get_or_insert(at.start);
    }

    fn drop_decorators(&mut self) {
        if let Some(start) = self.decorated_from.take() {
            self.decorators.clear();
            self.error(
                "decorator without a definition",
                Span::new(start, start + 1),
            );
        }
    }

    /// The scope that the line is in.
    fn scope(&mut self) -> &mut Symbol<'t> {
        &mut self.symbols[self.scope.0 as usize]
    }

    fn name(&self, token: Token) -> &'t str {
        token.span().of(self.text)
    }

    fn error(&mut self, message: &'static str, span: Span) {
        self.errors.push(SyntaxError { message, span });
    }

    fn finish(mut self, lexer: Lexer<'t>) -> Module<'t> {
        self.leave_all();
        resolve(self.text, &mut self.symbols, self.guards, &self.events);
        self.warnings.resolve(&mut self.symbols, &self.imports);
        let mut errors = self.errors;
        errors.extend(lexer.errors);
        if let Some(at) = memchr::memchr(0, self.text.as_bytes()) {
            errors.push(SyntaxError {
                message: "null byte",
                span: Span::new(at as u32, at as u32 + 1),
            });
        }
        errors.sort_by_key(|error| error.span);
        errors.dedup_by_key(|error| error.span.start);
        Module {
            text: self.text,
            symbols: self.symbols,
            exports: self.exports.names(),
            imports: self.imports,
            suppressions: lexer.suppressions,
            errors,
        }
    }
}
