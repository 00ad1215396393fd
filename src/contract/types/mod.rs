//! Types compared as types, not as text.
//!
//! Both an annotation and what a docstring writes (`int or None`, `list of str`, `{'a', 'b'}, default 'a'`)
//! are read into one model. What cannot be read, or may be an alias of anything, is never a mismatch.

mod compare;
mod parse;
mod scan;
mod spelling;

pub use compare::disagree;
pub use spelling::annotation_spelling;

/// A type, as far as it can be read.
#[derive(Clone, Debug, PartialEq)]
enum Type {
    /// A class, by the last part of its name, with its arguments if it has any: `list[int]`.
    Class(String, Vec<Type>),
    /// One of several.
    Union(Vec<Type>),
    /// One of these values, as they are written.
    Values(Vec<String>),
    /// Anything at all, or nothing that can be read.
    Unknown,
}

/// A documented type.
#[derive(Clone, Debug, PartialEq)]
struct Documented {
    /// What the value is.
    kind: Type,
    /// Whether it says `optional`, or has a default.
    is_optional: bool,
}

/// How deep a type may be nested to be read.
const DEEPEST: usize = 12;
/// Longer texts are no types.
const LONGEST: usize = 400;
