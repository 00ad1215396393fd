//! One file: its symbols in scope, and what is found in them.

use std::collections::HashSet;

use super::scope::{self, InScope, Seen};
use super::{FileReport, Gate, Job, Settings, SymbolReport};
use crate::contract::{self, Reading, Schema, SingleFile};
use crate::git::{ReadError, Reader};
use crate::python::{self, Module, Symbol, SymbolId, SymbolKind};
use crate::rules::{self, Facet, Facets, Finding, Severity, Subject, Suppressions};
use crate::text::SourceFile;

/// Reads both sides of a file and checks the symbols that changed; all of them where it has no old side.
pub fn check_file(job: &Job, reader: &dyn Reader) -> FileReport {
    let change = &job.change;
    let read = || -> Result<_, ReadError> {
        let old = change
            .old
            .as_ref()
            .map(|old| reader.read(old))
            .transpose()?;
        Ok((reader.read(&change.new)?, old))
    };
    let (new, old) = match read() {
        Ok(read) => read,
        Err(error) => return FileReport::unreadable(&change.path, error.to_string()),
    };
    let kind = SymbolKind::of_file(&change.path);
    let file = match python::decode(&new) {
        Ok(text) => SourceFile::new(change.path.as_str(), text),
        Err(error) => return undecodable(&change.path, &new, kind, &error),
    };
    // An old side that cannot be decoded is still no reason to call every symbol new.
    let old = old
        .as_deref()
        .map(|old| python::decode(old).unwrap_or_else(|_| String::from_utf8_lossy(old)));
    let symbols = Comparison {
        job,
        kind,
        file: &file,
    }
    .symbols(old.as_deref());
    FileReport {
        file,
        symbols,
        failure: None,
    }
}

/// One file's two sides.
struct Comparison<'j> {
    job: &'j Job,
    kind: SymbolKind,
    file: &'j SourceFile,
}

