//! Prompts: a prefix that is always the same, and a tail of slots.

use std::fmt::Write as _;

use super::ask::Ask;
use super::schema;
use super::wanted::Wanted;
use crate::ai::Prompt;

/// Instructions, a guide of style, and two worked examples: the part that providers can keep ready.
pub(super) const INSTRUCTIONS: &str = include_str!("instructions.md");
/// Raised with every change that makes other answers: stored ones of another version are not read.
pub(super) const VERSION: &str = "2";

/// The most symbols of one prompt.
const MOST: usize = 8;
/// The most tokens of the slots of one prompt.
const TOKENS: u64 = 4000;
/// Larger symbols have a prompt of their own.
const SMALL: u64 = 900;

/// One symbol in a prompt, and what was wrong with the last answer.
#[derive(Clone, Debug)]
pub(super) struct Slot<'a> {
    pub(super) ask: &'a Ask,
    /// What is missing now.
    pub(super) wanted: &'a Wanted,
    /// Why the last answer was not taken.
    pub(super) feedback: Option<&'a str>,
}

impl<'a> Slot<'a> {
    /// A symbol that is asked for the first time.
    pub(super) fn first(ask: &'a Ask) -> Self {
        Self {
            ask,
            wanted: &ask.wanted,
            feedback: None,
        }
    }
}

/// Puts small symbols together, in their order; the places in `slots`.
pub(super) fn groups(slots: &[Slot<'_>], alone: bool) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut open: Option<(usize, u64)> = None;
    for (at, slot) in slots.iter().enumerate() {
        let tokens = slot.ask.tokens;
        let is_small = !alone && tokens <= SMALL;
        match open {
            Some((group, sum))
                if is_small && sum + tokens <= TOKENS && groups[group].len() < MOST =>
            {
                groups[group].push(at);
                open = Some((group, sum + tokens));
            }
            _ => {
                groups.push(vec![at]);
                if is_small {
                    open = Some((groups.len() - 1, tokens));
                }
            }
        }
    }
    groups
}

/// The name of a slot by its place in the prompt.
pub(super) fn slot_name(at: usize) -> String {
    format!("s{}", at + 1)
}

/// The prompt for a group. `generosity` doubles the room for the answer with each step; `mark` fences what is shown.
pub(super) fn prompt(slots: &[&Slot<'_>], mark: &str, generosity: u32) -> Prompt {
    let mut user = String::new();
    for (at, slot) in slots.iter().enumerate() {
        let _ = writeln!(user, "Slot {}: {}", slot_name(at), slot.ask.title);
        let what = if slot.wanted.anew { "Anew" } else { "Missing" };
        let _ = writeln!(user, "{what}: {}", slot.wanted.line());
        if let Some(feedback) = slot.feedback {
            let _ = writeln!(user, "Your last answer was not taken, because {feedback}.");
        }
        for part in &slot.ask.parts {
            let _ = writeln!(user, "<<<{mark} {}\n{}\n{mark}>>>", part.title, part.text);
        }
        user.push('\n');
    }
    let names: Vec<String> = (0..slots.len()).map(slot_name).collect();
    let wanted = slots.iter().map(|it| it.wanted);
    let schema = schema::of_slots(names.iter().map(String::as_str).zip(wanted));
    Prompt {
        system: INSTRUCTIONS.to_owned(),
        user: user.trim_end().to_owned(),
        schema,
        max_tokens: room(slots.iter().map(|it| it.wanted.count()).sum(), generosity),
    }
}

/// Tokens for an answer of so many texts.
pub(super) fn room(texts: usize, generosity: u32) -> u32 {
    let texts = u32::try_from(texts).unwrap_or(1000).min(1000);
    (160 + 90 * texts) << generosity.min(4)
}

/// The tokens that an answer of so many texts usually has.
pub(super) const fn usual(texts: usize) -> u64 {
    20 + 35 * texts as u64
}

/// A mark that none of the slots holds.
pub(super) fn mark(slots: &[&Slot<'_>]) -> String {
    let parts = slots.iter().flat_map(|it| &it.ask.parts);
    let draw = || {
        std::iter::repeat_with(fastrand::alphanumeric)
            .take(10)
            .collect()
    };
    first_unless(draw, |mark| parts.clone().any(|it| it.text.contains(mark)))
}

/// The first that is drawn of which `is_held` does not hold.
fn first_unless(mut draw: impl FnMut() -> String, is_held: impl Fn(&str) -> bool) -> String {
    loop {
        let mark = draw();
        if !is_held(&mark) {
            return mark;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_none_that_the_source_holds() {
        let mut drawn = ["fence", "wall", "hedge"].into_iter();
        let draw = || drawn.next().unwrap().to_owned();
        let mark = first_unless(draw, |mark| "a fence and a wall".contains(mark));
        assert_eq!(mark, "hedge");
    }
}
