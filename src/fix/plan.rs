//! Which remedies of a report are tried, together.

use std::collections::{BTreeMap, BTreeSet};

use super::bars::Bars;
use super::voice::Voice;
use super::wish::Wish;
use super::words::Answers;
use super::{conversion, skeleton};
use crate::check::{FileReport, Job, SymbolReport};
use crate::contract::{self, Reading, SingleFile};
use crate::python::{self, SymbolId, SymbolKind};
use crate::rules::{Finding, Remedy, Subject};
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

/// Stands for a code where a docstring is turned into another style.
pub(super) const STYLE: &str = "style";

/// Stands for a code where the words of a docstring give way to others.
pub(super) const ANEW: &str = "anew";

/// What may be tried now, and what cannot be.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// In the order of the text; their edits are apart.
    pub(super) tasks: Vec<Task>,
    /// Each with its reason.
    pub(super) refused: Vec<(Cause, String)>,
}

/// The remedies that may be tried now: none of `declined`, none that wants the bytes of one before it (it has its turn
/// in the next round), none of a symbol with a bar, none that is unsafe unless asked for.
pub(super) fn plan(
    job: &Job,
    report: &FileReport,
    wish: Wish,
    (bars, answers): (&Bars, &Answers),
    declined: &BTreeSet<Cause>,
) -> Plan {
    let mut plan = Plan::default();
    let mut tasks: Vec<Task> = Vec::new();
    for symbol in &report.symbols {
        for finding in &symbol.findings {
            let Remedy::Edits(edits, applicability) = &finding.remedy else {
                continue;
            };
            let cause = Cause::of(&symbol.qualname, finding);
            if *applicability == Applicability::Safe || wish.unsafe_fixes {
                let edits = edits.clone();
                tasks.push(Task { cause, edits });
            }
        }
    }
    if wish.needs_reading() || !answers.is_empty() {
        with_reading(job, report, |reading| {
            plan_words(
                reading,
                report,
                (wish, answers),
                &mut tasks,
                &mut plan.refused,
            );
        });
    }
    tasks.retain(|it| match bars.get(&it.cause.qualname) {
        Some(reason) => {
            plan.refused.push((it.cause.clone(), reason.clone()));
            false
        }
        None => !declined.contains(&it.cause),
    });
    plan.refused.retain(|it| !declined.contains(&it.0));
    // A docstring is turned into another style before anything else is done to it, and written anew after all else.
    let turn = |it: &Task| match it.cause.code {
        STYLE => 0,
        ANEW => 2,
        _ => 1,
    };
    tasks.sort_by_cached_key(|it| (turn(it), it.edits.clone(), it.cause.clone()));
    let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
    for task in tasks {
        if task.edits.iter().all(|it| is_free(&taken, it)) {
            let spans = task.edits.iter().map(|it| (it.span.start, it.span.end));
            taken.extend(spans);
            plan.tasks.push(task);
        }
    }
    plan.tasks.sort_by(|one, two| one.edits.cmp(&two.edits));
    plan
}

/// Whether none of the `taken` ranges (end by start) wants the same bytes.
fn is_free(taken: &BTreeMap<u32, u32>, edit: &Edit) -> bool {
    let (start, end) = (edit.span.start, edit.span.end);
    let before = taken.range(..=start).next_back();
    let behind = taken.range(start..).next();
    before.is_none_or(|(&it, &its_end)| it != start && its_end <= start)
        && behind.is_none_or(|(&it, _)| it >= end && it != start)
}

/// Hands on the file of a report as the rules read it.
pub(super) fn with_reading<T>(
    job: &Job,
    report: &FileReport,
    then: impl FnOnce(&Reading<'_>) -> T,
) -> T {
    let kind = SymbolKind::of_file(&job.change.path);
    let module = python::outline(report.file.text(), kind);
    let values = contract::values(&module);
    let settings = &job.settings;
    let asked = settings.rules.selection.widen(settings.contract);
    let path = &job.change.module_path;
    then(&Reading::new(&module, &values, path, &SingleFile, asked))
}

/// The symbols of a report by their ids.
pub(super) fn symbols<'r>(
    reading: &Reading<'_>,
    report: &'r FileReport,
) -> Vec<(SymbolId, &'r SymbolReport)> {
    let mut ids: BTreeMap<(&str, u32), SymbolId> = BTreeMap::new();
    for (id, symbol) in reading.module.ids() {
        ids.insert((&symbol.qualname, symbol.span.start), id);
    }
    let found = report.symbols.iter().filter_map(|it| {
        let id = ids.get(&(it.qualname.as_str(), it.span.start))?;
        Some((*id, it))
    });
    found.collect()
}

/// The findings of a symbol that words could mend.
pub(super) fn wordless(symbol: &SymbolReport) -> impl Iterator<Item = &Finding> {
    let wants = |it: &&Finding| matches!(it.remedy, Remedy::None | Remedy::Ask);
    symbol.findings.iter().filter(wants)
}

/// Adds what is asked for besides the findings' own remedies: another style, placeholders, words.
fn plan_words(
    reading: &Reading<'_>,
    report: &FileReport,
    (wish, answers): (Wish, &Answers),
    tasks: &mut Vec<Task>,
    refused: &mut Vec<(Cause, String)>,
) {
    let wants_words = wish.skeleton || !answers.is_empty();
    let style = wants_words.then(|| skeleton::style(reading, wish));
    for (id, symbol) in symbols(reading, report) {
        let conversion = wish
            .to_style
            .and_then(|it| conversion::task(reading, id, it));
        match conversion {
            Some(Ok(task)) => tasks.push(task),
            Some(Err(reason)) => refused.push(reason),
            None => {}
        }
        let voice = match answers.get(&id) {
            Some(words) => Voice::Words(words, wish.line_length),
            None if wish.skeleton => Voice::Placeholder,
            None => continue,
        };
        let is_anew = wish.anew && !voice.is_alike();
        let mut findings = wordless(symbol).peekable();
        let Some(style) = style.filter(|_| is_anew || findings.peek().is_some()) else {
            continue;
        };
        let subject = Subject::new(reading, id);
        let mut take = |cause, edits: Result<Vec<Edit>, String>| match edits {
            Ok(edits) if edits.is_empty() => {}
            Ok(edits) => tasks.push(Task { cause, edits }),
            Err(reason) => refused.push((cause, reason)),
        };
        for finding in findings {
            let cause = Cause::of(&symbol.qualname, finding);
            if let Some(edits) = skeleton::edits(&subject, finding, style, wish, voice) {
                take(cause, edits);
            }
        }
        if is_anew && subject.docstring.is_some() {
            let cause = Cause {
                qualname: symbol.qualname.clone(),
                code: ANEW,
                entries: Vec::new(),
            };
            take(cause, skeleton::rewritten(&subject, style, voice));
        }
    }
}

/// The edits of all tasks, in the order of the text.
pub(super) fn edits(tasks: &[Task]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = tasks.iter().flat_map(|it| it.edits.clone()).collect();
    edits.sort();
    edits
}
