//! The client against servers on this machine that answer as told.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request as Sent, Respond, ResponseTemplate};

use super::*;
use crate::meter::ModelTable;
use crate::store::Memory;

/// Answers one after another; the last one again and again.
struct Script {
    answers: Vec<ResponseTemplate>,
    at: AtomicUsize,
}

impl Respond for Script {
    fn respond(&self, _: &Sent) -> ResponseTemplate {
        let at = self
            .at
            .fetch_add(1, Ordering::SeqCst)
            .min(self.answers.len() - 1);
        self.answers[at].clone()
    }
}

pub(super) async fn server(answers: Vec<ResponseTemplate>) -> MockServer {
    let server = MockServer::start().await;
    let at = AtomicUsize::new(0);
    let script = Script { answers, at };
    Mock::given(method("POST"))
        .and(path("/v1/chat/completions"))
        .respond_with(script)
        .mount(&server)
        .await;
    server
}

pub(super) fn good() -> ResponseTemplate {
    let message = json!({"role": "assistant", "content": "{\"s1\": {\"summary\": \"Fetch.\"}}"});
    let body = json!({
        "choices": [{"finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 10},
    });
    ResponseTemplate::new(200).set_body_json(body)
}

pub(super) fn bad(status: u16, error: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({"error": error}))
}

pub(super) fn settings() -> Settings {
    Settings {
        limits: Limits {
            requests_per_minute: 60_000,
            burst: 1000,
            tokens_per_minute: 1_000_000,
            tokens_per_hour: 10_000_000,
            tokens_per_day: 100_000_000,
        },
        concurrency: 4,
        max_cost: 1.0,
        timeout: Duration::from_millis(1500),
        overall: Duration::from_mins(1),
        backoff: Backoff {
            first: Duration::from_millis(1),
            longest: Duration::from_secs(3),
        },
    }
}

const KEY: &str = "k3y-that-nobody-sees";

pub(super) fn account(endpoint: &str) -> Account {
    Account {
        kind: Kind::OpenAi,
        endpoint: checked_endpoint(endpoint).unwrap(),
        key: Some(KEY.into()),
        model: "gpt-4o-mini".to_owned(),
        base_model: None,
        organization: None,
        project: None,
        version: None,
        temperature: None,
    }
}

pub(super) fn client_with(endpoint: &str, settings: Settings) -> Client {
    Client::new(
        account(endpoint),
        settings,
        Arc::new(Memory::default()),
        &ModelTable::built_in(),
    )
    .unwrap()
}

pub(super) fn client(server: &MockServer) -> Client {
    client_with(&format!("{}/v1", server.uri()), settings())
}

pub(super) fn prompt() -> Prompt {
    Prompt {
        system: "Instructions.".to_owned(),
        user: "Slot s1".to_owned(),
        schema: json!({"type": "object"}),
        max_tokens: 250,
    }
}

pub(super) async fn asked(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}

#[tokio::test]
async fn an_answer_is_had_and_paid_for() {
    let server = server(vec![good()]).await;
    let client = client(&server);
    let reply = client.ask(&prompt(), &Tries::new(2)).await.unwrap();
    assert_eq!(
        reply.answer,
        Answer::Object(json!({"s1": {"summary": "Fetch."}}))
    );
    // 100 tokens at 0.15 and 10 at 0.60 dollars a million.
    assert_eq!(client.spent(), 21);
    let sent = &server.received_requests().await.unwrap()[0];
    assert_eq!(sent.headers["authorization"], format!("Bearer {KEY}"));
    assert_eq!(
        sent.headers["x-correlation-id"],
        sent.headers["x-client-request-id"]
    );
    assert!(!format!("{client:?}").contains(KEY));
    let windows = windows(client.account(), &settings().limits, now());
    let day = client.store().spent(&windows[2].name).unwrap();
    assert_eq!((day.requests, day.tokens, day.micros), (1, 110, 21));
}

#[tokio::test]
async fn what_passes_is_asked_again_within_one_budget() {
    let busy =
        || bad(429, &json!({"code": "rate_limit_exceeded"})).insert_header("retry-after-ms", "5");
    let html = ResponseTemplate::new(200).set_body_string("<html>");
    let server = server(vec![busy(), bad(500, &json!({})), html, good()]).await;
    let client = client(&server);
    client.ask(&prompt(), &Tries::new(3)).await.unwrap();
    assert_eq!((asked(&server).await, client.tally().retries()), (4, 3));
    let tries = Tries::new(1);
    let busy = super::tests::server(vec![busy()]).await;
    let client = super::tests::client(&busy);
    let error = client.ask(&prompt(), &tries).await.unwrap_err();
    assert!(error.to_string().contains("no retry is left"), "{error}");
    assert_eq!(asked(&busy).await, 2);
    let error = client.ask(&prompt(), &tries).await.unwrap_err();
    assert!(matches!(error, AskError::Unreached(_)));
    assert_eq!(
        asked(&busy).await,
        3,
        "the budget is the task's, not the call's"
    );
}

#[tokio::test]
async fn what_does_not_pass_is_never_asked_again() {
    for status in [400, 401, 403, 404, 413, 422] {
        let server = server(vec![bad(status, &json!({"message": format!("no, {KEY}")}))]).await;
        let client = client(&server);
        let error = client.ask(&prompt(), &Tries::new(9)).await.unwrap_err();
        assert_eq!(asked(&server).await, 1, "{status}");
        assert!(!error.to_string().contains(KEY), "{error}");
        let ends = matches!(status, 401 | 403 | 404);
        assert_eq!(client.stop.reason().is_some(), ends, "{status}");
    }
    let long = bad(429, &json!({})).insert_header("retry-after", "60");
    let server = server(vec![long]).await;
    let error = client(&server)
        .ask(&prompt(), &Tries::new(9))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("asks to wait 60 s"), "{error}");
}

