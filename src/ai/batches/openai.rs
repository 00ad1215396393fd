//! `OpenAI`'s and Azure's jobs: a file of requests is sent, a job is made of it, files of responses are fetched.

use std::time::SystemTime;

use serde_json::{Value, json};

use super::super::account::Account;
use super::super::exchange::{Request, Response};
use super::super::fault::ReplyError;
use super::super::providers::openai::refusal;
use super::super::providers::{body, count, text};
use super::{Batching, Call, Capacity, Job, Load, Outcome, SentFile, State, is_plain_id};

/// Jobs of files.
#[derive(Debug)]
pub(super) struct Files {
    /// Azure knows the same under other addresses, and takes more requests.
    pub(super) is_azure: bool,
}

/// <https://platform.openai.com/docs/api-reference/batch/create>: 50,000 requests, 200 MB.
const OPENAI: Capacity = Capacity {
    requests: 50_000,
    bytes: 200_000_000,
};

/// <https://learn.microsoft.com/azure/ai-services/openai/quotas-limits>: 100,000 requests, 200 MB.
const AZURE: Capacity = Capacity {
    requests: 100_000,
    bytes: 200_000_000,
};

impl Files {
    /// The path by which a request in a file is known.
    const fn path(&self) -> &'static str {
        if self.is_azure {
            "/chat/completions"
        } else {
            "/v1/chat/completions"
        }
    }

    fn call(&self, account: &Account, path: &str, load: Load) -> Call {
        let mut headers = Vec::new();
        if let Some(organization) = account.organization.as_ref().filter(|_| !self.is_azure) {
            headers.push(("openai-organization", organization.clone()));
        }
        Call {
            url: self.address(account, path),
            headers,
            load,
        }
    }

    fn address(&self, account: &Account, path: &str) -> String {
        if !self.is_azure {
            return format!("{}/{path}", account.endpoint);
        }
        let endpoint = account.endpoint.trim_end_matches("/openai/v1");
        match account.version.as_deref() {
            Some(version) if version != "v1" => {
                format!("{endpoint}/openai/{path}?api-version={version}")
            }
            _ => format!("{endpoint}/openai/v1/{path}"),
        }
    }
}

impl Batching for Files {
    fn capacity(&self) -> Capacity {
        if self.is_azure { AZURE } else { OPENAI }
    }

    fn item(&self, name: &str, request: &Request) -> Value {
        json!({"custom_id": name, "method": "POST", "url": self.path(), "body": request.body})
    }

