//! What the provider asked to wait, and what it has left.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: a pace is kept by the clock"
)]

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// When the provider takes the next request, as far as it has said.
#[derive(Debug, Default)]
pub struct Pace {
    pause: Mutex<Pause>,
}

#[derive(Debug, Default)]
struct Pause {
    /// Nothing goes before this.
    until: Option<Instant>,
    /// What the provider has left of its own tokens, and until when.
    tokens: Option<(u64, Instant)>,
}

impl Pace {
    /// Takes a turn for a request of so many tokens, or says how long to wait before asking again.
    ///
    /// # Errors
    /// With the time to wait.
    pub fn turn(&self, tokens: u64) -> Result<(), Duration> {
        let now = Instant::now();
        {
            let mut pause = self.pause.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(until) = pause.until
                && until > now
            {
                return Err(until - now);
            }
            pause.until = None;
            match pause.tokens {
                // A prompt larger than all that is left of a full minute goes when the minute is over.
                Some((left, until)) if until > now && left < tokens => return Err(until - now),
                Some((left, until)) if until > now => {
                    pause.tokens = Some((left.saturating_sub(tokens), until));
                }
                _ => pause.tokens = None,
            }
        }
        Ok(())
    }

    /// Nothing goes for so long: the provider said so.
    pub fn pause(&self, wait: Duration) {
        let until = Instant::now() + wait;
        let mut pause = self.pause.lock().unwrap_or_else(PoisonError::into_inner);
        pause.until = pause.until.max(Some(until));
    }

    /// The provider says that it has so many tokens left for so long.
    pub fn tokens_left(&self, left: u64, reset: Duration) {
        let until = Instant::now() + reset;
        let mut pause = self.pause.lock().unwrap_or_else(PoisonError::into_inner);
        pause.tokens = Some((left, until));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_provider_says_is_followed() {
        let pace = Pace::default();
        pace.pause(Duration::from_secs(30));
        assert!(pace.turn(1).unwrap_err() > Duration::from_secs(29));
        let pace = Pace::default();
        pace.tokens_left(100, Duration::from_secs(30));
        assert_eq!(pace.turn(60), Ok(()));
        assert!(pace.turn(60).is_err(), "40 are left");
        assert_eq!(pace.turn(40), Ok(()));
    }
}
