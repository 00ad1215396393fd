//! DG404: sent values that the docstring does not tell of.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject};
use crate::docstring::SectionKind;

pub(super) static RULE: Rule = Rule {
    code: "DG404",
    name: "missing-receives",
    severity: Severity::Warning,
    default: false,
    facets: Facets::of(&[Facet::Added, Facet::Yields, Facet::Docstring]),
    aliases: &[],
    page: include_str!("missing_receives.md"),
    check,
    needs: Needs::Docstring,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let facts = &subject.symbol.facts;
    let (Some((_, docstring)), Some(yields)) = (subject.held_to_be_complete(), facts.yields) else {
        return;
    };
    let mut sections = docstring.sections.iter();
    let is_told = sections.any(|it| it.kind == SectionKind::Receives);
    if facts.receives && !is_told && subject.requirement.yields.is_some() {
        let at = subject.first_line(yields);
        let message = format!(
            "{} uses values sent to it that are not documented",
            subject.title()
        );
        reporter
            .report(at, message)
            .label(at, "a sent value is used");
    }
}
