//! DG003: a line of a section that is no entry.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject};
use crate::docstring::QuirkKind;

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
}
