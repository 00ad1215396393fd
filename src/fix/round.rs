//! One round of mending: remedies made together, and the ones at fault left out until the rest passes.

use std::collections::BTreeMap;

use super::mend::Mended;
use super::patch;
use super::plan::{self, ANEW, Cause, STYLE, Task};
use super::verify::{self, Before, Fault};
use super::wish::Wish;
use crate::check::{FileReport, Job, Project, check_file};
use crate::git::Content;
use crate::python::{self, SymbolKind};

/// One round of remedies that do not touch each other.
pub(super) struct Round<'a, 'r> {
    pub(super) job: &'a Job,
    pub(super) project: &'a Project<'r>,
    pub(super) before: &'a Mended,
    pub(super) wish: Wish,
    /// Whether symbols without a docstring may get one.
    pub(super) may_add: bool,
    /// What was left out, with the reason.
    pub(super) refused: Vec<(Cause, String)>,
}

impl Round<'_, '_> {
    /// Tries all tasks together, and leaves out those at fault until the rest passes.
    pub(super) fn run(&mut self, mut tasks: Vec<Task>) -> Option<(Vec<Task>, Vec<u8>, FileReport)> {
        let bytes = &self.before.new;
        let text = self.before.report.file.text().to_owned();
        let kind = SymbolKind::of_file(&self.job.change.path);
        let module = python::outline(&text, kind);
        let before = Before::new(bytes, &module, kind, self.may_add);
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
            let all = all.as_ref().unwrap_or(&report);
            let faults = verify::news(all_before, all, self.wish, self.may_add);
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
            // What was to be written anew gives way to what is added.
            let is_anew = |task: &Task| task.cause.code == ANEW && touches(task);
            let at = tasks.iter().rposition(is_anew);
            if let Some(at) = at.or_else(|| tasks.iter().rposition(touches)) {
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
            let is_gone =
                [STYLE, ANEW].contains(&task.cause.code) || of(&new).unwrap_or_default() <= left;
            if !is_gone {
                refused.push((task.cause.clone(), "the finding would stay".to_owned()));
            }
            is_gone
        });
    }
}
