//! Jobs that are handed in, followed and applied, with each provider that has some.

use serde_json::Value;

use super::desk::Desk;
use super::{CODE, DOOR, apply, hand_in, read, rooms, run};
use crate::sandbox::Sandbox;

#[test]
fn a_job_is_handed_in_followed_and_applied_in_another_clone() {
    let (here, there) = (rooms(), rooms());
    let desk = Desk::willing();
    let answer = hand_in(&here, &desk);
    assert_eq!(
        (answer.code, answer.out.as_str()),
        (Some(0), "batch_1\n"),
        "{}",
        answer.err
    );
    assert_eq!(read(&here, "a.py"), CODE, "nothing is written yet");
    assert_eq!(desk.lines(), ["POST /v1/files", "POST /v1/batches"]);
    let sent = desk.state().sent.clone();
    assert!(
        sent.iter()
            .all(|it| it.headers["authorization"] == "Bearer sk-of-nobody")
    );
    assert!(sent[0].headers["content-type"].starts_with("multipart/form-data; boundary="));
    let create: Value = serde_json::from_slice(&sent[1].body).unwrap();
    assert_eq!(create["endpoint"], "/v1/chat/completions");
    let answer = run(&here, &desk, "openai", &["batch", "status", "batch_1"]);
    assert!(
        answer
            .out
            .starts_with("batch_1  in_progress  0 of 2 answered; ends in "),
        "{}",
        answer.out
    );
    let answer = apply(&there, &desk);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.err.contains("not done yet: batch_1  in_progress"),
        "{}",
        answer.err
    );
    desk.set("completed");
    let answer = apply(&there, &desk);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert!(
        answer.err.contains("4 answers came; 2000 tokens in"),
        "{}",
        answer.err
    );
    assert_eq!(there.docgen(&["check", "--all"]).code, Some(0));
    // Where it was handed in it is applied as well, and once more changes nothing.
    for _ in 0..2 {
        assert_eq!(apply(&here, &desk).code, Some(0));
        assert_eq!(read(&here, "a.py"), read(&there, "a.py"));
        assert_eq!(read(&here, "door.py"), read(&there, "door.py"));
    }
}

#[test]
fn what_waits_for_a_job_is_not_asked_again() {
    let sandbox = rooms();
    let desk = Desk::willing();
    hand_in(&sandbox, &desk);
    let answer = hand_in(&sandbox, &desk);
    assert_eq!(
        (answer.code, answer.out.as_str()),
        (Some(0), ""),
        "{}",
        answer.err
    );
    assert!(
        answer.err.contains("; 4 wait for batch_1"),
        "{}",
        answer.err
    );
    assert_eq!(desk.state().jobs.len(), 1);
    // What is new is asked.
    sandbox.write(
        "new.py",
        "\"\"\"New.\"\"\"\n\n\ndef close_door(door):\n    return not door\n",
    );
    let answer = hand_in(&sandbox, &desk);
    assert_eq!(answer.out, "batch_2\n", "{}", answer.err);
    let prompts = desk.prompts();
    assert_eq!(prompts.len(), 3);
    assert!(prompts[2].contains("close_door") && !prompts[2].contains("carry"));
    // Both are applied in one run.
    desk.set("completed");
    let answer = run(
        &sandbox,
        &desk,
        "openai",
        &["batch", "apply", "batch_1,batch_2", "--all"],
    );
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(sandbox.docgen(&["check", "--all"]).code, Some(0));
    assert_eq!(hand_in(&sandbox, &desk).out, "");
}

