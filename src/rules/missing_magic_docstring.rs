//! DG105: a magic method without a docstring.

use super::{Needs, Reporter, Rule, Severity, Subject, presence};
use crate::contract::Visibility;

pub(super) static RULE: Rule = Rule {
    code: "DG105",
    name: "missing-magic-docstring",
    severity: Severity::Error,
    default: false,
    facets: presence::FACETS,
    aliases: &["D105"],
    page: include_str!("missing_magic_docstring.md"),
    check,
    needs: Needs::Code,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    if subject.visibility == Visibility::Magic && subject.symbol.name != "__init__" {
        presence::report(subject, reporter, subject.symbol.kind.word());
    }
}
