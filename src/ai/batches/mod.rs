//! Jobs of many requests that a provider works off when it has the time, at half the price: pure functions, as its
//! immediate requests are.
//!
//! A job is a file of requests, each under a name of ours. What comes back is a file of responses under the same names,
//! in any order, and each is read as the response to an immediate request is.

mod anthropic;
mod openai;

#[cfg(test)]
mod tests;

use std::fmt::Debug;
use std::time::SystemTime;

use serde_json::Value;

use super::account::{Account, Kind};
use super::exchange::{Request, Response};
use super::fault::ReplyError;

/// A way to hand in a job, to follow it and to read what it brought.
pub trait Batching: Debug + Send + Sync {
    /// The most that one job takes.
    fn capacity(&self) -> Capacity;

    /// What stands around and between the requests of a file.
    fn frame(&self) -> Frame {
        Frame {
            open: "",
            between: "\n",
            close: "\n",
        }
    }

    /// One request of a file, under its name.
    fn item(&self, name: &str, request: &Request) -> Value;

    /// Sends the file before there is a job, its parts told apart by `boundary`; `None` where it goes with the job.
    fn upload(&self, account: &Account, boundary: &str) -> Option<Call>;

    /// Asks how far a file is.
    fn look(&self, account: &Account, file: &str) -> Call;

    /// Makes the job, of the file that was sent or of the one that goes with it.
    fn create(&self, account: &Account, file: Option<&str>) -> Call;

    /// Asks how far a job is.
    fn status(&self, account: &Account, job: &str) -> Call;

    /// Ends a job before its time.
    fn cancel(&self, account: &Account, job: &str) -> Call;

    /// Fetches what a job has brought; one call a file.
    fn results(&self, account: &Account, job: &Job) -> Vec<Call>;

    /// What a response says of a file.
    ///
    /// # Errors
    /// Where it says nothing of one.
    fn sent(&self, response: &Response) -> Result<SentFile, ReplyError>;

    /// What a response says of a job.
    ///
    /// # Errors
    /// Where it says nothing of one.
    fn job(&self, response: &Response) -> Result<Job, ReplyError>;

    /// One line of what a job has brought; `None` where it cannot be read.
    fn outcome(&self, line: &[u8], received: SystemTime) -> Option<Outcome>;
}

/// The way of an account's provider; `None` where it has none, or none that docgen speaks.
pub(super) fn batching_of(account: &Account) -> Option<Box<dyn Batching>> {
    match account.kind {
        Kind::OpenAi => Some(Box::new(openai::Files { is_azure: false })),
        Kind::Azure => Some(Box::new(openai::Files { is_azure: true })),
        Kind::Anthropic => Some(Box::new(anthropic::Messages)),
        Kind::Gemini | Kind::Ollama | Kind::Compatible => None,
    }
}

/// The most that one job takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// Requests.
    pub requests: usize,
    /// Bytes of the file.
    pub bytes: u64,
}

/// What stands around and between the requests of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Before the first.
    pub open: &'static str,
    /// Between two.
    pub between: &'static str,
    /// Behind the last.
    pub close: &'static str,
}

/// What is to be sent. The key is not in it; the transport adds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The whole address.
    pub url: String,
    /// Headers beside the key's.
    pub headers: Vec<(&'static str, String)>,
    /// What goes with it; its method follows from that.
    pub load: Load,
}

/// What goes with a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Load {
    /// Nothing: something is fetched.
    Get,
    /// Nothing, and something is done.
    Post,
    /// JSON.
    Json(Value),
    /// The file of requests, with something before and behind it.
    File {
        /// Its media type.
        media: String,
        /// What stands before it.
        before: String,
        /// What stands behind it.
        behind: String,
    },
}

/// A file that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentFile {
    /// Its name there.
    pub id: String,
    /// Whether a job can be made of it; where not, it is looked at again.
    pub is_ready: bool,
}

/// A job, as its provider tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its name.
    pub id: String,
    /// How far it is.
    pub state: State,
    /// Requests in it.
    pub total: u64,
    /// Of these, the ones that were answered.
    pub answered: u64,
    /// Of these, the ones that will not be.
    pub failed: u64,
    /// When it ends at the latest, in seconds since 1970.
    pub expires: Option<u64>,
    /// The names of the files that it brought.
    pub files: Vec<String>,
    /// What is wrong with it as a whole.
    pub faults: Vec<String>,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its file is looked through.
    Validating,
    /// It is worked at.
    InProgress,
    /// What it brought is put together.
    Finalizing,
    /// It is done; single requests may have failed.
    Completed,
    /// Nothing was done of it.
    Failed,
    /// Its time was over before it was done.
    Expired,
    /// It is being ended.
    Cancelling,
    /// It was ended before it was done.
    Cancelled,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Validating,
        Self::InProgress,
        Self::Finalizing,
        Self::Completed,
        Self::Failed,
        Self::Expired,
        Self::Cancelling,
        Self::Cancelled,
    ];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Validating => "validating",
            Self::InProgress => "in_progress",
            Self::Finalizing => "finalizing",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Cancelling => "cancelling",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether nothing more will come of it.
    pub const fn has_ended(self) -> bool {
        matches!(
            self,
            Self::Completed | Self::Failed | Self::Expired | Self::Cancelled
        )
    }
}

/// What became of one request of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its name.
    pub name: String,
    /// The response to it, or why there is none.
    pub response: Result<Response, String>,
}

/// Whether a name can stand in an address as it is: nobody's name leads elsewhere.
pub fn is_plain_id(id: &str) -> bool {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-' | b'.');
    (1..=200).contains(&id.len()) && id.bytes().all(is_plain) && !id.starts_with('.')
}
