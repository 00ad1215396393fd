//! Which exceptions leave a function by its explicit `raise` statements.
//!
//! While the lines go by, only [`Event`]s are noted, each with the [`Guard`]s around it; handlers,
//! classes and factories may come further down, so all is resolved at the end of the file.

mod guard;
mod hierarchy;
mod origin;
mod resolve;
mod thrown;

#[cfg(test)]
mod tests;

pub(super) use guard::{Guard, Guards};
pub use hierarchy::{exception_ancestors, is_built_in_exception};
pub(super) use resolve::resolve;
pub use thrown::alias as exception_alias;
pub(super) use thrown::{Thrown, each_thrown};

use super::symbol::SymbolId;
use crate::text::Span;

/// One `raise` statement, or one branch of its conditional expression.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event<'t> {
    /// Whose body it is in.
    pub(super) scope: SymbolId,
    /// The innermost guard around it.
    pub(super) guard: Guard,
    /// The statement.
    pub(super) span: Span,
    /// What it throws.
    pub(super) thrown: Thrown<'t>,
}
