//! DG107: an `__init__` without a docstring.

use super::{Needs, Reporter, Rule, Severity, Subject, presence};
use crate::contract::Visibility;
use crate::python::SymbolKind;

pub(super) static RULE: Rule = Rule {
    code: "DG107",
    name: "missing-init-docstring",
    severity: Severity::Error,
    default: false,
    facets: presence::FACETS,
    aliases: &["D107"],
    page: include_str!("missing_init_docstring.md"),
    check,
    needs: Needs::Code,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let is_init = subject.symbol.name == "__init__" && subject.symbol.kind == SymbolKind::Method;
    if is_init && subject.visibility == Visibility::Magic {
        presence::report(subject, reporter, "method");
    }
}
