//! `docgen score`: its tables, its exit codes, its badge, a team's own schema.

use serde_json::Value;

use crate::sandbox::Sandbox;

const SHAPES: &str = include_str!("../../examples/client.py");

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("client.py", SHAPES);
    sandbox
}

#[test]
fn the_table_tells_of_files_symbols_or_the_total() {
    let sandbox = sandbox();
    let names = |level: &str| {
        let answer = sandbox.docgen(&["score", "--per", level]);
        assert_eq!(answer.code, Some(0), "{}", answer.err);
        let rows = answer.out.lines().skip(1).take_while(|it| !it.is_empty());
        let names = rows.map(|it| it.split_whitespace().next().unwrap().to_owned());
        names.filter(|it| !it.starts_with('-')).collect::<Vec<_>>()
    };
    assert_eq!(names("total"), ["total"]);
    assert_eq!(names("file"), ["client.py", "total"]);
    assert_eq!(
        names("symbol"),
        ["client.py", "<module>:1", "fetch:4", "pages:21", "total"]
    );
}

#[test]
fn no_line_is_wider_than_the_screen() {
    let sandbox = sandbox();
    sandbox.write(
        "a/very/long/path/to/a/module/that_has_a_long_name_too.py",
        SHAPES,
    );
    for columns in ["40", "60", "100", "200"] {
        let answer = sandbox.docgen_in(".", &["score", "--per", "symbol"], &[("COLUMNS", columns)]);
        let widest = answer
            .out
            .lines()
            .map(|it| it.chars().count())
            .max()
            .unwrap();
        assert!(
            widest <= columns.parse().unwrap(),
            "{columns}:\n{}",
            answer.out
        );
    }
}

#[test]
fn the_json_holds_to_its_schema_and_agrees_with_the_check() {
    let sandbox = sandbox();
    let json = |command: &[&str]| -> Value {
        let answer = sandbox.docgen(&[command, &["--output-format", "json", "client.py"]].concat());
        serde_json::from_str(&answer.out).unwrap()
    };
    let (scored, checked) = (json(&["score"]), json(&["check", "--all"]));
    let schema: Value =
        serde_json::from_str(include_str!("../../schemas/score.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(&scored)
        .map(|it| it.to_string())
        .collect();
    assert_eq!(faults, Vec::<String>::new());
    for symbol in scored["files"][0]["items"].as_array().unwrap() {
        let same = checked["files"][0]["symbols"].as_array().unwrap();
        let same = same
            .iter()
            .find(|it| it["qualname"] == symbol["qualname"])
            .unwrap();
        for key in ["earned", "possible"] {
            assert_eq!(symbol["score"][key], same["score"][key], "{symbol}");
        }
    }
    let pages = &scored["files"][0]["items"][2];
    assert_eq!(pages["qualname"], "pages");
    // One of its three entries documents no parameter.
    assert_eq!(pages["quality"]["consistency"], 0.6667);
}

#[test]
fn measures_tell_what_is_wrong_with_a_docstring() {
    let sandbox = Sandbox::new();
    let text = "\"\"\"Shapes.\"\"\"\n\n\ndef area(width: int, height: int) -> int:\n    \"\"\"TODO\n\n    Args:\n        width: The width.\n        height: From bottom to top.\n\n    Returns:\n        How much, by measure.\n    \"\"\"\n    return width * height\n\n\ndef bare():\n    return 1\n";
    sandbox.write("shapes.py", text);
    let answer = sandbox.docgen(&["score", "--output-format", "json"]);
    let scored: Value = serde_json::from_str(&answer.out).unwrap();
    let quality = |at: usize| scored["files"][0]["items"][at]["quality"].clone();
    assert_eq!(
        quality(1)["clarity"],
        0.5,
        "the summary and `width` of four texts"
    );
    assert_eq!(quality(1)["has_types"], true);
    assert_eq!(quality(1)["has_examples"], false);
    assert_eq!(quality(2)["mean"], 0.0, "no docstring at all");
}

#[test]
fn a_total_below_the_limit_fails() {
    let sandbox = sandbox();
    let code = |args: &[&str]| {
        let answer = sandbox.docgen(&[&["score", "--quiet"], args].concat());
        assert!(answer.out.is_empty(), "{}", answer.out);
        answer.code
    };
    assert_eq!(code(&["--fail-under", "75"]), Some(0));
    assert_eq!(code(&["--fail-under", "75.1"]), Some(1));
    assert_eq!(code(&["--fail-under", "101"]), Some(2));
    sandbox.write("docgen.toml", "[score]\nfail-under = 80\n");
    let answer = sandbox.docgen(&["score"]);
    assert_eq!(answer.code, Some(1));
    assert_eq!(answer.err, "score 75.0 is below 80\n");
    assert_eq!(code(&["--fail-under", "10"]), Some(0), "the flag wins");
    let checked = sandbox.docgen(&["check", "--all", "--select", "DG801"]);
    assert_eq!(
        checked.code,
        Some(1),
        "no finding, and the score is too low"
    );
    assert!(
        checked.err.contains("score 75.0 is below 80"),
        "{}",
        checked.err
    );
    let missing = sandbox.docgen(&["score", "nothing.py"]);
    assert_eq!(missing.code, Some(2));
}

#[test]
fn the_badge_is_written_only_when_it_says_something_else() {
    let sandbox = sandbox();
    let write = || {
        let answer = sandbox.docgen(&["score", "--badge", "docs.svg", "client.py"]);
        assert_eq!(answer.code, Some(0), "{}", answer.err);
        answer.err
    };
    let path = sandbox.root().join("docs.svg");
    assert_eq!(write(), "wrote docs.svg\n");
    let first = std::fs::read_to_string(&path).unwrap();
    assert!(first.contains("<title>docstrings: 75%</title>"), "{first}");
    // What a formatter or an older docgen left stays, as long as it says the same.
    let other = first.replace("<g ", "<g  ");
    std::fs::write(&path, &other).unwrap();
    assert_eq!(write(), "");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), other);
    sandbox.write("client.py", SHAPES.replace("maximum:", "limit:"));
    assert_eq!(write(), "wrote docs.svg\n");
    assert_ne!(std::fs::read_to_string(&path).unwrap(), other);
}

