//! Gemini's `generateContent`.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::super::account::Account;
use super::super::exchange::{self, Request, Response};
use super::super::fault::{self, ReplyError};
use super::super::ladder::Said;
use super::super::prompt::{Form, Manner, NAME, Prompt, Reply, Usage};
use super::{Provider, body, complained_of, count, replied, says_too_large, text};

/// Gemini.
#[derive(Debug)]
pub(super) struct Gemini;

impl Provider for Gemini {
    fn request(&self, account: &Account, prompt: &Prompt, manner: &Manner) -> Request {
        let mut generation = Map::new();
        generation.insert("maxOutputTokens".to_owned(), prompt.max_tokens.into());
        if let Some(temperature) = account.temperature {
            generation.insert("temperature".to_owned(), temperature.into());
        }
        let words = prompt.words(manner.form);
        let mut body = Map::new();
        let system = json!({"parts": [{"text": prompt.system}]});
        body.insert("systemInstruction".to_owned(), system);
        let contents = json!([{"role": "user", "parts": [{"text": words}]}]);
        body.insert("contents".to_owned(), contents);
        match manner.form {
            Form::Schema => {
                generation.insert("responseMimeType".to_owned(), "application/json".into());
                generation.insert("responseJsonSchema".to_owned(), prompt.schema.clone());
            }
            Form::Tool => {
                let function = json!({
                    "name": NAME,
                    "description": "Hand in the docstrings.",
                    "parametersJsonSchema": prompt.schema,
                });
                body.insert(
                    "tools".to_owned(),
                    json!([{"functionDeclarations": [function]}]),
                );
                let calling = json!({"mode": "ANY", "allowedFunctionNames": [NAME]});
                body.insert(
                    "toolConfig".to_owned(),
                    json!({"functionCallingConfig": calling}),
                );
            }
            Form::Words => {}
        }
        for name in &manner.dropped {
            generation.remove(name);
        }
        body.insert("generationConfig".to_owned(), generation.into());
        let mut headers = Vec::new();
        if let Some(project) = &account.project {
            headers.push(("x-goog-user-project", project.clone()));
        }
        Request {
            url: format!(
                "{}/v1beta/models/{}:generateContent",
                account.endpoint, account.model
            ),
            headers,
            body: body.into(),
        }
    }

    fn reply(&self, response: &Response) -> Result<Reply, ReplyError> {
        if response.status != 200 {
            return Err(refusal(response));
        }
        let body = body(response)?;
        if body.get("error").is_some() {
            return Err(refusal(response));
        }
        let Some(candidate) = body.pointer("/candidates/0") else {
            let why = text(&body, "/promptFeedback/blockReason");
            return Err(match why {
                Some(why) => ReplyError::Refused(format!("the prompt was blocked: {why}")),
                None => ReplyError::Garbled("it holds no candidate".to_owned()),
            });
        };
        match text(candidate, "/finishReason") {
            None | Some("STOP" | "FINISH_REASON_UNSPECIFIED") => {}
            Some("MAX_TOKENS") => return Err(ReplyError::Cut),
            Some(why @ ("MALFORMED_FUNCTION_CALL" | "MALFORMED_RESPONSE" | "OTHER")) => {
                return Err(ReplyError::Garbled(why.to_owned()));
            }
            Some(why) => return Err(ReplyError::Refused(why.to_owned())),
        }
        let parts = candidate
            .pointer("/content/parts")
            .and_then(Value::as_array);
        let parts = parts.map_or(&[][..], Vec::as_slice);
        let is_thought = |it: &&Value| it["thought"] != Value::Bool(true);
        let texts = parts
            .iter()
            .filter(is_thought)
            .filter_map(|it| text(it, "/text"));
        let whole: String = texts.collect();
        let said = Said {
            text: (!whole.is_empty()).then_some(whole),
            tool: parts
                .iter()
                .find_map(|it| it.pointer("/functionCall/args"))
                .cloned(),
        };
        replied(said, self.usage(&body))
    }

    fn usage(&self, body: &Value) -> Usage {
        Usage {
            input: count(body, "/usageMetadata/promptTokenCount"),
            cached: count(body, "/usageMetadata/cachedContentTokenCount"),
            written: 0,
            // Thoughts are billed as output.
            output: count(body, "/usageMetadata/candidatesTokenCount")
                + count(body, "/usageMetadata/thoughtsTokenCount"),
        }
    }

    fn headroom(&self, _model: &str) -> u32 {
        2048
    }

    fn key_header(&self) -> (&'static str, &'static str) {
        ("x-goog-api-key", "")
    }
}

const PARAMETERS: [&str; 4] = [
    "responseJsonSchema",
    "responseMimeType",
    "functionDeclarations",
    "temperature",
];

fn refusal(response: &Response) -> ReplyError {
    let value = response.json().unwrap_or_default();
    // Some endpoints put the object into a list of one.
    let value = value.get(0).unwrap_or(&value);
    let said = text(value, "/error/message");
    let what = said.map_or_else(|| response.excerpt(), str::to_owned);
    let details = value.pointer("/error/details").and_then(Value::as_array);
    let details = details.map_or(&[][..], Vec::as_slice);
    if details.iter().any(names_daily_quota) {
        return ReplyError::Spent(what);
    }
    let status = response.status;
    match text(value, "/error/status") {
        Some("RESOURCE_EXHAUSTED" | "UNAVAILABLE" | "INTERNAL" | "DEADLINE_EXCEEDED") => {
            let wait = retry_delay(details).or_else(|| response.wait());
            ReplyError::Busy { what, wait }
        }
        Some("UNAUTHENTICATED" | "PERMISSION_DENIED" | "NOT_FOUND" | "FAILED_PRECONDITION") => {
            ReplyError::Denied(what)
        }
        _ if status == 400 && what.contains("API key") => ReplyError::Denied(what),
        _ if status == 400 && says_too_large(&what) => ReplyError::TooLarge(what),
        _ if status == 400 => match complained_of(&what, &PARAMETERS) {
            Some(parameter) => ReplyError::Unsupported {
                parameter: parameter.to_owned(),
                what,
            },
            None => ReplyError::Rejected(what),
        },
        _ => {
            let wait = retry_delay(details).or_else(|| response.wait());
            fault::of_error(response, &what, wait)
        }
    }
}

/// The wait stands in the body: there is no header for it.
fn retry_delay(details: &[Value]) -> Option<Duration> {
    let delay = details.iter().find_map(|it| text(it, "/retryDelay"))?;
    exchange::duration(delay)
}

/// Whether a quota of a whole day is used up.
fn names_daily_quota(detail: &Value) -> bool {
    let violations = detail["violations"].as_array();
    let mut violations = violations.into_iter().flatten();
    violations.any(|it| {
        let named = text(it, "/quotaId").or_else(|| text(it, "/quotaMetric"));
        named.is_some_and(|it| it.contains("PerDay") || it.contains("per_day"))
    })
}
