//! The JSON Schema of an answer: `schemas/docstring.schema.json` cut down to what is missing, in the subset that every
//! provider takes: objects closed, properties required, no lengths, no recursion.

use serde_json::{Map, Value, json};

use super::wanted::Wanted;

/// Raised with every change of the shape: stored answers of another one are not read.
pub(super) const VERSION: &str = "1";

/// The schema of an answer with one slot for each of these.
pub(super) fn of_slots<'w>(slots: impl Iterator<Item = (&'w str, &'w Wanted)>) -> Value {
    let slots = slots.map(|(name, wanted)| (name.to_owned(), of_slot(wanted)));
    closed(&slots.collect())
}

/// The schema of one slot.
pub(super) fn of_slot(wanted: &Wanted) -> Value {
    let text = || json!({"type": "string"});
    let value = || closed(&Map::from_iter([("description".to_owned(), text())]));
    let entries = |names: &[String]| {
        let entry = Map::from_iter([
            ("name".to_owned(), json!({"type": "string", "enum": names})),
            ("description".to_owned(), text()),
        ]);
        json!({"type": "array", "items": closed(&entry)})
    };
    let mut properties = Map::new();
    let mut add = |name: &str, schema: Value| properties.insert(name.to_owned(), schema);
    if wanted.summary {
        add("summary", text());
    }
    if !wanted.args.is_empty() {
        add("args", entries(&wanted.args));
    }
    if wanted.returns {
        add("returns", value());
    }
    if wanted.yields {
        add("yields", value());
    }
    if !wanted.raises.is_empty() {
        add("raises", entries(&wanted.raises));
    }
    closed(&properties)
}

fn closed(properties: &Map<String, Value>) -> Value {
    let required: Vec<Value> = properties.keys().map(|it| it.as_str().into()).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// Why an instance is none of this schema.
pub(super) fn fault(schema: &Value, instance: &Value) -> Option<String> {
    let validator = match jsonschema::validator_for(schema) {
        Ok(validator) => validator,
        Err(error) => return Some(error.to_string()),
    };
    let error = validator.iter_errors(instance).next()?;
    Some(error.to_string().chars().take(300).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_missing_is_asked_for() {
        let wanted = Wanted {
            summary: true,
            args: vec!["a".to_owned()],
            ..Wanted::default()
        };
        let schema = of_slots([("s1", &wanted)].into_iter());
        let good = json!({"s1": {"summary": "S.", "args": [{"name": "a", "description": "A."}]}});
        assert_eq!(fault(&schema, &good), None);
        for bad in [
            json!({}),
            json!({"s1": {"summary": "S."}}),
            json!({"s1": {"summary": "S.", "args": [], "returns": {"description": "R."}}}),
            json!({"s1": {"summary": "S.", "args": [{"name": "b", "description": "B."}]}}),
            json!({"s1": {"summary": 3, "args": []}}),
        ] {
            assert!(fault(&schema, &bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn an_answer_is_an_instance_of_the_contract_as_far_as_it_goes() {
        let contract: Value =
            serde_json::from_str(include_str!("../../../schemas/docstring.schema.json")).unwrap();
        let mut schema = contract["$defs"]["function"].clone();
        schema["$defs"] = contract["$defs"].clone();
        let answer = json!({
            "kind": "function",
            "summary": "S.",
            "args": [{"name": "a", "description": "A."}],
            "returns": {"description": "R."},
            "yields": {"description": "Y."},
            "raises": [{"name": "E", "description": "When."}],
        });
        assert_eq!(fault(&schema, &answer), None);
    }
}
