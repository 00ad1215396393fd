//! What a file declares: modules, classes, functions, methods.

use super::lexer::is_name;
use super::{DocstringSlot, Facts};
use crate::text::Span;

/// The place of a symbol in [`super::Module::symbols`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SymbolId(pub u32);

impl SymbolId {
    /// The module itself.
    pub const MODULE: Self = Self(0);
}

/// What kind of thing a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SymbolKind {
    /// A file.
    Module,
    /// An `__init__.py` or `__init__.pyi`.
    Package,
    /// A `class`.
    Class,
    /// A `def` whose nearest enclosing scope is no class.
    Function,
    /// A `def` directly in a class's scope.
    Method,
}

/// One module, class, function or method: where it is and what its code says.
///
/// All spans are byte offsets into the module's text.
#[derive(Clone, Debug)]
pub struct Symbol<'t> {
    /// What it is.
    pub kind: SymbolKind,
    /// Its name as written; `<module>` for modules.
    pub name: &'t str,
    /// Python's `__qualname__` (PEP 3155), names normalised ([`super::identifier`]): `C.f`,
    /// `f.<locals>.g`; `<module>` for modules.
    pub qualname: String,
    /// The scope it is defined in; `None` for modules only.
    pub parent: Option<SymbolId>,
    /// From `def`, `async` or `class` (decorators left out) to the end of its last statement;
    /// the whole text for modules.
    pub span: Span,
    /// The name in its header; empty for modules.
    pub name_span: Span,
    /// From the first decorator's `@`, or `def`/`async`/`class`, to the header's colon, colon included.
    pub header: Span,
    /// The expressions of its decorators, first to last, `@` left out.
    pub decorators: Vec<Span>,
    /// A class's positional bases, as expressions, starred ones with their star.
    pub bases: Vec<Span>,
    /// A class's keyword arguments (`metaclass=M`), `**` ones left out.
    pub keywords: Vec<Keyword<'t>>,
    /// Parameters and return annotation; `None` for modules and classes.
    pub signature: Option<Signature<'t>>,
    /// Where its docstring is.
    pub docstring: Option<DocstringSlot>,
    /// What its own body does, nested scopes apart.
    pub facts: Facts<'t>,
}

/// A keyword argument in a class header.
#[derive(Clone, Debug)]
pub struct Keyword<'t> {
    /// Its name.
    pub name: &'t str,
    /// The expression behind `=`.
    pub value: Span,
}

/// The parameters and the return annotation of a function.
#[derive(Clone, Debug)]
pub struct Signature<'t> {
    /// Parameters in the order of the text; the markers `/` and `*` are none.
    pub params: Vec<Param<'t>>,
    /// The expression behind `->`.
    pub returns: Option<Span>,
    /// Whether it is an `async def`.
    pub is_async: bool,
    /// From the opening to the closing parenthesis, both included.
    pub parentheses: Span,
}

/// One parameter.
#[derive(Clone, Debug)]
pub struct Param<'t> {
    /// Its name as written, without stars.
    pub name: &'t str,
    /// Its name in the header, without stars.
    pub span: Span,
    /// How it is passed.
    pub kind: ParamKind,
    /// The expression of its annotation.
    pub annotation: Option<Span>,
    /// The expression of its default.
    pub default: Option<Span>,
}

/// How a parameter is passed, as in [`inspect.Parameter.kind`].
///
/// [`inspect.Parameter.kind`]: https://docs.python.org/3/library/inspect.html#inspect.Parameter.kind
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParamKind {
    /// Before `/` (PEP 570).
    PositionalOnly,
    /// Neither.
    PositionalOrKeyword,
    /// `*args`.
    VarPositional,
    /// Behind `*` or `*args` (PEP 3102).
    KeywordOnly,
    /// `**kwargs`.
    VarKeyword,
}

impl SymbolKind {
    /// Whether it is a `def`.
    pub const fn is_function(self) -> bool {
        matches!(self, Self::Function | Self::Method)
    }

    /// What a file with this path is: a package where it is `__init__.py` or `__init__.pyi`.
    pub fn of_file(path: &str) -> Self {
        match path.rsplit(['/', '\\']).next() {
            Some("__init__.py" | "__init__.pyi") => Self::Package,
            _ => Self::Module,
        }
    }

    /// Whether it is a file.
    pub const fn is_module(self) -> bool {
        matches!(self, Self::Module | Self::Package)
    }

    /// Its word in output: `module`, `package`, `class`, `function`, `method`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::Package => "package",
            Self::Class => "class",
            Self::Function => "function",
            Self::Method => "method",
        }
    }
}

impl ParamKind {
    /// Its word in output: `positional-only` and so on.
    pub const fn word(self) -> &'static str {
        match self {
            Self::PositionalOnly => "positional-only",
            Self::PositionalOrKeyword => "positional-or-keyword",
            Self::VarPositional => "var-positional",
            Self::KeywordOnly => "keyword-only",
            Self::VarKeyword => "var-keyword",
        }
    }

    /// The stars it is written with: none, one or two.
    pub const fn stars(self) -> &'static str {
        match self {
            Self::VarPositional => "*",
            Self::VarKeyword => "**",
            _ => "",
        }
    }
}

impl Symbol<'_> {
    /// The last part of each decorator's dotted name, calls left off: `@abc.abstractmethod` and
    /// `@functools.lru_cache(3)` give `abstractmethod` and `lru_cache`; any other expression none.
    pub fn decorator_names<'m>(&'m self, text: &'m str) -> impl Iterator<Item = &'m str> {
        self.decorators
            .iter()
            .filter_map(move |&span| last_name(span.of(text)))
    }

    /// The last part of each base's dotted name, subscripts and calls left off.
    pub fn base_names<'m>(&'m self, text: &'m str) -> impl Iterator<Item = &'m str> {
        self.bases
            .iter()
            .filter_map(move |&span| last_name(span.of(text)))
    }
}

/// The last part of a dotted name at the start of `expression`, behind which nothing, a call or a
/// subscript comes; `None` for any other expression.
pub(super) fn last_name(expression: &str) -> Option<&str> {
    let bytes = expression.as_bytes();
    let is_part = |byte: &u8| is_name(*byte) || *byte == b'.';
    let end = bytes.iter().position(|it| !is_part(it));
    let (dotted, rest) = expression.split_at(end.unwrap_or(bytes.len()));
    let called = match rest.as_bytes().first() {
        None | Some(b'(' | b'[') => true,
        Some(_) => matches!(
            rest.trim_start().as_bytes().first(),
            None | Some(b'(' | b'[')
        ),
    };
    let dot = dotted.bytes().rposition(|it| it == b'.');
    let name = &dotted[dot.map_or(0, |at| at + 1)..];
    (called && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::last_name;

    #[test]
    fn the_last_part_of_a_dotted_name() {
        assert_eq!(last_name("abc.abstractmethod"), Some("abstractmethod"));
        assert_eq!(last_name("lru_cache (maxsize=3)"), Some("lru_cache"));
        assert_eq!(last_name("Generic[T]"), Some("Generic"));
        assert_eq!(last_name("a + b"), None);
        assert_eq!(last_name("(x)"), None);
    }
}
