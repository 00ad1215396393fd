//! What a schema says of one docstring, through a validator.

use std::collections::BTreeSet;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, ValidationError, Validator};
use serde_json::{Value, json};

use super::Part;
use crate::python::SymbolKind;

/// The validators of a schema, one a kind of symbol. Building them costs more than checking a file: it is done where a
/// score or a schema is asked for, and never else.
#[derive(Debug)]
pub(in crate::contract) struct Judge {
    module: Validator,
    class: Validator,
    function: Validator,
}

/// What is asked of a docstring and what of it does not hold.
#[derive(Debug, Default)]
pub(in crate::contract) struct Verdict {
    /// The parts that the schema asks for here.
    pub(in crate::contract) asked: BTreeSet<Part>,
    /// The parts, asked for or not, that are missing or not as the schema wants them.
    pub(in crate::contract) faulty: BTreeSet<Part>,
    /// The entries of parts that are not as the schema wants them, by their places.
    pub(in crate::contract) entries: BTreeSet<(Part, usize)>,
    /// What else the schema asks of the whole, by its place in the schema, and whether that holds.
    pub(in crate::contract) others: Vec<bool>,
}

impl Judge {
    /// The validators of `schema`, which has passed [`meta`].
    pub(super) fn new(schema: &Value) -> Result<Self, Box<ValidationError<'static>>> {
        let of = |kind: &str| {
            jsonschema::options()
                .with_draft(Draft::Draft202012)
                .build(&rooted(schema, kind))
                .map_err(Box::new)
        };
        Ok(Self {
            module: of("module")?,
            class: of("class")?,
            function: of("function")?,
        })
    }

    /// Holds the schema against `instance`, a docstring's projection.
    pub(in crate::contract) fn judge(&self, kind: SymbolKind, instance: &Value) -> Verdict {
        let validator = match kind {
            SymbolKind::Module | SymbolKind::Package => &self.module,
            SymbolKind::Class => &self.class,
            SymbolKind::Function | SymbolKind::Method => &self.function,
        };
        let mut verdict = Verdict::default();
        let mut others: BTreeSet<(String, bool)> = BTreeSet::new();
        // What a docstring that says nothing lacks is what is asked for.
        let empty = json!({"kind": instance["kind"], "code": instance["code"]});
        for (instance, is_empty) in [(&empty, true), (instance, false)] {
            for error in validator.iter_errors(instance) {
                match place(&error) {
                    Fault::Missing(part) => {
                        verdict.asked.insert(part);
                        if !is_empty {
                            verdict.faulty.insert(part);
                        }
                    }
                    Fault::Part(part) => {
                        verdict.faulty.insert(part);
                    }
                    Fault::Entry(part, at) => {
                        verdict.entries.insert((part, at));
                    }
                    Fault::Whole => {
                        others.insert((error.schema_path().to_string(), is_empty));
                    }
                }
            }
        }
        let places: BTreeSet<&String> = others.iter().map(|it| &it.0).collect();
        let holds = |place: &String| !others.contains(&(place.clone(), false));
        verdict.others = places.into_iter().map(holds).collect();
        verdict
    }
}

/// The schema as one of one kind of symbol: its choice between kinds gives way to the kind, so that errors are of the parts.
fn rooted(schema: &Value, kind: &str) -> Value {
    let mut schema = schema.clone();
    if let Some(root) = schema.as_object_mut() {
        root.remove("oneOf");
        root.remove("anyOf");
        root.insert("$ref".to_owned(), format!("#/$defs/{kind}").into());
    }
    schema
}

/// What an error is about.
enum Fault {
    Missing(Part),
    Part(Part),
    Entry(Part, usize),
    Whole,
}

fn place(error: &ValidationError<'_>) -> Fault {
    let path = error.instance_path().to_string();
    let mut path = path.split('/').skip(1);
    let Some(part) = path.next().and_then(Part::named) else {
        if let ValidationErrorKind::Required { property } = error.kind()
            && let Some(part) = property.as_str().and_then(Part::named)
        {
            return Fault::Missing(part);
        }
        return Fault::Whole;
    };
    match path.next().and_then(|it| it.parse().ok()) {
        Some(at) => Fault::Entry(part, at),
        None => Fault::Part(part),
    }
}

/// The first thing by which `schema` is no JSON Schema, with the way there.
pub(super) fn meta(schema: &Value) -> Option<(Vec<String>, String)> {
    let validator = jsonschema::draft202012::meta::validate(schema);
    let error = validator.err()?;
    let path = error.instance_path().to_string();
    let path: Vec<String> = path.split('/').skip(1).map(unescaped).collect();
    let name = path.last().map(|it| format!("`{it}`: "));
    let what = error.to_string();
    Some((path, format!("{}{what}", name.unwrap_or_default())))
}

/// A part of a JSON pointer (RFC 6901).
fn unescaped(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}
