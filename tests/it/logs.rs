//! What `docgen fix` logs, where, and what never is.

use std::fs;

use serde_json::Value;

use crate::provider::Provider;
use crate::sandbox::{Answer, Sandbox};

const CODE: &str =
    "\"\"\"Rooms.\"\"\"\n\n\ndef carry(load):\n    return load\n\n\ndef odd(x): return x\n";

fn fix(sandbox: &Sandbox, provider: &Provider, args: &[&str], more: &[(&str, &str)]) -> Answer {
    sandbox.write("my rooms/a.py", CODE);
    let own = provider.variables();
    let mut variables: Vec<(&str, &str)> = own.iter().map(|it| (it.0, it.1.as_str())).collect();
    variables.extend(more);
    let args = [&["fix", "--all", "--provider", "openai"], args].concat();
    sandbox.docgen_in(".", &args, &variables)
}

fn lines(text: &str) -> Vec<Value> {
    let read = |it: &str| serde_json::from_str(it).unwrap();
    text.lines().map(read).collect()
}

fn messages(lines: &[Value]) -> Vec<&str> {
    lines
        .iter()
        .map(|it| it["message"].as_str().unwrap())
        .collect()
}

#[test]
fn nothing_is_logged_unless_somebody_asks() {
    let sandbox = Sandbox::new();
    let answer = fix(&sandbox, &Provider::willing(), &[], &[]);
    assert!(!answer.err.contains("INFO"), "{}", answer.err);
    let bad = [("LOG_LEVEL", "loud"), ("DEBUG", "app:*")];
    let answer = fix(&sandbox, &Provider::willing(), &[], &bad);
    for name in ["LOG_LEVEL", "DEBUG"] {
        assert!(
            answer.err.contains(&format!("`{name}` is ignored")),
            "{}",
            answer.err
        );
    }
    let quiet = [("LOG_LEVEL", "debug"), ("LOG_DIR", "logs")];
    let answer = sandbox.docgen_in(".", &["fix", "--all", "--no-ai"], &quiet);
    assert!(!answer.err.contains("the run begins"), "{}", answer.err);
    assert!(!sandbox.root().join("logs").exists());
    let answer = sandbox.docgen(&["fix", "--all", "--no-ai", "--log-level", "info"]);
    assert!(
        answer.err.contains("INFO "),
        "a flag is heeded: {}",
        answer.err
    );
}

#[test]
fn a_folder_holds_lines_of_json_that_tell_the_whole_run() {
    let sandbox = Sandbox::new();
    let provider = Provider::willing();
    let answer = fix(
        &sandbox,
        &provider,
        &[],
        &[("LOG_DIR", "logs"), ("DEBUG", "1")],
    );
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    let log = fs::read_to_string(sandbox.root().join("logs/docgen.log")).unwrap();
    let lines = lines(&log);
    let messages = messages(&lines);
    for part in [
        "the run begins",
        "asking",
        "answered",
        "settled",
        "words found",
        "file written",
        "the run ends",
    ] {
        assert!(messages.contains(&part), "{part}: {messages:?}");
    }
    assert!(
        messages
            .iter()
            .any(|it| it.starts_with("no words: its body stands")),
        "{log}"
    );
    let runs: Vec<&Value> = lines.iter().map(|it| &it["run"]).collect();
    assert!(runs.iter().all(|it| *it == runs[0]), "{log}");
    // What is asked on another thread belongs to the same file.
    let asking = lines.iter().find(|it| it["message"] == "asking").unwrap();
    assert_eq!(asking["spans"]["file"]["path"], "my rooms/a.py");
    let last = lines.last().unwrap();
    assert_eq!(last["fields"]["exit_code"], 1);
    assert!(
        answer.err.contains(" DEBUG "),
        "people read it, too: {}",
        answer.err
    );
}

#[test]
fn what_a_line_must_not_say_is_taken_out_of_it() {
    let sandbox = Sandbox::new();
    // A provider that repeats the key as words.
    let provider = Provider::new(|_, _| "{\"s1\": {\"summary\": \"sk-of-nobody\"}}".to_owned());
    let args = [
        "--log-level",
        "trace",
        "--log-format",
        "json",
        "--log-redact-paths",
    ];
    let answer = fix(&sandbox, &provider, &args, &[]);
    let json: Vec<&str> = answer
        .err
        .lines()
        .filter(|it| it.starts_with('{'))
        .collect();
    let json = json.join("\n");
    assert!(lines(&json).len() > 5, "{}", answer.err);
    for part in ["sk-of-nobody", "my rooms", "a.py"] {
        assert!(!json.contains(part), "{part}: {json}");
    }
    let at = json.find("\"path\":\"path-").unwrap();
    let stand_in = &json[at..at + 21];
    assert!(
        json.matches(stand_in).count() > 3,
        "the same path by the same word: {json}"
    );
}

#[test]
fn a_folder_that_takes_no_log_is_no_reason_to_stop() {
    let sandbox = Sandbox::new();
    sandbox.write("blocked", "");
    let provider = Provider::willing();
    let answer = fix(&sandbox, &provider, &[], &[("LOG_DIR", "blocked/logs")]);
    assert!(
        answer
            .err
            .contains("no log is written to `LOG_DIR` (blocked/logs)"),
        "{}",
        answer.err
    );
    assert_eq!(answer.code, Some(1));
    assert_eq!(provider.asked().len(), 1);
}
