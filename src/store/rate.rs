//! When the next request of all who share a limit may go.

use std::time::Duration;

/// So many requests in any minute, and so many of them at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Requests in any sixty seconds.
    pub per_minute: u32,
    /// Requests at once.
    pub burst: u32,
}

/// Microseconds of a minute.
const MINUTE: u64 = 60_000_000;

impl Rate {
    /// Whether a request may go at `now` (microseconds since 1970): when the one after it is due at the earliest, or how
    /// long to wait. `due` is when this one is, `oldest` when the last but `per_minute` went.
    ///
    /// # Errors
    /// With the time to wait.
    pub(super) fn turn(self, due: u64, oldest: Option<u64>, now: u64) -> Result<u64, Duration> {
        let free = oldest.map_or(0, |it| it + MINUTE);
        if free > now {
            return Err(Duration::from_micros(free - now));
        }
        let interval = self.interval();
        let lead = interval * (u64::from(self.burst.max(1)) - 1);
        // A clock that was ahead once must not stop all for long.
        let due = due.clamp(now, now + lead + interval);
        if due > now + lead {
            return Err(Duration::from_micros(due - now - lead));
        }
        Ok(due + interval)
    }

    /// Microseconds from one request to the next.
    pub(super) fn interval(self) -> u64 {
        MINUTE / u64::from(self.per_minute.max(1))
    }

    /// Requests in any minute.
    pub(super) fn most(self) -> u64 {
        u64::from(self.per_minute.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// When requests go that are asked for all the time, in milliseconds.
    fn times(rate: Rate, count: usize) -> Vec<u64> {
        let (mut now, mut due, mut went) = (1_800_000_000_000_000, 0, Vec::new());
        while went.len() < count {
            let oldest = went.len().checked_sub(rate.most() as usize);
            match rate.turn(due, oldest.map(|at| went[at]), now) {
                Ok(next) => {
                    due = next;
                    went.push(now);
                }
                Err(wait) => now += wait.as_micros() as u64,
            }
        }
        went.iter().map(|it| (it - went[0]) / 1000).collect()
    }

    #[test]
    fn no_minute_has_more_than_there_may_be_and_none_is_wasted() {
        let rate = Rate {
            per_minute: 60,
            burst: 10,
        };
        let times = times(rate, 300);
        assert_eq!(times[9], 0, "ten at once");
        assert_eq!(times[10], 1000, "and then one after another");
        for pair in times.windows(61) {
            assert!(pair[60] - pair[0] >= 60_000, "{pair:?}");
        }
        assert_eq!(times[299], 290_000, "sixty a minute, all the time");
    }
}
