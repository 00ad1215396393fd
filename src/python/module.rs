//! One outlined file.

use super::{Symbol, SymbolId};
use crate::text::Span;

/// What [`super::outline`] read in one file. All spans are byte offsets into `text`.
#[derive(Clone, Debug)]
pub struct Module<'t> {
    /// The text it was read from.
    pub text: &'t str,
    /// The module itself (always the first), then its classes and functions in the order of the text.
    pub symbols: Vec<Symbol<'t>>,
    /// The names of a literal `__all__`, with `+=`, `.extend`, `.append` of literals; `None` where
    /// there is none or it is computed.
    pub exports: Option<Vec<&'t str>>,
    /// `import` and `from` statements at any depth, one entry a name bound.
    pub imports: Vec<Import<'t>>,
    /// Comments that may suppress findings (they hold `docgen:` or `noqa`), `#` to end of line, in order.
    pub suppressions: Vec<Span>,
    /// What could not be read, in order.
    pub errors: Vec<SyntaxError>,
}

/// A name bound by an `import` or `from` statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import<'t> {
    /// The module as written, leading dots of a relative import included (`os.path`, `..pkg.mod`).
    pub module: &'t str,
    /// The member of a `from` import (`*` too); `None` for `import module`.
    pub member: Option<&'t str>,
    /// The name it has in this file: the alias, the member, or the first part of the module.
    pub bound: &'t str,
    /// The whole statement.
    pub span: Span,
}

/// A place where the text is no Python, as far as a lexer and an outline of statements can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong, lower case, no full stop.
    pub message: &'static str,
    /// Where.
    pub span: Span,
}

impl<'t> Module<'t> {
    /// The symbol with this id.
    pub fn symbol(&self, id: SymbolId) -> &Symbol<'t> {
        &self.symbols[id.0 as usize]
    }

    /// Every symbol with its id, the module first, then in the order of the text.
    pub fn ids(&self) -> impl Iterator<Item = (SymbolId, &Symbol<'t>)> {
        (0..).map(SymbolId).zip(&self.symbols)
    }

    /// The symbols defined directly in `parent`'s scope, in the order of the text.
    pub fn children(&self, parent: SymbolId) -> impl Iterator<Item = (SymbolId, &Symbol<'t>)> {
        let end = self.symbol(parent).span.end;
        let behind = self.symbols.get(parent.0 as usize + 1..);
        (parent.0 + 1..)
            .map(SymbolId)
            .zip(behind.unwrap_or_default())
            .take_while(move |(_, symbol)| symbol.span.start < end)
            .filter(move |(_, symbol)| symbol.parent == Some(parent))
    }
}
