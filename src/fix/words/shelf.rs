//! Answers of earlier runs: only such as were found right are kept, and none is believed unseen.

use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

use super::answer::Words;
use super::ask::Ask;
use super::truth;
use super::wanted::Wanted;
use crate::ai;
use crate::meter::{Operation, Recorder};
use crate::store::{Counts, Entry, Store, StoreError};

/// What a run that was killed has noted is kept so long, in seconds.
const DAY: u64 = 86_400;

/// That an answer is waited for.
pub(super) struct Waiting(Entry);

/// Providers keep what a job has brought for a month, in seconds.
const MONTH: u64 = 29 * DAY;

impl Waiting {
    /// It comes with this job.
    pub(super) fn new(job: &str) -> Self {
        Self(Entry {
            value: job.to_owned(),
            tags: vec![format!("batch:{job}")],
            ttl: MONTH,
        })
    }
}

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
    /// What came, as it is kept.
    pub(super) fn of(answer: &Result<Words, (String, bool)>) -> String {
        let arrived = match answer {
            Ok(words) => Self::Words(Box::new(words.clone())),
            Err((reason, _)) => Self::Fault(reason.clone()),
        };
        // Words and reasons always become JSON; what does not is read as nothing.
        serde_json::to_string(&arrived).unwrap_or_default()
    }

    /// What was kept.
    pub(super) fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

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
    recorder: &'s Recorder,
    /// How long answers are kept, in seconds; 0 where none is.
    ttl: u64,
    hits: AtomicU64,
    misses: AtomicU64,
    errors: AtomicU64,
}

impl<'s> Shelf<'s> {
    pub(super) fn new(store: &'s dyn Store, recorder: &'s Recorder, ttl: u64) -> Self {
        Self {
            store,
            recorder,
            ttl,
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
            errors: AtomicU64::new(0),
        }
    }

    fn read<T>(
        &self,
        work: impl FnOnce(&dyn Store) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let watch = self.recorder.watch(Operation::StoreRead);
        let done = work(self.store);
        watch.end(done.is_ok());
        done
    }

    fn write(&self, work: impl FnOnce(&dyn Store) -> Result<(), StoreError>) {
        let watch = self.recorder.watch(Operation::StoreWrite);
        let is_done = work(self.store).is_ok();
        watch.end(is_done);
        if !is_done {
            self.errors.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The answer to a question that was asked before.
    pub(super) fn find(&self, ask: &Ask) -> Option<Words> {
        let words = self.look_again(ask);
        if words.is_none() && self.ttl > 0 {
            self.misses.fetch_add(1, Ordering::Relaxed);
        }
        words
    }

    /// The same where it was looked for before. One that is broken, or not true any more, is dropped.
    pub(super) fn look_again(&self, ask: &Ask) -> Option<Words> {
        if self.ttl == 0 {
            return None;
        }
        let found = self.read(|it| it.get(&ask.key, ai::now()));
        let text = match found {
            Ok(Some(text)) => text,
            Ok(None) => return None,
            Err(_) => {
                self.errors.fetch_add(1, Ordering::Relaxed);
                return None;
            }
        };
        let words = Words::of_store(&text, &ask.wanted);
        let words = words.filter(|it| truth::fault(it, &ask.evidence).is_none());
        if words.is_some() {
            tracing::debug!(qualname = ask.qualname, "the store had the words");
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
        if ttl > 0 {
            self.write(|it| it.put(&ask.key, &entry, ai::now()));
        }
    }

    /// Drops an answer that did not stand.
    pub(super) fn forget(&self, ask: &Ask) {
        if self.ttl > 0 {
            self.write(|it| it.remove(&ask.key));
        }
    }

    /// Notes what came in answer, right or wrong, so that a run that is killed pays nothing twice.
    pub(super) fn note(&self, name: &str, arrived: &str) {
        let (ttl, tags) = (self.ttl.min(DAY), Vec::new());
        let value = arrived.to_owned();
        let entry = Entry { value, tags, ttl };
        if ttl > 0 {
            self.write(|it| it.put(name, &entry, ai::now()));
        }
    }

    /// What was noted under this name by a run that did not come to its end.
    pub(super) fn noted(&self, name: &str) -> Option<String> {
        if self.ttl == 0 {
            return None;
        }
        self.read(|it| it.get(name, ai::now())).ok()?
    }

    /// Drops what was noted.
    pub(super) fn strike(&self, names: &[String]) {
        for name in names {
            self.write(|it| it.remove(name));
        }
    }

    /// The job that will bring the answer to the question of this mark.
    pub(super) fn awaited(&self, mark: &str) -> Option<String> {
        self.store.get(mark, ai::now()).ok()?
    }

    /// Notes that a job will bring the answers to the questions of these marks.
    pub(super) fn expect(&self, waiting: &Waiting, marks: &[String]) {
        let marks: Vec<&str> = marks.iter().map(String::as_str).collect();
        if self.store.put_all(&marks, &waiting.0, ai::now()).is_err() {
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
