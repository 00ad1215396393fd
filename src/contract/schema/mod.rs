//! The schema of a complete docstring (`schemas/docstring.schema.json`), or a team's own of the same form.

mod error;
mod judge;
mod parts;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::Arc;

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
    pub(super) required: Cow<'static, [Part]>,
}

const HEAVIEST: u64 = 1000;

/// The kinds of symbols that a schema tells of.
const KINDS: [&str; 3] = ["module", "class", "function"];

impl Schema {
    /// The built-in schema, held without a validator: the same scores, at no cost. What the file weighs stands here once
    /// more, because reading it would be a fifth of what a small check costs; a test holds one to the other.
    pub const fn built_in() -> &'static Self {
        const COMMON: [(Part, u32); 6] = [
            (Part::Summary, 4),
            (Part::Description, 2),
            (Part::Examples, 2),
            (Part::Notes, 1),
            (Part::Deprecated, 1),
            (Part::Changelog, 1),
        ];
        static SCHEMA: Schema = Schema {
            module: Kind::of(&[&COMMON]),
            class: Kind::of(&[&COMMON, &[(Part::Args, 2), (Part::Attributes, 1)]]),
            function: Kind::of(&[
                &COMMON,
                &[
                    (Part::Args, 2),
                    (Part::Returns, 3),
                    (Part::Yields, 3),
                    (Part::Receives, 1),
                    (Part::Raises, 2),
                    (Part::Warns, 1),
                    (Part::Complexity, 1),
                ],
            ]),
            judge: None,
        };
        &SCHEMA
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
    /// One whose parts weigh this, and that asks for a summary.
    const fn of(weights: &[&[(Part, u32)]]) -> Self {
        let mut all = [0; Part::ALL.len()];
        let mut list = 0;
        // Loops and iterators are not for constants.
        while list < weights.len() {
            let mut at = 0;
            while at < weights[list].len() {
                let (part, weight) = weights[list][at];
                all[part as usize] = weight;
                at += 1;
            }
            list += 1;
        }
        Self {
            weights: all,
            required: Cow::Borrowed(&[Part::Summary]),
        }
    }

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
        let mut required: Vec<Part> = required.filter_map(Part::named).collect();
        required.sort_unstable();
        required.dedup();
        kind.required = required.into();
        Ok(kind)
    }

    pub(super) const fn weight(&self, part: Part) -> u32 {
        self.weights[part as usize]
    }
}
