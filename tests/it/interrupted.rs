//! Runs that end before their work is done: Ctrl-C and SIGTERM, once and twice, and the time limit.

use std::fs;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::provider::{Provider, answer};
use crate::sandbox::{Answer, Sandbox};

const FILES: usize = 6;

fn code(at: usize) -> String {
    format!("\"\"\"Rooms.\"\"\"\n\n\ndef room_{at}(door):\n    return door\n")
}

/// A folder of files, each of which is a request of its own.
fn rooms() -> Sandbox {
    let sandbox = Sandbox::new();
    for at in 0..FILES {
        sandbox.write(&format!("room_{at}.py"), code(at));
    }
    sandbox
}

/// A provider that answers once and then takes longer than anybody waits.
fn tired() -> Provider {
    Provider::new(|number, body| {
        if number > 0 {
            thread::sleep(Duration::from_mins(2));
        }
        answer(body).to_string()
    })
}

fn begin(sandbox: &Sandbox, provider: &Provider, more: &[&str]) -> Child {
    let own = provider.variables();
    let variables: Vec<(&str, &str)> = own.iter().map(|it| (it.0, it.1.as_str())).collect();
    let args = [&["fix", "--all", "--provider", "openai"], more].concat();
    sandbox.begin(&args, &variables)
}

/// Waits until so much was asked.
fn until_asked(provider: &Provider, count: usize) {
    let start = Instant::now();
    while provider.asked().len() < count && start.elapsed() < Duration::from_mins(1) {
        thread::sleep(Duration::from_millis(20));
    }
}

fn send(signal: &str, child: &Child) {
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args([signal, &id])
            .status()
            .unwrap()
            .success()
    );
}

/// Each file is as it was, or whole and mended; how many are mended.
fn mended(sandbox: &Sandbox) -> usize {
    let mut mended = 0;
    for at in 0..FILES {
        let text = fs::read_to_string(sandbox.root().join(format!("room_{at}.py"))).unwrap();
        if text != code(at) {
            assert!(
                text.contains("    Returns:\n") && text.ends_with("    return door\n"),
                "{text}"
            );
            mended += 1;
        }
    }
    let entries = fs::read_dir(sandbox.root()).unwrap().flatten();
    let names = entries.map(|it| it.file_name().into_string().unwrap());
    let odd: Vec<String> = names
        .filter(|it| !it.starts_with("room_") && !it.starts_with('.'))
        .collect();
    assert!(odd.is_empty(), "{odd:?}");
    mended
}

#[test]
fn the_first_signal_ends_a_run_in_good_order_and_the_next_one_goes_on() {
    for signal in ["-INT", "-TERM"] {
        let (sandbox, provider) = (rooms(), tired());
        let run = begin(&sandbox, &provider, &[]);
        until_asked(&provider, 5);
        send(signal, &run);
        let sent = Instant::now();
        let end = Answer::from(run.wait_with_output().unwrap());
        let took = sent.elapsed();
        assert!(
            took < Duration::from_secs(10),
            "5 s, and some for a busy machine: {took:?}"
        );
        assert_eq!(end.code, Some(2), "{}", end.err);
        assert!(
            end.err
                .contains("5 symbols untouched, for the run ended early: it was interrupted"),
            "{}",
            end.err
        );
        assert_eq!(mended(&sandbox), 1);
        let willing = Provider::willing();
        let rest = begin(&sandbox, &willing, &[]).wait_with_output().unwrap();
        assert_eq!(rest.status.code(), Some(0));
        assert_eq!(
            (mended(&sandbox), willing.asked().len()),
            (FILES, FILES - 1)
        );
    }
}

#[test]
fn the_second_signal_ends_it_at_once() {
    for signals in [["-INT", "-INT"], ["-TERM", "-TERM"], ["-INT", "-TERM"]] {
        let (sandbox, provider) = (rooms(), tired());
        let run = begin(&sandbox, &provider, &[]);
        until_asked(&provider, 5);
        send(signals[0], &run);
        thread::sleep(Duration::from_millis(500));
        send(signals[1], &run);
        let end = Answer::from(run.wait_with_output().unwrap());
        assert_eq!(end.code, Some(130), "{signals:?}: {}", end.err);
        mended(&sandbox);
    }
}

#[test]
fn a_run_ends_with_its_time() {
    let (sandbox, provider) = (rooms(), tired());
    let run = begin(&sandbox, &provider, &["--timeout", "2"]);
    let end = Answer::from(run.wait_with_output().unwrap());
    assert_eq!(end.code, Some(2), "{}", end.err);
    assert!(
        end.err.contains("the time limit of 2 s is over"),
        "{}",
        end.err
    );
    mended(&sandbox);
}

/// A function that is too large to be asked for together with another one.
fn large(at: usize) -> String {
    let body =
        "    door = door.opened(by=hand, with_care=True) or door.closed(by=wind)\n".repeat(80);
    format!("def room_{at}(door):\n{body}    return door\n")
}

#[test]
fn what_was_answered_before_a_kill_is_not_paid_for_again() {
    let sandbox = Sandbox::new();
    let code = format!("\"\"\"Rooms.\"\"\"\n\n\n{}\n\n{}", large(1), large(2));
    sandbox.write("a.py", &code);
    // The first answer is none that the rules let pass, the second one never comes.
    let slow = Provider::new(|number, body| {
        if number > 1 {
            thread::sleep(Duration::from_mins(2));
        }
        let mut answer = answer(body);
        if number == 0 {
            answer["s1"]["args"][0]["description"] = json!("The door.");
        }
        answer.to_string()
    });
    let mut run = begin(&sandbox, &slow, &[]);
    until_asked(&slow, 3);
    thread::sleep(Duration::from_millis(300));
    run.kill().unwrap();
    run.wait().unwrap();
    assert_eq!(
        fs::read_to_string(sandbox.root().join("a.py")).unwrap(),
        code
    );
    let willing = Provider::willing();
    let rest = begin(&sandbox, &willing, &[]).wait_with_output().unwrap();
    assert_eq!(rest.status.code(), Some(0));
    let asked = willing.asked();
    assert_eq!(asked.len(), 1, "two answers were there");
    let question = asked[0]["messages"][1]["content"].as_str().unwrap();
    assert!(
        question.contains("Your last answer was not taken"),
        "{question}"
    );
    let stats = sandbox.docgen(&["cache", "stats"]);
    assert!(
        stats.out.contains("answers  2\n"),
        "nothing is left behind: {}",
        stats.out
    );
}
