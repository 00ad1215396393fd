//! DG806: a docstring without examples.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject};
use crate::docstring::SectionKind;

pub(super) static RULE: Rule = Rule {
    code: "DG806",
    name: "missing-examples",
    severity: Severity::Warning,
    default: false,
    facets: Facets::of(&[Facet::Added, Facet::Docstring]),
    aliases: &[],
    page: include_str!("missing_examples.md"),
    check,
    needs: Needs::Docstring,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((_, docstring)) = subject.held_to_be_complete() else {
        return;
    };
    let mut sections = docstring.sections.iter();
    let has_examples = sections.any(|it| it.kind == SectionKind::Examples && !it.body.is_empty());
    if !has_examples && !docstring.value.contains(">>> ") {
        let at = subject.place();
        reporter.report(
            at,
            format!("the docstring of {} has no examples", subject.title()),
        );
    }
}
