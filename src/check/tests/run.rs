//! Whole runs on plain texts.

use std::sync::Arc;

use crate::check::{FileReport, Gate, Job, Settings, run};
use crate::git::{Change, Content, ReadError, Reader};
use crate::rules::{self, Selection, Severity};

/// Hands out the texts that the changes hold.
struct Given;

impl Reader for Given {
    fn read(&self, content: &Content) -> Result<Vec<u8>, ReadError> {
        match content {
            Content::Bytes(bytes) => Ok(bytes.clone()),
            Content::Disk(path) => Err(ReadError::Disk {
                path: path.display().to_string(),
                source: std::io::ErrorKind::NotFound.into(),
            }),
            Content::Blob(_) => unreachable!("these tests hold their texts"),
        }
    }
}

/// A file with its old sides (the first parent's, then the others') and its new one.
pub(super) fn change(path: &str, old: &[&str], new: &str) -> Change {
    let content = |text: &&str| Content::Bytes(text.as_bytes().to_vec());
    let (first, others) = match old {
        [first, others @ ..] => (Some(content(first)), others),
        [] => (None, old),
    };
    Change {
        path: path.to_owned(),
        module_path: path.to_owned(),
        old_module_path: None,
        old: first,
        others: others.iter().map(content).collect(),
        new: content(&new),
    }
}

pub(super) fn settings(gate: Gate) -> Settings {
    Settings {
        rules: rules::Settings::default(),
        contract: crate::contract::Settings::default(),
        noqa_aliases: true,
        gate,
        fail_on: Some(Severity::Error),
        measures: false,
        digests: false,
    }
}

pub(super) fn reports(
    changes: Vec<Change>,
    elsewhere: &[Change],
    settings: Settings,
) -> Vec<FileReport> {
    let settings = Arc::new(settings);
    let job = |change| Job {
        change,
        settings: Arc::clone(&settings),
    };
    let jobs: Vec<Job> = changes.into_iter().map(job).collect();
    let mut reports = Vec::new();
    run(
        &jobs,
        elsewhere,
        &Given,
        |_, report, _| report,
        |it| reports.push(it),
    );
    reports
}

/// Each symbol in scope, with its facets.
pub(super) fn scope(changes: Vec<Change>, elsewhere: &[Change]) -> Vec<String> {
    let reports = reports(changes, elsewhere, settings(Gate::Introduced));
    let line = |report: &FileReport, at: usize| {
        let symbol = &report.symbols[at];
        let words = symbol.facets.words().join(" ");
        format!("{} {}: {words}", report.file.path(), symbol.qualname)
    };
    let lines =
        |it: &FileReport| -> Vec<String> { (0..it.symbols.len()).map(|at| line(it, at)).collect() };
    reports.iter().flat_map(lines).collect()
}

/// Each finding of a change of one file: code, severity, and whether the change made it.
pub(super) fn findings(old: &[&str], new: &str, settings: Settings) -> Vec<String> {
    let mut reports = reports(vec![change("m.py", old, new)], &[], settings);
    let symbols = reports.remove(0).symbols;
    let findings = symbols.into_iter().flat_map(|it| it.findings);
    let line = |it: rules::Finding| {
        let when = if it.introduced { "new" } else { "old" };
        format!("{} {} {when}", it.rule.code, it.severity.word())
    };
    findings.map(line).collect()
}

#[test]
fn with_the_gate_whole_all_rules_run_on_each_symbol_in_scope() {
    let old = "\"\"\"M.\"\"\"\n\n\ndef f(a):\n    g(a)\n\n\ndef other(a):\n    g(a)\n";
    let new = old.replacen("g(a)", "h(a)", 1);
    assert_eq!(findings(&[old], &new, settings(Gate::Introduced)), [""; 0]);
    assert_eq!(findings(&[old], &new, settings(Gate::Touched)), [""; 0]);
    assert_eq!(
        findings(&[old], &new, settings(Gate::Whole)),
        ["DG103 error old"]
    );
    assert_eq!(findings(&[old], old, settings(Gate::Whole)), [""; 0]);
}

#[test]
fn what_git_lfs_keeps_elsewhere_is_told_of_and_fails_nothing() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
    let python = "def f(a):\n    g(a)\n";
    for (old, new) in [
        (&[pointer][..], pointer.replace("4d7a", "5e8b").as_str()),
        (&[python], pointer),
        (&[pointer], python),
        (&[], pointer),
    ] {
        let found = findings(old, new, settings(Gate::Introduced));
        assert_eq!(found, ["DG001 warning new"], "{old:?} {new}");
    }
    let about = "\"\"\"version https://git-lfs.github.com/spec/v1\"\"\"\n";
    assert_eq!(findings(&[], about, settings(Gate::Introduced)), [""; 0]);
}

#[test]
fn a_stale_docstring_is_told_of_where_it_is_asked_for() {
    let old = "\"\"\"M.\"\"\"\n\n\ndef f(a):\n    \"\"\"Do it.\n\n    Args:\n        a: What.\n    \"\"\"\n    g(a)\n";
    for gate in [Gate::Introduced, Gate::Touched, Gate::Whole] {
        let stale = || {
            let mut settings = settings(gate);
            let stale = Selection::parse("DG901").unwrap();
            settings.rules.selection = settings.rules.selection.with(stale);
            settings
        };
        assert_eq!(
            findings(&[old], &old.replace("g(a)", "h(a)"), stale()),
            ["DG901 warning new"],
            "{gate:?}"
        );
        let both = old.replace("g(a)", "h(a)").replace("What.", "Which.");
        assert_eq!(findings(&[old], &both, stale()), [""; 0], "{gate:?}");
        let moved = old.replace("    g(a)", "    # why\n    g( a )");
        assert_eq!(findings(&[old], &moved, stale()), [""; 0], "{gate:?}");
    }
}
