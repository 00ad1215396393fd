//! DG801: a docstring without a summary.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject};

pub(super) static RULE: Rule = Rule {
    code: "DG801",
    name: "missing-summary",
    severity: Severity::Error,
    default: true,
    facets: Facets::of(&[Facet::Added, Facet::Docstring]),
    aliases: &[],
    page: include_str!("missing_summary.md"),
    check,
    needs: Needs::Docstring,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.held_to_be_complete() else {
        return;
    };
    if subject.coverage.summary {
        return;
    }
    let Some(section) = docstring.sections.first() else {
        return;
    };
    let at = written.place(section.title);
    let name = section.title.of(docstring.value);
    let message = format!("the docstring of {} has no summary", subject.title());
    reporter
        .report(at, message)
        .label(at, format!("begins with `{name}`"))
        .warn_if(subject.is_doubtful());
}
