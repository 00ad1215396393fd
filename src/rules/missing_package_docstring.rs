//! DG104: a package without a docstring.

use super::{Needs, Reporter, Rule, Severity, Subject, presence};
use crate::python::SymbolKind;

pub(super) static RULE: Rule = Rule {
    code: "DG104",
    name: "missing-package-docstring",
    severity: Severity::Warning,
    default: false,
    facets: presence::FACETS,
    aliases: &["D104"],
    page: include_str!("missing_package_docstring.md"),
    check,
    needs: Needs::Code,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    if subject.symbol.kind == SymbolKind::Package {
        presence::report(subject, reporter, "package");
    }
}