#[tokio::test]
async fn a_used_up_quota_ends_the_run() {
    let server = server(vec![bad(
        429,
        &json!({"type": "insufficient_quota", "message": "Pay."}),
    )])
    .await;
    let client = client(&server);
    for _ in 0..3 {
        let error = client.ask(&prompt(), &Tries::new(9)).await.unwrap_err();
        assert!(matches!(error, AskError::Stopped(_)), "{error}");
    }
    assert_eq!(asked(&server).await, 1);
}

#[tokio::test]
async fn a_parameter_that_is_not_taken_is_dropped_once_and_a_form_gives_way() {
    let no = |name: &str| {
        bad(
            400,
            &json!({"code": "unsupported_parameter", "param": name, "message": "No."}),
        )
    };
    let server = server(vec![
        no("reasoning_effort"),
        no("response_format"),
        no("tools"),
        good(),
    ])
    .await;
    let client = client(&server);
    client.ask(&prompt(), &Tries::new(0)).await.unwrap();
    assert_eq!(client.form(), Form::Words);
    client.ask(&prompt(), &Tries::new(0)).await.unwrap();
    assert_eq!(asked(&server).await, 5, "what was learned stays");
    let stubborn = super::tests::server(vec![no("temperature")]).await;
    let error = super::tests::client(&stubborn)
        .ask(&prompt(), &Tries::new(9))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("temperature"), "{error}");
    assert_eq!(asked(&stubborn).await, 2);
}

#[tokio::test]
async fn what_could_pass_the_cap_is_not_sent() {
    let server = server(vec![good()]).await;
    // A prompt of some 300 tokens may cost 0.15 thousandths of a dollar.
    let cap = Settings {
        max_cost: 0.000_1,
        ..settings()
    };
    let client = client_with(&format!("{}/v1", server.uri()), cap);
    let error = client.ask(&prompt(), &Tries::new(0)).await.unwrap_err();
    assert!(error.to_string().contains("max-cost"), "{error}");
    assert_eq!((asked(&server).await, client.spent()), (0, 0));
}

#[tokio::test]
async fn what_is_too_large_is_not_sent() {
    let server = server(vec![good()]).await;
    let mut limits = settings();
    limits.limits.tokens_per_minute = 200;
    let client = client_with(&format!("{}/v1", server.uri()), limits);
    let error = client.ask(&prompt(), &Tries::new(0)).await.unwrap_err();
    assert!(error.to_string().starts_with("too-large: "), "{error}");
    let huge = Prompt {
        user: "word ".repeat(130_000),
        ..prompt()
    };
    let error = super::tests::client(&server)
        .ask(&huge, &Tries::new(0))
        .await
        .unwrap_err();
    assert!(error.to_string().starts_with("too-large: "), "{error}");
    assert_eq!(asked(&server).await, 0);
}

