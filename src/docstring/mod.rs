//! What a docstring says: one model for four styles.
//!
//! Parsing never fails: what cannot be read is text, or a [`Quirk`].

mod entries;
mod escapes;
mod exceptions;
mod field_sections;
mod fields;
mod google;
mod head;
mod headers;
mod lines;
mod model;
mod names;
mod numpy;
mod opaque;
mod parse;
mod reader;
mod sections;
mod steps;
mod styles;
mod syntax;
mod templates;
mod typed_fields;
mod types;
mod write;

#[cfg(test)]
mod tests;

pub use model::{Docstring, Entry, Quirk, QuirkKind, Section, SectionKind, Style};
pub use parse::parse;
pub use styles::StyleCounts;
pub use write::{
    Addition, Body, Change, Draft, DraftEntry, DraftSection, Part, UnwritableError, changed,
    convert, describe, insert, remark, reword, straighten, write,
};
