//! Jobs of which a part, or all, came to nothing: what is right is written, the rest told and asked again.

use serde_json::{Value, json};

use super::desk::{Desk, Line, answered, willing};
use super::{CODE, DOOR, apply, hand_in, read, rooms, run};

#[test]
fn what_has_changed_since_is_left_and_told() {
    let (here, there) = (rooms(), rooms());
    let desk = Desk::willing();
    hand_in(&here, &desk);
    desk.set("completed");
    there.write("door.py", DOOR.replace("return door", "return not door"));
    let answer = apply(&there, &desk);
    assert_eq!(answer.code, Some(1));
    assert!(
        answer.err.contains("open_door") && answer.err.contains("no answer to this came"),
        "{}",
        answer.err
    );
    assert!(
        answer
            .err
            .contains("1 of them answer nothing that is missing here"),
        "{}",
        answer.err
    );
    assert_eq!(there.docgen(&["check", "--all", "a.py"]).code, Some(0));
    assert!(!read(&there, "door.py").contains("Args:"));
}

#[test]
fn what_failed_is_told_and_asked_again() {
    let sandbox = rooms();
    let desk = Desk::new(|_, item| {
        if item.to_string().contains("open_door") {
            Line::Expired
        } else {
            Line::Text(willing(item))
        }
    });
    hand_in(&sandbox, &desk);
    desk.set("expired");
    let failed = sandbox.root().join("failed.jsonl");
    let args = [
        "batch",
        "apply",
        "batch_1",
        "--all",
        "--failed",
        failed.to_str().unwrap(),
    ];
    let answer = run(&sandbox, &desk, "openai", &args);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(answer.err.contains("batch_1  expired"), "{}", answer.err);
    let failed = read(&sandbox, "failed.jsonl");
    let line: Value = serde_json::from_str(failed.trim()).unwrap();
    assert_eq!(line["qualname"], "open_door");
    assert_eq!(line["reason"], "the batch expired before it was answered");
    assert_eq!(sandbox.docgen(&["check", "--all", "a.py"]).code, Some(0));
    let answer = hand_in(&sandbox, &desk);
    assert_eq!(answer.out, "batch_2\n", "{}", answer.err);
    let prompts = desk.prompts();
    assert!(
        prompts.len() == 3 && prompts[2].contains("open_door"),
        "{prompts:?}"
    );
}

#[test]
fn single_requests_fail_for_reasons_of_their_own() {
    let sandbox = rooms();
    let desk = Desk::new(|_, item| {
        if item.to_string().contains("open_door") {
            Line::Status(
                400,
                json!({"error": {"message": "no such parameter: sk-of-nobody"}}),
            )
        } else {
            Line::Lost
        }
    });
    hand_in(&sandbox, &desk);
    desk.set("completed");
    let answer = apply(&sandbox, &desk);
    assert_eq!(answer.code, Some(1));
    assert!(answer.err.contains("no such parameter"), "{}", answer.err);
    assert!(
        answer.err.contains("no answer to this came"),
        "{}",
        answer.err
    );
    assert_eq!(read(&sandbox, "a.py"), CODE);
}

#[test]
fn a_job_is_ended_before_its_time_and_what_it_brought_is_applied() {
    let sandbox = rooms();
    let desk = Desk::new(|_, item| {
        if item.to_string().contains("open_door") {
            Line::Text(willing(item))
        } else {
            Line::Cancelled
        }
    });
    hand_in(&sandbox, &desk);
    let answer = run(&sandbox, &desk, "openai", &["batch", "cancel", "batch_1"]);
    assert_eq!(answer.code, Some(0));
    assert!(
        answer.out.starts_with("batch_1  cancelling  "),
        "{}",
        answer.out
    );
    assert!(
        desk.lines()
            .contains(&"POST /v1/batches/batch_1/cancel".to_owned())
    );
    assert_eq!(apply(&sandbox, &desk).code, Some(2), "it has not ended");
    desk.set("cancelled");
    let answer = apply(&sandbox, &desk);
    assert_eq!(answer.code, Some(1));
    assert!(
        answer
            .err
            .contains("the batch was cancelled before it was answered"),
        "{}",
        answer.err
    );
    assert_eq!(sandbox.docgen(&["check", "--all", "door.py"]).code, Some(0));
    assert_eq!(read(&sandbox, "a.py"), CODE);
}

