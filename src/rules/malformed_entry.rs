//! DG003: a line of a section that is no entry.

use std::collections::HashSet;

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject};
use crate::docstring::{self, Docstring, QuirkKind};
use crate::text::Applicability;

pub(super) static RULE: Rule = Rule {
    code: "DG003",
    name: "malformed-entry",
    severity: Severity::Warning,
    default: true,
    facets: Facets::of(&[Facet::Added, Facet::Docstring]),
    aliases: &["DOC001"],
    page: include_str!("malformed_entry.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    let quirks = docstring.quirks.iter();
    let malformed: Vec<_> = quirks
        .filter(|it| it.kind == QuirkKind::MalformedEntry)
        .map(|it| subject.first_line(written.place(it.span)))
        .collect();
    let Some(&first) = malformed.first() else {
        return;
    };
    let message = format!(
        "the docstring of {} holds what is no entry",
        subject.title()
    );
    let finding = reporter.report(first, message);
    for span in malformed {
        finding.label(span, "belongs to no entry");
    }
    if !may_be_missing(subject, docstring) {
        let margin = written.indent(subject.reading.module.text);
        let changes = docstring::straighten(docstring, margin);
        finding.mend(subject.changed(written, changes), Applicability::Safe);
    }
}

/// Whether a malformed line begins with the name of a parameter that nothing else documents: it may be an entry without
/// its colon, or go on with the one before.
fn may_be_missing(subject: &Subject<'_>, docstring: &Docstring<'_>) -> bool {
    let quirks = docstring.quirks.iter();
    let malformed = quirks.filter(|it| it.kind == QuirkKind::MalformedEntry);
    let mut words = malformed.flat_map(|it| {
        let lines = it.span.of(docstring.value).lines();
        lines.filter_map(|it| it.split_whitespace().next())
    });
    let missing = subject.coverage.missing_params.iter();
    let missing: HashSet<&str> = missing.map(|it| it.name).collect();
    let is_mark = |c: char| !c.is_alphanumeric() && c != '_';
    words.any(|word| missing.contains(word.trim_matches(is_mark)))
}
