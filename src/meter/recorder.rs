//! What a run does, taken down while it does it.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: what takes time is timed here"
)]

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::record::{Effort, Fault, Timing};
use super::series::Series;

/// Something that a run does again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Mends a file, or leaves it as it is.
    File,
    /// Waits for the words of some symbols, whatever that takes.
    Answer,
    /// Asks the provider once.
    Request,
    /// Waits until limits let a request go.
    Wait,
    /// Looks an answer up in the store.
    StoreRead,
    /// Puts an answer into the store.
    StoreWrite,
}

impl Operation {
    /// All of them, the largest first.
    pub const ALL: [Self; 6] = [
        Self::File,
        Self::Answer,
        Self::Request,
        Self::Wait,
        Self::StoreRead,
        Self::StoreWrite,
    ];

    /// Its word in every output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Answer => "answer",
            Self::Request => "request",
            Self::Wait => "wait",
            Self::StoreRead => "store-read",
            Self::StoreWrite => "store-write",
        }
    }
}

/// Faults of so many wordings are told apart.
const FAULTS: usize = 1000;
/// So much of a fault's wording is kept, in bytes.
const LONGEST: usize = 300;

/// Takes down what a run does.
#[derive(Debug)]
pub struct Recorder {
    began: Instant,
    series: [Mutex<Series>; Operation::ALL.len()],
    faults: Mutex<BTreeMap<(&'static str, String), u64>>,
    efforts: Mutex<BTreeMap<(String, String), Effort>>,
}

impl Default for Recorder {
    fn default() -> Self {
        Self {
            began: Instant::now(),
            series: Default::default(),
            faults: Mutex::default(),
            efforts: Mutex::default(),
        }
    }
}

/// Something that has begun; it counts when it ends.
#[derive(Debug)]
pub struct Watch<'r> {
    recorder: &'r Recorder,
    operation: Operation,
    began: Instant,
}

impl Watch<'_> {
    /// It has ended, well or not; how long it took.
    pub fn end(&self, is_success: bool) -> Duration {
        let took = self.began.elapsed();
        let series = &self.recorder.series[self.operation as usize];
        held(series).add(took, is_success);
        took
    }
}

impl Recorder {
    /// How long the run has been going on.
    pub fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// Something begins.
    pub fn watch(&self, operation: Operation) -> Watch<'_> {
        Watch {
            recorder: self,
            operation,
            began: Instant::now(),
        }
    }

    /// Something went wrong. Nothing secret may be in `text`.
    pub fn fault(&self, kind: &'static str, text: &str) {
        let mut end = text.len().min(LONGEST);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let mut faults = held(&self.faults);
        let text = if faults.len() < FAULTS {
            &text[..end]
        } else {
            "more"
        };
        *faults.entry((kind, text.to_owned())).or_default() += 1;
    }

    /// What a symbol's words took.
    pub fn effort(&self, path: &str, qualname: &str, effort: Effort) {
        let name = (path.to_owned(), qualname.to_owned());
        held(&self.efforts).insert(name, effort);
    }

    /// What a symbol's words took, where it was asked for; told once.
    pub fn take_effort(&self, path: &str, qualname: &str) -> Option<Effort> {
        let name = (path.to_owned(), qualname.to_owned());
        held(&self.efforts).remove(&name)
    }

    /// All that was done, in numbers.
    pub fn timings(&self) -> Vec<Timing> {
        let timing = |it: Operation| held(&self.series[it as usize]).timing(it.word());
        Operation::ALL.into_iter().filter_map(timing).collect()
    }

    /// What went wrong, the most frequent first.
    pub fn faults(&self) -> Vec<Fault> {
        let fault = |((kind, text), count): (&(&'static str, String), &u64)| Fault {
            kind: (*kind).to_owned(),
            text: text.clone(),
            count: *count,
        };
        let mut faults: Vec<Fault> = held(&self.faults).iter().map(fault).collect();
        faults.sort_by_key(|it| std::cmp::Reverse(it.count));
        faults
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The name of this process's run: in its record, its requests and its log.
pub fn run_id() -> &'static str {
    static ID: LazyLock<String> = LazyLock::new(|| format!("{:032x}", fastrand::u128(..)));
    &ID
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_counts_in_its_place() {
        let recorder = Recorder::default();
        for (at, operation) in Operation::ALL.into_iter().enumerate() {
            assert_eq!(at, operation as usize);
            recorder.watch(operation).end(at > 0);
        }
        let _ = recorder.watch(Operation::File);
        let timings = recorder.timings();
        let words: Vec<&str> = timings.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(words, Operation::ALL.map(Operation::word));
        assert_eq!((timings[0].count, timings[0].successes), (1, 0));
        assert_eq!((timings[1].count, timings[1].successes), (1, 1));
    }

    #[test]
    fn faults_are_counted_and_bounded() {
        let recorder = Recorder::default();
        recorder.fault("timeout", "no answer within 120 s");
        for _ in 0..3 {
            recorder.fault("busy", &"ä".repeat(999));
        }
        let faults = recorder.faults();
        assert_eq!(faults.len(), 2);
        assert_eq!((faults[0].kind.as_str(), faults[0].count), ("busy", 3));
        assert_eq!(faults[0].text.len(), 300);
        for at in 0..2 * FAULTS {
            recorder.fault("garbled", &format!("{at}"));
        }
        assert!(recorder.faults().len() <= FAULTS + 1);
    }

    #[test]
    fn a_run_has_one_name() {
        assert_eq!(run_id(), run_id());
        assert_eq!(run_id().len(), 32);
    }
}
