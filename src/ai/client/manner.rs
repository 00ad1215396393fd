//! How a provider is asked: what it complained of is left out from then on.

use std::sync::PoisonError;

use super::Client;
use crate::ai::prompt::{Form, Manner};

impl Client {
    /// Learns from a complaint; whether there is another way to ask.
    pub(super) fn yields(&self, asked: &Manner, parameter: &str) -> bool {
        const FORMS: [&str; 14] = [
            "response_format",
            "json_schema",
            "strict",
            "output_config",
            "output_format",
            "format",
            "responseJsonSchema",
            "responseMimeType",
            "tools",
            "tool_choice",
            "functionDeclarations",
            "schema",
            "functions",
            "function",
        ];
        let mut manner = self.manner.lock().unwrap_or_else(PoisonError::into_inner);
        if *manner != *asked {
            // Another task has learned it in the meantime.
            return true;
        }
        if FORMS.contains(&parameter) {
            let Some(weaker) = manner.form.weaker() else {
                return false;
            };
            manner.form = weaker;
            return true;
        }
        if manner.dropped.iter().any(|it| it == parameter) || manner.dropped.len() > 8 {
            return false;
        }
        manner.dropped.push(parameter.to_owned());
        true
    }

    /// Whether answers come in the provider's own structured form.
    pub fn form(&self) -> Form {
        self.manner
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .form
    }
}
