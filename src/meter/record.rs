//! One run of a command in numbers: what `--metrics` writes, what the history keeps, what a report tells.

use serde::{Deserialize, Serialize};

/// One run. What an older docgen has kept lacks some of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// What its requests and its lines in a log carry, too.
    pub id: String,
    /// `fix` or `score`.
    pub command: String,
    /// docgen's own version.
    pub version: String,
    /// What the project is called.
    pub project: String,
    /// The AI's provider, where one was chosen.
    pub provider: Option<String>,
    /// Its model.
    pub model: Option<String>,
    /// When it began, in seconds since 1970.
    pub began: u64,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// Why it ended before its work was done.
    pub ended_early: Option<String>,
    /// Its exit code.
    pub exit_code: u8,
    /// The files that it looked at.
    pub files: u64,
    /// How many symbols fared how.
    pub outcomes: Outcomes,
    /// The score before it, in per cent, where it changed something.
    pub score_before: Option<f64>,
    /// The score at its end, in per cent.
    pub score: Option<f64>,
    /// What was done how often, and how long it took.
    pub timings: Vec<Timing>,
    /// Requests to the provider.
    pub requests: u64,
    /// Those of them that were made again.
    pub retries: u64,
    /// Tokens that were billed.
    pub tokens: Tokens,
    /// What was paid, in millionths of a US dollar.
    pub micros: u64,
    /// How the store of answers served.
    pub cache: Served,
    /// What went wrong, the most frequent first; nothing secret is in it.
    pub faults: Vec<Fault>,
    /// What the process took.
    pub process: Process,
    /// The machine.
    pub machine: Machine,
    /// What became of each symbol, those that most needs to be said of first.
    pub symbols: Vec<SymbolRecord>,
}

/// How many symbols fared how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcomes {
    /// Nothing was to be done.
    pub complete: u64,
    /// All that was found is mended.
    pub mended: u64,
    /// Some of it is.
    pub partly: u64,
    /// What was tried was not taken, or could not be.
    pub refused: u64,
    /// Nobody tried.
    pub untouched: u64,
}

/// What became of a symbol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// What was tried was not taken, or could not be.
    Refused,
    /// Some of what was found is mended.
    Partly,
    /// Nobody tried.
    Untouched,
    /// All that was found is mended.
    Mended,
    /// Nothing was to be done.
    #[default]
    Complete,
}

/// Something that a run does again and again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Timing {
    /// What: a word of [`Operation`](super::Operation).
    pub name: String,
    /// How often.
    pub count: u64,
    /// How often it went well.
    pub successes: u64,
    /// All of it together, in seconds.
    pub total: f64,
    /// The mean, in seconds.
    pub mean: f64,
    /// Half of all took no longer.
    pub p50: f64,
    /// 95 of 100 took no longer.
    pub p95: f64,
    /// 99 of 100 took no longer.
    pub p99: f64,
    /// The longest.
    pub longest: f64,
}

/// Tokens that were billed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tokens {
    /// All of the prompts, those the provider had ready included.
    pub input: u64,
    /// Of these, the ones that it had ready.
    pub cached: u64,
    /// All of the answers.
    pub output: u64,
}

/// How the store of answers served.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Served {
    /// Answers that were there.
    pub hits: u64,
    /// Answers that were not.
    pub misses: u64,
    /// Answers that were broken, and times the store failed.
    pub errors: u64,
}

/// Something that went wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fault {
    /// Of what kind: `busy`, `timeout`.
    pub kind: String,
    /// What was said.
    pub text: String,
    /// How often.
    pub count: u64,
}

/// What the process took. A figure that the system does not tell is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Process {
    /// The most memory at once, in bytes.
    pub peak_memory: Option<u64>,
    /// CPU time, in seconds.
    pub cpu: Option<f64>,
    /// Bytes read from disks.
    pub read: Option<u64>,
    /// Bytes written to disks.
    pub written: Option<u64>,
}

/// The machine that a run was on. A figure that the system does not tell is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Machine {
    /// Cores that the process may use.
    pub cores: Option<u64>,
    /// Memory, in bytes.
    pub memory: Option<u64>,
    /// What of it is free.
    pub free_memory: Option<u64>,
    /// The mean number of processes that wanted to run, over a minute.
    pub load: Option<f64>,
    /// What is free of the disk that the store lies on, in bytes.
    pub free_disk: Option<u64>,
    /// The size of the store, in bytes.
    pub store: Option<u64>,
}

