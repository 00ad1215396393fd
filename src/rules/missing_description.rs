//! DG805: a docstring that is a summary only.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject};

pub(super) static RULE: Rule = Rule {
    code: "DG805",
    name: "missing-description",
    severity: Severity::Warning,
    default: false,
    facets: Facets::of(&[Facet::Added, Facet::Docstring]),
    aliases: &[],
    page: include_str!("missing_description.md"),
    check,
    needs: Needs::Docstring,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.held_to_be_complete() else {
        return;
    };
    if docstring.description.is_none() {
        let at = written.place(docstring.summary.unwrap_or_default());
        let at = subject.first_line(at);
        let message = format!("the docstring of {} has no description", subject.title());
        reporter.report(at, message).label(at, "a summary only");
    }
}
