//! DG301: a returned value that the docstring does not tell of.

use super::{Needs, Reporter, Rule, Severity, Subject, value};
use crate::docstring::SectionKind;

pub(super) static RULE: Rule = Rule {
    code: "DG301",
    name: "missing-returns",
    severity: Severity::Error,
    default: true,
    facets: value::FACETS,
    aliases: &["DOC201", "DAR201"],
    page: include_str!("missing_returns.md"),
    check,
    needs: Needs::Docstring,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    if subject.coverage.missing_returns {
        let words = ("returns a value that is not documented", "returned here");
        let returns = subject.requirement.returns;
        value::report_missing(subject, reporter, SectionKind::Returns, returns, words);
    }
}
