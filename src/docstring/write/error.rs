//! Why a docstring is not written.

use super::super::Style;

/// Why a docstring is left as it is. Nobody's fault but that of the styles, which do not hold the same things.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnwritableError {
    /// A line in a section is not written as entries are: what it belongs to is not certain.
    #[error("`{0}` is not written as an entry is")]
    Malformed(String),
    /// A section of entries holds text that belongs to none of them.
    #[error("`{0}` belongs to no entry")]
    Loose(String),
    /// Code fills in a line later, with entries in a style of its own.
    #[error("`{0}` is filled in later")]
    Template(String),
    /// An entry says something that only its own style can.
    #[error("there is no place for `{0}`")]
    Residue(String),
    /// The style has no such section.
    #[error("{style} style has no section `{1}`", style = .0.word())]
    Section(Style, String),
    /// A line is less deep than its docstring: an unescaped `\n` tore it off.
    #[error("a line is torn off")]
    Torn,
    /// What would be written does not read as what is meant, in that style.
    #[error("it would not be read as the same in {style} style", style = .0.word())]
    Misread(Style),
    /// No entry can be added without moving what is there.
    #[error("there is no plain place for `{0}`")]
    NoPlace(String),
}
