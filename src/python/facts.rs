//! What a symbol's own body does; nested functions, lambdas and classes are not its own.

use crate::text::Span;

/// What the body of one symbol does.
#[derive(Clone, Debug, Default)]
pub struct Facts<'t> {
    /// The shape of its body.
    pub body: Body,
    /// Offset of the first statement of its body, its docstring included (offset behind the header's
    /// colon where there is none).
    pub body_start: u32,
    /// The first `return x` with x not the literal `None`: the whole statement.
    pub returns_value: Option<Span>,
    /// The first `return None` or bare `return`.
    pub returns_none: Option<Span>,
    /// The first `yield` or `yield from`: the keyword and its expression.
    pub yields: Option<Span>,
    /// The first `yield x` with x not the literal `None`, or `yield from`.
    pub yields_value: Option<Span>,
    /// Whether a `yield`'s value is used (`x = yield n`), so that it receives what is sent.
    pub receives: bool,
    /// Exceptions that leave the function by its explicit `raise` statements, in the order of the
    /// text, one entry a statement and class.
    pub raises: Vec<Raised<'t>>,
    /// Calls of `warnings.warn` and `warn`.
    pub warns: Vec<Warned<'t>>,
}

/// The shape of a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Body {
    /// It does something.
    #[default]
    Code,
    /// Nothing but a docstring, `...`, `pass`.
    Empty,
    /// Nothing but these and `raise NotImplementedError`.
    NotImplemented,
}

impl Body {
    /// Whether nothing in it says what the function does, so that its annotation has to.
    pub const fn is_stub(self) -> bool {
        !matches!(self, Self::Code)
    }
}

/// One exception class that leaves the function by one statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised<'t> {
    /// The class's last name: `E` for `raise m.E(...)`.
    pub name: &'t str,
    /// The `raise` statement.
    pub span: Span,
    /// How the name was found.
    pub reason: RaiseReason,
    /// What handlers around it name that may be bases of the class: only other files tell.
    pub perhaps_caught: Vec<&'t str>,
}

/// How the class of a raised exception was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RaiseReason {
    /// `raise E`, `raise E(...)`, `raise m.E(...)`, `raise E.from_x()`.
    Named,
    /// Bare `raise`, or `raise e` of the name bound by the handler: the handler's types.
    Reraised,
    /// A variable assigned from `E(...)` in the same scope.
    Variable,
    /// A function of the same file whose return annotation or `return E(...)` tells.
    Factory,
}

/// One warning given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warned<'t> {
    /// The category's last name, `UserWarning` where none is given; `None` where it cannot be read.
    pub category: Option<&'t str>,
    /// The call.
    pub span: Span,
}
