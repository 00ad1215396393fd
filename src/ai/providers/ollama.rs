//! Ollama's own interface: its `OpenAI`-like one cuts prompts at 4,096 tokens without a word.

use serde_json::{Map, Value, json};

use super::super::account::Account;
use super::super::exchange::{Request, Response};
use super::super::fault::{self, ReplyError};
use super::super::ladder::Said;
use super::super::prompt::{Form, Manner, NAME, Prompt, Reply, Usage};
use super::{Provider, body, complained_of, count, replied, says_too_large, text};

/// Ollama.
#[derive(Debug)]
pub(super) struct Ollama;

/// Bytes of English and Python that a token has at least, so that the window is never too small.
const BYTES_PER_TOKEN: usize = 2;
/// The smallest window asked for: what Ollama takes when nobody asks.
const LEAST_WINDOW: u64 = 4096;

impl Provider for Ollama {
    fn request(&self, account: &Account, prompt: &Prompt, manner: &Manner) -> Request {
        let words = prompt.words(manner.form);
        let bytes = prompt.system.len() + words.len() + prompt.schema.to_string().len();
        let needed = (bytes / BYTES_PER_TOKEN) as u64 + u64::from(prompt.max_tokens);
        let mut options = Map::new();
        options.insert("num_predict".to_owned(), prompt.max_tokens.into());
        // A power of two: another window makes the server load the model anew.
        let window = needed.next_power_of_two().max(LEAST_WINDOW);
        options.insert("num_ctx".to_owned(), window.into());
        if let Some(temperature) = account.temperature {
            options.insert("temperature".to_owned(), temperature.into());
        }
        let mut body = Map::new();
        body.insert("model".to_owned(), account.model.clone().into());
        let messages = json!([
            {"role": "system", "content": prompt.system},
            {"role": "user", "content": words},
        ]);
        body.insert("messages".to_owned(), messages);
        body.insert("stream".to_owned(), false.into());
        body.insert("think".to_owned(), false.into());
        body.insert("options".to_owned(), options.into());
        match manner.form {
            Form::Schema => {
                body.insert("format".to_owned(), prompt.schema.clone());
            }
            Form::Tool => {
                let function = json!({"name": NAME, "parameters": prompt.schema});
                let tool = json!({"type": "function", "function": function});
                body.insert("tools".to_owned(), json!([tool]));
            }
            Form::Words => {}
        }
        for name in &manner.dropped {
            body.remove(name);
        }
        Request {
            url: format!("{}/api/chat", account.endpoint),
            headers: Vec::new(),
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
        if text(&body, "/done_reason") == Some("length") {
            return Err(ReplyError::Cut);
        }
        let said = Said {
            text: text(&body, "/message/content").map(str::to_owned),
            tool: body
                .pointer("/message/tool_calls/0/function/arguments")
                .cloned(),
        };
        replied(said, self.usage(&body))
    }

    fn usage(&self, body: &Value) -> Usage {
        Usage {
            input: count(body, "/prompt_eval_count"),
            cached: 0,
            written: 0,
            output: count(body, "/eval_count"),
        }
    }
}

const PARAMETERS: [&str; 3] = ["format", "tools", "think"];

fn refusal(response: &Response) -> ReplyError {
    let value = response.json().unwrap_or_default();
    let said = text(&value, "/error");
    let what = said.map_or_else(|| response.excerpt(), str::to_owned);
    if response.status == 400 && says_too_large(&what) {
        return ReplyError::TooLarge(what);
    }
    if response.status == 400 {
        // "does not support thinking", "does not support tools"
        let thinks = what.contains("support thinking").then_some("think");
        if let Some(parameter) = thinks.or_else(|| complained_of(&what, &PARAMETERS)) {
            let parameter = parameter.to_owned();
            return ReplyError::Unsupported { parameter, what };
        }
    }
    fault::of_error(response, &what, response.wait())
}
