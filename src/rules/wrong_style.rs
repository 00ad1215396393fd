//! DG706: a docstring in another style than the project's.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, restyling};
use crate::text::Applicability;

pub(super) static RULE: Rule = Rule {
    code: "DG706",
    name: "wrong-style",
    severity: Severity::Warning,
    default: true,
    facets: Facets::of(&[Facet::Added, Facet::Docstring]),
    aliases: &["DOC003"],
    page: include_str!("wrong_style.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    let (Some(asked), Some(style)) = (subject.reading.settings.style, docstring.style) else {
        return;
    };
    let mut sections = docstring.sections.iter();
    let Some(section) = sections
        .find(|it| it.kind.has_entries())
        .filter(|_| style != asked)
    else {
        return;
    };
    let at = written.place(section.title);
    let title = subject.title();
    let remedy = restyling::restyled(subject, written, asked);
    let (style, asked) = (style.word(), asked.word());
    let message = format!("the docstring of {title} is in {style} style, not in {asked} style");
    reporter
        .report(at, message)
        .label(at, format!("this is {style} style"))
        .mend(remedy, Applicability::Safe);
}
