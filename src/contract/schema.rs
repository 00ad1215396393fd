//! The schema of a complete docstring (`schemas/docstring.schema.json`), as far as the score reads it.

use std::sync::OnceLock;

use serde_json::Value;

use crate::python::SymbolKind;

/// The schema that holds where nobody brings another.
const BUILT_IN: &str = include_str!("../../schemas/docstring.schema.json");

/// What each part weighs, and what is asked of every symbol, per kind of symbol.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    module: Kind,
    class: Kind,
    function: Kind,
}

/// What the parts of one kind of symbol weigh.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Kind {
    /// The weight of each part, by [`Part`].
    weights: [u32; Part::ALL.len()],
    /// The parts that are asked whatever the code says.
    pub(super) required: Vec<Part>,
}

/// A part of a docstring, as the schema names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Summary,
    Description,
    Args,
    Returns,
    Yields,
    Receives,
    Raises,
    Warns,
    Attributes,
    Examples,
    Notes,
    Deprecated,
    Complexity,
    Changelog,
}

/// A schema that cannot be read: the fault of who wrote it.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// It is no JSON.
    #[error("the schema is no JSON")]
    Json(#[from] serde_json::Error),
    /// It says nothing of one kind of symbol.
    #[error("the schema has no `$defs/{0}/properties`")]
    Kind(&'static str),
    /// A weight is no whole number, or larger than the score can add up.
    #[error("`x-weight` of `{part}` in `$defs/{kind}` is no whole number from 0 to 1000")]
    Weight {
        /// The kind of symbol.
        kind: &'static str,
        /// The part.
        part: &'static str,
    },
}

const HEAVIEST: u64 = 1000;

impl Schema {
    /// The built-in schema.
    pub fn built_in() -> &'static Self {
        static SCHEMA: OnceLock<Schema> = OnceLock::new();
        SCHEMA.get_or_init(|| Self::parse(BUILT_IN).unwrap_or_default())
    }

    /// Read a schema of this shape.
    ///
    /// # Errors
    /// When it is no JSON, or has not the shape of the built-in one.
    pub fn parse(text: &str) -> Result<Self, SchemaError> {
        let schema: Value = serde_json::from_str(text)?;
        Ok(Self {
            module: Kind::read(&schema, "module")?,
            class: Kind::read(&schema, "class")?,
            function: Kind::read(&schema, "function")?,
        })
    }

    pub(super) const fn kind(&self, kind: SymbolKind) -> &Kind {
        match kind {
            SymbolKind::Module | SymbolKind::Package => &self.module,
            SymbolKind::Class => &self.class,
            SymbolKind::Function | SymbolKind::Method => &self.function,
        }
    }
}

impl Kind {
    fn read(schema: &Value, name: &'static str) -> Result<Self, SchemaError> {
        let definition = &schema["$defs"][name];
        let properties = definition["properties"].as_object();
        let properties = properties.ok_or(SchemaError::Kind(name))?;
        let mut kind = Self::default();
        for part in Part::ALL {
            let weight = properties
                .get(part.word())
                .and_then(|it| it.get("x-weight"));
            let Some(weight) = weight else { continue };
            let weight = weight.as_u64().filter(|&it| it <= HEAVIEST);
            kind.weights[part as usize] = weight.ok_or(SchemaError::Weight {
                kind: name,
                part: part.word(),
            })? as u32;
        }
        let required = definition["required"].as_array();
        let required: Vec<_> = required
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let is_required = |part: &Part| required.contains(&part.word());
        kind.required = Part::ALL.into_iter().filter(is_required).collect();
        Ok(kind)
    }

    pub(super) const fn weight(&self, part: Part) -> u32 {
        self.weights[part as usize]
    }
}

impl Part {
    pub(super) const ALL: [Self; 14] = [
        Self::Summary,
        Self::Description,
        Self::Args,
        Self::Returns,
        Self::Yields,
        Self::Receives,
        Self::Raises,
        Self::Warns,
        Self::Attributes,
        Self::Examples,
        Self::Notes,
        Self::Deprecated,
        Self::Complexity,
        Self::Changelog,
    ];

    /// Whether the code says which entries of it there must be.
    pub(super) const fn is_asked_by_code(self) -> bool {
        matches!(
            self,
            Self::Args | Self::Returns | Self::Yields | Self::Raises
        )
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Description => "description",
            Self::Args => "args",
            Self::Returns => "returns",
            Self::Yields => "yields",
            Self::Receives => "receives",
            Self::Raises => "raises",
            Self::Warns => "warns",
            Self::Attributes => "attributes",
            Self::Examples => "examples",
            Self::Notes => "notes",
            Self::Deprecated => "deprecated",
            Self::Complexity => "complexity",
            Self::Changelog => "changelog",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_schema_is_read_whole() {
        let schema = Schema::parse(BUILT_IN).unwrap();
        assert_eq!(&schema, Schema::built_in());
        for kind in [&schema.module, &schema.class, &schema.function] {
            assert_eq!(kind.required, [Part::Summary]);
        }
        assert_eq!(schema.function.weight(Part::Args), 2);
        assert_eq!(schema.module.weight(Part::Args), 0);
    }

    #[test]
    fn a_schema_of_another_shape_says_what_is_wrong() {
        let told = |text: &str| Schema::parse(text).unwrap_err().to_string();
        assert_eq!(told("{}"), "the schema has no `$defs/module/properties`");
        let heavy = BUILT_IN.replacen("\"x-weight\": 4", "\"x-weight\": -1", 1);
        assert_eq!(
            told(&heavy),
            "`x-weight` of `summary` in `$defs/module` is no whole number from 0 to 1000"
        );
    }
}
