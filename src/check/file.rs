//! One file: its symbols in scope, and what is found in them.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::cause::OldLines;
use super::digest::digest;
use super::introduced;
use super::moves::Move;
use super::old::Olds;
use super::pointer;
use super::project::{Project, View};
use super::scope::{self, InScope, Partner, Seen, Sides};
use super::{FileReport, Gate, Job, Quality, Settings, SymbolReport};
use crate::contract::{self, Reading};
use crate::python::{self, Module, SymbolId, SymbolKind, Value};
use crate::rules::{self, Facet, Facets, Finding, Subject, Suppressions};
use crate::text::{SourceFile, Span};

/// Reads both sides of a file and checks the symbols that changed; all of them where it has no old side.
pub fn check_file(job: &Job, project: &Project<'_>) -> FileReport {
    check_moved(job, &[], project)
}

/// The same, where some symbols were moved here from other files.
pub(super) fn check_moved(job: &Job, moves: &[Move<'_>], project: &Project<'_>) -> FileReport {
    let (change, reader) = (&job.change, project.reader());
    let read = reader.read(&change.new);
    let (new, olds) = match read.and_then(|new| Ok((new, Olds::read(change, moves, reader)?))) {
        Ok(read) => read,
        Err(error) => return FileReport::unreadable(&change.path, error.to_string()),
    };
    if pointer::is_pointer(&new)
        || olds
            .all
            .iter()
            .any(|it| pointer::is_pointer(it.text.as_bytes()))
    {
        return pointer::unjudged(&change.path, &new);
    }
    let kind = SymbolKind::of_file(&change.path);
    let file = match python::decode_owned(new) {
        Ok(text) => SourceFile::new(change.path.as_str(), text),
        Err((bytes, error)) => return undecodable(&change.path, &bytes, kind, &error),
    };
    let mut module = python::outline(file.text(), kind);
    let view = View {
        project,
        path: &change.path,
    };
    let (scope, mut symbols) = symbols(job, &module, &olds, &view);
    for (scoped, report) in scope.iter().zip(&mut symbols) {
        report.qualname = std::mem::take(&mut module.symbols[scoped.id.0 as usize].qualname);
    }
    FileReport {
        file,
        symbols,
        failure: None,
    }
}

/// The symbols in scope, and what is found in each; their names are still the module's.
fn symbols(
    job: &Job,
    module: &Module<'_>,
    olds: &Olds,
    view: &dyn contract::Project,
) -> (Vec<InScope>, Vec<SymbolReport>) {
    let (change, settings) = (&job.change, &job.settings);
    let outlined = olds
        .all
        .iter()
        .map(|old| python::outline(&old.text, old.kind));
    let modules: Vec<Module<'_>> = outlined.collect();
    let scope = if modules.is_empty() {
        scope::everything(module)
    } else {
        let seen = modules.iter().zip(&olds.all);
        let sides = Sides {
            all: seen
                .map(|(module, old)| Seen::new(module, &old.path))
                .collect(),
            parents: olds.parents,
            moved: &olds.moved,
        };
        let new = Seen::new(module, &change.module_path);
        scope::changed(&sides, &new, settings.sees_bodies())
    };
    if scope.is_empty() && module.errors.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let values = contract::values(module);
    let path = &change.module_path;
    let asked = settings.rules.selection.widen(settings.contract);
    let reading = Reading::new(module, &values, path, view, asked);
    let old_values: Vec<_> = modules.iter().map(contract::values).collect();
    let before = Before {
        job,
        olds,
        lines: OldLines::new(olds),
        view,
        modules: &modules,
        values: &old_values,
        readings: modules.iter().map(|_| OnceCell::new()).collect(),
    };
    let mut suppressions = Suppressions::new(module, settings.noqa_aliases);
    let mut reports = Vec::with_capacity(scope.len());
    for symbol in &scope {
        let mut subject = Subject::new(&reading, symbol.id);
        subject.no_longer_raised = before.no_longer_raised(module, symbol);
        let findings = before.findings(&subject, symbol, &mut suppressions);
        reports.push(reported(&subject, symbol, findings, settings));
    }
    note_unused(job, &suppressions, &scope, &mut reports);
    (scope, reports)
}

/// Adds what suppressed nothing to the `reports` of the symbols in `scope`, where all rules ran on them.
fn note_unused(
    job: &Job,
    suppressions: &Suppressions<'_>,
    scope: &[InScope],
    reports: &mut [SymbolReport],
) {
    let settings = &job.settings;
    let place = |id: SymbolId| scope.binary_search_by_key(&id, |it| it.id).ok();
    let is_checked = |id: SymbolId| {
        let is_whole = settings.gate == Gate::Whole;
        place(id).is_some_and(|at| is_whole || scope[at].facets.has(Facet::Added))
    };
    let is_whole_file = job.change.old.is_none() && job.change.others.is_empty();
    let unused = suppressions.unused(settings.rules.selection, is_checked, is_whole_file);
    for (id, finding) in unused {
        if let Some(at) = place(id) {
            reports[at].findings.push(finding);
        }
    }
}

/// A file's old sides, their docstrings read when they are first asked for.
struct Before<'a> {
    job: &'a Job,
    olds: &'a Olds,
    lines: OldLines<'a>,
    view: &'a dyn contract::Project,
    modules: &'a [Module<'a>],
    values: &'a [Vec<Option<Value<'a>>>],
    readings: Vec<OnceCell<Reading<'a>>>,
}

