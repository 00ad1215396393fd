//! What a docstring says: one model for four styles.
//!
//! Parsing never fails: what cannot be read is text, or a [`Quirk`].

mod model;

pub use model::{Docstring, Entry, Quirk, QuirkKind, Section, SectionKind, Style};
