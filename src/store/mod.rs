//! What is kept between runs: answers, and what was used up of each budget.
//!
//! One blocking interface over a file that many processes share, a server that a team shares, and this process's memory.

mod failover;
mod memory;
mod redis;
mod sqlite;

#[cfg(test)]
mod tests;

use std::fmt::Debug;
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

pub use failover::Failover;
pub use memory::Memory;
pub use redis::Redis;
pub use sqlite::Sqlite;

/// Keeps answers and budgets. All times are seconds since 1970.
pub trait Store: Debug + Send + Sync {
    /// The value kept under `key`, unless it has expired.
    ///
    /// # Errors
    /// Where the store cannot be read.
    fn get(&self, key: &str, now: u64) -> Result<Option<String>, StoreError>;

    /// Keeps a value.
    ///
    /// # Errors
    /// Where the store cannot be written.
    fn put(&self, key: &str, entry: &Entry, now: u64) -> Result<(), StoreError>;

    /// Forgets a value.
    ///
    /// # Errors
    /// Where the store cannot be written.
    fn remove(&self, key: &str) -> Result<(), StoreError>;

    /// Forgets all values with this tag, or all there are; how many went.
    ///
    /// # Errors
    /// Where the store cannot be written.
    fn clear(&self, tag: Option<&str>) -> Result<u64, StoreError>;

    /// What is kept.
    ///
    /// # Errors
    /// Where the store cannot be read.
    fn statistics(&self, now: u64) -> Result<Statistics, StoreError>;

    /// Adds to the counts of hits, misses and errors.
    ///
    /// # Errors
    /// Where the store cannot be written.
    fn count(&self, counts: Counts) -> Result<(), StoreError>;

    /// Takes one request and these tokens from every window, or from none: then the place of the first full one.
    ///
    /// # Errors
    /// Where the store cannot be written.
    fn reserve(
        &self,
        windows: &[Window],
        tokens: u64,
        now: u64,
    ) -> Result<Option<usize>, StoreError>;

    /// Adds tokens and money to windows; less than nothing gives back.
    ///
    /// # Errors
    /// Where the store cannot be written.
    fn settle(&self, windows: &[Window], tokens: i64, micros: u64) -> Result<(), StoreError>;

    /// What was used in a window.
    ///
    /// # Errors
    /// Where the store cannot be read.
    fn spent(&self, window: &str) -> Result<Spent, StoreError>;

    /// Where it keeps what it keeps, for people; no password in it.
    fn place(&self) -> String;

    /// What went wrong and did not stop the work; told once.
    fn complaint(&self) -> Option<String> {
        None
    }
}

/// A value to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The value.
    pub value: String,
    /// Names by which it can be forgotten: `file:src/a.py`, `model:gpt-5.4-nano`.
    pub tags: Vec<String>,
    /// How long it is kept, in seconds.
    pub ttl: u64,
}

/// A stretch of time with its budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its name: account and time.
    pub name: String,
    /// The most requests in it.
    pub requests: u64,
    /// The most tokens in it.
    pub tokens: u64,
    /// When it ends, in seconds since 1970.
    pub ends: u64,
}

impl Window {
    /// Whether one more request with these tokens fits, `spent` being used.
    const fn fits(&self, spent: Spent, tokens: u64) -> bool {
        spent.requests < self.requests && spent.tokens.saturating_add(tokens) <= self.tokens
    }
}

/// What was used in a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// Requests.
    pub requests: u64,
    /// Tokens.
    pub tokens: u64,
    /// Millionths of a US dollar.
    pub micros: u64,
}

/// How often the store was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Answers that were there.
    pub hits: u64,
    /// Answers that were not.
    pub misses: u64,
    /// Answers that were broken, and times the store failed.
    pub errors: u64,
}

/// What is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Answers.
    pub entries: u64,
    /// Their bytes.
    pub bytes: u64,
    /// How often they were asked for.
    pub counts: Counts,
}

/// Why a store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is broken, or the disk is full or read-only.
    #[error("the cache file fails")]
    Sqlite(#[from] rusqlite::Error),
    /// The server is away, full, or refuses the password.
    #[error("the Redis server fails")]
    Redis(#[from] ::redis::RedisError),
    /// There is no folder to write to.
    #[error("cannot write to {}", .0.display())]
    Folder(PathBuf, #[source] std::io::Error),
    /// The address of a server is none.
    #[error("the address of the Redis server is none")]
    Address,
}

/// The name of what was made of these parts; no two lists of parts share one.
pub fn key<'p>(parts: impl IntoIterator<Item = &'p str>) -> String {
    use std::fmt::Write as _;
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let mut name = String::with_capacity(64);
    for byte in hash.finalize() {
        let _ = write!(name, "{byte:02x}");
    }
    name
}
