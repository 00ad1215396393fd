//! What is wrong with a schema, and where: the fault of who wrote it.

use std::ops::Range;

/// A schema that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{fault}")]
pub struct SchemaError {
    /// What is wrong.
    pub fault: SchemaFault,
    /// The bytes of the text that are.
    pub span: Range<usize>,
}

/// What is wrong with a schema.
#[derive(Debug, thiserror::Error)]
pub enum SchemaFault {
    /// It is no JSON.
    #[error("the schema is no JSON: {0}")]
    Json(String),
    /// It says nothing of one kind of symbol.
    #[error("the schema has no `$defs/{0}/properties`")]
    Kind(&'static str),
    /// A weight is no whole number, or larger than the score can add up.
    #[error("`x-weight` of `{part}` in `$defs/{kind}` is no whole number from 0 to 1000")]
    Weight {
        /// The kind of symbol.
        kind: &'static str,
        /// The part.
        part: String,
    },
    /// It names a part that no docstring has.
    #[error("no docstring has a part `{part}`")]
    Part {
        /// The name.
        part: String,
        /// The part that is most like it.
        nearest: Option<&'static str>,
    },
    /// It is no JSON Schema.
    #[error("no JSON Schema (2020-12): {0}")]
    Shape(String),
}

impl SchemaError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        let hint = match &self.fault {
            SchemaFault::Json(_) => return None,
            SchemaFault::Kind(_) => {
                "`docgen config schema docstring` prints the schema to start from".to_owned()
            }
            SchemaFault::Weight { .. } => "4 is the weight of a summary".to_owned(),
            SchemaFault::Part {
                nearest: Some(name),
                ..
            } => format!("did you mean `{name}`?"),
            SchemaFault::Part { .. } => format!("the parts are {}", super::part_names().join(", ")),
            SchemaFault::Shape(_) => {
                "https://json-schema.org/understanding-json-schema explains the keywords".to_owned()
            }
        };
        Some(hint)
    }
}