#[test]
fn a_job_that_failed_as_a_whole_is_told_and_handed_in_again() {
    let sandbox = rooms();
    let desk = Desk::willing();
    hand_in(&sandbox, &desk);
    desk.set("failed");
    desk.state().fault = Some("Enqueued token limit reached.".to_owned());
    let answer = apply(&sandbox, &desk);
    assert_eq!(answer.code, Some(1));
    assert!(
        answer
            .err
            .contains("batch_1 failed: line 1: Enqueued token limit reached."),
        "{}",
        answer.err
    );
    assert_eq!(read(&sandbox, "a.py"), CODE);
    assert_eq!(hand_in(&sandbox, &desk).out, "batch_2\n");
    let format = ["batch", "status", "batch_2", "--output-format", "json"];
    let answer = run(&sandbox, &desk, "openai", &format);
    let told: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(
        (&told[0]["state"], &told[0]["ended"]),
        (&json!("failed"), &json!(true))
    );
    assert_eq!(
        told[0]["faults"],
        json!(["line 1: Enqueued token limit reached."])
    );
    assert_eq!(
        hand_in(&sandbox, &desk).out,
        "batch_3\n",
        "nothing waits for one that failed"
    );
}

#[test]
fn what_is_not_true_is_refused_and_told_to_whoever_is_asked_again() {
    let sandbox = rooms();
    let desk = Desk::new(|_, item| {
        let mut said = answered(item);
        let is_first = !item.to_string().contains("Your last answer was not taken");
        if is_first && item.to_string().contains("open_door") {
            said["s1"]["summary"] = json!("See https://example.org/ for more.");
        }
        Line::Text(said.to_string())
    });
    hand_in(&sandbox, &desk);
    desk.set("completed");
    let answer = apply(&sandbox, &desk);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(!read(&sandbox, "door.py").contains("example.org"));
    assert_eq!(sandbox.docgen(&["check", "--all", "a.py"]).code, Some(0));
    assert_eq!(hand_in(&sandbox, &desk).out, "batch_2\n");
    let prompts = desk.prompts();
    assert!(
        prompts[2].contains("Your last answer was not taken, because"),
        "{}",
        prompts[2]
    );
    let answer = run(
        &sandbox,
        &desk,
        "openai",
        &["batch", "apply", "batch_2", "--all"],
    );
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(sandbox.docgen(&["check", "--all"]).code, Some(0));
}

#[test]
fn broken_lines_and_names_that_come_twice_harm_nobody() {
    let sandbox = rooms();
    let desk = Desk::new(|_, item| {
        let name = item["custom_id"].as_str().unwrap();
        let reply =
            json!({"choices": [{"finish_reason": "stop", "message": {"content": willing(item)}}]});
        let good = json!({"custom_id": name, "response": {"status_code": 200, "body": reply}});
        let late = json!({"custom_id": name, "response": null, "error": {"code": "batch_expired"}});
        let strange =
            json!({"custom_id": "request-1", "response": {"status_code": 200, "body": reply}});
        let cut = &good.to_string()[..40];
        Line::Whole(format!("{late}\n{cut}\n\n{strange}\n{good}\n{late}\nnull"))
    });
    hand_in(&sandbox, &desk);
    desk.set("completed");
    let answer = apply(&sandbox, &desk);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert!(
        answer.err.contains("4 lines of answers cannot be read"),
        "{}",
        answer.err
    );
    assert_eq!(sandbox.docgen(&["check", "--all"]).code, Some(0));
}
