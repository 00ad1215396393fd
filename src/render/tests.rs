//! The shared sample in every format, held against the screens in `expected/`.
//!
//! `UPDATE=1 cargo test` writes them anew: look at them before they are committed.

use std::path::Path;

use serde_json::{Value, json};

use super::harmless::width;
use super::sample::{files, rendered, run};
use super::{Format, Statistics};

#[expect(clippy::disallowed_methods, reason = "a test reads its expected files")]
fn compare(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/render/expected")
        .join(name);
    // Escapes are shown, so that the files can be read and reviewed.
    let actual = actual.replace('\u{1b}', "<ESC>");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &actual).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == actual,
        "{name} differs; `UPDATE=1 cargo test` writes what it is now:\n{actual}"
    );
}

#[test]
fn screens_for_people() {
    for format in [Format::Full, Format::Concise, Format::Grouped] {
        for columns in [60, 100, 200] {
            for colour in [false, true] {
                let suffix = if colour { "-colour" } else { "" };
                let text = rendered(format, &run(columns, colour));
                let name = format.name();
                compare(&format!("{name}-{columns}{suffix}.txt"), &text);
            }
        }
    }
}

#[test]
fn files_for_machines() {
    for (format, name) in [
        (Format::Json, "report.json"),
        (Format::JsonLines, "report.jsonl"),
        (Format::Github, "github.txt"),
        (Format::Gitlab, "gitlab.json"),
        (Format::Junit, "junit.xml"),
        (Format::Checkstyle, "checkstyle.xml"),
        (Format::Rdjson, "rdjson.json"),
        (Format::Markdown, "summary.md"),
    ] {
        compare(name, &rendered(format, &run(100, true)));
    }
}

/// Compared without the rules, which change with every rule that is added.
#[test]
fn sarif_holds_every_finding_and_its_rule() {
    let text = rendered(Format::Sarif, &run(100, true));
    let mut report: Value = serde_json::from_str(&text).unwrap();
    let run = &mut report["runs"][0];
    let rules = run["tool"]["driver"]["rules"].take();
    for result in run["results"].as_array_mut().unwrap() {
        let index = result["ruleIndex"].take().as_u64().unwrap();
        assert_eq!(result["ruleId"], rules[index as usize]["id"]);
    }
    let pretty = serde_json::to_string_pretty(&report).unwrap();
    compare("report.sarif", &(pretty + "\n"));
}

#[test]
fn the_json_report_holds_to_its_schema() {
    let schema = include_str!("../../schemas/report.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let text = rendered(Format::Json, &run(100, false));
    let mut report: Value = serde_json::from_str(&text).unwrap();
    validator.validate(&report).unwrap();

    report["files"][0]["symbols"][0]["line"] = 0.into();
    assert!(!validator.is_valid(&report), "lines count from 1");
}

#[test]
fn every_line_of_json_lines_is_a_symbol_of_the_json_report() {
    let report = rendered(Format::Json, &run(100, false));
    let report: Value = serde_json::from_str(&report).unwrap();
    let mut expected = Vec::new();
    for file in report["files"].as_array().unwrap() {
        if let Some(failure) = file.get("failure") {
            expected.push(json!({"path": file["path"], "failure": failure}));
        }
        for symbol in file["symbols"].as_array().unwrap() {
            let mut line = symbol.clone();
            line["path"] = file["path"].clone();
            expected.push(line);
        }
    }
    let lines: Vec<Value> = rendered(Format::JsonLines, &run(100, false))
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines, expected);
}

#[test]
fn source_lines_keep_to_the_width() {
    for columns in [60, 100, 200] {
        let text = rendered(Format::Full, &run(columns, false));
        for line in text.lines().filter(|line| line.contains(" | ")) {
            assert!(width(line) <= columns, "over {columns} columns: {line}");
        }
    }
}

#[test]
fn without_colour_no_format_holds_an_escape() {
    for &format in Format::ALL {
        let text = rendered(format, &run(100, false));
        assert!(!text.contains('\u{1b}'), "{}", format.name());
    }
}

#[test]
fn statistics_count_by_rule() {
    let mut all = Statistics::default();
    for file in files() {
        let mut one = Statistics::default();
        one.count(&file);
        all.merge(&one);
    }
    assert_eq!(
        all.table(),
        "4  DG201  missing-param\n\
         1  DG001  syntax-error\n\
         1  DG102  missing-method-docstring\n\
         1  DG202  unknown-param\n\
         1  DG501  missing-raises\n"
    );
}
