//! How long something took, each time: the percentiles are those of all values, not of a sketch.

use std::time::Duration;

use super::record::Timing;

/// The times that something took, in millionths of a second.
#[derive(Clone, Debug, Default)]
pub(super) struct Series {
    /// More than an hour counts as an hour and some.
    micros: Vec<u32>,
    successes: u64,
}

impl Series {
    /// One more.
    pub(super) fn add(&mut self, took: Duration, is_success: bool) {
        let micros = u32::try_from(took.as_micros()).unwrap_or(u32::MAX);
        self.micros.push(micros);
        self.successes += u64::from(is_success);
    }

    /// All of them in numbers; none where there are none.
    #[expect(clippy::cast_precision_loss, reason = "seconds for people")]
    pub(super) fn timing(&self, name: &str) -> Option<Timing> {
        let mut sorted = self.micros.clone();
        sorted.sort_unstable();
        let longest = *sorted.last()?;
        let total: u64 = sorted.iter().copied().map(u64::from).sum();
        let seconds = |it: u32| f64::from(it) / 1e6;
        let total = total as f64 / 1e6;
        Some(Timing {
            name: name.to_owned(),
            count: sorted.len() as u64,
            successes: self.successes,
            total,
            mean: total / sorted.len() as f64,
            p50: seconds(percentile(&sorted, 50)),
            p95: seconds(percentile(&sorted, 95)),
            p99: seconds(percentile(&sorted, 99)),
            longest: seconds(longest),
        })
    }
}

/// The least of the sorted values that `percent` of 100 are no larger than; 0 of none.
fn percentile(sorted: &[u32], percent: usize) -> u32 {
    let rank = (sorted.len() * percent).div_ceil(100);
    let at = rank.saturating_sub(1);
    sorted.get(at).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let hundred: Vec<u32> = (1..=100).collect();
        let of = |percent| percentile(&hundred, percent);
        assert_eq!((of(50), of(95), of(99), of(100)), (50, 95, 99, 100));
        assert_eq!(percentile(&[7], 50), 7);
        assert_eq!(percentile(&[1, 9], 50), 1);
        assert_eq!(percentile(&[1, 9], 95), 9);
        assert_eq!(percentile(&[], 50), 0);
    }

    #[test]
    fn a_series_counts_what_went_well() {
        let mut series = Series::default();
        assert_eq!(series.timing("request"), None);
        for (ms, is_success) in [(30, true), (10, false), (20, true)] {
            series.add(Duration::from_millis(ms), is_success);
        }
        let timing = series.timing("request").unwrap();
        assert_eq!((timing.count, timing.successes), (3, 2));
        assert!((timing.mean - 0.02).abs() < 1e-9 && (timing.total - 0.06).abs() < 1e-9);
        let [p50, p99] = [timing.p50, timing.p99].map(f64::to_bits);
        assert_eq!((p50, p99), (0.02_f64.to_bits(), 0.03_f64.to_bits()));
        series.add(Duration::from_secs(9999), true);
        assert!(series.timing("request").unwrap().longest > 4000.0);
    }
}
