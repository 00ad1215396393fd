//! DG703: a section with nothing in it.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, removal};
use crate::docstring::SectionKind;
use crate::text::Applicability;

pub(super) static RULE: Rule = Rule {
    code: "DG703",
    name: "empty-section",
    severity: Severity::Error,
    default: true,
    facets: Facets::of(&[Facet::Added, Facet::Docstring]),
    aliases: &["D414"],
    page: include_str!("empty_section.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    for section in docstring.sections.iter().filter(|it| it.body.is_empty()) {
        let at = written.place(section.title);
        let name = section.title.of(docstring.value);
        let message = format!("section `{name}` of {} is empty", subject.title());
        let span = removal::lines(docstring.value, section.span);
        let edits = span.map(|it| subject.rewrite(written, it, ""));
        reporter
            .report(at, message)
            .label(at, "nothing is said here")
            .mend(edits, Applicability::Safe)
            .entry(name);
    }
}

/// Whether this rule reports an empty section of the kind, so that what belongs there need not be reported missing.
pub(super) fn speaks_of(subject: &Subject<'_>, kind: SectionKind, reporter: &Reporter<'_>) -> bool {
    let sections = subject
        .docstring
        .into_iter()
        .flat_map(|it| &it.parsed.sections);
    let mut empty = sections.filter(|it| it.kind == kind && it.body.is_empty());
    empty.next().is_some() && reporter.leaves_to(&RULE)
}
