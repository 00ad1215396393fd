//! DG100: a module without a docstring.

use super::{Needs, Reporter, Rule, Severity, Subject, presence};
use crate::python::SymbolKind;

pub(super) static RULE: Rule = Rule {
    code: "DG100",
    name: "missing-module-docstring",
    severity: Severity::Warning,
    default: true,
    facets: presence::FACETS,
    aliases: &["D100"],
    page: include_str!("missing_module_docstring.md"),
    check,
    needs: Needs::Code,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    if subject.symbol.kind == SymbolKind::Module {
        presence::report(subject, reporter, "module");
    }
}
