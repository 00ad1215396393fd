//! The AI: one account asked for words, within limits of pace, tokens and money.
//!
//! Providers are pure functions from prompts to requests and from responses to replies. One client owns the rest: the
//! transport, retries, budgets, and what must never leave or be shown.

mod account;
mod batches;
mod budget;
mod client;
mod embedding;
mod endpoint;
mod exchange;
mod fault;
mod freight;
mod headers;
mod ladder;
mod likeness;
mod outage;
mod prompt;
mod providers;
mod redaction;
mod retry;
mod search;
mod secrets;
mod session;
mod stop;
mod transport;

#[cfg(test)]
mod patience_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod vector_tests;

pub use account::{Account, Kind};
pub use batches::{Batching, Capacity, Frame, Job, State, is_plain_id};
pub use budget::{Limits, Span, clock, now, windows};
pub use client::{AskError, Client, Delivered, Embedder, Settings, Taken, Tally};
pub use endpoint::{EndpointError, checked as checked_endpoint};
pub use exchange::{Request, Response};
pub use fault::ReplyError;
pub use prompt::{Answer, Form, Manner, Prompt, Reply, Step, Usage};
pub use providers::{Provider, of as provider_of};
pub use redaction::Redactor;
pub use retry::{Backoff, Bill, Tries};
pub use search::{AT_ONCE, Document, SearchIndex, is_index_name};
pub use secrets::masked;
pub use session::{Question, Session};
pub use stop::Stop;
pub use transport::{Transport, TransportError};
