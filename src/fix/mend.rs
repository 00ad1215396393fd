//! One file: round after round of remedies, each judged before it counts.

use std::collections::BTreeSet;

use super::bars::Bars;
use super::plan::{self, Cause};
use super::round::Round;
use super::wish::Wish;
use super::words::Answers;
use crate::check::{FileReport, Job, Project};
use crate::rules::Remedy;

/// What became of a file.
#[derive(Clone, Debug)]
pub struct Mended {
    /// The file's bytes as they were.
    pub old: Vec<u8>,
    /// The file's bytes as they shall be; equal to the old ones where nothing was mended.
    pub new: Vec<u8>,
    /// What is found in the new ones.
    pub report: FileReport,
    /// What was mended, in the order it was.
    pub mended: Vec<Note>,
    /// What could have been mended and was not, with the reason.
    pub declined: Vec<Note>,
}

/// A word on one finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The symbol's qualified name.
    pub qualname: String,
    /// The rule's code; `style` where a docstring was to be turned into another one, `anew` where it was to be
    /// written anew.
    pub code: &'static str,
    /// What the finding is about.
    pub entries: Vec<String>,
    /// Why it was declined; empty where it was mended.
    pub reason: String,
}

impl Note {
    /// Whether it is on a docstring that was to be turned into another style, and on no finding.
    pub fn is_conversion(&self) -> bool {
        self.code == plan::STYLE
    }

    /// Whether it is on a docstring whose words gave way to others, and on no finding.
    pub fn is_anew(&self) -> bool {
        self.code == plan::ANEW
    }

    fn new(cause: Cause, reason: impl Into<String>) -> Self {
        Self {
            qualname: cause.qualname,
            code: cause.code,
            entries: cause.entries,
            reason: reason.into(),
        }
    }
}

/// Remedies that wait for others are tried again so often; more are left for the next run.
const ROUNDS: usize = 16;

/// What was declined is tried again so often, once others are mended.
const PASSES: usize = 16;

/// Mends what can be mended of a file's report, in memory, but for symbols with `bars`. `bytes` are those that the report
/// was made of; `answers` has words that were asked for.
pub fn mend(
    job: &Job,
    report: FileReport,
    bytes: Vec<u8>,
    project: &Project<'_>,
    wish: Wish,
    bars: &Bars,
    answers: &Answers,
) -> Mended {
    let mut mended = Mended {
        old: bytes.clone(),
        new: bytes,
        report,
        mended: Vec::new(),
        declined: Vec::new(),
    };
    for _ in 0..PASSES {
        let count = mended.mended.len();
        mended.declined.clear();
        pass(job, project, wish, (bars, answers), &mut mended);
        // What was at fault beside others may pass now that they are done: a second run finds nothing to do.
        if mended.declined.is_empty() || mended.mended.len() == count {
            break;
        }
    }
    let refused = refused_literals(&mended.report);
    mended.declined.extend(refused);
    mended
}

/// Round after round, until nothing is left to try; what is at fault is tried once.
fn pass(
    job: &Job,
    project: &Project<'_>,
    wish: Wish,
    (bars, answers): (&Bars, &Answers),
    mended: &mut Mended,
) {
    let mut declined = BTreeSet::new();
    for _ in 0..ROUNDS {
        let plan = plan::plan(job, &mended.report, wish, (bars, answers), &declined);
        if plan.tasks.is_empty() && plan.refused.is_empty() {
            break;
        }
        let mut round = Round {
            job,
            project,
            before: mended,
            wish,
            may_add: wish.skeleton || !answers.is_empty(),
            refused: plan.refused,
        };
        let done = round.run(plan.tasks);
        for (cause, reason) in round.refused {
            if declined.insert(cause.clone()) {
                mended.declined.push(Note::new(cause, reason));
            }
        }
        if let Some((tasks, bytes, report)) = done {
            let notes = tasks.into_iter().map(|it| Note::new(it.cause, ""));
            mended.mended.extend(notes);
            mended.new = bytes;
            mended.report = report;
        }
    }
}

/// Remedies that the docstring's literal has no place for.
fn refused_literals(report: &FileReport) -> Vec<Note> {
    let mut notes = Vec::new();
    for symbol in &report.symbols {
        for finding in &symbol.findings {
            if let Remedy::Refused(reason) = &finding.remedy {
                let cause = Cause::of(&symbol.qualname, finding);
                notes.push(Note::new(cause, reason.clone()));
            }
        }
    }
    notes
}
