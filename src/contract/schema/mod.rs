//! The schema of a complete docstring (`schemas/docstring.schema.json`), or a team's own of the same form.

mod error;
mod judge;
mod parts;
#[cfg(test)]
mod tests;

use std::sync::{Arc, OnceLock};

use serde_json::Value;

pub use error::{SchemaError, SchemaFault};
pub(super) use judge::{Judge, Verdict};
pub(super) use parts::Part;
use parts::part_names;

use crate::python::SymbolKind;
use crate::text::{JsonPlace, json_complaint};

/// The schema that holds where nobody brings another.
const BUILT_IN: &str = include_str!("../../../schemas/docstring.schema.json");

/// What each part weighs, and what is asked of every symbol, per kind of symbol.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    module: Kind,
    class: Kind,
    function: Kind,
    /// What holds every word of the schema against a docstring; without it, only what the built-in schema says is held.
    judge: Option<Arc<Judge>>,
}

/// What the parts of one kind of symbol weigh.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Kind {
    /// The weight of each part, by [`Part`].
    weights: [u32; Part::ALL.len()],
    /// The parts that are asked whatever the code says.
    pub(super) required: Vec<Part>,
}

const HEAVIEST: u64 = 1000;

/// The kinds of symbols that a schema tells of.
const KINDS: [&str; 3] = ["module", "class", "function"];

impl Schema {
    /// The built-in schema, held without a validator: the same scores, at no cost.
    pub fn built_in() -> &'static Self {
        static SCHEMA: OnceLock<Schema> = OnceLock::new();
        SCHEMA.get_or_init(|| {
            let schema = serde_json::from_str(BUILT_IN).unwrap_or_default();
            Self::read(BUILT_IN, &schema).unwrap_or_default()
        })
    }

    /// The built-in schema's text.
    pub const fn text() -> &'static str {
        BUILT_IN
    }

    /// Read a schema of this form, every word of which is to be held.
    ///
    /// # Errors
    /// When it is no JSON Schema, or has not the form of the built-in one.
    pub fn parse(text: &str) -> Result<Self, SchemaError> {
        let schema: Value = serde_json::from_str(text).map_err(|error| no_json(text, &error))?;
        let at = |path: &[String], fault| SchemaError {
            fault,
            span: JsonPlace::find(text, path.iter().map(String::as_str)).shown(text),
        };
        if let Some((path, what)) = judge::meta(&schema) {
            return Err(at(&path, SchemaFault::Shape(what)));
        }
        for kind in KINDS {
            if let Some((path, fault)) = parts::unknown(&schema, kind) {
                let place = JsonPlace::find(text, path.iter().map(String::as_str));
                let span = place.key.unwrap_or(place.value);
                return Err(SchemaError { fault, span });
            }
        }
        let weights = Self::read(text, &schema)?;
        let judge = Judge::new(&schema).map_err(|error| {
            let what = error.to_string();
            SchemaError {
                span: quoted(text, &what),
                fault: SchemaFault::Shape(what),
            }
        })?;
        Ok(Self {
            judge: Some(Arc::new(judge)),
            ..weights
        })
    }

    fn read(text: &str, schema: &Value) -> Result<Self, SchemaError> {
        Ok(Self {
            module: Kind::read(text, schema, "module")?,
            class: Kind::read(text, schema, "class")?,
            function: Kind::read(text, schema, "function")?,
            judge: None,
        })
    }

    pub(super) const fn kind(&self, kind: SymbolKind) -> &Kind {
        match kind {
            SymbolKind::Module | SymbolKind::Package => &self.module,
            SymbolKind::Class => &self.class,
            SymbolKind::Function | SymbolKind::Method => &self.function,
        }
    }

    /// Whether every word of it is held, not only what the built-in schema says.
    pub const fn is_strict(&self) -> bool {
        self.judge.is_some()
    }

    pub(super) fn judge(&self) -> Option<&Judge> {
        self.judge.as_deref()
    }
}

/// What serde says, at the place of which it says it.
fn no_json(text: &str, error: &serde_json::Error) -> SchemaError {
    let said = error.to_string();
    let message = said.split(" at line ").next().unwrap_or_default();
    SchemaError {
        fault: SchemaFault::Json(message.to_owned()),
        span: json_complaint(text, error.line(), error.column()),
    }
}

/// Where what a message quotes stands in the text; its beginning, where it does not.
fn quoted(text: &str, message: &str) -> std::ops::Range<usize> {
    let words = message.split(['\'', '"', '`']).skip(1).step_by(2);
    let mut found = words.filter_map(|it| Some((text.find(it)?, it.len())));
    let place = found.find(|it| it.1 > 1);
    place.map_or(0..text.len().min(1), |(start, length)| {
        start..start + length
    })
}

impl Kind {
    fn read(text: &str, schema: &Value, name: &'static str) -> Result<Self, SchemaError> {
        let at = |path: &[&str], fault| SchemaError {
            fault,
            span: JsonPlace::find(text, path.iter().copied()).shown(text),
        };
        let definition = &schema["$defs"][name];
        let Some(properties) = definition["properties"].as_object() else {
            return Err(at(&["$defs", name], SchemaFault::Kind(name)));
        };
        let mut kind = Self::default();
        for part in Part::ALL {
            let word = part.word();
            let weight = properties.get(word).and_then(|it| it.get("x-weight"));
            let Some(weight) = weight else { continue };
            let Some(weight) = weight.as_u64().filter(|&it| it <= HEAVIEST) else {
                let fault = SchemaFault::Weight {
                    kind: name,
                    part: word.to_owned(),
                };
                return Err(at(&["$defs", name, "properties", word, "x-weight"], fault));
            };
            kind.weights[part as usize] = weight as u32;
        }
        let required = definition["required"].as_array();
        let required = required.into_iter().flatten().filter_map(Value::as_str);
        kind.required = required.filter_map(Part::named).collect();
        kind.required.sort_unstable();
        kind.required.dedup();
        Ok(kind)
    }

    pub(super) const fn weight(&self, part: Part) -> u32 {
        self.weights[part as usize]
    }
}
