//! The AI: one account asked for words, within limits of pace, tokens and money.
//!
//! Providers are pure functions from prompts to requests and from responses to replies. One client owns the rest: the
//! transport, retries, budgets, and what must never leave or be shown.

mod account;
mod budget;
mod client;
mod endpoint;
mod exchange;
mod fault;
mod headers;
mod ladder;
mod outage;
mod prompt;
mod providers;
mod retry;
mod secrets;
mod session;
mod stop;
mod transport;

#[cfg(test)]
mod tests;

pub use account::{Account, Kind};
pub use budget::{Limits, Span, now, windows};
pub use client::{AskError, Client, Settings, Tally};
pub use endpoint::{EndpointError, checked as checked_endpoint};
pub use exchange::{Request, Response};
pub use fault::ReplyError;
pub use prompt::{Answer, Form, Manner, Prompt, Reply, Step, Usage};
pub use providers::{Provider, of as provider_of};
pub use retry::{Backoff, Tries};
pub use secrets::masked;
pub use session::{Question, Session};
pub use stop::Stop;
pub use transport::{Transport, TransportError};
