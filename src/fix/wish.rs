//! What is asked of a mending run.

use crate::docstring::Style;

/// What is asked of a mending run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Whether edits are made that take words away, or give a one-line body lines of its own.
    pub unsafe_fixes: bool,
    /// Whether what needs words gets placeholders.
    pub skeleton: bool,
    /// The style that docstrings are turned into.
    pub to_style: Option<Style>,
    /// The style of new docstrings, where neither settings nor the file tell.
    pub usual_style: Option<Style>,
    /// Whether a docstring that lacks words is written anew, and not only added to.
    pub anew: bool,
    /// The width of lines of asked words, in columns.
    pub line_length: usize,
}

impl Wish {
    /// Whether more is wanted than the remedies that findings bring.
    pub(super) const fn needs_reading(self) -> bool {
        self.skeleton || self.to_style.is_some()
    }
}