/// The built-in schema with a demand on functions.
fn schema(demand: &str) -> String {
    let built_in = include_str!("../../schemas/docstring.schema.json");
    let (head, tail) = built_in.split_at(built_in.find("\"function\": {").unwrap());
    format!(
        "{head}{}",
        tail.replacen(
            "\"type\": \"object\",",
            &format!("\"type\": \"object\",\n{demand},"),
            1
        )
    )
}

#[test]
fn a_team_asks_for_more_by_its_own_schema() {
    let sandbox = Sandbox::new();
    let text = "\"\"\"Shapes.\"\"\"\n\n\ndef area(a):\n    \"\"\"Measure it.\n\n    Args:\n        a: What.\n    \"\"\"\n    if a:\n        print(a)\n";
    sandbox.write("src/shapes.py", text);
    sandbox.write("docgen.toml", "schema = \"team/docs.json\"\n");
    let scored = |demand: &str| {
        sandbox.write("team/docs.json", schema(demand));
        let answer = sandbox.docgen(&["score", "--output-format", "json"]);
        let scored: Value =
            serde_json::from_str(&answer.out).unwrap_or_else(|_| panic!("{}", answer.err));
        let checked = sandbox.docgen(&["check", "--all", "--output-format", "json"]);
        let checked: Value = serde_json::from_str(&checked.out).unwrap();
        let score = scored["files"][0]["items"][1]["score"].clone();
        assert_eq!(checked["files"][0]["symbols"][1]["score"], score);
        (
            score["earned"].as_u64().unwrap(),
            score["possible"].as_u64().unwrap(),
        )
    };
    assert_eq!(
        scored("\"minProperties\": 1"),
        (6, 6),
        "no more than there is"
    );
    let examples = |least: u32| {
        format!(
            "\"if\": {{\"properties\": {{\"code\": {{\"properties\": {{\"visibility\": {{\"const\": \"public\"}}, \"cyclomatic\": {{\"minimum\": {least}}}}}}}}}}}, \"then\": {{\"required\": [\"examples\"]}}"
        )
    };
    assert_eq!(
        scored(&examples(2)),
        (6, 8),
        "examples where there are two ways through"
    );
    assert_eq!(scored(&examples(3)), (6, 6), "and only there");
    assert_eq!(
        scored("\"allOf\": [{\"required\": [\"complexity\", \"changelog\"]}]"),
        (6, 8)
    );
    assert_eq!(
        scored("\"allOf\": [{\"properties\": {\"summary\": {\"minLength\": 40}}}]"),
        (2, 6)
    );
    assert_eq!(
        scored(
            "\"allOf\": [{\"properties\": {\"args\": {\"items\": {\"properties\": {\"description\": {\"minLength\": 20}}}}}}]"
        ),
        (4, 6)
    );
    assert_eq!(
        scored("\"anyOf\": [{\"required\": [\"notes\"]}, {\"required\": [\"examples\"]}]"),
        (6, 7)
    );
}

