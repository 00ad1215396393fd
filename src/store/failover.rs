//! A store behind another: where the first one fails, that is said once, and the second one goes on.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::{
    Claim, Claimed, Counts, Entry, History, Rate, Spent, Statistics, Store, StoreError, Window,
};

/// So much the server's clock and this machine's may differ where both say when a request may go.
const LATER: Duration = Duration::from_millis(50);

/// A store that does not fail as long as the second does not.
#[derive(Debug)]
pub struct Failover {
    first: Box<dyn Store>,
    second: Box<dyn Store>,
    /// Whether the second one is told of all that is written, so that nothing is lost with the first.
    tells_both: bool,
    has_failed: AtomicBool,
    complaint: Mutex<Option<String>>,
}

impl Failover {
    /// `first`, and `second` from its first failure on.
    pub fn new(first: Box<dyn Store>, second: Box<dyn Store>) -> Self {
        Self {
            first,
            second,
            tells_both: false,
            has_failed: AtomicBool::new(false),
            complaint: Mutex::new(None),
        }
    }

    /// The same, `second` being told of all that is written to `first`: what is lost with a server, this machine knows.
    pub fn mirrored(first: Box<dyn Store>, second: Box<dyn Store>) -> Self {
        Self {
            tells_both: true,
            ..Self::new(first, second)
        }
    }

    /// Writes to the first, and to the second where that is told of all.
    fn with_both<T>(
        &self,
        work: impl Fn(&dyn Store) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let done = self.with(&work)?;
        if self.is_mirroring() {
            // The first one has it: no more can be done here.
            let _ = work(self.second.as_ref());
        }
        Ok(done)
    }

    fn is_mirroring(&self) -> bool {
        self.tells_both && !self.has_failed.load(Ordering::Relaxed)
    }

    pub(super) fn with<T>(
        &self,
        work: impl Fn(&dyn Store) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
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
        let found = self.with(|it| it.get(key, now))?;
        if found.is_none() && self.is_mirroring() {
            // A server that was started anew has lost what this machine knows.
            return Ok(self.second.get(key, now).unwrap_or_default());
        }
        Ok(found)
    }

    fn put(&self, key: &str, entry: &Entry, now: u64) -> Result<(), StoreError> {
        self.with_both(|it| it.put(key, entry, now))
    }

    fn put_all(&self, keys: &[&str], entry: &Entry, now: u64) -> Result<(), StoreError> {
        self.with(|it| it.put_all(keys, entry, now))
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.with_both(|it| it.remove(key))
    }

    fn clear(&self, tag: Option<&str>) -> Result<u64, StoreError> {
        self.with_both(|it| it.clear(tag))
    }

    fn statistics(&self, now: u64) -> Result<Statistics, StoreError> {
        self.with(|it| it.statistics(now))
    }

    fn count(&self, counts: Counts) -> Result<(), StoreError> {
        self.with_both(|it| it.count(counts))
    }

    fn reserve(
        &self,
        windows: &[Window],
        tokens: u64,
        now: u64,
    ) -> Result<Option<usize>, StoreError> {
        let full = self.with(|it| it.reserve(windows, tokens, now))?;
        if full.is_none() && self.is_mirroring() {
            let lifted = windows.iter().map(Window::lifted);
            let lifted: Vec<Window> = lifted.collect();
            let _ = self.second.reserve(&lifted, tokens, now);
        }
        Ok(full)
    }

    fn settle(&self, windows: &[Window], tokens: i64, micros: u64) -> Result<(), StoreError> {
        self.with_both(|it| it.settle(windows, tokens, micros))
    }

    fn turn(&self, name: &str, rate: Rate, now: u64) -> Result<Option<Duration>, StoreError> {
        let wait = self.with(|it| it.turn(name, rate, now))?;
        if wait.is_none() && self.is_mirroring() {
            // A little later than the server's clock may have it, so that none is left out.
            let later = now + LATER.as_micros() as u64;
            let here = self.second.turn(name, rate, later).unwrap_or_default();
            // A server that was started anew does not know of the requests that this machine does.
            return Ok(here.filter(|it| *it > LATER));
        }
        Ok(wait)
    }

    fn claim(&self, key: &str, claim: Claim<'_>, now: u64) -> Result<Claimed, StoreError> {
        let claimed = self.with(|it| it.claim(key, claim, now))?;
        if claimed != Claimed::Mine || !self.is_mirroring() {
            return Ok(claimed);
        }
        // Processes of this machine that have lost the server are asked, too.
        match self.second.claim(key, claim, now) {
            Ok(other @ (Claimed::Held | Claimed::Told(_))) => {
                let _ = self.first.tell(key, None, now);
                Ok(other)
            }
            _ => Ok(claimed),
        }
    }

    fn hold(&self, keys: &[String], claim: Claim<'_>, now: u64) -> Result<(), StoreError> {
        self.with_both(|it| it.hold(keys, claim, now))
    }

    fn tell(&self, key: &str, told: Option<(&str, u64)>, now: u64) -> Result<(), StoreError> {
        self.with_both(|it| it.tell(key, told, now))
    }

    fn vectors(&self, keys: &[String], now: u64) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let mut found = self.with(|it| it.vectors(keys, now))?;
        if self.is_mirroring() && found.iter().any(Option::is_none) {
            let here = self.second.vectors(keys, now).unwrap_or_default();
            for (found, here) in found.iter_mut().zip(here) {
                *found = found.take().or(here);
            }
        }
        Ok(found)
    }

    fn keep_vectors(
        &self,
        vectors: &[(String, Vec<u8>)],
        ttl: u64,
        now: u64,
    ) -> Result<(), StoreError> {
        self.with_both(|it| it.keep_vectors(vectors, ttl, now))
    }

    fn spent(&self, window: &str) -> Result<Spent, StoreError> {
        self.with(|it| it.spent(window))
    }

    fn history(&self) -> Option<&dyn History> {
        Some(self)
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
