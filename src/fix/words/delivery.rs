//! What jobs have brought: answers by the names of their questions, taken as immediate ones are.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use super::answer::Words;
use super::docket::{self, Name};
use super::pending::Pending;
use super::reply;
use super::wanted::Wanted;
use super::writer::Writer;
use crate::ai::{AskError, Delivered};

/// Answers by the names of their questions.
#[derive(Debug, Default)]
pub struct Delivery {
    answers: HashMap<Name, Brought>,
    /// Answers under names that no question has.
    strange: u64,
    /// Why there are no answers at all, where a job failed as a whole.
    fault: Option<String>,
}

/// What came in answer to one question.
#[derive(Debug)]
struct Brought {
    what: What,
    is_used: AtomicBool,
}

/// What came. Kept as text: a hundred thousand of these are to fit.
#[derive(Clone, Debug)]
enum What {
    /// The slot of an answer.
    Slot(Box<str>),
    /// Words without structure.
    Text(Box<str>),
    /// Nothing, and why; whether the model is to blame.
    Fault(Box<str>, bool),
}

/// An answer, or why there is none and whether that may change; whether it is an answer at all.
pub(super) type Taken = (Result<Words, (String, bool)>, bool);

impl Delivery {
    /// Puts in what came in answer to one request. Where two came, the one with words counts.
    pub fn add(&mut self, delivered: Delivered) {
        let Some(names) = docket::names(&delivered.name) else {
            self.strange += 1;
            return;
        };
        let is_answer = matches!(delivered.reply, Ok(_) | Err(AskError::Cut));
        let slots = reply::slots(delivered.reply, names.len());
        for (name, slot) in names.into_iter().zip(slots) {
            let what = match slot {
                Ok(reply::Slot::Object(slot)) => What::Slot(slot.to_string().into()),
                Ok(reply::Slot::Text(text)) => What::Text(text.into()),
                Err((reason, _)) => What::Fault(reason.into(), is_answer),
            };
            let brought = Brought {
                what,
                is_used: AtomicBool::new(false),
            };
            match self.answers.entry(name) {
                Entry::Vacant(place) => {
                    place.insert(brought);
                }
                Entry::Occupied(mut place) => {
                    if matches!(place.get().what, What::Fault(..)) {
                        place.insert(brought);
                    }
                }
            }
        }
    }

    /// Notes that a job has brought nothing, and why.
    pub fn fail(&mut self, fault: &str) {
        self.fault.get_or_insert_with(|| fault.to_owned());
    }

    /// Answers that there are.
    pub fn len(&self) -> usize {
        self.answers.len()
    }

    /// Whether there is no answer.
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// Answers to questions that nobody had here.
    pub fn unused(&self) -> u64 {
        let all = self.answers.values();
        all.filter(|it| !it.is_used.load(Ordering::Relaxed)).count() as u64 + self.strange
    }

    /// The answer to a question.
    pub(super) fn find(&self, name: Name, wanted: &Wanted) -> Option<Taken> {
        let brought = self.answers.get(&name)?;
        brought.is_used.store(true, Ordering::Relaxed);
        Some(match &brought.what {
            What::Slot(text) => {
                let slot: Value = serde_json::from_str(text).unwrap_or_default();
                (reply::words(reply::Slot::Object(slot), wanted), true)
            }
            What::Text(text) => (
                reply::words(reply::Slot::Text(text.to_string()), wanted),
                true,
            ),
            What::Fault(reason, is_answer) => (Err((reason.to_string(), *is_answer)), *is_answer),
        })
    }
}

impl Writer<'_> {
    /// Takes what a job has brought, or else what was noted of an earlier one.
    pub(super) fn take_delivered(&self, it: &mut Pending, delivery: &Delivery, attempt: u32) {
        let name = docket::name(&it.ask, &it.wanted);
        if !it.delivered.contains(&name)
            && let Some(came) = delivery.find(name, &it.wanted)
        {
            it.delivered.push(name);
            self.shelf.strike(&[docket::mark(name)]);
            self.arrived(it, came, attempt);
        } else if !self.recalled(it, attempt) {
            it.is_final = true;
            let missing = "no answer to this came: it was not asked, or the code has changed";
            let reason = delivery.fault.as_deref().unwrap_or(missing);
            it.feedback.get_or_insert_with(|| reason.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ai::{Answer, Reply, Step, Usage};

    fn came(name: &str, slots: &Value) -> Delivered {
        let reply = Reply {
            answer: Answer::Object(slots.clone()),
            step: Step::Schema,
            usage: Usage::default(),
        };
        Delivered {
            name: name.to_owned(),
            reply: Ok(reply),
        }
    }

    fn wanted() -> Wanted {
        Wanted {
            summary: true,
            ..Wanted::default()
        }
    }

    #[test]
    fn each_slot_goes_to_its_question() {
        let mut delivery = Delivery::default();
        let slots = json!({"s1": {"summary": "Carry it."}, "s2": {"summary": "Drop it."}});
        delivery.add(came("aaaaaaaabbbbbbbb", &slots));
        let summary = |name: &Name| {
            let (words, _) = delivery.find(*name, &wanted())?;
            words.ok()?.summary
        };
        assert_eq!(summary(b"bbbbbbbb").as_deref(), Some("Drop it."));
        assert_eq!(delivery.unused(), 1);
        assert_eq!(summary(b"aaaaaaaa").as_deref(), Some("Carry it."));
        assert_eq!(summary(b"cccccccc"), None);
        assert_eq!(delivery.unused(), 0);
    }

    #[test]
    fn of_two_that_came_the_one_with_words_counts() {
        let fault = || Delivered {
            name: "aaaaaaaa".to_owned(),
            reply: Err(AskError::Failed("it expired".to_owned())),
        };
        let words = || came("aaaaaaaa", &json!({"s1": {"summary": "Carry it."}}));
        for order in [[fault(), words()], [words(), fault()]] {
            let mut delivery = Delivery::default();
            for it in order {
                delivery.add(it);
            }
            assert!(delivery.find(*b"aaaaaaaa", &wanted()).unwrap().0.is_ok());
        }
        let mut delivery = Delivery::default();
        delivery.add(fault());
        let (answer, is_answer) = delivery.find(*b"aaaaaaaa", &wanted()).unwrap();
        assert_eq!(
            (answer.unwrap_err(), is_answer),
            (("it expired".to_owned(), false), false)
        );
    }

    #[test]
    fn what_nobody_asked_is_counted() {
        let mut delivery = Delivery::default();
        delivery.add(came("request-1", &json!({})));
        assert_eq!((delivery.len(), delivery.unused()), (0, 1));
    }
}
