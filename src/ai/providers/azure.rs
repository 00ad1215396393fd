//! Azure `OpenAI`: the same bodies at other addresses, with the key in a header of its own.

use serde_json::Value;

use super::super::account::Account;
use super::super::exchange::{Request, Response};
use super::super::fault::ReplyError;
use super::super::prompt::{Manner, Prompt, Reply, Usage};
use super::{Provider, openai};

/// Azure `OpenAI`, by the path of a deployment where a version is given, and by `/openai/v1/` without one.
#[derive(Debug)]
pub(super) struct Azure;

impl Provider for Azure {
    fn request(&self, account: &Account, prompt: &Prompt, manner: &Manner) -> Request {
        let endpoint = account.endpoint.trim_end_matches("/openai/v1");
        let url = match account.version.as_deref() {
            Some(version) if version != "v1" => format!(
                "{endpoint}/openai/deployments/{}/chat/completions?api-version={version}",
                account.model
            ),
            _ => format!("{endpoint}/openai/v1/chat/completions"),
        };
        Request {
            url,
            headers: Vec::new(),
            body: openai::chat(account, prompt, manner, true),
        }
    }

    fn reply(&self, response: &Response) -> Result<Reply, ReplyError> {
        openai::reply(response)
    }

    fn usage(&self, body: &Value) -> Usage {
        openai::usage(body)
    }

    fn headroom(&self, model: &str) -> u32 {
        openai::headroom(model)
    }

    fn key_header(&self) -> (&'static str, &'static str) {
        ("api-key", "")
    }
}
