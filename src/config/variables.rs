//! Settings as variables: every key is also `DOCGEN_...`, from the environment or from `--env-file`.

use serde::Deserialize as _;
use serde_json::Value as Json;
use toml::{Table, Value};

use super::layers::{Layer, Origin};
use super::{ConfigError, Options, schema};

/// A key that a variable can set.
struct Key {
    section: Option<String>,
    name: String,
    /// The JSON Schema of its value.
    schema: Json,
}

/// One layer for each variable that names a key, in the order of the keys.
///
/// # Errors
/// When a value does not convert, or is out of its range.
pub(super) fn layers(variables: &[(String, String)]) -> Result<Vec<Layer>, ConfigError> {
    if !variables
        .iter()
        .any(|(name, _)| name.starts_with("DOCGEN_"))
    {
        return Ok(Vec::new());
    }
    let mut layers = Vec::new();
    for key in keys() {
        let name = key.variable();
        if let Some((_, text)) = variables.iter().find(|(it, _)| *it == name) {
            layers.push(key.layer(name, text)?);
        }
    }
    Ok(layers)
}

/// The keys of the configuration's schema that hold one value or a list.
fn keys() -> Vec<Key> {
    let schema = schema();
    let mut keys = Vec::new();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let resolved = resolve(&schema, property);
        match resolved["properties"].as_object() {
            Some(inner) => keys.extend(inner.iter().map(|(inner, property)| Key {
                section: Some(name.clone()),
                name: inner.clone(),
                schema: resolve(&schema, property),
            })),
            None => keys.push(Key {
                section: None,
                name: name.clone(),
                schema: resolved,
            }),
        }
    }
    keys
}

/// What a property's `$ref` and its `anyOf` with null come down to.
fn resolve(schema: &Json, property: &Json) -> Json {
    let mut property = property;
    // Bounded: a reference leads to a definition, which leads nowhere else here.
    for _ in 0..4 {
        if let Some(path) = property["$ref"]
            .as_str()
            .and_then(|it| it.strip_prefix('#'))
        {
            property = schema.pointer(path).unwrap_or(&Json::Null);
        } else if let Some(some) = property["anyOf"].as_array().and_then(|it| it.first()) {
            property = some;
        } else {
            break;
        }
    }
    property.clone()
}

impl Key {
    /// `DOCGEN_SCORE_FAIL_UNDER`.
    fn variable(&self) -> String {
        let path: Vec<&str> = self
            .section
            .iter()
            .chain([&self.name])
            .map(String::as_str)
            .collect();
        format!("DOCGEN_{}", path.join("_"))
            .replace('-', "_")
            .to_uppercase()
    }

    fn is(&self, word: &str) -> bool {
        let kind = &self.schema["type"];
        kind == word
            || kind
                .as_array()
                .is_some_and(|all| all.iter().any(|it| it == word))
    }

    fn layer(&self, variable: String, text: &str) -> Result<Layer, ConfigError> {
        let wrong = |range: String| ConfigError::Value {
            message: format!("`{variable}` is `{text}`"),
            hint: Some(range),
        };
        let value = self.value(text.trim()).ok_or_else(|| wrong(self.range()))?;
        let mut table = Table::new();
        table.insert(self.name.clone(), value);
        if let Some(section) = &self.section {
            table = Table::from_iter([(section.clone(), Value::Table(table))]);
        }
        // The range of a number, the names of a choice.
        Options::deserialize(Value::Table(table.clone())).map_err(|_| wrong(self.range()))?;
        Ok(Layer {
            origin: Origin::Variable(variable),
            table,
        })
    }

    /// The text as a value of this key's type; `None` where it is none.
    fn value(&self, text: &str) -> Option<Value> {
        if self.is("boolean") {
            return match text.to_ascii_lowercase().as_str() {
                "true" | "1" | "yes" | "on" => Some(true.into()),
                "false" | "0" | "no" | "off" => Some(false.into()),
                _ => None,
            };
        }
        if self.is("integer") {
            return text.parse::<i64>().ok().map(Value::from);
        }
        if self.is("number") {
            return text
                .parse::<f64>()
                .ok()
                .filter(|it| it.is_finite())
                .map(Value::from);
        }
        if self.is("array") {
            let parts = text
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty());
            return Some(parts.map(Value::from).collect::<Vec<_>>().into());
        }
        // A table such as `per-file-ignores` has no place in one variable.
        (!self.is("object")).then(|| text.into())
    }

    /// What the value may be, for people.
    fn range(&self) -> String {
        let choices = self.schema["oneOf"].as_array().into_iter().flatten();
        let mut names: Vec<&str> = choices.filter_map(|it| it["const"].as_str()).collect();
        names.extend(
            self.schema["enum"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Json::as_str),
        );
        if !names.is_empty() {
            return format!("one of {}", names.join(", "));
        }
        let bound = |name: &str| self.schema[name].as_f64().map(|it| it.to_string());
        let bounds = match (bound("minimum"), bound("maximum")) {
            (Some(least), Some(most)) => format!(" from {least} to {most}"),
            (Some(least), None) => format!(" of {least} or more"),
            _ => String::new(),
        };
        if self.is("boolean") {
            "true or false".to_owned()
        } else if self.is("integer") {
            format!("a whole number{bounds}")
        } else if self.is("number") {
            format!("a number{bounds}")
        } else {
            "not to be set by a variable".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(name: &str, text: &str) -> Result<Vec<Layer>, ConfigError> {
        layers(&[(name.to_owned(), text.to_owned())])
    }

    #[test]
    fn variables_name_keys_and_those_of_sections() {
        let gate = set("DOCGEN_GATE", "touched").unwrap();
        assert_eq!(gate[0].table["gate"].as_str(), Some("touched"));
        let score = set("DOCGEN_SCORE_FAIL_UNDER", "80").unwrap();
        assert_eq!(score[0].table["score"]["fail-under"].as_float(), Some(80.0));
        let select = set("DOCGEN_SELECT", "DG1, missing-param").unwrap();
        assert_eq!(select[0].table["select"].as_array().unwrap().len(), 2);
        assert!(set("DOCGEN_VERSION", "1.0").unwrap().is_empty());
    }

    #[test]
    fn a_value_that_does_not_convert_names_the_variable_and_its_range() {
        let told = |name, text| match set(name, text) {
            Err(ConfigError::Value { message, hint }) => (message, hint.unwrap()),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            told("DOCGEN_FAIL_ON", "maybe"),
            (
                "`DOCGEN_FAIL_ON` is `maybe`".into(),
                "one of error, warning, never".into()
            )
        );
        assert_eq!(told("DOCGEN_PRIVATE", "x").1, "true or false");
        assert_eq!(
            told("DOCGEN_SCORE_FAIL_UNDER", "101").1,
            "a number from 0 to 100"
        );
        assert_eq!(
            told("DOCGEN_FIX_ATTEMPTS", "0").1,
            "a whole number from 1 to 10"
        );
    }
}
