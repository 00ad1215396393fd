//! Answers of earlier runs: only such as were found right are kept, and none is believed unseen.

use std::sync::atomic::{AtomicU64, Ordering};

use super::answer::Words;
use super::ask::Ask;
use super::truth;
use crate::ai;
use crate::store::{Counts, Entry, Store};

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