impl<'a> Before<'a> {
    fn reading(&self, side: usize) -> &Reading<'a> {
        self.readings[side].get_or_init(|| {
            let (module, values) = (&self.modules[side], &self.values[side]);
            let settings = &self.job.settings;
            let asked = settings.rules.selection.widen(settings.contract);
            let path = &self.olds.all[side].path;
            Reading::new(module, values, path, self.view, asked)
        })
    }

    /// What is found in a symbol, and what of it is this change's doing.
    fn findings(
        &self,
        subject: &Subject<'_>,
        scoped: &InScope,
        suppressions: &mut Suppressions<'_>,
    ) -> Vec<Finding> {
        let settings = &self.job.settings;
        let judged = match settings.gate {
            Gate::Whole => Facets::ALL,
            Gate::Introduced | Gate::Touched => scoped.facets,
        };
        let mut findings = rules::check(subject, scoped.facets, judged, &settings.rules);
        if subject.symbol.kind.is_module() {
            findings.extend(rules::syntax_errors(subject.reading.module));
        }
        suppressions.apply(scoped.id, &mut findings);
        if !findings.is_empty() && !scoped.partners.is_empty() {
            let partners = scoped.partners.iter();
            let olds = partners.map(|it| (self.reading(it.side), it.id));
            introduced::mark(&mut findings, olds, settings);
            let text = subject.reading.module.text;
            self.lines.note(text, subject.symbol, &mut findings);
        }
        findings
    }

    /// The exceptions that each old side raised, and the new one does not.
    fn no_longer_raised(&self, new: &Module<'_>, scoped: &InScope) -> Vec<&'a str> {
        let raised = |it: &Partner| -> HashSet<&'a str> {
            let raises = &self.modules[it.side].symbol(it.id).facts.raises;
            raises.iter().map(|it| it.name).collect()
        };
        let Some((first, others)) = scoped.partners.split_first() else {
            return Vec::new();
        };
        let mut names = raised(first);
        for it in &new.symbol(scoped.id).facts.raises {
            names.remove(it.name);
        }
        for other in others {
            let its = raised(other);
            names.retain(|it| its.contains(it));
        }
        let mut names: Vec<&str> = names.into_iter().collect();
        names.sort_unstable();
        names
    }
}

fn reported(
    subject: &Subject<'_>,
    scoped: &InScope,
    findings: Vec<Finding>,
    settings: &Settings,
) -> SymbolReport {
    let symbol = subject.symbol;
    let score = subject.score(&settings.rules.schema);
    let measured = settings
        .measures
        .then(|| Quality::of(subject, score, &settings.rules));
    let digest = (settings.digests).then(|| digest(subject.reading.module, subject.id));
    let digest = digest.flatten();
    SymbolReport {
        qualname: String::new(),
        kind: symbol.kind,
        span: symbol.span,
        facets: scoped.facets,
        score,
        quality: measured.flatten(),
        digest,
        findings,
    }
}

/// A file that cannot be decoded is a finding on its module, the only symbol that can be told of.
fn undecodable(
    path: &str,
    bytes: &[u8],
    kind: SymbolKind,
    error: &python::DecodeError,
) -> FileReport {
    let text = String::from_utf8_lossy(bytes);
    let file = SourceFile::new(path, text);
    // The offset is the bytes' own; the text to be shown has other lengths behind the first bad byte.
    let offset = String::from_utf8_lossy(&bytes[..bytes.len().min(error.offset as usize)]).len();
    let finding = rules::undecodable(&error.to_string(), offset as u32);
    let symbol = SymbolReport {
        qualname: "<module>".to_owned(),
        kind,
        span: Span::new(0, file.text().len() as u32),
        facets: Facets::of(&[Facet::Added]),
        score: contract::Score::default(),
        quality: None,
        digest: None,
        findings: vec![finding],
    };
    FileReport {
        file,
        symbols: vec![symbol],
        failure: None,
    }
}

impl FileReport {
    /// A file that could not be read at all.
    fn unreadable(path: &str, reason: String) -> Self {
        Self {
            file: SourceFile::new(path, ""),
            symbols: Vec::new(),
            failure: Some(reason),
        }
    }
}