#[test]
fn anthropics_jobs_go_the_same_way_and_its_key_nowhere_else() {
    let (here, there) = (rooms(), rooms());
    let desk = Desk::willing();
    let answer = run(&here, &desk, "anthropic", &["fix", "--all", "--batch"]);
    assert_eq!(
        (answer.code, answer.out.as_str()),
        (Some(0), "msgbatch_1\n"),
        "{}",
        answer.err
    );
    desk.set("completed");
    let args = ["batch", "apply", "msgbatch_1", "--all"];
    let answer = run(&there, &desk, "anthropic", &args);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(there.docgen(&["check", "--all"]).code, Some(0));
    let sent = desk.state().sent.clone();
    assert!(
        sent.iter()
            .all(|it| it.headers["x-api-key"] == "sk-ant-of-nobody")
    );
    let lines: Vec<&str> = sent.iter().map(|it| it.line.as_str()).collect();
    assert_eq!(
        lines,
        [
            "POST /v1/messages/batches",
            "GET /v1/messages/batches/msgbatch_1",
            "GET /v1/messages/batches/msgbatch_1/results",
        ],
        "`results_url` leads to another origin"
    );
}

#[test]
fn azures_jobs_go_the_same_way() {
    let sandbox = rooms();
    let desk = Desk::willing();
    let answer = run(&sandbox, &desk, "azure", &["fix", "--all", "--batch"]);
    assert_eq!(
        (answer.code, answer.out.as_str()),
        (Some(0), "batch_1\n"),
        "{}",
        answer.err
    );
    desk.set("completed");
    let answer = run(
        &sandbox,
        &desk,
        "azure",
        &["batch", "apply", "batch_1", "--all"],
    );
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(sandbox.docgen(&["check", "--all"]).code, Some(0));
    let sent = desk.state().sent.clone();
    assert!(
        sent.iter()
            .all(|it| it.headers["api-key"] == "azure-of-nobody")
    );
    assert!(
        sent.iter().all(|it| it.line.contains(" /openai/v1/")),
        "{:?}",
        desk.lines()
    );
    assert_eq!(desk.state().jobs[0][0]["body"]["model"], "docs-batch");
}

#[test]
fn who_has_no_jobs_says_so() {
    let sandbox = rooms();
    let desk = Desk::willing();
    for args in [
        &["fix", "--all", "--batch"][..],
        &["batch", "status", "x"],
        &["batch", "apply", "x"],
    ] {
        let answer = run(&sandbox, &desk, "gemini", args);
        assert_eq!(answer.code, Some(2));
        assert!(
            answer.err.contains("`gemini` has no batch API here"),
            "{}",
            answer.err
        );
        assert!(
            answer
                .err
                .contains("`openai`, `azure` and `anthropic` have one"),
            "{}",
            answer.err
        );
    }
    for args in [
        &["fix", "--all", "--batch"][..],
        &["batch", "status", "x"],
        &["batch", "apply", "x"],
    ] {
        let answer = sandbox.docgen(args);
        assert_eq!(answer.code, Some(2));
        assert!(answer.err.contains("needs a provider"), "{}", answer.err);
    }
    let answer = run(&sandbox, &desk, "openai", &["batch", "status", "../models"]);
    assert_eq!(answer.code, Some(2), "an id that leads elsewhere is none");
    assert_eq!(desk.lines(), Vec::<String>::new());
    let answer = run(&sandbox, &desk, "openai", &["batch", "status", "batch_7"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.err.contains("batch_7: no such batch"),
        "{}",
        answer.err
    );
}

#[test]
fn equal_questions_are_asked_once_and_answer_all() {
    let sandbox = Sandbox::new();
    for at in 0..5 {
        sandbox.write(&format!("{at}/door.py"), DOOR);
    }
    let desk = Desk::willing();
    let answer = hand_in(&sandbox, &desk);
    assert!(
        answer
            .err
            .contains("; 4 are asked for in the words of others"),
        "{}",
        answer.err
    );
    assert_eq!(desk.prompts().len(), 1);
    desk.set("completed");
    assert_eq!(apply(&sandbox, &desk).code, Some(0));
    assert_eq!(sandbox.docgen(&["check", "--all"]).code, Some(0));
}
