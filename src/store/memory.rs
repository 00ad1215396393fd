//! This process's memory: where no file can be written, and in tests.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::history::KeptRun;
use super::{
    Claim, Claimed, Counts, Entry, History, Rate, Spent, Statistics, Store, StoreError, Window,
};

/// The most entries; the one that was longest not asked for goes first.
const MOST: usize = 1000;

/// A store that ends with the process.
#[derive(Debug, Default)]
pub struct Memory {
    state: Mutex<State>,
    /// The newest first.
    pub(super) runs: Mutex<Vec<KeptRun>>,
}

#[derive(Debug, Default)]
struct State {
    entries: HashMap<String, Kept>,
    /// Keys by when they were last asked for.
    order: BTreeMap<u64, String>,
    turn: u64,
    counts: Counts,
    spent: HashMap<String, Spent>,
    turns: HashMap<String, Turns>,
    work: HashMap<String, Work>,
    vectors: HashMap<String, (Vec<u8>, u64)>,
}

/// When requests went.
#[derive(Debug, Default)]
struct Turns {
    due: u64,
    last: VecDeque<u64>,
}

/// A piece of work that somebody is at, or what came of it.
#[derive(Debug)]
struct Work {
    told: Option<String>,
    at: u64,
    expires: u64,
}

#[derive(Debug)]
struct Kept {
    entry: Entry,
    expires: u64,
    turn: u64,
}

impl State {
    fn touch(&mut self, key: &str) {
        self.turn += 1;
        let turn = self.turn;
        if let Some(kept) = self.entries.get_mut(key) {
            self.order.remove(&kept.turn);
            kept.turn = turn;
            self.order.insert(turn, key.to_owned());
        }
    }

    fn forget(&mut self, key: &str) -> bool {
        let kept = self.entries.remove(key);
        if let Some(kept) = &kept {
            self.order.remove(&kept.turn);
        }
        kept.is_some()
    }
}

impl Memory {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for Memory {
    fn get(&self, key: &str, now: u64) -> Result<Option<String>, StoreError> {
        let mut state = self.state();
        if state.entries.get(key).is_some_and(|it| it.expires <= now) {
            state.forget(key);
        }
        state.touch(key);
        Ok(state.entries.get(key).map(|it| it.entry.value.clone()))
    }

    fn put(&self, key: &str, entry: &Entry, now: u64) -> Result<(), StoreError> {
        let mut state = self.state();
        state.forget(key);
        let kept = Kept {
            entry: entry.clone(),
            expires: now.saturating_add(entry.ttl),
            turn: 0,
        };
        state.entries.insert(key.to_owned(), kept);
        state.touch(key);
        while state.entries.len() > MOST
            && let Some((_, oldest)) = state.order.pop_first()
        {
            state.entries.remove(&oldest);
        }
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.state().forget(key);
        Ok(())
    }

    fn clear(&self, tag: Option<&str>) -> Result<u64, StoreError> {
        let mut state = self.state();
        let has_tag = |it: &Kept| tag.is_none_or(|tag| it.entry.tags.iter().any(|it| it == tag));
        let tagged = state.entries.iter().filter(|it| has_tag(it.1));
        let keys: Vec<String> = tagged.map(|it| it.0.clone()).collect();
        if tag.is_none() {
            state.vectors.clear();
        }
        Ok(keys.iter().filter(|it| state.forget(it)).count() as u64)
    }

    fn statistics(&self, now: u64) -> Result<Statistics, StoreError> {
        let state = self.state();
        let fresh = || state.entries.values().filter(|it| it.expires > now);
        Ok(Statistics {
            entries: fresh().count() as u64,
            bytes: fresh().map(|it| it.entry.value.len() as u64).sum(),
            counts: state.counts,
        })
    }

    fn count(&self, counts: Counts) -> Result<(), StoreError> {
        let own = &mut self.state().counts;
        own.hits += counts.hits;
        own.misses += counts.misses;
        own.errors += counts.errors;
        Ok(())
    }