    fn upload(&self, account: &Account, boundary: &str) -> Option<Call> {
        let part =
            |what: &str| format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{what}\"");
        let load = Load::File {
            media: format!("multipart/form-data; boundary={boundary}"),
            before: format!(
                "{}\r\n\r\nbatch\r\n{}; filename=\"docgen.jsonl\"\r\nContent-Type: application/jsonl\r\n\r\n",
                part("purpose"),
                part("file")
            ),
            behind: format!("\r\n--{boundary}--\r\n"),
        };
        Some(self.call(account, "files", load))
    }

    fn look(&self, account: &Account, file: &str) -> Call {
        self.call(account, &format!("files/{file}"), Load::Get)
    }

    fn create(&self, account: &Account, file: Option<&str>) -> Call {
        let body = json!({
            "input_file_id": file,
            "endpoint": self.path(),
            "completion_window": "24h",
        });
        self.call(account, "batches", Load::Json(body))
    }

    fn status(&self, account: &Account, job: &str) -> Call {
        self.call(account, &format!("batches/{job}"), Load::Get)
    }

    fn cancel(&self, account: &Account, job: &str) -> Call {
        self.call(account, &format!("batches/{job}/cancel"), Load::Post)
    }

    fn results(&self, account: &Account, job: &Job) -> Vec<Call> {
        let path = |it: &String| format!("files/{it}/content");
        let calls = job.files.iter().map(path);
        calls.map(|it| self.call(account, &it, Load::Get)).collect()
    }

    fn sent(&self, response: &Response) -> Result<SentFile, ReplyError> {
        let body = read(response)?;
        let id = text(&body, "/id").filter(|it| is_plain_id(it));
        let id = id.ok_or_else(|| ReplyError::Garbled("it names no file".to_owned()))?;
        let is_ready = match text(&body, "/status") {
            Some("error" | "failed" | "deleted") => {
                let why = text(&body, "/status_details").unwrap_or("no reason given");
                return Err(ReplyError::Rejected(why.to_owned()));
            }
            // Azure reads a file before it takes it; OpenAI deprecated the word.
            Some(status) => !self.is_azure || status == "processed",
            None => true,
        };
        Ok(SentFile {
            id: id.to_owned(),
            is_ready,
        })
    }

    fn job(&self, response: &Response) -> Result<Job, ReplyError> {
        let body = read(response)?;
        let id = text(&body, "/id").filter(|it| is_plain_id(it));
        let state = text(&body, "/status").and_then(state);
        let (Some(id), Some(state)) = (id, state) else {
            return Err(ReplyError::Garbled("it tells of no batch".to_owned()));
        };
        let files = ["/output_file_id", "/error_file_id"];
        let files = files.iter().filter_map(|it| text(&body, it));
        let faults = body.pointer("/errors/data").and_then(Value::as_array);
        let faults = faults.into_iter().flatten().map(|it| {
            let what = text(it, "/message").or_else(|| text(it, "/code"));
            let what = what.unwrap_or("no reason given");
            match it["line"].as_u64() {
                Some(line) => format!("line {line}: {what}"),
                None => what.to_owned(),
            }
        });
        Ok(Job {
            id: id.to_owned(),
            state,
            total: count(&body, "/request_counts/total"),
            answered: count(&body, "/request_counts/completed"),
            failed: count(&body, "/request_counts/failed"),
            expires: body["expires_at"].as_u64(),
            files: files
                .filter(|it| is_plain_id(it))
                .map(str::to_owned)
                .collect(),
            faults: faults.collect(),
        })
    }

    fn outcome(&self, line: &[u8], received: SystemTime) -> Option<Outcome> {
        let line: Value = serde_json::from_slice(line).ok()?;
        let name = text(&line, "/custom_id")?.to_owned();
        let answer = line.get("response").filter(|it| it.is_object());
        let response = if let Some(answer) = answer {
            Ok(self::answer(answer, received)?)
        } else {
            Err(fault(&line))
        };
        Some(Outcome { name, response })
    }
}

/// The response to one request, in the line of its result.
fn answer(answer: &Value, received: SystemTime) -> Option<Response> {
    Some(Response {
        status: u16::try_from(count(answer, "/status_code")).ok()?,
        headers: Vec::new(),
        body: match answer.get("body") {
            Some(Value::String(text)) => text.clone().into_bytes(),
            body => body?.to_string().into_bytes(),
        },
        received,
    })
}

/// Why a request has no response, in the line of its result.
fn fault(line: &Value) -> String {
    let code = text(line, "/error/code").unwrap_or_default();
    let what = text(line, "/error/message").unwrap_or(code);
    match code {
        "batch_expired" => "the batch expired before it was answered",
        "batch_cancelled" => "the batch was cancelled before it was answered",
        _ if what.is_empty() => "it was not answered",
        _ => what,
    }
    .to_owned()
}

/// The JSON of a successful response.
fn read(response: &Response) -> Result<Value, ReplyError> {
    if !matches!(response.status, 200..=299) {
        return Err(refusal(response));
    }
    let body = body(response)?;
    match body.get("error") {
        Some(error) if !error.is_null() && text(&body, "/id").is_none() => Err(refusal(response)),
        _ => Ok(body),
    }
}

fn state(word: &str) -> Option<State> {
    match word {
        // Azure waits in a line before it looks at anything.
        "notStarted" | "running" | "created" => Some(State::InProgress),
        "canceling" => Some(State::Cancelling),
        "canceled" => Some(State::Cancelled),
        _ => State::ALL.into_iter().find(|it| it.word() == word),
    }
}
