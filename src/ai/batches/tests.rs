//! Every provider of jobs: what is sent and what comes back, as files.
//!
//! A fixture has the account, each call, and responses with what they are read as: a file, a job, an outcome, or the kind
//! of fault.

use std::time::SystemTime;

use serde_json::{Value, json};

use super::super::exchange::Response;
use super::super::fault::ReplyError;
use super::super::prompt::Manner;
use super::super::providers::of;
use super::super::providers::tests::{account, kind, prompt, response};
use super::{Batching, Call, Job, Load, State, batching_of, is_plain_id};

const FIXTURES: [(&str, &str); 4] = [
    ("openai", include_str!("fixtures/openai.json")),
    ("azure", include_str!("fixtures/azure.json")),
    ("azure_v1", include_str!("fixtures/azure_v1.json")),
    ("anthropic", include_str!("fixtures/anthropic.json")),
];

fn each(check: impl Fn(&str, &Value, &dyn Batching)) {
    for (name, fixture) in FIXTURES {
        let fixture: Value = serde_json::from_str(fixture).unwrap();
        let batching = batching_of(&account(&fixture["account"])).unwrap();
        check(name, &fixture, batching.as_ref());
    }
}

fn shown(call: &Call) -> Value {
    let headers: Value = call
        .headers
        .iter()
        .map(|it| (it.0.to_owned(), json!(it.1)))
        .collect();
    let load = match &call.load {
        Load::Get => json!("get"),
        Load::Post => json!("post"),
        Load::Json(body) => json!({"json": body}),
        Load::File {
            media,
            before,
            behind,
        } => json!({"file": {"media": media, "before": before, "behind": behind}}),
    };
    json!({"url": call.url, "headers": headers, "load": load})
}

fn described(job: &Job) -> Value {
    json!({
        "id": job.id, "state": job.state.word(), "total": job.total, "answered": job.answered,
        "failed": job.failed, "expires": job.expires, "files": job.files, "faults": job.faults,
    })
}

/// What is read of each response of a list.
fn read(
    fixture: &Value,
    list: &str,
    key: &str,
    read: impl Fn(&Response) -> Result<Value, ReplyError>,
) {
    for case in fixture[list].as_array().unwrap() {
        let what = &case["what"];
        match read(&response(case)) {
            Ok(seen) => assert_eq!(seen, case[key], "{list}: {what}"),
            Err(error) => assert_eq!(
                json!(kind(&error)),
                case["fault"],
                "{list}: {what}: {error}"
            ),
        }
    }
}

#[test]
fn every_call_is_as_its_fixture_says() {
    each(|name, fixture, batching| {
        let account = account(&fixture["account"]);
        let request = of(&account).request(&account, &prompt(), &Manner::default());
        assert_eq!(
            batching.item("abcdefgh", &request),
            fixture["item"],
            "{name}"
        );
        let upload = batching.upload(&account, "mark");
        let file = upload.as_ref().map(|_| "file-in");
        let upload = upload.map_or(Value::Null, |it| shown(&it));
        assert_eq!(upload, fixture["upload"], "{name}");
        let done = response(&fixture["jobs"][0]);
        let job = batching.job(&done).unwrap();
        let calls = [
            ("look", batching.look(&account, "file-in")),
            ("create", batching.create(&account, file)),
            ("status", batching.status(&account, "batch_1")),
            ("cancel", batching.cancel(&account, "batch_1")),
        ];
        for (what, call) in calls {
            assert_eq!(shown(&call), fixture[what], "{name}: {what}");
            assert!(!shown(&call).to_string().contains("k3y"));
        }
        let results = batching.results(&account, &job);
        let results: Value = results.iter().map(shown).collect();
        assert_eq!(results, fixture["results"], "{name}");
    });
}

#[test]
fn every_state_of_a_job_is_read_as_its_fixture_says() {
    each(|_, fixture, batching| {
        read(fixture, "files", "sent", |it| {
            let sent = batching.sent(it)?;
            Ok(json!([sent.id, sent.is_ready]))
        });
        read(fixture, "jobs", "job", |it| {
            Ok(described(&batching.job(it)?))
        });
    });
}

#[test]
fn every_line_of_a_result_is_read_as_its_fixture_says() {
    each(|name, fixture, batching| {
        for case in fixture["outcomes"].as_array().unwrap() {
            let line = match &case["line"] {
                Value::String(text) => text.clone(),
                line => line.to_string(),
            };
            let outcome = batching.outcome(line.as_bytes(), SystemTime::UNIX_EPOCH);
            let seen = match outcome {
                None => Value::Null,
                Some(outcome) => match outcome.response {
                    Ok(it) => json!([outcome.name, it.status, it.json()]),
                    Err(why) => json!([outcome.name, why]),
                },
            };
            assert_eq!(seen, case["outcome"], "{name}: {}", case["what"]);
            for end in 0..line.len() {
                let cut = batching.outcome(&line.as_bytes()[..end], SystemTime::UNIX_EPOCH);
                assert_eq!(cut, None, "{name}: {} cut at {end}", case["what"]);
            }
        }
    });
}

#[test]
fn a_file_is_what_its_provider_reads() {
    each(|name, fixture, batching| {
        let frame = batching.frame();
        let item = fixture["item"].to_string();
        let text = [frame.open, &item, frame.between, &item, frame.close].concat();
        let items: Vec<Value> = match name {
            "anthropic" => {
                let whole: Value = serde_json::from_str(&text).unwrap();
                whole["requests"].as_array().unwrap().clone()
            }
            _ => text
                .lines()
                .map(|it| serde_json::from_str(it).unwrap())
                .collect(),
        };
        assert_eq!(items, [fixture["item"].clone(), fixture["item"].clone()]);
    });
}

#[test]
fn names_stay_in_their_place() {
    for good in ["batch_abc123", "msgbatch_01Hk", "file-AbC", "a.b"] {
        assert!(is_plain_id(good), "{good}");
    }
    for bad in [
        "",
        "..",
        ".x",
        "a/b",
        "a?b",
        "a#b",
        "a b",
        "https://x",
        "a%2fb",
        "é",
    ] {
        assert!(!is_plain_id(bad), "{bad}");
    }
    let ended: Vec<&str> = State::ALL
        .iter()
        .filter(|it| it.has_ended())
        .map(|it| it.word())
        .collect();
    assert_eq!(ended, ["completed", "failed", "expired", "cancelled"]);
}

#[test]
fn a_jobs_tokens_are_taken_from_the_day() {
    use super::super::tests::{client_with, settings};
    let mut few = settings();
    few.limits.tokens_per_day = 300;
    let client = client_with("http://127.0.0.1:9/v1", few);
    assert_eq!(
        [200, 101, 100].map(|it| client.reserve_tokens(it)),
        [true, false, true]
    );
    assert_eq!(client.tokens_left(), 0);
}
