//! How often and how late something is asked again.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::prompt::Usage;

/// The retries that one task has left, whatever they are needed for, and what it has been billed for.
#[derive(Debug)]
pub struct Tries {
    left: AtomicU32,
    taken: AtomicU32,
    billed: Mutex<Bill>,
}

/// What was billed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    /// Tokens.
    pub usage: Usage,
    /// Millionths of a US dollar.
    pub micros: u64,
}

impl Tries {
    /// So many.
    pub const fn new(count: u32) -> Self {
        Self {
            left: AtomicU32::new(count),
            taken: AtomicU32::new(0),
            billed: Mutex::new(Bill::NONE),
        }
    }

    /// Takes one; how many were taken before, or `None` where none is left.
    pub fn take(&self) -> Option<u32> {
        let less = |it: u32| it.checked_sub(1);
        let taken = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        taken
            .is_ok()
            .then(|| self.taken.fetch_add(1, Ordering::Relaxed))
    }

    /// Something was billed.
    pub(super) fn bill(&self, usage: Usage, micros: u64) {
        let mut billed = self.billed.lock().unwrap_or_else(PoisonError::into_inner);
        billed.usage.input += usage.input;
        billed.usage.cached += usage.cached;
        billed.usage.written += usage.written;
        billed.usage.output += usage.output;
        billed.micros += micros;
    }

    /// What was billed since this was last asked.
    pub fn billed(&self) -> Bill {
        let mut billed = self.billed.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut billed)
    }
}

impl Bill {
    const NONE: Self = Self {
        usage: Usage {
            input: 0,
            cached: 0,
            written: 0,
            output: 0,
        },
        micros: 0,
    };
}

/// The waits between tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The first wait is up to this long; each one after it up to twice the one before.
    pub first: Duration,
    /// No wait is longer; a provider that asks for more is not asked again.
    pub longest: Duration,
}

impl Backoff {
    /// The wait before try number `taken` (from 0), where the provider asks for `asked` and chance is `jitter` (0 to 1).
    /// `None` where the provider asks for more than anybody wants to wait.
    pub fn wait(&self, taken: u32, asked: Option<Duration>, jitter: f64) -> Option<Duration> {
        if let Some(asked) = asked {
            // A little more, so that not all come at the same moment.
            let late = self.first.min(asked).mul_f64(jitter * 0.1);
            return (asked <= self.longest).then_some(asked + late);
        }
        let doubled = self.first.saturating_mul(1 << taken.min(16));
        Some(doubled.min(self.longest).mul_f64(jitter))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_has_one_budget() {
        let tries = Tries::new(2);
        assert_eq!(tries.take(), Some(0));
        assert_eq!(tries.take(), Some(1));
        assert_eq!(tries.take(), None);
    }

    #[test]
    fn waits_double_up_to_the_longest_and_follow_the_provider() {
        let second = Duration::from_secs(1);
        let backoff = Backoff {
            first: second,
            longest: 30 * second,
        };
        assert_eq!(backoff.wait(0, None, 1.0), Some(second));
        assert_eq!(backoff.wait(3, None, 1.0), Some(8 * second));
        assert_eq!(
            backoff.wait(3, None, 0.0),
            Some(Duration::ZERO),
            "full jitter"
        );
        assert_eq!(backoff.wait(40, None, 1.0), Some(30 * second));
        let asked = backoff.wait(0, Some(20 * second), 1.0).unwrap();
        assert!(asked >= 20 * second && asked < 21 * second);
        assert_eq!(backoff.wait(0, Some(31 * second), 0.5), None);
    }
}
