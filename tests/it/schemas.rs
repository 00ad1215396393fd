//! The schemas in `schemas/` are those that docgen prints; `UPDATE=1 cargo test the_schemas` writes them anew.

use crate::sandbox::Sandbox;

const FILES: &[(&str, &str)] = &[
    ("settings", "config"),
    ("docstring", "docstring"),
    ("report", "report"),
    ("score", "score"),
    ("metrics", "metrics"),
    ("history", "history"),
    ("baseline", "baseline"),
];

#[test]
fn the_schemas_in_the_repository_are_those_that_are_printed() {
    for (what, file) in FILES {
        let path = format!("schemas/{file}.schema.json");
        let answer = Sandbox::new().docgen(&["config", "schema", what]);
        assert_eq!(answer.code, Some(0), "{}", answer.err);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &answer.out).unwrap();
        }
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            there == answer.out,
            "{path}: UPDATE=1 cargo test the_schemas writes it anew"
        );
    }
    let known = std::fs::read_dir("schemas").unwrap().count();
    assert_eq!(known, FILES.len(), "every schema is printed");
}

#[test]
fn the_schemas_are_schemas() {
    for (_, file) in FILES {
        let text = std::fs::read_to_string(format!("schemas/{file}.schema.json")).unwrap();
        let schema = serde_json::from_str(&text).unwrap();
        jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
}
