//! Anthropic's messages.

use serde_json::{Map, Value, json};

use super::super::account::Account;
use super::super::exchange::{Request, Response};
use super::super::fault::{self, ReplyError};
use super::super::ladder::Said;
use super::super::prompt::{Form, Manner, NAME, Prompt, Reply, Usage};
use super::{Provider, body, complained_of, count, replied, says_too_large, text};

/// Anthropic.
#[derive(Debug)]
pub(super) struct Anthropic;

/// Pinned: newer versions refuse what older models need, and none of what they bring is used.
pub(in super::super) const VERSION: &str = "2023-06-01";

impl Provider for Anthropic {
    fn request(&self, account: &Account, prompt: &Prompt, manner: &Manner) -> Request {
        let mut body = Map::new();
        body.insert("model".to_owned(), account.model.clone().into());
        body.insert("max_tokens".to_owned(), prompt.max_tokens.into());
        // There is no role `system` among the messages; the mark lets the prefix be kept ready.
        let system = json!([{
            "type": "text",
            "text": prompt.system,
            "cache_control": {"type": "ephemeral"},
        }]);
        body.insert("system".to_owned(), system);
        let messages = json!([{"role": "user", "content": prompt.words(manner.form)}]);
        body.insert("messages".to_owned(), messages);
        match manner.form {
            Form::Schema => {
                let format = json!({"type": "json_schema", "schema": prompt.schema});
                body.insert("output_config".to_owned(), json!({"format": format}));
            }
            Form::Tool => {
                let tool = json!({
                    "name": NAME,
                    "description": "Hand in the docstrings.",
                    "input_schema": prompt.schema,
                });
                body.insert("tools".to_owned(), json!([tool]));
                body.insert(
                    "tool_choice".to_owned(),
                    json!({"type": "tool", "name": NAME}),
                );
            }
            Form::Words => {}
        }
        for name in &manner.dropped {
            body.remove(name);
        }
        let version = account.version.as_deref().unwrap_or(VERSION);
        Request {
            url: format!("{}/v1/messages", account.endpoint),
            headers: vec![("anthropic-version", version.to_owned())],
            body: body.into(),
        }
    }

    fn reply(&self, response: &Response) -> Result<Reply, ReplyError> {
        if response.status != 200 {
            return Err(refusal(response));
        }
        let body = body(response)?;
        if text(&body, "/type") == Some("error") {
            return Err(refusal(response));
        }
        match text(&body, "/stop_reason") {
            Some("max_tokens" | "model_context_window_exceeded") => return Err(ReplyError::Cut),
            Some("refusal") => {
                let why = text(&body, "/stop_details/explanation");
                let why = why.or_else(|| text(&body, "/stop_details/category"));
                return Err(ReplyError::Refused(
                    why.unwrap_or("no reason given").to_owned(),
                ));
            }
            Some("pause_turn") => {
                return Err(ReplyError::Garbled("it paused in the middle".to_owned()));
            }
            _ => {}
        }
        let parts = body["content"].as_array().map_or(&[][..], Vec::as_slice);
        let of = |kind: &str| {
            let mut parts = parts.iter();
            parts.find(|it| text(it, "/type") == Some(kind))
        };
        let said = Said {
            text: of("text")
                .and_then(|it| text(it, "/text"))
                .map(str::to_owned),
            tool: of("tool_use").and_then(|it| it.get("input")).cloned(),
        };
        replied(said, self.usage(&body))
    }

    fn usage(&self, body: &Value) -> Usage {
        let cached = count(body, "/usage/cache_read_input_tokens");
        let written = count(body, "/usage/cache_creation_input_tokens");
        Usage {
            input: count(body, "/usage/input_tokens") + cached + written,
            cached,
            written,
            output: count(body, "/usage/output_tokens"),
        }
    }

    fn key_header(&self) -> (&'static str, &'static str) {
        ("x-api-key", "")
    }
}

const PARAMETERS: [&str; 6] = [
    "output_config",
    "output_format",
    "tool_choice",
    "tools",
    "cache_control",
    "temperature",
];

/// Why a response is no message.
pub(in super::super) fn refusal(response: &Response) -> ReplyError {
    let value = response.json().unwrap_or_default();
    let said = text(&value, "/error/message");
    let what = said.map_or_else(|| response.excerpt(), str::to_owned);
    let kind = text(&value, "/error/type").unwrap_or_default();
    let code = text(&value, "/error/details/error_code").unwrap_or_default();
    let is_spent = code.contains("spend_limit")
        || code.contains("credit")
        || kind == "billing_error"
        || what.contains("credit balance is too low");
    if is_spent {
        return ReplyError::Spent(what);
    }
    match (kind, response.status) {
        ("overloaded_error" | "rate_limit_error" | "api_error" | "timeout_error", _) => {
            let wait = response.wait();
            ReplyError::Busy { what, wait }
        }
        ("authentication_error" | "permission_error" | "not_found_error", _) => {
            ReplyError::Denied(what)
        }
        ("request_too_large", _) => ReplyError::TooLarge(what),
        (_, 400) if says_too_large(&what) => ReplyError::TooLarge(what),
        (_, 400) => match complained_of(&what, &PARAMETERS) {
            Some(parameter) => ReplyError::Unsupported {
                parameter: parameter.to_owned(),
                what,
            },
            None => ReplyError::Rejected(what),
        },
        _ => fault::of_error(response, &what, response.wait()),
    }
}
