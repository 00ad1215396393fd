//! A provider that is away, or busy however long one waits: after a few tasks in vain nothing more is asked.

use std::sync::atomic::{AtomicU32, Ordering};

/// Tasks that gave up in a row, before the run does.
const TASKS: u32 = 3;

/// How many tasks in a row have had no answer.
#[derive(Debug, Default)]
pub(super) struct Outage {
    tasks: AtomicU32,
}

impl Outage {
    /// Somebody answered, whatever it was.
    pub(super) fn is_over(&self) {
        self.tasks.store(0, Ordering::Relaxed);
    }

    /// A task gave up; whether the run is to give up, too.
    pub(super) fn goes_on(&self) -> bool {
        self.tasks.fetch_add(1, Ordering::Relaxed) + 1 >= TASKS
    }
}
