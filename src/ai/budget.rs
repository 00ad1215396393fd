//! The budgets of one account: windows of a minute, an hour and a day, shared through the store.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::account::Account;
use crate::store::{Rate, Window};

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
        let name = format!("{}:{}:{number}", name(account), span.word());
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

impl Limits {
    /// How fast requests may follow each other.
    pub(super) const fn rate(&self) -> Rate {
        Rate {
            per_minute: self.requests_per_minute,
            burst: self.burst,
        }
    }
}

/// What an account's budgets are kept by.
pub(super) fn name(account: &Account) -> String {
    format!("{}:{}", account.kind.word(), account.model)
}

/// Microseconds since 1970.
pub(super) fn micros() -> u64 {
    u64::try_from(clock().as_micros()).unwrap_or(u64::MAX)
}

/// Seconds since 1970.
pub fn now() -> u64 {
    clock().as_secs()
}

/// The time since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "this is a door: budgets are kept by the clock"
)]
pub fn clock() -> Duration {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default()
}
