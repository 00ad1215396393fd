//! What a run has done, in numbers.

use std::sync::atomic::{AtomicU64, Ordering};

use super::super::prompt::{Step, Usage};

/// What a run has done.
#[derive(Debug, Default)]
pub struct Tally {
    pub(super) requests: AtomicU64,
    pub(super) retries: AtomicU64,
    pub(super) input: AtomicU64,
    pub(super) cached: AtomicU64,
    pub(super) output: AtomicU64,
    pub(super) vectors: [AtomicU64; 2],
    pub(super) steps: [AtomicU64; Step::ALL.len()],
}

impl Tally {
    /// Requests that were sent.
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// How many of them were made again.
    pub fn retries(&self) -> u64 {
        self.retries.load(Ordering::Relaxed)
    }

    /// Tokens that were billed.
    pub fn usage(&self) -> Usage {
        Usage {
            input: self.input.load(Ordering::Relaxed),
            cached: self.cached.load(Ordering::Relaxed),
            written: 0,
            output: self.output.load(Ordering::Relaxed),
        }
    }

    /// Requests for vectors, and the tokens of their texts.
    pub fn vectors(&self) -> [u64; 2] {
        [0, 1].map(|at| self.vectors[at].load(Ordering::Relaxed))
    }

    /// How many answers each step found.
    pub fn steps(&self) -> impl Iterator<Item = (Step, u64)> {
        let counts = self.steps.iter().map(|it| it.load(Ordering::Relaxed));
        Step::ALL.into_iter().zip(counts)
    }
}
