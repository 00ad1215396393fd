//! What jobs may cost and use, calls that are made again and that never are, and runs that are interrupted.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use super::desk::Desk;
use super::{CODE, DOOR, apply, hand_in, read, rooms, run, variables};
use crate::sandbox::Sandbox;

#[test]
fn what_could_pass_the_cap_is_put_into_no_job() {
    let sandbox = rooms();
    let desk = Desk::willing();
    let args = ["fix", "--all", "--batch", "--max-cost", "0"];
    let answer = run(&sandbox, &desk, "openai", &args);
    assert_eq!(
        (answer.code, answer.out.as_str()),
        (Some(1), ""),
        "{}",
        answer.err
    );
    assert_eq!(
        answer
            .err
            .matches("it could cost more than `max-cost` leaves")
            .count(),
        4
    );
    let cost = |args: &[&str]| -> f64 {
        let answer = run(&sandbox, &desk, "openai", args);
        let (_, cost) = answer.out.trim().rsplit_once("about $").unwrap();
        cost.parse().unwrap()
    };
    let model = ["fix", "--all", "--estimate", "--model", "gpt-4.1-mini"];
    let (dear, cheap) = (cost(&model), cost(&[&model[..], &["--batch"]].concat()));
    assert!((dear / 2.0 - cheap).abs() <= 0.000_1, "{dear} {cheap}");
    assert_eq!(desk.lines(), Vec::<String>::new());
}

#[test]
fn a_days_tokens_hold_and_what_was_not_used_is_given_back() {
    let sandbox = rooms();
    let desk = Desk::willing();
    let used = || {
        let own = variables(&desk);
        let mut own: Vec<(&str, &str)> = own.iter().map(|it| (it.0, it.1.as_str())).collect();
        own.push(("DOCGEN_AI_PROVIDER", "openai"));
        let answer = sandbox.docgen_in(".", &["usage"], &own);
        let day = answer
            .out
            .lines()
            .find(|it| it.starts_with("day"))
            .unwrap()
            .to_owned();
        let words: Vec<&str> = day.split_whitespace().collect();
        words[3].parse::<u64>().unwrap()
    };
    sandbox.write("docgen.toml", "[ai]\ntokens-per-day = 10\n");
    let answer = hand_in(&sandbox, &desk);
    assert_eq!(
        (answer.code, answer.out.as_str()),
        (Some(1), ""),
        "{}",
        answer.err
    );
    assert!(
        answer.err.contains("the tokens of this day are used up"),
        "{}",
        answer.err
    );
    sandbox.write("docgen.toml", "");
    hand_in(&sandbox, &desk);
    assert!(used() > 2200, "{}", used());
    desk.set("completed");
    apply(&sandbox, &desk);
    assert_eq!(used(), 2200, "two answers of 1,100 tokens");
    apply(&sandbox, &desk);
    assert_eq!(used(), 2200, "once");
}

#[test]
fn what_passes_is_called_again_but_a_job_is_never_made_twice() {
    let sandbox = rooms();
    let desk = Desk::willing();
    desk.state().trouble = vec![("POST /v1/files", 500), ("POST /v1/batches", 429)];
    let own = [("RETRY_DELAY", "0.01")];
    let begin = |args: &[&str]| {
        let mut all = variables(&desk);
        all.extend(own.map(|it| (it.0, it.1.to_owned())));
        let all: Vec<(&str, &str)> = all.iter().map(|it| (it.0, it.1.as_str())).collect();
        sandbox.docgen_in(".", args, &all)
    };
    let args = ["fix", "--all", "--batch", "--provider", "openai"];
    let answer = begin(&args);
    assert_eq!(
        (answer.code, answer.out.as_str()),
        (Some(0), "batch_1\n"),
        "{}",
        answer.err
    );
    desk.set("completed");
    desk.state().trouble = vec![("GET /v1/batches/", 503), ("GET /v1/files/", 502)];
    let answer = begin(&["batch", "apply", "batch_1", "--all", "--provider", "openai"]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    // Nobody knows whether a job was made where the answer is 500.
    let other = Sandbox::new();
    other.write("door.py", DOOR);
    desk.state().trouble = vec![("POST /v1/batches", 500)];
    let answer = hand_in(&other, &desk);
    assert_eq!(
        (answer.code, answer.out.as_str()),
        (Some(2), ""),
        "{}",
        answer.err
    );
    assert!(
        answer.err.contains("a job was not handed in"),
        "{}",
        answer.err
    );
    assert_eq!(desk.state().jobs.len(), 1);
    assert_eq!(
        hand_in(&other, &desk).out,
        "batch_2\n",
        "nothing waits for what was not made"
    );
}

#[test]
fn who_interrupts_a_job_on_its_way_leaves_none() {
    let sandbox = rooms();
    let desk = Desk::willing();
    let held = desk.state();
    let own = variables(&desk);
    let own: Vec<(&str, &str)> = own.iter().map(|it| (it.0, it.1.as_str())).collect();
    let args = ["fix", "--all", "--batch", "--provider", "openai"];
    let child = sandbox.begin(&args, &own);
    // The file is on its way: nobody answers while this is held.
    let start = Instant::now();
    while desk.begun() == 0 && start.elapsed() < Duration::from_mins(2) {
        thread::sleep(Duration::from_millis(20));
    }
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    let start = Instant::now();
    let output = child.wait_with_output().unwrap();
    assert!(start.elapsed() < Duration::from_secs(8));
    drop(held);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("a job was not handed in: it was interrupted"),
        "{told}"
    );
    assert!(!desk.lines().iter().any(|it| it == "POST /v1/batches"));
    assert_eq!(read(&sandbox, "a.py"), CODE);
    assert_eq!(hand_in(&sandbox, &desk).out, "batch_1\n");
}
