//! The budgets of one account: windows of a minute, an hour and a day, shared through the store.

use std::time::{SystemTime, UNIX_EPOCH};

use super::account::Account;
use crate::store::Window;

/// What may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Requests a minute.
    pub requests_per_minute: u32,
    /// Requests at once.
    pub burst: u32,
    /// Tokens a minute.
    pub tokens_per_minute: u64,
    /// Tokens an hour.
    pub tokens_per_hour: u64,
    /// Tokens a day, by UTC.
    pub tokens_per_day: u64,
}

/// The stretches of time that are budgeted, the shortest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
}

impl Span {
    /// All of them, the shortest first.
    pub const ALL: [Self; 3] = [Self::Minute, Self::Hour, Self::Day];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }

    const fn seconds(self) -> u64 {
        match self {
            Self::Minute => 60,
            Self::Hour => 3600,
            Self::Day => 86_400,
        }
    }
}

/// The windows that `now` (seconds since 1970) lies in, the shortest first.
pub fn windows(account: &Account, limits: &Limits, now: u64) -> [Window; 3] {
    Span::ALL.map(|span| {
        let number = now / span.seconds();
        let (kind, model) = (account.kind.word(), &account.model);
        let name = format!("{kind}:{model}:{}:{number}", span.word());
        let (requests, tokens) = match span {
            Span::Minute => (
                u64::from(limits.requests_per_minute),
                limits.tokens_per_minute,
            ),
            Span::Hour => (u64::MAX >> 2, limits.tokens_per_hour),
            Span::Day => (u64::MAX >> 2, limits.tokens_per_day),
        };
        Window {
            name,
            requests,
            tokens,
            ends: (number + 1) * span.seconds(),
        }
    })
}

/// Seconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "this is a door: budgets are kept by the clock"
)]
pub fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default().as_secs()
}
