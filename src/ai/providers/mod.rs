//! The providers, each a pair of pure functions: from a prompt to a request, from a response to a reply.

pub(super) mod anthropic;
mod azure;
mod gemini;
mod ollama;
pub(super) mod openai;

#[cfg(test)]
pub(super) mod tests;

use std::fmt::Debug;

use serde_json::Value;

use super::account::{Account, Kind};
use super::exchange::{Request, Response};
use super::fault::ReplyError;
use super::ladder::{self, Said};
use super::prompt::{Manner, Prompt, Reply, Usage};

/// A way to ask and to understand.
pub trait Provider: Debug + Send + Sync {
    /// What is sent to ask this.
    fn request(&self, account: &Account, prompt: &Prompt, manner: &Manner) -> Request;

    /// What the response says.
    ///
    /// # Errors
    /// Where it is no answer; the error says what follows.
    fn reply(&self, response: &Response) -> Result<Reply, ReplyError>;

    /// What a response cost, an answer or not: 0 where it does not say.
    fn usage(&self, body: &Value) -> Usage;

    /// Tokens that the model may think with before it answers, which count as its answer's.
    fn headroom(&self, _model: &str) -> u32 {
        0
    }

    /// The header that carries the key, and what stands before the key in it.
    fn key_header(&self) -> (&'static str, &'static str) {
        ("authorization", "Bearer ")
    }
}

/// The provider of an account.
pub fn of(account: &Account) -> Box<dyn Provider> {
    match account.kind {
        Kind::OpenAi => Box::new(openai::OpenAi { is_own: true }),
        Kind::Compatible => Box::new(openai::OpenAi { is_own: false }),
        Kind::Azure => Box::new(azure::Azure),
        Kind::Anthropic => Box::new(anthropic::Anthropic),
        Kind::Gemini => Box::new(gemini::Gemini),
        Kind::Ollama => Box::new(ollama::Ollama),
    }
}

/// A text in a JSON value, by its path.
pub(super) fn text<'v>(value: &'v Value, pointer: &str) -> Option<&'v str> {
    value.pointer(pointer)?.as_str()
}

/// A number in a JSON value, by its path; 0 where there is none.
pub(super) fn count(value: &Value, pointer: &str) -> u64 {
    value.pointer(pointer).and_then(Value::as_u64).unwrap_or(0)
}

/// The JSON of a successful response.
///
/// # Errors
/// Where it is none: a proxy's page, a body cut in the middle.
pub(super) fn body(response: &Response) -> Result<Value, ReplyError> {
    let garbled = || {
        let excerpt = response.excerpt();
        let what = if excerpt.starts_with('<') {
            "a page of HTML, as proxies send"
        } else if excerpt.is_empty() {
            "it is empty"
        } else {
            "its JSON is broken"
        };
        ReplyError::Garbled(what.to_owned())
    };
    let value = response.json().ok_or_else(garbled)?;
    if value.is_object() {
        Ok(value)
    } else {
        Err(garbled())
    }
}

/// The reply in what was said, which took so much.
///
/// # Errors
/// Where nothing was said.
fn replied(said: Said, usage: Usage) -> Result<Reply, ReplyError> {
    let (answer, step) = ladder::read(said)?;
    Ok(Reply {
        answer,
        step,
        usage,
    })
}

/// Whether a message says that the prompt does not fit.
fn says_too_large(message: &str) -> bool {
    const SIGNS: [&str; 7] = [
        "context length",
        "context window",
        "context_length",
        "prompt is too long",
        "too many tokens",
        "input token count",
        "exceeds the maximum number of tokens",
    ];
    let message = message.to_ascii_lowercase();
    SIGNS.iter().any(|it| message.contains(it))
}

/// The parameter that a 400 complains of, by the names in its message.
fn complained_of(message: &str, known: &[&'static str]) -> Option<&'static str> {
    const SIGNS: [&str; 10] = [
        "unsupported",
        "not support",
        "unknown",
        "unrecognized",
        "unexpected",
        "invalid",
        "not permitted",
        "not allowed",
        "deprecated",
        "no longer",
    ];
    let lower = message.to_ascii_lowercase();
    if !SIGNS.iter().any(|it| lower.contains(it)) {
        return None;
    }
    known.iter().copied().find(|it| message.contains(it))
}
