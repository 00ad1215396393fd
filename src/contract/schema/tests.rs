//! Schemas that are read, and what is said of those that are not.

use super::*;

fn parse(text: &str) -> (String, String, Option<String>) {
    let error = Schema::parse(text).map(|_| ()).unwrap_err();
    let hint = error.hint();
    (error.to_string(), text[error.span].to_owned(), hint)
}

#[test]
fn the_built_in_schema_is_read_whole() {
    let schema = Schema::parse(Schema::text()).unwrap();
    let known = Schema::built_in();
    let kinds = [
        (&schema.module, &known.module),
        (&schema.class, &known.class),
        (&schema.function, &known.function),
    ];
    for (read, known) in kinds {
        assert_eq!(*read.required, [Part::Summary]);
        assert_eq!(read, known, "the file and what stands in the code differ");
    }
    assert_eq!(schema.function.weight(Part::Args), 2);
    assert_eq!(schema.module.weight(Part::Args), 0);
    assert!(schema.judge().is_some() && Schema::built_in().judge().is_none());
}

#[test]
fn what_is_no_json_is_told_where_it_ends_to_be() {
    let (message, at, _) = parse("{\n  \"a\": 1,\n}");
    assert_eq!(
        (message.as_str(), at.as_str()),
        ("the schema is no JSON: trailing comma", "}")
    );
    let (message, at, _) = parse("{\"a\": \"\u{e4}\", b}");
    assert_eq!(
        (message.as_str(), at.as_str()),
        ("the schema is no JSON: key must be a string", "b")
    );
    assert_eq!(parse("").1, "");
}

#[test]
fn a_schema_of_another_form_says_what_is_wrong() {
    let (message, at, hint) = parse("{}");
    assert_eq!(message, "the schema has no `$defs/module/properties`");
    assert_eq!(at, "{}");
    assert!(hint.unwrap().contains("docgen config schema docstring"));
    let heavy = BUILT_IN.replacen("\"x-weight\": 4", "\"x-weight\": -1", 1);
    let (message, at, _) = parse(&heavy);
    assert_eq!(
        message,
        "`x-weight` of `summary` in `$defs/module` is no whole number from 0 to 1000"
    );
    assert_eq!(at, "-1");
}

#[test]
fn what_is_no_json_schema_is_told_where_it_stands() {
    let wrong = BUILT_IN.replacen("\"minLength\": 1", "\"minLength\": \"one\"", 1);
    let (message, at, _) = parse(&wrong);
    assert!(
        message.contains("`minLength`: \"one\" is not of type \"integer\""),
        "{message}"
    );
    assert_eq!(at, "\"one\"");
    let lost = BUILT_IN.replacen("#/$defs/texts", "#/$defs/words", 1);
    let (message, at, _) = parse(&lost);
    assert!(message.contains("words"), "{message}");
    assert!(at.contains("words"), "{at}: {message}");
    let elsewhere = BUILT_IN.replacen("#/$defs/texts", "https://example.org/words.json", 1);
    let (message, _, _) = parse(&elsewhere);
    assert!(message.contains("example.org"), "{message}");
}

#[test]
fn a_part_that_no_docstring_has_is_told_with_the_nearest() {
    let wrong = BUILT_IN.replacen("\"examples\": {", "\"exmaples\": {", 1);
    let (message, at, hint) = parse(&wrong);
    assert_eq!(message, "no docstring has a part `exmaples`");
    assert_eq!(
        (at.as_str(), hint.as_deref()),
        ("\"exmaples\"", Some("did you mean `examples`?"))
    );
    let deep = BUILT_IN.replacen(
        "\"required\": [\"kind\", \"summary\"]",
        "\"allOf\": [{\"then\": {\"required\": [\"banana\"]}}]",
        1,
    );
    let (message, at, hint) = parse(&deep);
    assert_eq!(message, "no docstring has a part `banana`");
    assert_eq!(at, "\"banana\"");
    assert!(
        hint.unwrap()
            .starts_with("the parts are summary, description,")
    );
}
