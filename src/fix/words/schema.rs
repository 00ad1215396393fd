//! The JSON Schema of an answer: `schemas/docstring.schema.json` cut down to what is missing, in the subset that every
//! provider takes: objects closed, properties required, no lengths, no recursion.

use serde_json::{Map, Value, json};

use super::wanted::Wanted;

/// Raised with every change of the shape: stored answers of another one are not read.
pub(super) const VERSION: &str = "2";

/// The schema of an answer with one slot for each of these.
pub(super) fn of_slots<'w>(slots: impl Iterator<Item = (&'w str, &'w Wanted)>) -> Value {
    let slots = slots.map(|(name, wanted)| (name.to_owned(), of_slot(wanted)));
    closed(&slots.collect())
}

/// The schema of one slot.
pub(super) fn of_slot(wanted: &Wanted) -> Value {
    let text = || json!({"type": "string"});
    let described = || ("description".to_owned(), text());
    let entries = |names: &[String]| {
        let name = json!({"type": "string", "enum": names});
        let entry = Map::from_iter([("name".to_owned(), name), described()]);
        json!({"type": "array", "items": closed(&entry)})
    };
    let mut properties = Map::new();
    let mut add = |name: &str, schema: Value| properties.insert(name.to_owned(), schema);
    for (name, _) in wanted.texts().iter().filter(|it| it.1) {
        add(name, text());
    }
    for (name, names) in wanted.named() {
        if !names.is_empty() {
            add(name, entries(names));
        }
    }
    for (name, _) in wanted.values().iter().filter(|it| it.1) {
        let mut value = Map::from_iter([described()]);
        if wanted.typed {
            value.insert("type".to_owned(), text());
        }
        add(name, closed(&value));
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
        let typed = Wanted {
            returns: true,
            typed: true,
            ..Wanted::default()
        };
        let value = json!({"returns": {"type": "int", "description": "R."}});
        assert_eq!(fault(&of_slot(&typed), &value), None);
        let untyped = json!({"returns": {"description": "R."}});
        assert!(fault(&of_slot(&typed), &untyped).is_some());
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
            "description": "D.",
            "returns": {"description": "R.", "type": "int"},
            "yields": {"description": "Y."},
            "receives": {"description": "S."},
            "raises": [{"name": "E", "description": "When."}],
            "warns": [{"name": "W", "description": "When."}],
        });
        assert_eq!(fault(&schema, &answer), None);
    }
}
