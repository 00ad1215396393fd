//! Questions that are put into jobs: which there are, each once, and the requests that ask them.

use std::collections::{BTreeMap, HashSet};

use super::ask::{self, Ask, Refused};
use super::pending::{self, Pending};
use super::prompt::{self, Slot};
use super::shelf::Waiting;
use super::wanted::Wanted;
use super::writer::Writer;
use crate::ai::Prompt;
use crate::check::{FileReport, Job, Project};
use crate::fix::bars::Bars;
use crate::fix::mend::Mended;
use crate::store;

/// The name of a question in jobs: so short that those of a whole prompt are the name of its request, which may have 64
/// characters. Whoever has the code can tell the question of each answer, on any machine.
pub(super) type Name = [u8; NAME];

/// Characters of a name.
pub(super) const NAME: usize = 8;

/// What a name is made of: 48 bits.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The name of a question: of what is asked about, and what is missing of it now.
pub(super) fn name(ask: &Ask, wanted: &Wanted) -> Name {
    let key = store::key(["batch", &ask.key, &wanted.line()]);
    let bits = u64::from_str_radix(key.get(..12).unwrap_or_default(), 16).unwrap_or_default();
    std::array::from_fn(|at| LETTERS[(bits >> (6 * at)) as usize & 63])
}

/// The names of the questions that a request asks, by its own.
pub(super) fn names(request: &str) -> Option<Vec<Name>> {
    let (names, rest) = request.as_bytes().as_chunks::<NAME>();
    let is_ours = rest.is_empty() && !names.is_empty() && request.bytes().all(is_letter);
    is_ours.then(|| names.to_vec())
}

const fn is_letter(it: u8) -> bool {
    it.is_ascii_alphanumeric() || it == b'-' || it == b'_'
}

/// A file's questions.
#[derive(Default)]
pub struct Draft {
    open: Vec<Pending>,
    /// The symbols that are not asked for, with the reasons.
    pub refused: Vec<Refused>,
    /// Symbols whose answers are kept already.
    pub kept: u64,
    /// Symbols whose answers other jobs will bring, by the job.
    pub waiting: BTreeMap<String, u64>,
}

/// A request of a job.
pub struct Sheet {
    /// The request, as it stands in a file of them.
    pub item: String,
    /// Tokens of the prompt.
    pub input: u64,
    /// The most tokens of the answer.
    pub most: u64,
    /// The tokens that the answer usually has.
    pub usual: u64,
    /// The symbols that it asks for: path, and qualified name.
    pub symbols: Vec<(String, String)>,
    /// What each of its questions is called in the store while its answer is waited for.
    pub marks: Vec<String>,
}

/// All questions of a run, each once.
#[derive(Default)]
pub struct Docket {
    seen: HashSet<Name>,
    /// Symbols that are asked for in another one's words.
    pub equal: u64,
}

impl Docket {
    /// Takes the questions of a file; those that were taken before are dropped.
    pub fn admit(&mut self, draft: &mut Draft) {
        let before = draft.open.len();
        let seen = &mut self.seen;
        draft
            .open
            .retain(|it| seen.insert(name(&it.ask, &it.wanted)));
        self.equal += (before - draft.open.len()) as u64;
    }
}

impl Draft {
    /// Symbols that are to be asked for.
    pub fn symbols(&self) -> usize {
        self.open.len()
    }
}

