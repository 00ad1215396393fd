//! Answers of earlier runs: only such as were found right are kept, and none is believed unseen.

use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

use super::answer::Words;
use super::ask::Ask;
use super::truth;
use super::wanted::Wanted;
use crate::ai;
use crate::store::{Counts, Entry, Store};

/// What a run that was killed has noted is kept so long, in seconds.
const DAY: u64 = 86_400;

/// What came in answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Arrived {
    /// Words.
    Words(Box<Words>),
    /// None that could be taken, and why.
    Fault(String),
}

impl Arrived {
    /// What came, as it is taken. Words are held to what is `wanted` again: others can write to the store, too.
    pub(super) fn answer(self, wanted: &Wanted) -> Result<Words, (String, bool)> {
        match self {
            Self::Words(words) => words.that_answer(wanted).map_err(|it| (it, true)),
            Self::Fault(reason) => Err((reason, true)),
        }
    }
}

/// The store as a run uses it.
#[derive(Debug)]
pub(super) struct Shelf<'s> {
    store: &'s dyn Store,
    /// How long answers are kept, in seconds; 0 where none is.
    ttl: u64,
    hits: AtomicU64,
    misses: AtomicU64,
    errors: AtomicU64,
}

impl<'s> Shelf<'s> {
    pub(super) fn new(store: &'s dyn Store, ttl: u64) -> Self {
        Self {
            store,
            ttl,
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
            errors: AtomicU64::new(0),
        }
    }

    /// The answer to a question that was asked before. One that is broken, or not true any more, is dropped.
    pub(super) fn find(&self, ask: &Ask) -> Option<Words> {
        if self.ttl == 0 {
            return None;
        }
        let text = match self.store.get(&ask.key, ai::now()) {
            Ok(Some(text)) => text,
            Ok(None) => {
                self.misses.fetch_add(1, Ordering::Relaxed);
                return None;
            }
            Err(_) => {
                self.errors.fetch_add(1, Ordering::Relaxed);
                return None;
            }
        };
        let words = Words::of_store(&text, &ask.wanted);
        let words = words.filter(|it| truth::fault(it, &ask.evidence).is_none());
        if words.is_some() {
            self.hits.fetch_add(1, Ordering::Relaxed);
        } else {
            self.errors.fetch_add(1, Ordering::Relaxed);
            self.forget(ask);
        }
        words
    }

    /// Keeps the words that answer a question whole.
    pub(super) fn keep(&self, ask: &Ask, words: &Words, tags: Vec<String>) {
        let Ok(value) = serde_json::to_string(words) else {
            return;
        };
        let ttl = self.ttl;
        let entry = Entry { value, tags, ttl };
        if ttl > 0 && self.store.put(&ask.key, &entry, ai::now()).is_err() {
            self.errors.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Drops an answer that did not stand.
    pub(super) fn forget(&self, ask: &Ask) {
        if self.ttl > 0 && self.store.remove(&ask.key).is_err() {
            self.errors.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Notes what came in answer, right or wrong, so that a run that is killed pays nothing twice.
    pub(super) fn note(&self, name: &str, arrived: &Arrived) {
        let Ok(value) = serde_json::to_string(arrived) else {
            return;
        };
        let (ttl, tags) = (self.ttl.min(DAY), Vec::new());
        let entry = Entry { value, tags, ttl };
        if ttl > 0 && self.store.put(name, &entry, ai::now()).is_err() {
            self.errors.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// What was noted under this name by a run that did not come to its end.
    pub(super) fn noted(&self, name: &str) -> Option<Arrived> {
        if self.ttl == 0 {
            return None;
        }
        let text = self.store.get(name, ai::now()).ok()??;
        serde_json::from_str(&text).ok()
    }

    /// Drops what was noted.
    pub(super) fn strike(&self, names: &[String]) {
        for name in names {
            if self.store.remove(name).is_err() {
                self.errors.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// What this run has asked of it.
    pub(super) fn counts(&self) -> Counts {
        Counts {
            hits: self.hits.load(Ordering::Relaxed),
            misses: self.misses.load(Ordering::Relaxed),
            errors: self.errors.load(Ordering::Relaxed),
        }
    }

    /// Adds this run's counts to those of all.
    pub(super) fn close(&self) {
        // Counts are for people; a run is no worse without.
        let _ = self.store.count(self.counts());
    }
}
