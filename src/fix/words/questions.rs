//! The questions of one file: put by one of all processes each, and what comes of them.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::answer::Words;
use super::pending::Pending;
use super::prompt::{self, Slot};
use super::reply;
use super::shelf::Arrived;
use super::wanted::Wanted;
use super::writer::Writer;
use crate::ai::{AskError, Question};
use crate::meter::{Operation, Watch};
use crate::store::Claimed;

/// The first and the longest wait before it is looked again what others have got.
const SHORTEST: Duration = Duration::from_millis(20);
const LONGEST: Duration = Duration::from_millis(500);

impl Writer<'_> {
    /// Asks for all that have no fresh words: small ones together at first, each alone when asked again. What somebody
    /// else is asking for is waited for.
    pub(super) fn ask(&self, all: &mut [Pending], attempt: u32) {
        let mut places: Vec<usize> = (0..all.len()).filter(|&at| all[at].is_open()).collect();
        if let Some(delivery) = &self.delivery {
            for at in places {
                self.take_delivered(&mut all[at], delivery, attempt);
            }
            return;
        }
        places.retain(|&at| !self.recalled(&mut all[at], attempt));
        let mut wait = SHORTEST;
        loop {
            let count = places.len();
            let others = self.ask_own(all, &places, attempt);
            if others.is_empty() || self.client().stop.reason().is_some() {
                return;
            }
            wait = if others.len() < count {
                SHORTEST
            } else {
                (wait * 2).min(LONGEST)
            };
            places = others;
            thread::sleep(wait);
        }
    }

    /// Asks for those that nobody else is asking for; the places of the others.
    fn ask_own(&self, all: &mut [Pending], places: &[usize], attempt: u32) -> Vec<usize> {
        let (mut own, mut others) = (Vec::new(), Vec::new());
        for &at in places {
            let it = &mut all[at];
            let name = it.note(attempt);
            match self.claims.take(&name) {
                Claimed::Held => others.push(at),
                Claimed::Told(text) => {
                    if !taken(it, &text) {
                        own.push(at);
                    }
                }
                // It may have come between the last look and this.
                Claimed::Mine if self.recalled(it, attempt) || self.kept(it, attempt) => {
                    self.claims.tell(&name, None);
                }
                Claimed::Mine => own.push(at),
            }
        }
        self.put(all, &own, attempt);
        others
    }

    /// Puts the questions.
    fn put(&self, all: &mut [Pending], places: &[usize], attempt: u32) {
        let slots: Vec<Slot<'_>> = places.iter().map(|&at| all[at].slot()).collect();
        let groups = prompt::groups(&slots, attempt > 0);
        let mut questions = Vec::with_capacity(groups.len());
        let mut wanted: Vec<Vec<Wanted>> = Vec::with_capacity(groups.len());
        for group in &groups {
            let members: Vec<&Slot<'_>> = group.iter().map(|&at| &slots[at]).collect();
            let prompt = self.prompt(&members, attempt);
            wanted.push(members.iter().map(|it| it.wanted.clone()).collect());
            let tries = Arc::clone(&all[places[group[0]]].tries);
            questions.push(Question { prompt, tries });
        }
        drop(slots);
        let recorder = self.client().recorder();
        let watches: Vec<Watch<'_>> = questions
            .iter()
            .map(|_| recorder.watch(Operation::Answer))
            .collect();
        self.session.ask(questions, |at, reply| {
            let seconds = watches[at].end(reply.is_ok()).as_secs_f64();
            let bill = all[places[groups[at][0]]].tries.billed();
            let is_answer = matches!(reply, Ok(_) | Err(AskError::Cut));
            let answers = reply::read(reply, &wanted[at]);
            for (nth, (&slot, answer)) in groups[at].iter().zip(answers).enumerate() {
                let it = &mut all[places[slot]];
                it.asked(bill, seconds, (nth, groups[at].len()));
                self.arrived(it, (answer, is_answer), attempt);
            }
        });
    }

    /// Takes an answer, and notes it before anything else is done: it is paid for.
    pub(super) fn arrived(
        &self,
        it: &mut Pending,
        (answer, is_answer): (Result<Words, (String, bool)>, bool),
        attempt: u32,
    ) {
        let answer = it.judged(answer);
        let name = it.note(attempt);
        if is_answer {
            let arrived = Arrived::of(&answer);
            self.shelf.note(&name, &arrived);
            self.claims.tell(&name, Some(&arrived));
            it.notes.push(name);
        } else {
            self.claims.tell(&name, None);
        }
        it.take(answer);
    }

    /// Takes the answer that a run has noted which did not come to its end; whether there is one.
    pub(super) fn recalled(&self, it: &mut Pending, attempt: u32) -> bool {
        let name = it.note(attempt);
        let noted = self.shelf.noted(&name);
        let is_taken = noted.is_some_and(|text| taken(it, &text));
        if is_taken {
            it.notes.push(name);
        }
        is_taken
    }

    /// Takes the answer that somebody else has found right in the meantime; whether there is one.
    fn kept(&self, it: &mut Pending, attempt: u32) -> bool {
        if attempt == 0 {
            it.fresh = self.shelf.look_again(&it.ask);
        }
        it.fresh.is_some()
    }

    /// Tells those who are still at it what came of a symbol that this run gives up: its notes are struck out.
    pub(super) fn retell(&self, it: &Pending) {
        for name in &it.notes {
            if let Some(text) = self.shelf.noted(name) {
                self.claims.tell(name, Some(&text));
            }
        }
    }
}

/// Takes what came to somebody else; whether it can be read.
fn taken(it: &mut Pending, text: &str) -> bool {
    let Some(arrived) = Arrived::read(text) else {
        return false;
    };
    let answer = it.judged(arrived.answer(&it.wanted));
    it.take(answer);
    true
}
