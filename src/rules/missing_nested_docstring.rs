//! DG106: a nested class or function without a docstring.

use super::{Needs, Reporter, Rule, Severity, Subject, presence};
use crate::contract::Visibility;

pub(super) static RULE: Rule = Rule {
    code: "DG106",
    name: "missing-nested-docstring",
    severity: Severity::Error,
    default: false,
    facets: presence::FACETS,
    aliases: &["D106"],
    page: include_str!("missing_nested_docstring.md"),
    check,
    needs: Needs::Code,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    if subject.visibility == Visibility::Nested {
        presence::report(subject, reporter, subject.symbol.kind.word());
    }
}
