//! Docstrings written: new ones, one style turned into another, entries added to what is there.
//!
//! What people wrote is kept or the work is declined: whatever is written here is read again, and must say the same.

mod convert;
mod describe;
mod draft;
mod error;
mod fields;
mod fit;
mod google;
mod insert;
mod layout;
mod manner;
mod numpy;
mod page;
mod place;
mod read;
mod remark;
mod reword;
mod straighten;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use convert::convert;
pub use describe::describe;
pub use draft::{Body, Draft, DraftEntry, DraftSection, Part};
pub use error::UnwritableError;
pub use insert::{Addition, insert};
pub use remark::remark;
pub use reword::reword;
pub use straighten::straighten;

use super::Style;
use crate::text::Span;

/// Words to put into a docstring's value: what [`crate::python::DocstringSlot::rewrite`] makes an edit of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The bytes of the value that go; empty for an insertion.
    pub within: Span,
    /// What comes in their place.
    pub words: String,
}

/// The value of a new docstring that says what `draft` does. Its lines after the first begin with `indent`, which is the
/// indentation of the statements beside it; where there are several, the last one is the indentation alone.
///
/// # Errors
/// Where `style` has no place for a part of the draft.
pub fn write(draft: &Draft, style: Style, indent: &str) -> Result<String, UnwritableError> {
    let fitted = fit::fit(draft.clone(), style)?;
    let mut value = page::margined(&fitted.prose, indent);
    let parts = parts(&fitted.parts, style, unit(indent));
    if !parts.is_empty() {
        if !value.is_empty() {
            value.push_str("\n\n");
            value.push_str(indent);
        }
        value.push_str(&page::margined(&parts, indent));
    }
    if value.contains('\n') {
        value.push('\n');
        value.push_str(indent);
    }
    convert::is_kept(&value, &fitted, style)?;
    Ok(value)
}

/// `value` with `changes` made, which are in order and apart.
pub fn changed(value: &str, changes: &[Change]) -> String {
    let mut whole = String::with_capacity(value.len() + 64);
    let mut at = 0;
    for change in changes {
        whole.push_str(Span::new(at, change.within.start).of(value));
        whole.push_str(&change.words);
        at = change.within.end;
    }
    whole.push_str(Span::new(at, value.len() as u32).of(value));
    whole
}

/// One level of indentation, where lines are indented by `indent`.
fn unit(indent: &str) -> &'static str {
    if indent.contains('\t') { "\t" } else { "    " }
}

/// The parts, each set off by a blank line, fields that follow one another apart; without a margin.
fn parts(parts: &[Part], style: Style, unit: &str) -> String {
    let mut page = page::Page::new(unit);
    let mut was_fields = false;
    for part in parts {
        let is_fields = style.has_fields() && part.has_entries();
        if !(page.is_empty() || was_fields && is_fields) {
            page.blank();
        }
        was_fields = is_fields;
        match part {
            Part::Text(text) => page.block(0, text),
            Part::Section(section) => match style {
                Style::Google => google::section(&mut page, section),
                Style::Numpy => numpy::section(&mut page, section),
                Style::Sphinx | Style::Epytext => fields::section(&mut page, section, style),
            },
        }
    }
    page.finish()
}