#[tokio::test]
async fn a_days_tokens_end_the_run() {
    let server = server(vec![good()]).await;
    let mut few = settings();
    few.limits.tokens_per_day = 300;
    let client = client_with(&format!("{}/v1", server.uri()), few);
    client.ask(&prompt(), &Tries::new(0)).await.unwrap();
    let error = client.ask(&prompt(), &Tries::new(0)).await.unwrap_err();
    assert!(error.to_string().contains("tokens-per-day"), "{error}");
    assert_eq!(asked(&server).await, 1);
}

#[tokio::test]
async fn nothing_follows_to_another_origin() {
    let other = server(vec![good()]).await;
    let away = ResponseTemplate::new(307)
        .insert_header("location", format!("{}/v1/chat/completions", other.uri()));
    let server = server(vec![away]).await;
    let client = client(&server);
    let error = client.ask(&prompt(), &Tries::new(9)).await.unwrap_err();
    assert!(
        error.to_string().contains("nothing is sent there"),
        "{error}"
    );
    assert_eq!((asked(&server).await, asked(&other).await), (1, 0));
    assert!(
        client.stop.reason().is_some(),
        "all others would be led there"
    );
}

#[tokio::test]
async fn large_and_late_answers_are_given_up() {
    let large = ResponseTemplate::new(200).set_body_bytes(vec![b' '; 9 << 20]);
    let server = server(vec![large]).await;
    let error = client(&server)
        .ask(&prompt(), &Tries::new(9))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("larger than 8 MB"), "{error}");
    let late = super::tests::server(vec![good().set_delay(Duration::from_secs(5)), good()]).await;
    let client = client(&late);
    client.ask(&prompt(), &Tries::new(1)).await.unwrap();
    assert!(
        client.spent() > 21,
        "an answer that never came may have been billed"
    );
}

#[tokio::test]
async fn an_interrupted_run_sends_no_more() {
    let server = server(vec![good()]).await;
    let client = client(&server);
    client.stop.stop("it was interrupted");
    let error = client.ask(&prompt(), &Tries::new(9)).await.unwrap_err();
    assert_eq!(error, AskError::Stopped("it was interrupted".to_owned()));
    assert_eq!(asked(&server).await, 0);
}

#[tokio::test]
async fn a_provider_that_is_away_is_given_up_after_a_few_tasks() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}/v1", closed.local_addr().unwrap());
    drop(closed);
    let client = client_with(&endpoint, settings());
    for task in 0..5 {
        let error = client.ask(&prompt(), &Tries::new(2)).await.unwrap_err();
        assert_eq!(matches!(error, AskError::Stopped(_)), task >= 3, "{error}");
    }
    let reason = client.stop.reason().unwrap();
    assert!(
        reason.starts_with("openai gives no answers: no connection"),
        "{reason}"
    );
    assert_eq!(
        client.tally().requests(),
        9,
        "three tasks, three times each"
    );
    assert_eq!(client.spent(), 0);
}

#[tokio::test]
async fn tasks_that_fail_apart_are_no_outage() {
    let hang = || good().set_delay(Duration::from_secs(5));
    let server = server(vec![hang(), hang(), good(), hang(), hang(), good()]).await;
    let mut quick = settings();
    quick.timeout = Duration::from_millis(200);
    let client = client_with(&format!("{}/v1", server.uri()), quick);
    for task in 0..6 {
        let done = client.ask(&prompt(), &Tries::new(0)).await;
        assert_eq!(done.is_ok(), task % 3 == 2, "{task}");
    }
    assert_eq!(client.stop.reason(), None);
}

#[tokio::test]
async fn an_answer_without_its_cost_counts_as_the_most_it_can_have() {
    let page = ResponseTemplate::new(200).set_body_string("<html>");
    let server = server(vec![page, good()]).await;
    let client = client(&server);
    client.ask(&prompt(), &Tries::new(1)).await.unwrap();
    assert!(client.spent() > 150, "{}", client.spent());
}

#[tokio::test]
async fn a_provider_that_stays_busy_is_given_up_after_a_few_tasks() {
    let busy = || bad(429, &json!({"code": "rate_limit_exceeded"}));
    for (busy, requests) in [
        (busy(), 6),
        (busy().insert_header("retry-after", "3600"), 3),
    ] {
        let server = server(vec![busy]).await;
        let client = client(&server);
        for _ in 0..5 {
            client.ask(&prompt(), &Tries::new(1)).await.unwrap_err();
        }
        assert_eq!(asked(&server).await, requests);
        let reason = client.stop.reason().unwrap();
        assert!(
            reason.starts_with("openai gives no answers: the provider is busy"),
            "{reason}"
        );
    }
}