#[test]
fn a_wrong_schema_is_refused_where_it_is_wrong() {
    let sandbox = sandbox();
    sandbox.write("docgen.toml", "schema = \"docs.json\"\n");
    for command in ["score", "check"] {
        let refused = |text: &str, parts: &[&str]| {
            sandbox.write("docs.json", text);
            let answer = sandbox.docgen(&[command, "."]);
            assert_eq!(answer.code, Some(2), "{}", answer.err);
            for part in parts {
                assert!(answer.err.contains(part), "{part}: {}", answer.err);
            }
        };
        refused(
            "{\n  \"$defs\": ,\n}\n",
            &["wrong setting", "no JSON", "docs.json:2:12"],
        );
        refused(
            "{}",
            &[
                "has no `$defs/module/properties`",
                "docgen config schema docstring",
            ],
        );
        let misspelt = schema("\"allOf\": [{\"required\": [\"exmaples\"]}]");
        refused(
            &misspelt,
            &[
                "no docstring has a part `exmaples`",
                "did you mean `examples`?",
            ],
        );
        refused(
            &schema("\"minProperties\": -1"),
            &["no JSON Schema", "`minProperties`", "docs.json:"],
        );
    }
    std::fs::remove_file(sandbox.root().join("docs.json")).unwrap();
    let answer = sandbox.docgen(&["score"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.err.contains("docs.json") && answer.err.contains("docgen.toml"),
        "{}",
        answer.err
    );
}

#[test]
fn the_check_scores_without_a_validator_what_the_schema_says() {
    let sandbox = Sandbox::new();
    let mut count = 0;
    for rule in docgen::rules::RULES {
        for block in rule.page.split("```python\n").skip(1) {
            let text = block.split("\n```").next().unwrap();
            sandbox.write(&format!("{}/b{count}.py", rule.name), text);
            count += 1;
        }
    }
    assert!(count > 150, "{count} blocks");
    // As pandas writes: a list of names, and a section that says `None`.
    let text = "class C:\n    \"\"\"It.\n\n    Attributes\n    ----------\n    None\n    size\n\n    Warns\n    -----\n    UserWarning\n    \"\"\"\n";
    sandbox.write("pandas.py", text);
    sandbox.write("docgen.toml", "private = true\n");
    let scores = |command: &[&str], list: &str| {
        let answer = sandbox.docgen(&[command, &["--output-format", "json"]].concat());
        let report: Value = serde_json::from_str(&answer.out).unwrap();
        let mut scores = Vec::new();
        for file in report["files"].as_array().unwrap() {
            for symbol in file[list].as_array().unwrap() {
                let score = &symbol["score"];
                if score["possible"] != 0 {
                    scores.push(format!(
                        "{}:{} {} {}",
                        file["path"], symbol["line"], symbol["qualname"], score
                    ));
                }
            }
        }
        scores
    };
    let checked = scores(&["check", "--all"], "symbols");
    let scored = scores(&["score"], "items");
    assert!(scored.len() > 300, "{}", scored.len());
    for (one, other) in checked
        .iter()
        .zip(scored.iter().filter(|it| !it.contains("\"possible\":0")))
    {
        assert_eq!(one, other);
    }
    assert_eq!(checked.len(), scored.len());
}