/// One symbol of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SymbolRecord {
    /// Its file.
    pub path: String,
    /// Its qualified name.
    pub qualname: String,
    /// What became of it.
    pub fate: Fate,
    /// Why it was not mended, where it was not.
    pub reason: String,
    /// Findings that are left.
    pub left: u64,
    /// Its score at the end, in per cent; none where nothing is asked of it.
    pub score: Option<f64>,
    /// What its words took.
    pub effort: Effort,
}

/// What one symbol's words took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Effort {
    /// How often the AI was asked for them.
    pub tries: u64,
    /// Its share of the tokens.
    pub tokens: Tokens,
    /// Its share of the cost, in millionths of a US dollar.
    pub micros: u64,
    /// How long it waited for answers, in seconds.
    pub seconds: f64,
    /// Whether the store had the words.
    pub is_kept: bool,
}

impl Fate {
    /// All of them, those that most needs to be said of first.
    pub const ALL: [Self; 5] = [
        Self::Refused,
        Self::Partly,
        Self::Untouched,
        Self::Mended,
        Self::Complete,
    ];

    /// Its word in every output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Partly => "partly",
            Self::Untouched => "untouched",
            Self::Mended => "mended",
            Self::Complete => "complete",
        }
    }
}

impl Outcomes {
    /// Those of these symbols.
    pub fn of(symbols: &[SymbolRecord]) -> Self {
        let mut outcomes = Self::default();
        for it in symbols {
            *outcomes.slot(it.fate) += 1;
        }
        outcomes
    }

    fn slot(&mut self, fate: Fate) -> &mut u64 {
        match fate {
            Fate::Refused => &mut self.refused,
            Fate::Partly => &mut self.partly,
            Fate::Untouched => &mut self.untouched,
            Fate::Mended => &mut self.mended,
            Fate::Complete => &mut self.complete,
        }
    }

    /// How many fared so.
    pub fn count(mut self, fate: Fate) -> u64 {
        *self.slot(fate)
    }

    /// All symbols.
    pub const fn all(self) -> u64 {
        self.complete + self.wanting()
    }

    /// The symbols that something was found of.
    pub const fn wanting(self) -> u64 {
        self.mended + self.partly + self.refused + self.untouched
    }

    /// The share of these that are mended, from 0 to 1; none where nothing was found.
    pub fn success_rate(self) -> Option<f64> {
        share(self.mended, self.wanting())
    }
}

impl Timing {
    /// The share that went well, from 0 to 1.
    pub fn success_rate(&self) -> Option<f64> {
        share(self.successes, self.count)
    }
}

impl Served {
    /// The share of answers that were there, from 0 to 1.
    pub fn hit_rate(self) -> Option<f64> {
        share(self.hits, self.hits + self.misses)
    }
}

impl Record {
    /// The share of incomplete symbols that are mended, from 0 to 1; none where none was to be.
    pub fn success_rate(&self) -> Option<f64> {
        let mends = self.command != "score";
        self.outcomes.success_rate().filter(|_| mends)
    }

    /// What was paid, in US dollars.
    #[expect(clippy::cast_precision_loss, reason = "amounts of money")]
    pub fn dollars(&self) -> f64 {
        self.micros as f64 / 1e6
    }
}

/// A part of a whole; none of nothing.
#[expect(clippy::cast_precision_loss, reason = "counts of symbols and requests")]
fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_and_is_gone_is_a_success() {
        let of = |fate| SymbolRecord {
            fate,
            ..SymbolRecord::default()
        };
        let symbols: Vec<SymbolRecord> = Fate::ALL.map(of).into();
        let outcomes = Outcomes::of(&symbols);
        assert_eq!((outcomes.all(), outcomes.wanting()), (5, 4));
        assert_eq!(outcomes.success_rate(), Some(0.25));
        assert_eq!(Outcomes::default().success_rate(), None);
        let (one, all) = (outcomes.count(Fate::Complete), Fate::ALL.len());
        assert_eq!((one, all), (1, 5));
    }

    #[test]
    fn what_an_older_docgen_kept_is_read() {
        let record: Record = serde_json::from_str(r#"{"id": "a", "new": 1}"#).unwrap();
        assert_eq!(record.id, "a");
        assert_eq!(record.timings, []);
    }
}
