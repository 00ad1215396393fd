//! A provider of jobs on this machine: `OpenAI`'s and Azure's files and batches, Anthropic's batches of messages.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

use serde_json::{Value, json};

use crate::provider::answer;

/// What was sent.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) line: String,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: Vec<u8>,
}

/// What a provider says of one request: a line of its answers, or of its errors.
type Say = dyn Fn(usize, &Value) -> Line + Send + Sync;

/// What becomes of a request.
pub(super) enum Line {
    /// It is answered with this text.
    Text(String),
    /// Its line is this one.
    Whole(String),
    /// It is answered with a status and a body.
    Status(u16, Value),
    /// The time was over first.
    Expired,
    /// The job was ended first.
    Cancelled,
    /// Nothing comes.
    Lost,
}

#[derive(Default)]
pub(super) struct State {
    /// The requests of each job.
    pub(super) jobs: Vec<Vec<Value>>,
    pub(super) sent: Vec<Sent>,
    /// How far all jobs are.
    pub(super) status: String,
    /// What is wrong with all jobs.
    pub(super) fault: Option<String>,
    /// Statuses that come before the right answers, for lines that begin so.
    pub(super) trouble: Vec<(&'static str, u16)>,
    file: Vec<u8>,
}

/// A provider of jobs. It ends with the process.
pub(super) struct Desk {
    port: u16,
    state: Arc<Mutex<State>>,
    /// Requests that have come whole, answered or not.
    begun: Arc<AtomicUsize>,
}

impl Desk {
    pub(super) fn new(say: impl Fn(usize, &Value) -> Line + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State {
            status: "in_progress".to_owned(),
            ..State::default()
        }));
        let (say, shared): (Arc<Say>, _) = (Arc::new(say), Arc::clone(&state));
        let begun = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&begun);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (say, shared) = (Arc::clone(&say), Arc::clone(&shared));
                let count = Arc::clone(&count);
                thread::spawn(move || serve(stream, port, say.as_ref(), (&shared, &count)));
            }
        });
        Self { port, state, begun }
    }

    /// One that answers all that is asked.
    pub(super) fn willing() -> Self {
        Self::new(|_, item| Line::Text(willing(item)))
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// From now on all jobs are so far.
    pub(super) fn set(&self, status: &str) {
        status.clone_into(&mut self.state().status);
    }

    /// Requests that have come whole, answered or not.
    pub(super) fn begun(&self) -> usize {
        self.begun.load(Ordering::SeqCst)
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The lines of the requests, such as `POST /v1/files`.
    pub(super) fn lines(&self) -> Vec<String> {
        self.state().sent.iter().map(|it| it.line.clone()).collect()
    }

    /// What the jobs ask for, in the order of their requests.
    pub(super) fn prompts(&self) -> Vec<String> {
        let jobs = self.state().jobs.clone();
        let prompts = jobs.iter().flatten().map(|it| {
            let body = it.get("body").or(it.get("params")).unwrap();
            let messages = body["messages"].as_array().unwrap();
            messages.last().unwrap()["content"]
                .as_str()
                .unwrap()
                .to_owned()
        });
        prompts.collect()
    }
}

/// Good words for all that a request asks.
pub(super) fn willing(item: &Value) -> String {
    answered(item).to_string()
}

pub(super) fn answered(item: &Value) -> Value {
    match item.get("params") {
        None => answer(&item["body"]),
        Some(params) => {
            let schema = &params["output_config"]["format"]["schema"];
            answer(&json!({"response_format": {"json_schema": {"schema": schema}}}))
        }
    }
}

fn serve(
    stream: TcpStream,
    port: u16,
    say: &Say,
    (state, begun): (&Mutex<State>, &AtomicUsize),
) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|it| *it > 0)?;
        let mut headers = BTreeMap::new();
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).ok().filter(|it| *it > 0)?;
            let Some((name, value)) = header.trim().split_once(':') else {
                break;
            };
            headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
        let length = headers
            .get("content-length")
            .map_or(0, |it| it.parse().unwrap());
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let line = line.trim().trim_end_matches(" HTTP/1.1").to_owned();
        begun.fetch_add(1, Ordering::SeqCst);
        let mut held = state.lock().unwrap();
        held.sent.push(Sent {
            line: line.clone(),
            headers,
            body: body.clone(),
        });
        let trouble = held.trouble.iter().position(|it| line.starts_with(it.0));
        let (status, reply) = match trouble {
            Some(at) => (held.trouble.remove(at).1, error("trouble")),
            None => replied(&line, &body, port, say, &mut held),
        };
        drop(held);
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            reply.len()
        );
        out.write_all(format!("{head}{reply}").as_bytes()).ok()?;
    }
}

fn error(what: &str) -> String {
    json!({"type": "error", "error": {"type": "invalid_request_error", "message": what}})
        .to_string()
}

