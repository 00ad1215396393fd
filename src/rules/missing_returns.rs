//! DG301: a returned value that the docstring does not tell of.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, empty_section};
use crate::docstring::SectionKind;

pub(super) static RULE: Rule = Rule {
    code: "DG301",
    name: "missing-returns",
    severity: Severity::Error,
    default: true,
    facets: Facets::of(&[
        Facet::Added,
        Facet::Signature,
        Facet::Returns,
        Facet::Yields,
        Facet::Decorators,
        Facet::Docstring,
    ]),
    aliases: &["DOC201", "DAR201"],
    page: include_str!("missing_returns.md"),
    check,
    needs: Needs::Docstring,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some(_) = subject
        .held_to_be_complete()
        .filter(|_| subject.coverage.missing_returns)
    else {
        return;
    };
    let Some(returns) = subject.requirement.returns else {
        return;
    };
    if empty_section::speaks_of(subject, SectionKind::Returns, reporter) {
        return;
    }
    let at = subject.first_line(returns);
    let message = format!("{} returns a value that is not documented", subject.title());
    reporter
        .report(at, message)
        .label(at, "returned here")
        .warn_if(subject.is_doubtful());
}
