//! How many tokens a text has.

use std::sync::{Mutex, PoisonError};

use tiktoken_rs::{CoreBPE, cl100k_base_singleton, o200k_base_singleton};

/// A vocabulary of `OpenAI`'s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Of gpt-4o and all since.
    O200k,
    /// Of gpt-4 and gpt-3.5.
    Cl100k,
}

impl Encoding {
    /// The vocabulary of a model, and whether it is its own: other vendors publish none.
    pub fn of(model: &str) -> (Self, bool) {
        let model = model.rsplit('/').next().unwrap_or(model);
        let is = |prefixes: &[&str]| prefixes.iter().any(|it| model.starts_with(it));
        // Azure writes `gpt-35-turbo`.
        if is(&["gpt-4o", "gpt-4.1", "gpt-4.5", "chatgpt-4o", "gpt-oss"]) {
            (Self::O200k, true)
        } else if is(&["gpt-4", "gpt-3.5", "gpt-35"]) {
            (Self::Cl100k, true)
        } else {
            let is_own = is(&["gpt-5", "gpt-6", "o1", "o3", "o4"]);
            (Self::O200k, is_own)
        }
    }

    /// The tokens of a text. The first call reads the vocabulary, which takes a tenth of a second.
    pub fn count(self, text: &str) -> u64 {
        self.table().count_ordinary(text) as u64
    }

    fn table(self) -> &'static CoreBPE {
        match self {
            Self::O200k => o200k_base_singleton(),
            Self::Cl100k => cl100k_base_singleton(),
        }
    }
}

/// Counts tokens for one model, and learns from what the provider reports.
#[derive(Debug)]
pub struct TokenCounter {
    encoding: Encoding,
    margin: Mutex<Margin>,
}

/// How many tokens the provider counts for each of ours.
#[derive(Clone, Copy, Debug)]
struct Margin {
    ratio: f64,
    /// Whether a report has been seen.
    is_learned: bool,
}

/// For vocabularies that are not known, until a report tells.
const UNKNOWN: f64 = 1.3;
/// How much a new report counts.
const WEIGHT: f64 = 0.2;

impl TokenCounter {
    /// One for `model`.
    pub fn new(model: &str) -> Self {
        let (encoding, is_own) = Encoding::of(model);
        let ratio = if is_own { 1.0 } else { UNKNOWN };
        let margin = Margin {
            ratio,
            is_learned: false,
        };
        Self {
            encoding,
            margin: Mutex::new(margin),
        }
    }

    /// The tokens of a text by our vocabulary.
    pub fn count(&self, text: &str) -> u64 {
        self.encoding.count(text)
    }

    /// How many tokens the provider will count for so many of ours.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "counts of tokens are far below 2^52 and not negative"
    )]
    pub fn expected(&self, count: u64) -> u64 {
        let margin = self.margin.lock().unwrap_or_else(PoisonError::into_inner);
        (count as f64 * margin.ratio).ceil() as u64
    }

    /// Learns that the provider counted `reported` tokens where we counted `own`.
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of tokens are far below 2^52"
    )]
    pub fn learn(&self, own: u64, reported: u64) {
        if own == 0 || reported == 0 {
            return;
        }
        // A report beyond all sense teaches nothing.
        let seen = (reported as f64 / own as f64).clamp(0.5, 3.0);
        let mut margin = self.margin.lock().unwrap_or_else(PoisonError::into_inner);
        margin.ratio = if margin.is_learned {
            margin.ratio * (1.0 - WEIGHT) + seen * WEIGHT
        } else {
            seen
        };
        margin.is_learned = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_has_its_vocabulary() {
        let of = Encoding::of;
        for model in [
            "gpt-4o-mini",
            "gpt-4.1-mini",
            "gpt-5.4-nano",
            "gpt-6-luna",
            "o3-mini",
        ] {
            assert_eq!(of(model), (Encoding::O200k, true), "{model}");
        }
        for model in ["gpt-4", "gpt-4-turbo", "gpt-35-turbo", "gpt-3.5-turbo"] {
            assert_eq!(of(model), (Encoding::Cl100k, true), "{model}");
        }
        for model in ["claude-haiku-5-5", "gemini-3.8-flash", "llama3.3", "mine"] {
            assert_eq!(of(model), (Encoding::O200k, false), "{model}");
        }
    }

    #[test]
    fn the_margin_of_other_vocabularies_is_learned() {
        let counter = TokenCounter::new("claude-haiku-5-5");
        assert_eq!(counter.expected(100), 130);
        counter.learn(100, 110);
        assert_eq!(counter.expected(100), 111, "rounded up");
        for _ in 0..50 {
            counter.learn(100, 150);
        }
        assert!((149..=151).contains(&counter.expected(100)));
        counter.learn(100, 0);
        counter.learn(0, 100);
        assert!((149..=151).contains(&counter.expected(100)));
        assert_eq!(TokenCounter::new("gpt-4o").expected(100), 100);
    }

    #[test]
    fn tokens_are_counted_as_pythons_tiktoken_counts_them() {
        // Of tiktoken 0.14.0: parts of CPython's library, and texts that are hard to split.
        #[derive(serde::Deserialize)]
        struct Case {
            text: String,
            o200k: u64,
            cl100k: u64,
        }
        let cases: Vec<Case> = serde_json::from_str(include_str!("tokens.json")).unwrap();
        assert!(cases.len() > 60);
        for case in cases {
            let counts = [Encoding::O200k, Encoding::Cl100k].map(|it| it.count(&case.text));
            assert_eq!(counts, [case.o200k, case.cl100k], "{:?}", case.text);
        }
    }
}