impl Writer<'_> {
    /// A file's questions: what is kept, and what a job will bring, is not asked again.
    pub fn draft(
        &self,
        job: &Job,
        mut mended: Mended,
        project: &Project<'_>,
        bars: &Bars,
    ) -> Draft {
        let path = job.change.path.as_str();
        let (mut all, refused) = self.pending(job, &mended.report, bars);
        let mut draft = Draft {
            refused,
            ..Draft::default()
        };
        all.retain(|it| !self.is_at_hand(it, &mut draft));
        // What earlier jobs have brought and was not right is told to whoever is asked again.
        for attempt in 0..u32::from(self.settings.attempts) {
            let mut has_any = false;
            for it in all.iter_mut().filter(|it| it.is_open()) {
                has_any |= self.recalled(it, attempt);
            }
            if !has_any {
                break;
            }
            let answers = pending::fresh(&mut all);
            if !answers.is_empty() {
                mended = self.tried(job, mended, project, &answers, &mut all);
            }
        }
        for it in all.into_iter().filter(|it| !it.is_done) {
            if it.is_final || it.notes.len() >= usize::from(self.settings.attempts) {
                draft.refused.push(Refused {
                    path: path.to_owned(),
                    qualname: it.ask.qualname,
                    reason: it.feedback.unwrap_or_default(),
                });
            } else {
                draft.open.push(it);
            }
        }
        draft
    }

    /// Whether an answer is kept, or on its way.
    fn is_at_hand(&self, it: &Pending, draft: &mut Draft) -> bool {
        if self.shelf.find(&it.ask).is_some() {
            draft.kept += 1;
            return true;
        }
        let Some(job) = self.shelf.awaited(&mark(name(&it.ask, &it.wanted))) else {
            return false;
        };
        *draft.waiting.entry(job).or_default() += 1;
        true
    }

    /// The requests that ask a file's questions.
    pub fn sheets(&self, path: &str, draft: Draft) -> Vec<Sheet> {
        let (again, first): (Vec<Pending>, Vec<Pending>) =
            draft.open.into_iter().partition(|it| !it.notes.is_empty());
        let mut sheets = Vec::new();
        for (all, is_alone) in [(first, false), (again, true)] {
            let slots: Vec<Slot<'_>> = all.iter().map(Pending::slot).collect();
            for group in prompt::groups(&slots, is_alone) {
                let members: Vec<&Slot<'_>> = group.iter().map(|&at| &slots[at]).collect();
                let attempt = group.iter().map(|&at| all[at].notes.len()).max();
                let attempt = u32::try_from(attempt.unwrap_or_default()).unwrap_or(u32::MAX);
                sheets.extend(self.sheet(path, &members, attempt));
            }
        }
        sheets
    }

    fn sheet(&self, path: &str, members: &[&Slot<'_>], attempt: u32) -> Option<Sheet> {
        let prompt = self.prompt(members, attempt);
        let names: Vec<Name> = members.iter().map(|it| name(it.ask, it.wanted)).collect();
        let request = String::from_utf8_lossy(names.as_flattened()).into_owned();
        let client = self.client();
        let item = client.batch_item(&request, &prompt)?;
        let texts = members.iter().map(|it| it.wanted.count()).sum();
        Some(Sheet {
            item: item.to_string(),
            input: client.tokens(&prompt),
            most: u64::from(prompt.max_tokens),
            usual: prompt::usual(texts),
            symbols: members
                .iter()
                .map(|it| (path.to_owned(), it.ask.qualname.clone()))
                .collect(),
            marks: names.into_iter().map(mark).collect(),
        })
    }

    /// The prompt for a group, with as much room for its answer as there may be.
    pub(super) fn prompt(&self, members: &[&Slot<'_>], attempt: u32) -> Prompt {
        let mut prompt = prompt::prompt(members, &prompt::mark(members), attempt);
        prompt.max_tokens += self.client().headroom();
        if let Some(most) = self.settings.max_tokens {
            prompt.max_tokens = prompt.max_tokens.min(most);
        }
        if let Some(model) = self.client().model() {
            let most = u32::try_from(model.output).unwrap_or(u32::MAX);
            prompt.max_tokens = prompt.max_tokens.min(most);
        }
        prompt
    }

    /// The symbols of a file that are to be asked for, and those that are not, with the reasons.
    pub(super) fn pending(
        &self,
        job: &Job,
        report: &FileReport,
        bars: &Bars,
    ) -> (Vec<Pending>, Vec<Refused>) {
        let path = job.change.path.as_str();
        let (mut asks, mut refused) =
            ask::of_file(job, report, self.terms(path, Some(self.session())));
        asks.retain(|it| {
            let bar = bars.get(&it.qualname);
            refused.extend(bar.map(|reason| Refused {
                path: path.to_owned(),
                qualname: it.qualname.clone(),
                reason: reason.clone(),
            }));
            bar.is_none()
        });
        for it in &refused {
            tracing::warn!(qualname = it.qualname, "no words: {}", it.reason);
        }
        let retries = self.settings.retries;
        let pending = asks.into_iter().map(|it| Pending::new(it, retries));
        (pending.collect(), refused)
    }

    /// Notes that a job will bring the answers to these questions, for as long as a provider keeps them.
    pub fn await_job(&self, job: &str, marks: &[String]) {
        self.shelf.expect(&Waiting::new(job), marks);
    }
}

/// What a question is called in the store while its answer is waited for.
pub(super) fn mark(name: Name) -> String {
    format!("awaited:{}", String::from_utf8_lossy(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_requests_name_is_those_of_its_questions() {
        let names_of = |it: &str| names(it).map(|it| it.len());
        assert_eq!(names_of("abcdefgh"), Some(1));
        assert_eq!(names_of(&"abc-_fgh".repeat(8)), Some(8));
        for foreign in ["", "abc", "request-1", "abcdefg\u{e9}", "abcdefg/"] {
            assert_eq!(names(foreign), None, "{foreign}");
        }
    }
}