impl Comparison<'_> {
    fn symbols(&self, old_text: Option<&str>) -> Vec<SymbolReport> {
        let change = &self.job.change;
        let module = python::outline(self.file.text(), self.kind);
        let old = old_text.map(|text| python::outline(text, self.kind));
        let scope = self.scope(old.as_ref(), &module);
        if scope.is_empty() && module.errors.is_empty() {
            return Vec::new();
        }
        let settings = &self.job.settings;
        let asked = settings.rules.selection.widen(settings.contract);
        let values = contract::values(&module);
        let reading = Reading::new(&module, &values, &change.module_path, &SingleFile, asked);
        let old_path = change
            .old_module_path
            .as_deref()
            .unwrap_or(&change.module_path);
        let old_values = old.as_ref().map(contract::values).unwrap_or_default();
        let old_reading = old
            .as_ref()
            .map(|old| Reading::new(old, &old_values, old_path, &SingleFile, asked));
        let mut suppressions = Suppressions::new(&module, settings.noqa_aliases);
        let mut reports = Vec::with_capacity(scope.len());
        for symbol in &scope {
            let partner = old_reading.as_ref().zip(symbol.partner);
            reports.push(self.symbol(&reading, symbol, partner, &mut suppressions));
        }
        self.note_unused(&suppressions, &scope, &mut reports);
        reports
    }

    /// Add what suppressed nothing to the `reports` of the symbols in `scope`, where all rules ran on them.
    fn note_unused(
        &self,
        suppressions: &Suppressions<'_>,
        scope: &[InScope],
        reports: &mut [SymbolReport],
    ) {
        let settings = &self.job.settings;
        let place = |id: SymbolId| scope.iter().position(|it| it.id == id);
        let is_checked = |id: SymbolId| {
            let whole = settings.gate == Gate::Whole;
            place(id).is_some_and(|at| whole || scope[at].facets.has(Facet::Added))
        };
        let is_whole_file = self.job.change.old.is_none();
        let unused = suppressions.unused(settings.rules.selection, is_checked, is_whole_file);
        for (id, finding) in unused {
            if let Some(at) = place(id) {
                reports[at].findings.push(finding);
            }
        }
    }

    /// The symbols that changed, with how; all of them, added, where there is no old side.
    fn scope(&self, old: Option<&Module<'_>>, new: &Module<'_>) -> Vec<InScope> {
        let Some(old) = old else {
            return scope::everything(new);
        };
        let change = &self.job.change;
        let old_path = change.old_module_path.as_deref();
        let was = contract::visibilities(old, old_path.unwrap_or(&change.module_path));
        let is = contract::visibilities(new, &change.module_path);
        let old = Seen {
            module: old,
            visibilities: &was,
        };
        let new = Seen {
            module: new,
            visibilities: &is,
        };
        scope::changed(old, new, self.job.settings.sees_bodies())
    }

    fn symbol<'r>(
        &self,
        reading: &'r Reading<'r>,
        scoped: &InScope,
        old: Option<(&'r Reading<'r>, SymbolId)>,
        suppressions: &mut Suppressions<'_>,
    ) -> SymbolReport {
        let settings = &self.job.settings;
        let mut subject = Subject::new(reading, scoped.id);
        if let Some((old, id)) = old.filter(|_| scoped.facets.has(Facet::Raises)) {
            subject.no_longer_raised = no_longer_raised(old.module.symbol(id), subject.symbol);
        }
        let facets = match settings.gate {
            Gate::Whole => Facets::ALL,
            Gate::Introduced | Gate::Touched => scoped.facets,
        };
        let mut findings = rules::check(&subject, facets, &settings.rules);
        if subject.symbol.kind.is_module() {
            findings.extend(rules::syntax_errors(reading.module));
        }
        suppressions.apply(scoped.id, &mut findings);
        if let Some((old, id)) = old.filter(|_| !findings.is_empty()) {
            mark_introduced(&mut findings, &Subject::new(old, id), settings);
        }
        let lines = self.file.lines();
        let span = subject.symbol.span;
        let start = if subject.symbol.kind.is_module() {
            0
        } else {
            span.start
        };
        SymbolReport {
            qualname: subject.symbol.qualname.clone(),
            kind: subject.symbol.kind,
            line: lines.line(start),
            end_line: lines.line(span.end.saturating_sub(1).max(start)),
            facets: scoped.facets,
            score: subject.score(Schema::built_in()),
            findings,
        }
    }
}

/// The exceptions of which `new` has lost the last `raise`.
fn no_longer_raised<'a>(old: &Symbol<'a>, new: &Symbol<'_>) -> Vec<&'a str> {
    let is_gone = |name: &&str| new.facts.raises.iter().all(|it| it.name != *name);
    let before = old.facts.raises.iter().map(|it| it.name);
    before.filter(is_gone).collect()
}

/// Marks what the old side of the symbol had already: by default it no longer fails.
fn mark_introduced(findings: &mut [Finding], old: &Subject<'_>, settings: &Settings) {
    let before = rules::check(old, Facets::ALL, &settings.rules);
    let mut known: HashSet<(&str, Option<&str>)> = HashSet::new();
    for finding in &before {
        known.insert((finding.rule.code, None));
        known.extend(
            finding
                .entries
                .iter()
                .map(|it| (finding.rule.code, Some(it.as_str()))),
        );
    }
    for finding in findings {
        let code = finding.rule.code;
        let was_there = if finding.entries.is_empty() {
            known.contains(&(code, None))
        } else {
            finding
                .entries
                .iter()
                .all(|it| known.contains(&(code, Some(it))))
        };
        finding.introduced = !was_there;
        if was_there && settings.gate == Gate::Introduced {
            finding.severity = Severity::Warning;
        }
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
        line: 1,
        end_line: file.lines().line_count(),
        facets: Facets::of(&[Facet::Added]),
        score: contract::Score::default(),
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
