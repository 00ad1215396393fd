//! DG103: a function without a docstring.

use super::{Needs, Reporter, Rule, Severity, Subject, presence};
use crate::python::SymbolKind;

pub(super) static RULE: Rule = Rule {
    code: "DG103",
    name: "missing-function-docstring",
    severity: Severity::Error,
    default: true,
    facets: presence::FACETS,
    aliases: &["D103"],
    page: include_str!("missing_function_docstring.md"),
    check,
    needs: Needs::Code,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    if subject.symbol.kind == SymbolKind::Function {
        presence::report_plain(subject, reporter);
    }
}
