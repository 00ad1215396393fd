//! One file: round after round of remedies, each judged before it counts.

use std::collections::{BTreeMap, BTreeSet};

use super::bars::Bars;
use super::plan::{self, Cause};
use super::round::Round;
use super::wish::Wish;
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
    /// The rule's code; `style` where a docstring was to be turned into another one.
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

    fn is_on(&self, cause: &Cause) -> bool {
        (&self.qualname, self.code, &self.entries) == (&cause.qualname, cause.code, &cause.entries)
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

/// What is at fault so often is at fault by itself.
const ATTEMPTS: usize = 3;

/// Mends what can be mended of a file's report, in memory, but for symbols with `bars`. `bytes` are those that the report
/// was made of.
pub fn mend(
    job: &Job,
    report: FileReport,
    bytes: Vec<u8>,
    project: &Project<'_>,
    wish: Wish,
    bars: &Bars,
) -> Mended {
    let mut mended = Mended {
        old: bytes.clone(),
        new: bytes,
        report,
        mended: Vec::new(),
        declined: Vec::new(),
    };
    let mut declined = BTreeSet::new();
    let mut attempts: BTreeMap<Cause, usize> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let plan = plan::plan(job, &mended.report, wish, bars, &declined);
        if plan.tasks.is_empty() && plan.refused.is_empty() {
            break;
        }
        let mut round = Round {
            job,
            project,
            before: &mended,
            wish,
            refused: plan.refused,
        };
        let done = round.run(plan.tasks);
        for (cause, reason) in round.refused {
            declined.insert(cause.clone());
            *attempts.entry(cause.clone()).or_default() += 1;
            mended.declined.push(Note::new(cause, reason));
        }
        if let Some((tasks, bytes, report)) = done {
            // What was at fault beside others may pass now that they are done.
            declined.retain(|it| attempts.get(it).is_some_and(|&it| it >= ATTEMPTS));
            let is_final = |it: &Note| declined.iter().any(|cause| it.is_on(cause));
            mended.declined.retain(is_final);
            let notes = tasks.into_iter().map(|it| Note::new(it.cause, ""));
            mended.mended.extend(notes);
            mended.new = bytes;
            mended.report = report;
        }
    }
    let refused = refused_literals(&mended.report);
    mended.declined.extend(refused);
    mended
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
