//! What a task that has no answer is told, and nothing of it that is secret.

use std::time::Duration;

use super::super::fault::ReplyError;
use super::super::prompt::Reply;
use super::super::secrets::masked;
use super::super::transport::TransportError;
use super::{AskError, Client};

/// Why one request brought no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error("the run was over")]
    Stopped,
    #[error("{0}")]
    Transport(TransportError),
    #[error("{0}")]
    Reply(ReplyError),
}

impl Fault {
    /// Of what kind it is: a word for figures.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Transport(error) => match error {
                TransportError::Connection(_) | TransportError::Broken(_) => "connection",
                TransportError::Timeout(_) => "timeout",
                TransportError::Forbidden(_) | TransportError::Unsendable(_) => "unsendable",
                TransportError::TooLarge => "too-large",
            },
            Self::Reply(error) => match error {
                ReplyError::Busy { .. } => "busy",
                ReplyError::Spent(_) => "quota",
                ReplyError::Denied(_) => "denied",
                ReplyError::TooLarge(_) => "too-large",
                ReplyError::Unsupported { .. } => "unsupported",
                ReplyError::Refused(_) => "refused",
                ReplyError::Cut => "cut",
                ReplyError::Garbled(_) => "garbled",
                ReplyError::Rejected(_) => "rejected",
            },
        }
    }
}

impl Client {
    /// Takes down how a request went.
    pub(super) fn note(&self, reply: &Result<Reply, Fault>, took: Duration) {
        let ms = took.as_millis() as u64;
        match reply {
            Ok(Reply { usage, .. }) => {
                tracing::debug!(ms, input = usage.input, output = usage.output, "answered");
            }
            Err(fault) => {
                let (kind, told) = (fault.kind(), self.shown(&fault.to_string()));
                tracing::warn!(ms, kind, "not answered: {told}");
                self.recorder.fault(kind, &told);
            }
        }
    }

    pub(super) fn stopped(&self) -> AskError {
        let reason = self.stop.reason();
        AskError::Stopped(reason.unwrap_or_else(|| "the run is over".to_owned()))
    }

    /// A task gives up, and the run with it where none before has fared better.
    pub(super) fn unanswered(&self, what: &str, why: &str) -> AskError {
        if self.outage.goes_on() {
            let kind = self.account.kind.word();
            let reason = format!("{kind} gives no answers: {what}");
            self.stop.stop(self.shown(&reason));
        }
        AskError::Unreached(self.shown(&format!("{what}; {why}")))
    }

    pub(super) fn failed(&self, what: &str) -> AskError {
        AskError::Failed(self.shown(what))
    }

    /// A message as it may be shown: providers repeat keys, and more, in theirs.
    pub(super) fn shown(&self, what: &str) -> String {
        masked(&self.account.hidden(what)).0.into_owned()
    }
}
