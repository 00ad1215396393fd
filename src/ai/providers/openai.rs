//! `OpenAI`'s chat completions, which many others speak, too.

use serde_json::{Map, Value, json};

use super::super::account::Account;
use super::super::exchange::{Request, Response};
use super::super::fault::{self, ReplyError};
use super::super::ladder::Said;
use super::super::prompt::{Form, Manner, NAME, Prompt, Reply, Usage};
use super::{Provider, body, complained_of, count, replied, says_too_large, text};

/// `OpenAI` itself, or one that speaks like it.
#[derive(Debug)]
pub(super) struct OpenAi {
    /// Whether it is `OpenAI`: others know `max_tokens` and the role `system` only.
    pub(super) is_own: bool,
}

impl Provider for OpenAi {
    fn request(&self, account: &Account, prompt: &Prompt, manner: &Manner) -> Request {
        let mut headers = Vec::new();
        if let Some(organization) = &account.organization {
            headers.push(("openai-organization", organization.clone()));
        }
        Request {
            url: format!("{}/chat/completions", account.endpoint),
            headers,
            body: chat(account, prompt, manner, self.is_own),
        }
    }

    fn reply(&self, response: &Response) -> Result<Reply, ReplyError> {
        reply(response)
    }

    fn usage(&self, body: &Value) -> Usage {
        usage(body)
    }

    fn headroom(&self, model: &str) -> u32 {
        headroom(model)
    }
}

/// The body of a chat completion.
pub(super) fn chat(account: &Account, prompt: &Prompt, manner: &Manner, is_own: bool) -> Value {
    let reasons = is_own && is_reasoning(account.priced_model());
    let instructions = if reasons { "developer" } else { "system" };
    let mut body = Map::new();
    body.insert("model".to_owned(), account.model.clone().into());
    let messages = json!([
        {"role": instructions, "content": prompt.system},
        {"role": "user", "content": prompt.words(manner.form)},
    ]);
    body.insert("messages".to_owned(), messages);
    let limit = if is_own {
        "max_completion_tokens"
    } else {
        "max_tokens"
    };
    body.insert(limit.to_owned(), prompt.max_tokens.into());
    match manner.form {
        Form::Schema => {
            let schema = json!({"name": NAME, "strict": true, "schema": prompt.schema});
            let format = json!({"type": "json_schema", "json_schema": schema});
            body.insert("response_format".to_owned(), format);
        }
        Form::Tool => {
            let function = json!({"name": NAME, "strict": true, "parameters": prompt.schema});
            body.insert(
                "tools".to_owned(),
                json!([{"type": "function", "function": function}]),
            );
            let choice = json!({"type": "function", "function": {"name": NAME}});
            body.insert("tool_choice".to_owned(), choice);
        }
        Form::Words => {}
    }
    if reasons {
        body.insert("reasoning_effort".to_owned(), "low".into());
    } else if let Some(temperature) = account.temperature {
        body.insert("temperature".to_owned(), temperature.into());
    }
    for name in &manner.dropped {
        body.remove(name);
    }
    body.into()
}

/// Tokens for thoughts, at a low effort.
pub(super) fn headroom(model: &str) -> u32 {
    if is_reasoning(model) { 2048 } else { 0 }
}

/// Whether a model thinks before it answers: those take an effort, the role `developer` and no temperature.
fn is_reasoning(model: &str) -> bool {
    let family = |prefix: &str| model.starts_with(prefix);
    let versions = ["gpt-5", "gpt-6", "gpt-7"];
    (versions.iter().any(|it| family(it)) && !model.contains("chat"))
        || ["o1", "o3", "o4"].iter().any(|it| family(it))
}

/// What a chat completion answers.
///
/// # Errors
/// Where it is no answer.
pub(super) fn reply(response: &Response) -> Result<Reply, ReplyError> {
    if response.status != 200 {
        return Err(refusal(response));
    }
    let body = body(response)?;
    if body.get("error").is_some_and(|it| !it.is_null()) {
        return Err(refusal(response));
    }
    let Some(choice) = body.pointer("/choices/0") else {
        return Err(ReplyError::Garbled("it holds no choice".to_owned()));
    };
    if let Some(refused) = text(choice, "/message/refusal") {
        return Err(ReplyError::Refused(refused.to_owned()));
    }
    match text(choice, "/finish_reason") {
        Some("length") => return Err(ReplyError::Cut),
        Some("content_filter") => {
            return Err(ReplyError::Refused("its content filter".to_owned()));
        }
        _ => {}
    }
    let arguments = choice
        .pointer("/message/tool_calls/0/function/arguments")
        .or_else(|| choice.pointer("/message/function_call/arguments"));
    let said = Said {
        text: text(choice, "/message/content").map(str::to_owned),
        tool: arguments.cloned(),
    };
    replied(said, usage(&body))
}

/// What a chat completion cost.
pub(super) fn usage(body: &Value) -> Usage {
    Usage {
        input: count(body, "/usage/prompt_tokens"),
        cached: count(body, "/usage/prompt_tokens_details/cached_tokens"),
        written: count(body, "/usage/prompt_tokens_details/cache_write_tokens"),
        output: count(body, "/usage/completion_tokens"),
    }
}

/// Codes of a 429 that mean money, not pace.
const SPENT: [&str; 6] = [
    "insufficient_quota",
    "credit_balance_exhausted",
    "organization_spend_limit_exceeded",
    "project_spend_limit_exceeded",
    "organization_usage_limit_exceeded",
    "billing_hard_limit_reached",
];

/// What a complaint may be of.
const PARAMETERS: [&str; 9] = [
    "response_format",
    "json_schema",
    "tool_choice",
    "tools",
    "temperature",
    "reasoning_effort",
    "max_completion_tokens",
    "strict",
    "max_tokens",
];

/// Why a chat completion is none.
pub(in super::super) fn refusal(response: &Response) -> ReplyError {
    let value = response.json().unwrap_or_default();
    let error = value.get("error").unwrap_or(&Value::Null);
    let said = error.as_str().or_else(|| text(error, "/message"));
    let what = said.map_or_else(|| response.excerpt(), str::to_owned);
    let codes = [text(error, "/code"), text(error, "/type")];
    let is = |code: &str| codes.contains(&Some(code));
    if SPENT.iter().any(|it| is(it)) {
        return ReplyError::Spent(what);
    }
    if is("content_filter") || is("content_policy_violation") || is_filtered(error) {
        return ReplyError::Refused(what);
    }
    if is("context_length_exceeded") || response.status == 400 && says_too_large(&what) {
        return ReplyError::TooLarge(what);
    }
    if is("rate_limit_exceeded") || is("slow_down") || is("server_is_overloaded") {
        let wait = response.wait();
        return ReplyError::Busy { what, wait };
    }
    if matches!(response.status, 400 | 422 | 501) {
        let named = text(error, "/param").map(|it| it.split('.').next().unwrap_or(it));
        let unsupported = is("unsupported_parameter") || is("unsupported_value");
        let named = named.filter(|it| unsupported || PARAMETERS.contains(it));
        if let Some(parameter) = named.or_else(|| complained_of(&what, &PARAMETERS)) {
            let parameter = parameter.to_owned();
            return ReplyError::Unsupported { parameter, what };
        }
    }
    fault::of_error(response, &what, response.wait())
}

/// Azure tells of its filter inside the error.
fn is_filtered(error: &Value) -> bool {
    let inner = error.get("innererror").or_else(|| error.get("inner_error"));
    inner.and_then(|it| text(it, "/code")) == Some("ResponsibleAIPolicyViolation")
}
