//! Who asks: one of all processes that share a store, for each answer. The others wait for what comes of it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::ai;
use crate::store::{Claim, Claimed, Store};

/// How long a question is somebody's without a sign of life, in milliseconds.
const LEASE: u64 = 10_000;
/// How often there is one.
pub(super) const PULSE: Duration = Duration::from_secs(2);
/// How long it is known what came of a question, in milliseconds: as long as a run may take.
const KNOWN: u64 = 3_600_000;

/// The questions of this process.
#[derive(Debug)]
pub(super) struct Claims {
    store: Arc<dyn Store>,
    holder: String,
    /// When this run began: what was told before is for it to ask again.
    since: u64,
    held: Mutex<BTreeSet<String>>,
    /// Whether answers are shared at all.
    is_on: bool,
}

impl Claims {
    pub(super) fn new(store: Arc<dyn Store>, is_on: bool) -> Self {
        Self {
            store,
            holder: format!("{:032x}", fastrand::u128(..)),
            since: moment(),
            held: Mutex::default(),
            is_on,
        }
    }

    /// Takes a question. A store that fails is no reason not to ask.
    pub(super) fn take(&self, name: &str) -> Claimed {
        if !self.is_on {
            return Claimed::Mine;
        }
        let claimed = self.store.claim(name, self.claim(), moment());
        let claimed = claimed.unwrap_or(Claimed::Mine);
        if claimed == Claimed::Mine {
            self.held().insert(name.to_owned());
        }
        claimed
    }

    /// Tells the others what came of a question, or that nothing did.
    pub(super) fn tell(&self, name: &str, told: Option<&str>) {
        if !self.is_on {
            return;
        }
        self.held().remove(name);
        let told = told.map(|text| (text, KNOWN));
        // Who waits for it asks when the lease is over.
        let _ = self.store.tell(name, told, moment());
    }

    /// Goes on holding what is held.
    pub(super) fn renew(&self) {
        let held: Vec<String> = self.held().iter().cloned().collect();
        if !held.is_empty() {
            let _ = self.store.hold(&held, self.claim(), moment());
        }
    }

    fn claim(&self) -> Claim<'_> {
        Claim {
            holder: &self.holder,
            lease: LEASE,
            since: self.since,
        }
    }

    fn held(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Milliseconds since 1970.
fn moment() -> u64 {
    u64::try_from(ai::clock().as_millis()).unwrap_or(u64::MAX)
}
