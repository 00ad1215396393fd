//! Vectors asked for, against servers on this machine that answer as told.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use wiremock::matchers::{body_partial_json, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::tests::{account, settings};
use super::*;
use crate::meter::ModelTable;
use crate::store::{Memory, Store};

const KEY: &str = "k3y-of-the-vectors";

fn embedder(server: &MockServer, model: &str) -> Embedder {
    let account = Account {
        kind: Kind::Compatible,
        key: Some(KEY.into()),
        model: model.to_owned(),
        ..account(&format!("{}/v1", server.uri()))
    };
    Embedder::new(account, &ModelTable::built_in(), 2, Duration::from_secs(2)).unwrap()
}

fn client(server: &MockServer, store: Arc<dyn Store>, max_cost: f64) -> Client {
    let settings = Settings {
        max_cost,
        ..settings()
    };
    let table = ModelTable::built_in();
    Client::new(
        account(&format!("{}/v1", server.uri())),
        settings,
        store,
        &table,
    )
    .unwrap()
}

async fn server(answers: Vec<ResponseTemplate>) -> MockServer {
    let server = MockServer::start().await;
    for answer in answers {
        Mock::given(method("POST"))
            .and(path("/v1/embeddings"))
            .and(header("authorization", format!("Bearer {KEY}").as_str()))
            .and(body_partial_json(
                json!({"encoding_format": "float", "input": ["one", "two"]}),
            ))
            .respond_with(answer)
            .up_to_n_times(1)
            .mount(&server)
            .await;
    }
    server
}

fn texts() -> Vec<String> {
    vec!["one".to_owned(), "two".to_owned()]
}

fn good() -> ResponseTemplate {
    let data =
        json!([{"index": 1, "embedding": [0.0, 5.0]}, {"index": 0, "embedding": [2.0, 0.0]}]);
    ResponseTemplate::new(200).set_body_json(json!({
        "data": data, "usage": {"prompt_tokens": 7_000_000, "total_tokens": 7_000_000},
    }))
}

#[tokio::test]
async fn vectors_are_had_again_where_that_helps_and_paid_for() {
    let server = server(vec![
        ResponseTemplate::new(429),
        ResponseTemplate::new(503),
        good(),
    ])
    .await;
    let store = Arc::new(Memory::default());
    let client = client(&server, Arc::clone(&store) as Arc<dyn Store>, 1.0);
    let embedder = embedder(&server, "text-embedding-3-small");
    let vectors = client.embed(&embedder, &texts()).await.unwrap();
    assert_eq!(vectors, [vec![1.0, 0.0], vec![0.0, 1.0]]);
    assert_eq!(client.tally().vectors(), [3, 7_000_000]);
    assert_eq!(client.spent(), 140_000, "7 million at 0.02 dollars each");
    let name = format!(
        "openai-compatible:text-embedding-3-small:day:{}",
        now() / 86_400
    );
    let spent = store.spent(&name).unwrap();
    assert!(
        spent.tokens >= 7_000_000 && spent.micros == 140_000,
        "{spent:?}"
    );
}

#[tokio::test]
async fn a_refusal_is_final_and_shows_no_key() {
    let body = json!({"error": {"message": format!("bad key {KEY}")}});
    let refusal = ResponseTemplate::new(401).set_body_json(body);
    let server = server(vec![refusal, good()]).await;
    let client = client(&server, Arc::new(Memory::default()), 1.0);
    let error = client.embed(&embedder(&server, "m"), &texts()).await;
    let error = error.unwrap_err().to_string();
    assert!(
        error.contains("HTTP 401") && !error.contains(KEY),
        "{error}"
    );
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
    assert_eq!(client.spent(), 0);
}

#[tokio::test]
async fn what_could_pass_the_cap_is_not_embedded() {
    let server = server(vec![good()]).await;
    let client = client(&server, Arc::new(Memory::default()), 0.0);
    let embedder = embedder(&server, "text-embedding-3-large");
    let error = client.embed(&embedder, &texts()).await.unwrap_err();
    assert!(error.to_string().contains("`max-cost`"), "{error}");
    assert!(server.received_requests().await.unwrap().is_empty());
}
