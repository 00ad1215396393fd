//! What is kept between runs: answers, and what was used up of each budget.
//!
//! One blocking interface over a file that many processes share, a server that a team shares, and this process's memory.

mod failover;
mod history;
mod memory;
mod rate;
mod redis;
mod scripts;
mod sqlite;
mod tables;

#[cfg(test)]
mod server_tests;
#[cfg(test)]
mod tests;

use std::fmt::Debug;
use std::path::PathBuf;
use std::time::Duration;

use sha2::{Digest as _, Sha256};

pub use failover::Failover;
pub use history::{History, KeptRun};
pub use memory::Memory;
pub use rate::Rate;
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

    /// Keeps the same value under many keys.
    ///
    /// # Errors
    /// Where the store cannot be written.
    fn put_all(&self, keys: &[&str], entry: &Entry, now: u64) -> Result<(), StoreError> {
        keys.iter().try_for_each(|it| self.put(it, entry, now))
    }

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

    /// Takes the turn of a request of all that share `name`, or says how long to wait before asking again. `now` is in
    /// microseconds; a server goes by its own clock.
    ///
    /// # Errors
    /// Where the store cannot be written.
    fn turn(&self, name: &str, rate: Rate, now: u64) -> Result<Option<Duration>, StoreError>;

    /// Takes a piece of work, unless somebody else has it or has told what came of it. `now` is in milliseconds.
    ///
    /// # Errors
    /// Where the store cannot be written.
    fn claim(&self, key: &str, claim: Claim<'_>, now: u64) -> Result<Claimed, StoreError>;

    /// Goes on holding pieces of work. `now` is in milliseconds.
    ///
    /// # Errors
    /// Where the store cannot be written.
    fn hold(&self, keys: &[String], claim: Claim<'_>, now: u64) -> Result<(), StoreError>;

    /// Gives a piece of work back, with what came of it, which is known for so many milliseconds; or with nothing.
    ///
    /// # Errors
    /// Where the store cannot be written.
    fn tell(&self, key: &str, told: Option<(&str, u64)>, now: u64) -> Result<(), StoreError>;

    /// The vectors kept under these keys.
    ///
    /// # Errors
    /// Where the store cannot be read.
    fn vectors(&self, keys: &[String], now: u64) -> Result<Vec<Option<Vec<u8>>>, StoreError>;

    /// Keeps vectors for so many seconds.
    ///
    /// # Errors
    /// Where the store cannot be written.
    fn keep_vectors(
        &self,
        vectors: &[(String, Vec<u8>)],
        ttl: u64,
        now: u64,
    ) -> Result<(), StoreError>;

    /// What was used in a window.
    ///
    /// # Errors
    /// Where the store cannot be read.
    fn spent(&self, window: &str) -> Result<Spent, StoreError>;

    /// Where it keeps what it keeps, for people; no password in it.
    fn place(&self) -> String;

    /// The runs that it keeps, where it keeps any.
    fn history(&self) -> Option<&dyn History> {
        None
    }

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

/// Who wants a piece of work.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'c> {
    /// Whose work it is then.
    pub holder: &'c str,
    /// How long it is, in milliseconds, unless it is held again: who is killed holds nothing for long.
    pub lease: u64,
    /// What was told before this, in milliseconds since 1970, is of an earlier run and counts for nothing.
    pub since: u64,
}

/// Whose a piece of work is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// The one's who asked.
    Mine,
    /// Somebody's who is at it.
    Held,
    /// Nobody's any more: this came of it.
    Told(String),
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
    /// The same with room for all that may come.
    fn lifted(&self) -> Self {
        Self {
            requests: u64::MAX >> 2,
            tokens: u64::MAX >> 2,
            ..self.clone()
        }
    }

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
