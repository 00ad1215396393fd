//! One file: round after round of remedies, each judged before it counts.

use std::collections::{BTreeMap, BTreeSet};

use super::patch;
use super::plan::{self, Cause, Task};
use super::verify::{self, Before, Fault};
use crate::check::{FileReport, Job, Project, check_file};
use crate::git::Content;
use crate::python::{self, SymbolKind};
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
    /// The rule's code.
    pub code: &'static str,
    /// What the finding is about.
    pub entries: Vec<String>,
    /// Why it was declined; empty where it was mended.
    pub reason: String,
}

impl Note {
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

/// Mends what can be mended of a file's report, in memory. `bytes` are those that the report was made of.
pub fn mend(
    job: &Job,
    report: FileReport,
    bytes: Vec<u8>,
    project: &Project<'_>,
    unsafe_fixes: bool,
) -> Mended {
    let mut mended = Mended {
        old: bytes.clone(),
        new: bytes,
        report,
        mended: Vec::new(),
        declined: Vec::new(),
    };
    let mut declined = BTreeSet::new();
    for _ in 0..ROUNDS {
        let tasks = plan::plan(&mended.report, unsafe_fixes, &declined);
        if tasks.is_empty() {
            break;
        }
        let mut round = Round {
            job,
            project,
            before: &mended,
            refused: Vec::new(),
        };
        let done = round.run(tasks);
        for (cause, reason) in round.refused {
            declined.insert(cause.clone());
            mended.declined.push(Note::new(cause, reason));
        }
        if let Some((tasks, bytes, report)) = done {
            // What was at fault beside others may pass now that they are done.
            declined.clear();
            mended.declined.clear();
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
            if let Remedy::Refused(error) = &finding.remedy {
                let cause = Cause::of(&symbol.qualname, finding);
                notes.push(Note::new(cause, error.to_string()));
            }
        }
    }
    notes
}

/// One round of remedies that do not touch each other.
struct Round<'a, 'r> {
    job: &'a Job,
    project: &'a Project<'r>,
    before: &'a Mended,
    refused: Vec<(Cause, String)>,
}

impl Round<'_, '_> {
    /// Tries all tasks together, and leaves out those at fault until the rest passes.
    fn run(&mut self, mut tasks: Vec<Task>) -> Option<(Vec<Task>, Vec<u8>, FileReport)> {
        let bytes = &self.before.new;
        let text = self.before.report.file.text().to_owned();
        let kind = SymbolKind::of_file(&self.job.change.path);
        let module = python::outline(&text, kind);
        let before = Before {
            bytes,
            module: &module,
            kind,
        };
        let compares = self.job.change.old.is_some();
        let all_before = compares.then(|| self.all(bytes));
        let all_before = all_before.as_ref().unwrap_or(&self.before.report);
        while !tasks.is_empty() {
            let edits = plan::edits(&tasks);
            let patched = match patch::apply(bytes, &text, &edits) {
                Ok(patched) => patched,
                Err(error) => {
                    self.refuse_last(&mut tasks, &error.to_string());
                    continue;
                }
            };
            let faults = before.judge(&edits, &patched);
            if !faults.is_empty() {
                self.leave_out(&mut tasks, &before, &faults);
                continue;
            }
            let report = self.checked(&patched.bytes);
            let all = compares.then(|| self.all(&patched.bytes));
            let faults = verify::news(all_before, all.as_ref().unwrap_or(&report));
            if !faults.is_empty() {
                self.leave_out(&mut tasks, &before, &faults);
                continue;
            }
            let kept = tasks.len();
            self.leave_unmended(&mut tasks, &report);
            if tasks.len() == kept {
                return Some((tasks, patched.bytes, report));
            }
        }
        None
    }

    /// The report of the same comparison with another new side.
    fn checked(&self, bytes: &[u8]) -> FileReport {
        let mut job = self.job.clone();
        job.change.new = Content::Bytes(bytes.to_vec());
        check_file(&job, self.project)
    }

    /// The report of every symbol, whatever changed.
    fn all(&self, bytes: &[u8]) -> FileReport {
        let mut job = self.job.clone();
        job.change.old = None;
        job.change.new = Content::Bytes(bytes.to_vec());
        check_file(&job, self.project)
    }

    /// Leaves out what touches a symbol at fault: of several remedies of one symbol the last first. Where no symbol is
    /// at fault, the last remedy of the file.
    fn leave_out(&mut self, tasks: &mut Vec<Task>, before: &Before<'_>, faults: &[Fault]) {
        let mut went = false;
        for fault in faults {
            let touches = |task: &Task| {
                fault.symbol.is_some()
                    && task.edits.iter().any(|it| before.owner(it) == fault.symbol)
            };
            if let Some(at) = tasks.iter().rposition(touches) {
                let task = tasks.remove(at);
                self.refused.push((task.cause, fault.reason.clone()));
                went = true;
            }
        }
        if !went {
            let reason = faults.first().map_or("", |it| it.reason.as_str());
            self.refuse_last(tasks, reason);
        }
    }

    fn refuse_last(&mut self, tasks: &mut Vec<Task>, reason: &str) {
        if let Some(task) = tasks.pop() {
            self.refused.push((task.cause, reason.to_owned()));
        }
    }

    /// Leaves out the tasks whose cause is still found.
    fn leave_unmended(&mut self, tasks: &mut Vec<Task>, after: &FileReport) {
        let count = |report: &FileReport| {
            let mut causes: BTreeMap<Cause, usize> = BTreeMap::new();
            for symbol in &report.symbols {
                for finding in &symbol.findings {
                    *causes
                        .entry(Cause::of(&symbol.qualname, finding))
                        .or_default() += 1;
                }
            }
            causes
        };
        let (old, new) = (count(&self.before.report), count(after));
        let mut tried: BTreeMap<Cause, usize> = BTreeMap::new();
        for task in tasks.iter() {
            *tried.entry(task.cause.clone()).or_default() += 1;
        }
        let refused = &mut self.refused;
        tasks.retain(|task| {
            let of = |counts: &BTreeMap<Cause, usize>| counts.get(&task.cause).copied();
            let left = of(&old)
                .unwrap_or_default()
                .saturating_sub(of(&tried).unwrap_or_default());
            let is_gone = of(&new).unwrap_or_default() <= left;
            if !is_gone {
                refused.push((task.cause.clone(), "the finding would stay".to_owned()));
            }
            is_gone
        });
    }
}
