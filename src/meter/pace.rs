//! Requests a minute, in bursts, and what the provider asked to wait.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: a pace is kept by the clock"
)]

use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use governor::clock::{Clock as _, MonotonicClock};
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};

type Limiter = RateLimiter<NotKeyed, InMemoryState, MonotonicClock, NoOpMiddleware<Instant>>;

/// When the next request may go.
#[derive(Debug)]
pub struct Pace {
    limiter: Limiter,
    clock: MonotonicClock,
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
    /// So many requests a minute, and so many of them at once.
    pub fn new(per_minute: u32, burst: u32) -> Self {
        let one = |count: u32| NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_minute(one(per_minute)).allow_burst(one(burst));
        Self {
            limiter: RateLimiter::direct_with_clock(quota, MonotonicClock),
            clock: MonotonicClock,
            pause: Mutex::default(),
        }
    }

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
        match self.limiter.check() {
            Ok(()) => Ok(()),
            Err(later) => Err(later.wait_time_from(self.clock.now())),
        }
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
    fn a_burst_goes_at_once_and_then_one_after_another() {
        let pace = Pace::new(600, 3);
        for _ in 0..3 {
            assert_eq!(pace.turn(1), Ok(()));
        }
        let wait = pace.turn(1).unwrap_err();
        assert!(wait <= Duration::from_millis(100), "{wait:?}");
    }

    #[test]
    fn what_the_provider_says_is_followed() {
        let pace = Pace::new(60_000, 1000);
        pace.pause(Duration::from_secs(30));
        assert!(pace.turn(1).unwrap_err() > Duration::from_secs(29));
        let pace = Pace::new(60_000, 1000);
        pace.tokens_left(100, Duration::from_secs(30));
        assert_eq!(pace.turn(60), Ok(()));
        assert!(pace.turn(60).is_err(), "40 are left");
        assert_eq!(pace.turn(40), Ok(()));
    }
}
