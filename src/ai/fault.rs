//! Why a prompt got no answer, and what follows from it.

use std::time::Duration;

use super::exchange::Response;

/// Why a response is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplyError {
    /// The provider is busy or broken for a moment: asked again, after `wait` where it says so.
    #[error("the provider is busy: {what}")]
    Busy {
        /// What it says.
        what: String,
        /// How long it asks to wait.
        wait: Option<Duration>,
    },
    /// A quota or a spend limit is used up: the run ends, asking again would not help.
    #[error("the provider's quota is used up: {0}")]
    Spent(String),
    /// The key, the account or the address is wrong: the run ends.
    #[error("the provider refuses this account: {0}")]
    Denied(String),
    /// The prompt is larger than the model takes.
    #[error("the prompt is too large for the model: {0}")]
    TooLarge(String),
    /// The server does not take a parameter, or a form of structured output.
    #[error("the provider does not take `{parameter}`: {what}")]
    Unsupported {
        /// The parameter's name.
        parameter: String,
        /// What it says.
        what: String,
    },
    /// The model, or a filter before it, would not answer.
    #[error("the model refused: {0}")]
    Refused(String),
    /// The answer ended before it was whole, because of the limit on its tokens.
    #[error("the answer was cut off at its token limit")]
    Cut,
    /// What came is no answer of this provider.
    #[error("what came is no answer: {0}")]
    Garbled(String),
    /// The request is wrong in another way.
    #[error("the provider refused the request: {0}")]
    Rejected(String),
}

impl ReplyError {
    /// Whether it ends the run: no other prompt would fare better.
    pub const fn ends_the_run(&self) -> bool {
        matches!(self, Self::Spent(_) | Self::Denied(_))
    }
}

/// What an error says that the body names nothing known of: under a status of success it is the server's own.
pub(super) fn of_error(response: &Response, what: &str, wait: Option<Duration>) -> ReplyError {
    let status = match response.status {
        200..=299 => 500,
        status => status,
    };
    of_status(status, what, wait)
}

/// Whether what a status says may pass by itself.
pub(super) fn passes(status: u16) -> bool {
    matches!(of_status(status, "", None), ReplyError::Busy { .. })
}

/// What a status alone says, where the body names nothing known. Never asked again: 400, 401, 403, 404, 413, 422.
fn of_status(status: u16, what: &str, wait: Option<Duration>) -> ReplyError {
    let what = if what.is_empty() {
        format!("HTTP {status}")
    } else {
        format!("{what} (HTTP {status})")
    };
    match status {
        408 | 409 | 425 | 429 | 500..=599 => ReplyError::Busy { what, wait },
        401..=404 => ReplyError::Denied(what),
        413 => ReplyError::TooLarge(what),
        200..=299 => ReplyError::Garbled(what),
        _ => ReplyError::Rejected(what),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_that_are_asked_again_and_those_that_never_are() {
        let is_busy = |status| matches!(of_status(status, "", None), ReplyError::Busy { .. });
        for status in [408, 409, 429, 500, 502, 503, 504, 529] {
            assert!(is_busy(status), "{status}");
        }
        for status in [200, 400, 401, 402, 403, 404, 413, 422] {
            assert!(!is_busy(status), "{status}");
        }
        assert!(of_status(401, "", None).ends_the_run());
        assert!(of_status(402, "", None).ends_the_run());
        assert!(!of_status(400, "", None).ends_the_run());
    }
}
