//! What is asked of whom.

use super::Visibilities;
use crate::docstring::Style;

/// How much is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whose docstrings have to be there.
    pub presence: Visibilities,
    /// Whose docstrings have to be complete.
    pub parts: Visibilities,
    /// Whether an `__init__` needs a docstring of its own (DG107).
    pub constructors: bool,
    /// What is asked of a method that overrides a documented one.
    pub overrides: Overrides,
    /// The style that docstrings have to be in; `None` where each may be in its own.
    pub style: Option<Style>,
    /// Whether a docstring without sections is complete (preset `lenient`): only sections that are there have to be right.
    pub summary_is_enough: bool,
}

/// What is asked of a method that overrides a documented one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overrides {
    /// Nothing: it inherits the docstring.
    #[default]
    Inherit,
    /// As much as of any other method.
    Document,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            presence: Visibilities::PUBLIC,
            parts: Visibilities::PUBLIC,
            constructors: false,
            overrides: Overrides::Inherit,
            style: None,
            summary_is_enough: false,
        }
    }
}

impl Settings {
    /// The same, with private, nested, magic symbols and tests held to what public ones are (`private = true`).
    #[must_use]
    pub const fn with_private(mut self) -> Self {
        self.presence = Visibilities::ALL;
        self.parts = Visibilities::ALL;
        self
    }
}
