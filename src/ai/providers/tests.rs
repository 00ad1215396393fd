//! Every provider: requests and replies as files.
//!
//! A fixture has the account, requests by the manner in which they are asked, and responses with what they are read as:
//! an answer, or the kind of fault.

use std::time::SystemTime;

use serde_json::{Value, json};

use super::super::account::{Account, Kind};
use super::super::exchange::Response;
use super::super::fault::ReplyError;
use super::super::prompt::{Answer, Form, Manner, Prompt};
use super::of;

const FIXTURES: [(&str, &str); 6] = [
    ("openai", include_str!("fixtures/openai.json")),
    ("compatible", include_str!("fixtures/compatible.json")),
    ("azure", include_str!("fixtures/azure.json")),
    ("anthropic", include_str!("fixtures/anthropic.json")),
    ("gemini", include_str!("fixtures/gemini.json")),
    ("ollama", include_str!("fixtures/ollama.json")),
];

pub(in super::super) fn account(value: &Value) -> Account {
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    let kinds = [
        Kind::Azure,
        Kind::OpenAi,
        Kind::Anthropic,
        Kind::Gemini,
        Kind::Ollama,
        Kind::Compatible,
    ];
    let kind = kinds
        .into_iter()
        .find(|it| Some(it.word()) == value["kind"].as_str());
    Account {
        kind: kind.unwrap(),
        endpoint: text("endpoint").unwrap(),
        key: Some("k3y".into()),
        model: text("model").unwrap(),
        base_model: text("base_model"),
        organization: text("organization"),
        project: text("project"),
        version: text("version"),
        temperature: value["temperature"].as_f64(),
    }
}

pub(in super::super) fn prompt() -> Prompt {
    Prompt {
        system: "Instructions.".to_owned(),
        user: "Slot s1".to_owned(),
        schema: json!({"type": "object"}),
        max_tokens: 250,
    }
}

fn manner(value: &Value) -> Manner {
    let dropped = value["dropped"].as_array().into_iter().flatten();
    Manner {
        form: match value["form"].as_str() {
            Some("tool") => Form::Tool,
            Some("words") => Form::Words,
            _ => Form::Schema,
        },
        dropped: dropped.map(|it| it.as_str().unwrap().to_owned()).collect(),
    }
}

pub(in super::super) fn response(value: &Value) -> Response {
    let headers = value["headers"].as_object().into_iter().flatten();
    Response {
        status: u16::try_from(value["status"].as_u64().unwrap_or(200)).unwrap(),
        headers: headers
            .map(|it| (it.0.clone(), it.1.as_str().unwrap().to_owned()))
            .collect(),
        body: match &value["body"] {
            Value::String(text) => text.clone().into_bytes(),
            body => body.to_string().into_bytes(),
        },
        received: SystemTime::UNIX_EPOCH,
    }
}

/// What a fault is called in fixtures: its kind, and what it asks to wait.
pub(in super::super) fn kind(error: &ReplyError) -> String {
    match error {
        ReplyError::Busy { wait: None, .. } => "busy".to_owned(),
        ReplyError::Busy {
            wait: Some(wait), ..
        } => format!("busy {} ms", wait.as_millis()),
        ReplyError::Spent(_) => "spent".to_owned(),
        ReplyError::Denied(_) => "denied".to_owned(),
        ReplyError::TooLarge(_) => "too large".to_owned(),
        ReplyError::Unsupported { parameter, .. } => format!("unsupported {parameter}"),
        ReplyError::Refused(why) => format!("refused: {why}"),
        ReplyError::Cut => "cut".to_owned(),
        ReplyError::Garbled(why) => format!("garbled: {why}"),
        ReplyError::Rejected(_) => "rejected".to_owned(),
    }
}

#[test]
fn every_request_is_as_its_fixture_says() {
    for (name, fixture) in FIXTURES {
        let fixture: Value = serde_json::from_str(fixture).unwrap();
        let account = account(&fixture["account"]);
        let provider = of(&account);
        let requests = fixture["requests"].as_array().unwrap();
        assert!(!requests.is_empty());
        for case in requests {
            let request = provider.request(&account, &prompt(), &manner(case));
            let headers: Value = request
                .headers
                .iter()
                .map(|it| (it.0.to_owned(), json!(it.1)))
                .collect();
            let seen = json!({"url": request.url, "headers": headers, "body": request.body});
            assert_eq!(seen, case["request"], "{name}: {case}");
            assert!(
                !seen.to_string().contains("k3y"),
                "the key is the transport's to add"
            );
        }
    }
}

#[test]
fn every_response_is_read_as_its_fixture_says() {
    for (name, fixture) in FIXTURES {
        let fixture: Value = serde_json::from_str(fixture).unwrap();
        let provider = of(&account(&fixture["account"]));
        for case in fixture["responses"].as_array().unwrap() {
            let what = &case["what"];
            match provider.reply(&response(case)) {
                Ok(reply) => {
                    let answer = match reply.answer {
                        Answer::Object(object) => object,
                        Answer::Text(text) => text.into(),
                    };
                    let usage = reply.usage;
                    let seen = json!({
                        "answer": answer,
                        "step": reply.step.word(),
                        "usage": [usage.input, usage.cached, usage.written, usage.output],
                    });
                    assert_eq!(seen, case["reply"], "{name}: {what}");
                }
                Err(error) => assert_eq!(
                    json!(kind(&error)),
                    case["fault"],
                    "{name}: {what}: {error}"
                ),
            }
        }
    }
}

#[test]
fn a_body_cut_anywhere_is_no_answer_and_no_panic() {
    for (name, fixture) in FIXTURES {
        let fixture: Value = serde_json::from_str(fixture).unwrap();
        let provider = of(&account(&fixture["account"]));
        let first = response(&fixture["responses"][0]);
        for end in 0..first.body.len() {
            let mut cut = first.clone();
            cut.body.truncate(end);
            let error = provider.reply(&cut).unwrap_err();
            assert!(
                matches!(error, ReplyError::Garbled(_)),
                "{name} at {end}: {error}"
            );
        }
    }
}
