//! The money of one run, under its cap.

use std::sync::{Mutex, PoisonError};

/// What a run has spent and may still have to pay, in millionths of a US dollar.
#[derive(Debug)]
pub struct Ledger {
    cap: u64,
    sums: Mutex<Sums>,
}

/// Whether money was reserved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reserved {
    /// It was.
    Yes,
    /// It may be when what is on its way has cost less than it could.
    Later,
    /// It could pass the cap by itself.
    Never,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    spent: u64,
    reserved: u64,
}

impl Ledger {
    /// One with a cap, in US dollars.
    #[expect(
        clippy::cast_sign_loss,
        reason = "negative caps are refused where settings are read, and are 0 here"
    )]
    pub fn new(cap: f64) -> Self {
        Self {
            cap: (cap.max(0.0) * 1e6) as u64,
            sums: Mutex::default(),
        }
    }

    /// Reserves what a request may cost, where that cannot pass the cap.
    pub fn reserve(&self, micros: u64) -> Reserved {
        let mut sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        if sums.spent + micros > self.cap {
            return Reserved::Never;
        }
        if sums.spent + sums.reserved + micros > self.cap {
            return Reserved::Later;
        }
        sums.reserved += micros;
        Reserved::Yes
    }

    /// Gives a reservation back for what was paid.
    pub fn settle(&self, reserved: u64, paid: u64) {
        let mut sums = self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        sums.reserved = sums.reserved.saturating_sub(reserved);
        sums.spent += paid;
    }

    /// What was paid.
    pub fn spent(&self) -> u64 {
        self.sums
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .spent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_pass_the_cap_is_not_reserved() {
        let ledger = Ledger::new(0.000_01);
        assert_eq!(ledger.reserve(6), Reserved::Yes);
        assert_eq!(
            ledger.reserve(5),
            Reserved::Later,
            "6 of 10 may still have to be paid"
        );
        ledger.settle(6, 2);
        assert_eq!(ledger.reserve(9), Reserved::Never);
        assert_eq!(ledger.reserve(8), Reserved::Yes);
        assert_eq!(ledger.reserve(1), Reserved::Later);
        ledger.settle(8, 8);
        assert_eq!(ledger.spent(), 10);
        assert_eq!(ledger.reserve(0), Reserved::Yes);
        assert_eq!(ledger.reserve(1), Reserved::Never);
    }
}
