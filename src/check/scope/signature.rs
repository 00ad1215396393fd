//! What a header says of parameters and value.

use super::Side;
use crate::contract::annotation_spelling;
use crate::python::{Param, ParamKind, normalised};
use crate::text::Span;

/// What is compared of a signature: two that are equal say the same.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header<'a> {
    params: Vec<Parameter<'a>>,
    returns: Option<String>,
}

#[derive(Debug, PartialEq, Eq)]
struct Parameter<'a> {
    name: &'a str,
    kind: ParamKind,
    annotation: Option<String>,
    default: Option<String>,
}

impl<'a> Header<'a> {
    /// That of a function; empty for what is none.
    pub(super) fn of(side: Side<'a>) -> Self {
        let text = side.module.text;
        let spelled = |span: Option<Span>| span.map(|span| annotation_spelling(text, span));
        let parameter = |it: &Param<'a>| Parameter {
            name: it.name,
            kind: it.kind,
            annotation: spelled(it.annotation),
            default: it.default.map(|span| normalised(text, span)),
        };
        let signature = side.symbol.signature.as_ref();
        Self {
            params: side.params().iter().map(parameter).collect(),
            returns: spelled(signature.and_then(|it| it.returns)),
        }
    }

    /// Whether a parameter was added, removed or renamed.
    pub(super) fn has_other_names(&self, other: &Self) -> bool {
        let names = |header: &Self| {
            let mut names: Vec<_> = header.params.iter().map(|it| it.name).collect();
            names.sort_unstable();
            names
        };
        names(self) != names(other)
    }

    /// The parameters alone.
    pub(super) fn has_equal_params(&self, other: &Self) -> bool {
        self.params == other.params
    }
}
