//! A store behind another: where the first one fails, that is said once, and the second one goes on.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{Counts, Entry, Spent, Statistics, Store, StoreError, Window};

/// A store that does not fail as long as the second does not.
#[derive(Debug)]
pub struct Failover {
    first: Box<dyn Store>,
    second: Box<dyn Store>,
    has_failed: AtomicBool,
    complaint: Mutex<Option<String>>,
}

impl Failover {
    /// `first`, and `second` from its first failure on.
    pub fn new(first: Box<dyn Store>, second: Box<dyn Store>) -> Self {
        Self {
            first,
            second,
            has_failed: AtomicBool::new(false),
            complaint: Mutex::new(None),
        }
    }

    fn with<T>(&self, work: impl Fn(&dyn Store) -> Result<T, StoreError>) -> Result<T, StoreError> {
        if !self.has_failed.load(Ordering::Relaxed) {
            match work(self.first.as_ref()) {
                Ok(done) => return Ok(done),
                Err(error) => self.note(&error),
            }
        }
        work(self.second.as_ref())
    }

    fn note(&self, error: &StoreError) {
        if self.has_failed.swap(true, Ordering::Relaxed) {
            return;
        }
        let mut text = error.to_string();
        let mut cause = std::error::Error::source(error);
        while let Some(error) = cause {
            let _ = write!(text, ": {error}");
            cause = error.source();
        }
        let (first, second) = (self.first.place(), self.second.place());
        let complaint = format!("{text} ({first}); going on with {second}");
        let mut held = self
            .complaint
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *held = Some(complaint);
    }
}

impl Store for Failover {
    fn get(&self, key: &str, now: u64) -> Result<Option<String>, StoreError> {
        self.with(|it| it.get(key, now))
    }

    fn put(&self, key: &str, entry: &Entry, now: u64) -> Result<(), StoreError> {
        self.with(|it| it.put(key, entry, now))
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.with(|it| it.remove(key))
    }

    fn clear(&self, tag: Option<&str>) -> Result<u64, StoreError> {
        self.with(|it| it.clear(tag))
    }

    fn statistics(&self, now: u64) -> Result<Statistics, StoreError> {
        self.with(|it| it.statistics(now))
    }

    fn count(&self, counts: Counts) -> Result<(), StoreError> {
        self.with(|it| it.count(counts))
    }

    fn reserve(
        &self,
        windows: &[Window],
        tokens: u64,
        now: u64,
    ) -> Result<Option<usize>, StoreError> {
        self.with(|it| it.reserve(windows, tokens, now))
    }

    fn settle(&self, windows: &[Window], tokens: i64, micros: u64) -> Result<(), StoreError> {
        self.with(|it| it.settle(windows, tokens, micros))
    }

    fn spent(&self, window: &str) -> Result<Spent, StoreError> {
        self.with(|it| it.spent(window))
    }

    fn place(&self) -> String {
        if self.has_failed.load(Ordering::Relaxed) {
            return self.second.place();
        }
        self.first.place()
    }

    fn complaint(&self) -> Option<String> {
        self.complaint
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}
