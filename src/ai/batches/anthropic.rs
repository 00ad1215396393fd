//! Anthropic's jobs: the requests go with the job, the responses are fetched by its name.

use std::time::SystemTime;

use serde_json::{Value, json};

use super::super::account::Account;
use super::super::exchange::{Request, Response};
use super::super::fault::ReplyError;
use super::super::headers::seconds_of_date;
use super::super::providers::anthropic::{VERSION, refusal};
use super::super::providers::{body, count, text};
use super::{Batching, Call, Capacity, Frame, Job, Load, Outcome, SentFile, State, is_plain_id};

/// Jobs of messages.
#[derive(Debug)]
pub(super) struct Messages;

/// <https://docs.anthropic.com/en/docs/build-with-claude/batch-processing#batch-limitations>: 100,000 requests, 256 MB.
const CAPACITY: Capacity = Capacity {
    requests: 100_000,
    bytes: 256_000_000,
};

impl Messages {
    fn call(account: &Account, path: &str, load: Load) -> Call {
        let version = account.version.as_deref().unwrap_or(VERSION);
        Call {
            url: format!("{}/v1/messages/batches{path}", account.endpoint),
            headers: vec![("anthropic-version", version.to_owned())],
            load,
        }
    }
}

impl Batching for Messages {
    fn capacity(&self) -> Capacity {
        CAPACITY
    }

    fn frame(&self) -> Frame {
        Frame {
            open: "{\"requests\":[",
            between: ",",
            close: "]}",
        }
    }

    fn item(&self, name: &str, request: &Request) -> Value {
        json!({"custom_id": name, "params": request.body})
    }

    fn upload(&self, _account: &Account, _boundary: &str) -> Option<Call> {
        None
    }

    fn look(&self, account: &Account, file: &str) -> Call {
        Self::call(account, &format!("/{file}"), Load::Get)
    }

    fn create(&self, account: &Account, _file: Option<&str>) -> Call {
        let load = Load::File {
            media: "application/json".to_owned(),
            before: String::new(),
            behind: String::new(),
        };
        Self::call(account, "", load)
    }

    fn status(&self, account: &Account, job: &str) -> Call {
        Self::call(account, &format!("/{job}"), Load::Get)
    }

    fn cancel(&self, account: &Account, job: &str) -> Call {
        Self::call(account, &format!("/{job}/cancel"), Load::Post)
    }

    fn results(&self, account: &Account, job: &Job) -> Vec<Call> {
        // `results_url` names the same place. It is not followed: what a response says decides not where a key goes.
        let path = |it: &String| format!("/{it}/results");
        let calls = job.files.iter().map(path);
        calls
            .map(|it| Self::call(account, &it, Load::Get))
            .collect()
    }

    fn sent(&self, _response: &Response) -> Result<SentFile, ReplyError> {
        Err(ReplyError::Garbled("it knows no files".to_owned()))
    }

    fn job(&self, response: &Response) -> Result<Job, ReplyError> {
        if !matches!(response.status, 200..=299) {
            return Err(refusal(response));
        }
        let body = body(response)?;
        if text(&body, "/type") == Some("error") {
            return Err(refusal(response));
        }
        let of = |what: &str| count(&body, &format!("/request_counts/{what}"));
        let (answered, errored) = (of("succeeded"), of("errored"));
        let (cancelled, expired) = (of("canceled"), of("expired"));
        let state = match text(&body, "/processing_status") {
            Some("in_progress") => State::InProgress,
            Some("canceling") => State::Cancelling,
            Some("ended") if cancelled > 0 => State::Cancelled,
            Some("ended") if expired > 0 => State::Expired,
            Some("ended") => State::Completed,
            _ => return Err(ReplyError::Garbled("it tells of no batch".to_owned())),
        };
        let id = text(&body, "/id").filter(|it| is_plain_id(it));
        let id = id.ok_or_else(|| ReplyError::Garbled("it names no batch".to_owned()))?;
        let has_results = body["results_url"].is_string();
        let is_archived = body["archived_at"].is_string();
        Ok(Job {
            id: id.to_owned(),
            state,
            total: of("processing") + answered + errored + cancelled + expired,
            answered,
            failed: errored + cancelled + expired,
            expires: text(&body, "/expires_at").and_then(seconds_of_date),
            files: has_results.then(|| id.to_owned()).into_iter().collect(),
            faults: is_archived
                .then(|| "its results are kept no longer".to_owned())
                .into_iter()
                .collect(),
        })
    }

    fn outcome(&self, line: &[u8], received: SystemTime) -> Option<Outcome> {
        let line: Value = serde_json::from_slice(line).ok()?;
        let name = text(&line, "/custom_id")?.to_owned();
        let result = line.get("result")?;
        let answer = |status, body: &Value| Response {
            status,
            headers: Vec::new(),
            body: body.to_string().into_bytes(),
            received,
        };
        let response = match text(result, "/type")? {
            "succeeded" => Ok(answer(200, result.get("message")?)),
            "errored" => Ok(answer(400, result.get("error")?)),
            "canceled" => Err("the batch was cancelled before it was answered".to_owned()),
            "expired" => Err("the batch expired before it was answered".to_owned()),
            _ => return None,
        };
        Some(Outcome { name, response })
    }
}
