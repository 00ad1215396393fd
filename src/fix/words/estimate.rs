//! What a run would ask for and cost, told before anything is sent.

use super::ask::Ask;
use super::prompt::{self, Slot};
use crate::ai::Client;

/// What a run would ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Estimate {
    /// Symbols that lack words.
    pub symbols: u64,
    /// Of these, the ones whose answers are kept already.
    pub kept: u64,
    /// Requests.
    pub requests: u64,
    /// Tokens of the prompts.
    pub input: u64,
    /// Tokens of the answers, as they usually are.
    pub output: u64,
    /// The cost, in millionths of a US dollar.
    pub micros: u64,
}

impl Estimate {
    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            symbols: self.symbols + other.symbols,
            kept: self.kept + other.kept,
            requests: self.requests + other.requests,
            input: self.input + other.input,
            output: self.output + other.output,
            micros: self.micros + other.micros,
        }
    }
}

/// What asking for these would take.
pub(super) fn of(asks: &[Ask], client: &Client) -> Estimate {
    let slots: Vec<Slot<'_>> = asks.iter().map(Slot::first).collect();
    let counter = client.counter();
    let mut estimate = Estimate::default();
    for group in prompt::groups(&slots, false) {
        let members: Vec<&Slot<'_>> = group.iter().map(|&at| &slots[at]).collect();
        let prompt = prompt::prompt(&members, "marked", 0);
        let texts = [&prompt.system, &prompt.user, &prompt.schema.to_string()];
        let input = counter.expected(texts.iter().map(|it| counter.count(it)).sum());
        let output = prompt::usual(members.iter().map(|it| it.wanted.count()).sum());
        estimate.requests += 1;
        estimate.input += input;
        estimate.output += output;
        estimate.micros += client.price(input, output);
    }
    estimate
}
