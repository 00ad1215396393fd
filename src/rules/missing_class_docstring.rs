//! DG101: a class without a docstring.

use super::{Needs, Reporter, Rule, Severity, Subject, presence};
use crate::python::SymbolKind;

pub(super) static RULE: Rule = Rule {
    code: "DG101",
    name: "missing-class-docstring",
    severity: Severity::Error,
    default: true,
    facets: presence::FACETS,
    aliases: &["D101"],
    page: include_str!("missing_class_docstring.md"),
    check,
    needs: Needs::Code,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    if subject.symbol.kind == SymbolKind::Class {
        presence::report_plain(subject, reporter);
    }
}