    fn reserve(
        &self,
        windows: &[Window],
        tokens: u64,
        _now: u64,
    ) -> Result<Option<usize>, StoreError> {
        let mut state = self.state();
        for (at, window) in windows.iter().enumerate() {
            let spent = state.spent.get(&window.name).copied().unwrap_or_default();
            if !window.fits(spent, tokens) {
                return Ok(Some(at));
            }
        }
        for window in windows {
            let spent = state.spent.entry(window.name.clone()).or_default();
            spent.requests += 1;
            spent.tokens += tokens;
        }
        Ok(None)
    }

    fn settle(&self, windows: &[Window], tokens: i64, micros: u64) -> Result<(), StoreError> {
        let mut state = self.state();
        for window in windows {
            let spent = state.spent.entry(window.name.clone()).or_default();
            spent.tokens = spent.tokens.saturating_add_signed(tokens);
            spent.micros += micros;
        }
        Ok(())
    }

    fn turn(&self, name: &str, rate: Rate, now: u64) -> Result<Option<Duration>, StoreError> {
        let mut state = self.state();
        let turns = state.turns.entry(name.to_owned()).or_default();
        let most = usize::try_from(rate.most()).unwrap_or(usize::MAX);
        let oldest = turns.last.len().checked_sub(most);
        let oldest = oldest.and_then(|at| turns.last.get(at)).copied();
        match rate.turn(turns.due, oldest, now) {
            Ok(due) => {
                turns.due = due;
                turns.last.push_back(now);
                let more = turns.last.len().saturating_sub(most);
                turns.last.drain(..more);
                Ok(None)
            }
            Err(wait) => Ok(Some(wait)),
        }
    }

    fn claim(&self, key: &str, claim: Claim<'_>, now: u64) -> Result<Claimed, StoreError> {
        let mut state = self.state();
        if let Some(work) = state.work.get(key).filter(|it| it.expires > now) {
            match &work.told {
                None => return Ok(Claimed::Held),
                Some(told) if work.at >= claim.since => return Ok(Claimed::Told(told.clone())),
                Some(_) => {}
            }
        }
        if state.work.len() >= MOST {
            state.work.retain(|_, it| it.expires > now);
        }
        if state.work.len() >= MOST {
            state.work.retain(|_, it| it.told.is_none());
        }
        let work = Work {
            told: None,
            at: now,
            expires: now + claim.lease,
        };
        state.work.insert(key.to_owned(), work);
        Ok(Claimed::Mine)
    }

    fn hold(&self, keys: &[String], claim: Claim<'_>, now: u64) -> Result<(), StoreError> {
        let mut state = self.state();
        for key in keys {
            if let Some(work) = state.work.get_mut(key).filter(|it| it.told.is_none()) {
                work.expires = now + claim.lease;
            }
        }
        Ok(())
    }

    fn tell(&self, key: &str, told: Option<(&str, u64)>, now: u64) -> Result<(), StoreError> {
        let mut state = self.state();
        match told {
            None => {
                state.work.remove(key);
            }
            Some((text, ttl)) => {
                let work = Work {
                    told: Some(text.to_owned()),
                    at: now,
                    expires: now + ttl,
                };
                state.work.insert(key.to_owned(), work);
            }
        }
        Ok(())
    }

    fn vectors(&self, keys: &[String], now: u64) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let state = self.state();
        let of = |key: &String| state.vectors.get(key).filter(|it| it.1 > now);
        Ok(keys
            .iter()
            .map(|it| of(it).map(|it| it.0.clone()))
            .collect())
    }

    fn keep_vectors(
        &self,
        vectors: &[(String, Vec<u8>)],
        ttl: u64,
        now: u64,
    ) -> Result<(), StoreError> {
        let mut state = self.state();
        // Who needs them again in this process has them; these are for those who ask late.
        let room = MOST.saturating_sub(state.vectors.len());
        for (key, bytes) in vectors.iter().take(room) {
            let kept = (bytes.clone(), now.saturating_add(ttl));
            state.vectors.insert(key.clone(), kept);
        }
        Ok(())
    }

    fn spent(&self, window: &str) -> Result<Spent, StoreError> {
        Ok(self.state().spent.get(window).copied().unwrap_or_default())
    }

    fn history(&self) -> Option<&dyn History> {
        Some(self)
    }

    fn place(&self) -> String {
        "this process's memory".to_owned()
    }
}
