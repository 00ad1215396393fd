//! One symbol on its way: what it lacks, what it has got, and why that was not taken.

use std::sync::Arc;

use super::answer::{Answers, Words};
use super::ask::Ask;
use super::docket::Name;
use super::prompt::Slot;
use super::truth;
use super::wanted::Wanted;
use crate::ai::{Bill, Tries};
use crate::meter::Effort;
use crate::store;

/// One symbol on its way.
pub(super) struct Pending {
    pub(super) ask: Ask,
    /// What is missing now.
    pub(super) wanted: Wanted,
    /// All words that it has got.
    pub(super) words: Words,
    /// Those that have not been tried yet.
    pub(super) fresh: Option<Words>,
    pub(super) tries: Arc<Tries>,
    /// Why the last answer was not taken.
    pub(super) feedback: Option<String>,
    /// Whether asking again is of no use.
    pub(super) is_final: bool,
    pub(super) is_done: bool,
    /// Names of what was noted of its answers in the store, until it is done with.
    pub(super) notes: Vec<String>,
    /// What its words have taken.
    pub(super) effort: Effort,
    /// The questions that a job has answered.
    pub(super) delivered: Vec<Name>,
}

/// The words that have not been tried, which from now on count as tried.
pub(super) fn fresh(all: &mut [Pending]) -> Answers {
    let mut answers = Answers::new();
    for it in all {
        if let Some(words) = it.fresh.take() {
            it.words = std::mem::take(&mut it.words).with(words.clone());
            answers.insert(it.ask.id, words);
        }
    }
    answers
}

impl Pending {
    /// A symbol that is asked for, its requests made again `retries` times at most.
    pub(super) fn new(ask: Ask, retries: u32) -> Self {
        Self {
            wanted: ask.wanted.clone(),
            ask,
            words: Words::default(),
            fresh: None,
            tries: Arc::new(Tries::new(retries)),
            feedback: None,
            is_final: false,
            is_done: false,
            notes: Vec::new(),
            effort: Effort::default(),
            delivered: Vec::new(),
        }
    }

    /// Whether it is to be asked for.
    pub(super) const fn is_open(&self) -> bool {
        !self.is_done && !self.is_final && self.fresh.is_none()
    }

    /// It was asked for once more, one of `many` in its prompt, which took so many seconds and was billed so much: the
    /// first bears what does not divide.
    pub(super) fn asked(&mut self, bill: Bill, seconds: f64, (at, many): (usize, usize)) {
        let (at, many) = (at as u64, (many as u64).max(1));
        let share = |all: u64| all / many + u64::from(at < all % many);
        let effort = &mut self.effort;
        effort.tries += 1;
        effort.seconds += seconds;
        effort.tokens.input += share(bill.usage.input);
        effort.tokens.cached += share(bill.usage.cached);
        effort.tokens.output += share(bill.usage.output);
        effort.micros += share(bill.micros);
    }

    /// Logs what became of it.
    pub(super) fn tell(&self) {
        let (qualname, tries) = (&self.ask.qualname, self.effort.tries);
        match &self.feedback {
            _ if self.is_done => tracing::info!(qualname, tries, "words found"),
            Some(reason) => tracing::warn!(qualname, tries, "no words: {reason}"),
            None => tracing::info!(qualname, tries, "left as it is: the run is over"),
        }
    }

    /// What names the answer to what is asked at this attempt, among all that is asked for it.
    pub(super) fn note(&self, attempt: u32) -> String {
        let feedback = self.feedback.as_deref().unwrap_or_default();
        let (attempt, line) = (attempt.to_string(), self.wanted.line());
        store::key(["arrived", &self.ask.key, &attempt, &line, feedback])
    }

    /// Its slot in a prompt.
    pub(super) fn slot(&self) -> Slot<'_> {
        Slot {
            ask: &self.ask,
            wanted: &self.wanted,
            feedback: self.feedback.as_deref(),
        }
    }

    /// The answer, if it is true to the code.
    pub(super) fn judged(
        &self,
        answer: Result<Words, (String, bool)>,
    ) -> Result<Words, (String, bool)> {
        answer.and_then(|words| match truth::fault(&words, &self.ask.evidence) {
            Some(fault) => Err((fault, true)),
            None => Ok(words),
        })
    }

    /// Takes an answer that was judged.
    pub(super) fn take(&mut self, answer: Result<Words, (String, bool)>) {
        match answer {
            Ok(words) => {
                self.feedback = None;
                self.fresh = Some(words);
            }
            Err((reason, may_help)) => {
                self.is_final = !may_help;
                self.feedback = Some(reason).filter(|it| !it.is_empty());
            }
        }
    }
}
