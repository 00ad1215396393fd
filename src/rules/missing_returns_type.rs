//! DG304: a documented value without a type.

use super::{Needs, Reporter, Rule, Severity, Subject, value};
use crate::docstring::SectionKind;

pub(super) static RULE: Rule = Rule {
    code: "DG304",
    name: "missing-returns-type",
    severity: Severity::Warning,
    default: false,
    facets: value::FACETS,
    aliases: &[],
    page: include_str!("missing_returns_type.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.held_to_be_complete() else {
        return;
    };
    if !subject.symbol.kind.is_function() || subject.returns().is_some() {
        return;
    }
    let mut sections = docstring.sections.iter();
    let told = sections.find(|it| it.kind == SectionKind::Returns && !it.body.is_empty());
    let Some(section) = told.filter(|it| it.entries.iter().all(|it| it.annotation.is_none()))
    else {
        return;
    };
    let at = written.place(section.title);
    let message = format!("the value that {} returns has no type", subject.title());
    reporter
        .report(at, message)
        .label(at, "no type, here or in the signature");
}
