//! The end of a run before its work is done: Ctrl-C, a time limit, a quota.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

/// Tells all that wait that the run is over.
#[derive(Debug)]
pub struct Stop {
    reason: Mutex<Option<String>>,
    sender: watch::Sender<bool>,
}

/// How long what is on its way may still take.
const GRACE: Duration = Duration::from_secs(4);

impl Stop {
    pub(super) fn new() -> Self {
        Self {
            reason: Mutex::default(),
            sender: watch::Sender::new(false),
        }
    }

    /// Ends the run; the first reason is the one that is told.
    pub fn stop(&self, reason: impl Into<String>) {
        let mut held = self.reason.lock().unwrap_or_else(PoisonError::into_inner);
        held.get_or_insert_with(|| {
            let reason = reason.into();
            tracing::warn!("nothing more is asked: {reason}");
            reason
        });
        self.sender.send_replace(true);
    }

    /// Why the run is over, where it is.
    pub fn reason(&self) -> Option<String> {
        self.reason
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Waits for the end.
    pub(super) async fn come(&self) {
        let mut receiver = self.sender.subscribe();
        // The sender lives as long as this does.
        let _ = receiver.wait_for(|it| *it).await;
    }

    /// Waits for the end, and some time longer.
    pub(super) async fn gone(&self) {
        self.come().await;
        tokio::time::sleep(GRACE).await;
    }

    /// Sleeps, unless the end comes first; whether it did not.
    pub(super) async fn sleep(&self, time: Duration) -> bool {
        tokio::select! {
            () = self.come() => false,
            () = tokio::time::sleep(time) => true,
        }
    }
}