fn replied(line: &str, body: &[u8], port: u16, say: &Say, state: &mut State) -> (u16, String) {
    let path = line.split('?').next().unwrap_or_default();
    let (method, path) = path.split_once(' ').unwrap_or_default();
    let place = path.rsplit('/').next().unwrap_or_default();
    if method == "POST" && place == "files" {
        state.file = file_of(body);
        let file = json!({"id": "file-in", "object": "file", "status": "processed"});
        return (200, file.to_string());
    }
    let is_messages = path.contains("/messages/");
    if method == "POST" && place == "batches" {
        let items: Vec<Value> = if is_messages {
            let whole: Value = serde_json::from_slice(body).unwrap();
            whole["requests"].as_array().unwrap().clone()
        } else {
            let lines = String::from_utf8(state.file.clone()).unwrap();
            lines
                .lines()
                .map(|it| serde_json::from_str(it).unwrap())
                .collect()
        };
        state.jobs.push(items);
        let number = state.jobs.len();
        return (200, job(state, number, port, is_messages).to_string());
    }
    if place == "content" || place == "results" {
        let number = number_of(path);
        let is_error = path.contains("file-err-");
        return (200, results(state, number, say, is_messages, is_error));
    }
    let number = number_of(path);
    if number == 0 || number > state.jobs.len() {
        return (404, error("no such batch"));
    }
    if place == "cancel" {
        "cancelling".clone_into(&mut state.status);
    }
    (200, job(state, number, port, is_messages).to_string())
}

/// The number of the job that a path is about: `/batches/batch_2`, `/files/file-out-2/content`.
fn number_of(path: &str) -> usize {
    let parts = path
        .split('/')
        .filter_map(|it| it.rsplit(['_', '-']).next());
    let mut numbers = parts.filter_map(|it| it.parse().ok());
    numbers.next_back().unwrap_or(0)
}

/// The file between the boundaries of a form.
fn file_of(body: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(body.to_vec()).unwrap();
    let boundary = text.lines().next().unwrap().to_owned();
    assert!(text.contains("name=\"purpose\"\r\n\r\nbatch\r\n"), "{text}");
    let file = text.split("application/jsonl\r\n\r\n").nth(1).unwrap();
    let end = file.find(&format!("\r\n{boundary}--\r\n")).unwrap();
    file.as_bytes()[..end].to_vec()
}

fn job(state: &State, number: usize, port: u16, is_messages: bool) -> Value {
    let total = state.jobs[number - 1].len();
    let has_ended = ["completed", "expired", "cancelled"].contains(&state.status.as_str());
    if is_messages {
        let id = format!("msgbatch_{number}");
        let of = |is_it: bool| if is_it { total } else { 0 };
        return json!({
            "id": id, "type": "message_batch",
            "processing_status": match state.status.as_str() {
                "cancelling" => "canceling",
                _ if has_ended => "ended",
                _ => "in_progress",
            },
            "request_counts": {
                "processing": of(!has_ended), "succeeded": of(state.status == "completed"), "errored": 0,
                "canceled": of(state.status == "cancelled"), "expired": of(state.status == "expired"),
            },
            "expires_at": "2126-11-21T10:00:00Z",
            // Another origin: the key must not go there.
            "results_url": has_ended.then(|| format!("http://localhost:{port}/elsewhere/{id}/results")),
        });
    }
    let errors = state.fault.as_ref();
    let errors = errors.map(|it| json!({"data": [{"message": it, "line": 1}]}));
    json!({
        "id": format!("batch_{number}"), "object": "batch", "status": state.status, "errors": errors,
        "output_file_id": has_ended.then(|| format!("file-out-{number}")),
        "error_file_id": has_ended.then(|| format!("file-err-{number}")),
        "expires_at": 4_000_000_000_u64,
        "request_counts": {"total": total, "completed": if has_ended { total } else { 0 }, "failed": 0},
    })
}

/// The lines of a file of results: the last request first.
fn results(state: &State, number: usize, say: &Say, is_messages: bool, is_error: bool) -> String {
    let mut text = String::new();
    let items = &state.jobs[number - 1];
    for (at, item) in items.iter().enumerate().rev() {
        let line = say(at, item);
        let is_good = matches!(line, Line::Text(_) | Line::Whole(_));
        if !is_messages && is_good == is_error {
            continue;
        }
        let name = &item["custom_id"];
        if let Some(line) = line_of(line, name, is_messages) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

fn line_of(line: Line, name: &Value, is_messages: bool) -> Option<String> {
    let value = match (line, is_messages) {
        (Line::Whole(line), _) => return Some(line),
        (Line::Lost, _) => return None,
        (Line::Text(text), true) => {
            json!({"custom_id": name, "result": {"type": "succeeded", "message": {
                "type": "message", "content": [{"type": "text", "text": text}], "stop_reason": "end_turn",
                "usage": {"input_tokens": 1000, "output_tokens": 100},
            }}})
        }
        (Line::Status(_, body), true) => {
            json!({"custom_id": name, "result": {"type": "errored", "error": body}})
        }
        (Line::Expired, true) => json!({"custom_id": name, "result": {"type": "expired"}}),
        (Line::Cancelled, true) => json!({"custom_id": name, "result": {"type": "canceled"}}),
        (Line::Text(text), false) => json!({"custom_id": name, "error": null, "response": {
            "status_code": 200, "body": {
                "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
                "usage": {"prompt_tokens": 1000, "completion_tokens": 100},
        }}}),
        (Line::Status(status, body), false) => json!({
            "custom_id": name, "error": null, "response": {"status_code": status, "body": body},
        }),
        (Line::Expired, false) => json!({"custom_id": name, "response": null, "error": {
            "code": "batch_expired", "message": "This request could not be executed before the completion window expired.",
        }}),
        (Line::Cancelled, false) => {
            json!({"custom_id": name, "response": null, "error": {"code": "batch_cancelled"}})
        }
    };
    Some(value.to_string())
}
