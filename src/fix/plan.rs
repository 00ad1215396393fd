//! Which remedies of a report are tried, together.

use std::collections::BTreeSet;

use crate::check::FileReport;
use crate::rules::{Finding, Remedy};
use crate::text::{Applicability, Edit};

/// One finding's remedy.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) cause: Cause,
    pub(super) edits: Vec<Edit>,
}

/// What a task is to mend: known again when its text has moved.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cause {
    pub(super) qualname: String,
    pub(super) code: &'static str,
    pub(super) entries: Vec<String>,
}

impl Cause {
    pub(super) fn of(qualname: &str, finding: &Finding) -> Self {
        Self {
            qualname: qualname.to_owned(),
            code: finding.rule.code,
            entries: finding.entries.clone(),
        }
    }
}

/// The remedies that may be tried now, in the order of the text: none of `declined`, none that wants the bytes of one
/// before it (it has its turn in the next round), none that is unsafe unless asked for.
pub(super) fn plan(
    report: &FileReport,
    unsafe_fixes: bool,
    declined: &BTreeSet<Cause>,
) -> Vec<Task> {
    let mut tasks: Vec<Task> = Vec::new();
    for symbol in &report.symbols {
        for finding in &symbol.findings {
            let Remedy::Edits(edits, applicability) = &finding.remedy else {
                continue;
            };
            let cause = Cause::of(&symbol.qualname, finding);
            if (*applicability == Applicability::Safe || unsafe_fixes) && !declined.contains(&cause)
            {
                let edits = edits.clone();
                tasks.push(Task { cause, edits });
            }
        }
    }
    tasks.sort_by(|one, two| (&one.edits, &one.cause).cmp(&(&two.edits, &two.cause)));
    let mut taken: Vec<Task> = Vec::new();
    for task in tasks {
        // Edits are in order: what overlaps can only be among the last ones, but tasks may be long.
        let clashes = |other: &Task| {
            other
                .edits
                .iter()
                .any(|it| task.edits.iter().any(|edit| edit.overlaps(it)))
        };
        if !taken.iter().rev().any(clashes) {
            taken.push(task);
        }
    }
    taken
}

/// The edits of all tasks, in the order of the text.
pub(super) fn edits(tasks: &[Task]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = tasks.iter().flat_map(|it| it.edits.clone()).collect();
    edits.sort();
    edits
}
