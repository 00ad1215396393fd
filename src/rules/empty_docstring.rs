//! DG108: a docstring that says nothing.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject};

pub(super) static RULE: Rule = Rule {
    code: "DG108",
    name: "empty-docstring",
    severity: Severity::Error,
    default: true,
    facets: Facets::of(&[Facet::Added, Facet::Docstring]),
    aliases: &["D419"],
    page: include_str!("empty_docstring.md"),
    check,
    needs: Needs::Code,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some(written) = subject.docstring.filter(|it| it.parsed.is_empty()) else {
        return;
    };
    let at = written.slot.span;
    let message = format!("the docstring of {} is empty", subject.title());
    reporter.report(at, message).label(at, "nothing is said");
}
