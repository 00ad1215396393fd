//! How long and how often the client goes on: redirects, garbage, requests at once, pauses that a provider asks for.
#![expect(
    clippy::disallowed_methods,
    reason = "waits are measured here by the clock"
)]

use std::time::{Duration, Instant};

use serde_json::json;
use wiremock::ResponseTemplate;

use super::tests::{asked, bad, client, client_with, good, prompt, server, settings};
use super::*;

#[tokio::test]
async fn a_redirect_without_end_is_given_up() {
    let around = ResponseTemplate::new(307).insert_header("location", "/v1/chat/completions");
    let server = server(vec![around]).await;
    let client = client(&server);
    let error = client.ask(&prompt(), &Tries::new(9)).await.unwrap_err();
    assert!(error.to_string().contains("it leads in circles"), "{error}");
    assert_eq!(asked(&server).await, 4, "the first and three more");
}

#[tokio::test]
async fn garbage_is_asked_about_again_once() {
    let server = server(vec![ResponseTemplate::new(200).set_body_string("<html>")]).await;
    let client = client(&server);
    let error = client.ask(&prompt(), &Tries::new(9)).await.unwrap_err();
    assert!(matches!(error, AskError::Failed(_)), "{error}");
    assert_eq!(asked(&server).await, 2);
}

#[tokio::test]
async fn no_more_are_in_flight_than_wanted() {
    let wait = Duration::from_millis(150);
    let server = server(vec![good().set_delay(wait)]).await;
    let one = Settings {
        concurrency: 1,
        ..settings()
    };
    let client = client_with(&format!("{}/v1", server.uri()), one);
    let start = Instant::now();
    let (prompt, tries) = (prompt(), Tries::new(0));
    let ask = || client.ask(&prompt, &tries);
    let (first, second, third) = tokio::join!(ask(), ask(), ask());
    assert!(first.is_ok() && second.is_ok() && third.is_ok());
    assert!(start.elapsed() >= 3 * wait, "{:?}", start.elapsed());
}

#[tokio::test]
async fn what_a_provider_says_is_left_is_heeded() {
    let last = good()
        .insert_header("x-ratelimit-limit-requests", "60")
        .insert_header("x-ratelimit-remaining-requests", "0")
        .insert_header("x-ratelimit-reset-requests", "400ms");
    let server = server(vec![last, good()]).await;
    let client = client(&server);
    client.ask(&prompt(), &Tries::new(0)).await.unwrap();
    let start = Instant::now();
    client.ask(&prompt(), &Tries::new(0)).await.unwrap();
    assert!(start.elapsed() >= Duration::from_millis(350));
}

#[tokio::test]
async fn a_wait_that_is_asked_of_one_holds_for_all() {
    let busy = bad(429, &json!({"code": "rate_limit_exceeded"}));
    let server = server(vec![busy.insert_header("retry-after-ms", "600"), good()]).await;
    let client = client(&server);
    let (prompt, tries) = (prompt(), Tries::new(1));
    let start = Instant::now();
    let other = async {
        while asked(&server).await == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        // Time for the answer to have come.
        tokio::time::sleep(Duration::from_millis(150)).await;
        client.ask(&prompt, &Tries::new(0)).await.unwrap();
        start.elapsed()
    };
    let (first, other) = tokio::join!(client.ask(&prompt, &tries), other);
    first.unwrap();
    assert!(other >= Duration::from_millis(550), "{other:?}");
}
