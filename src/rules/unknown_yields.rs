//! DG402: documented values that are never yielded.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, removal};
use crate::docstring::SectionKind;
use crate::text::Applicability;

pub(super) static RULE: Rule = Rule {
    code: "DG402",
    name: "unknown-yields",
    severity: Severity::Error,
    default: true,
    facets: Facets::of(&[
        Facet::Added,
        Facet::Signature,
        Facet::Returns,
        Facet::Yields,
        Facet::Decorators,
        Facet::Docstring,
    ]),
    aliases: &["DOC403", "DAR302"],
    page: include_str!("unknown_yields.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    let mut sections = docstring.sections.iter();
    let told = sections.find(|it| it.kind == SectionKind::Yields && !it.body.is_empty());
    if let Some(section) = told.filter(|_| subject.requirement.never.yields) {
        let at = written.place(section.title);
        let message = format!("{} documents values that it never yields", subject.title());
        let span = removal::lines(docstring.value, section.span);
        let edits = span.map(|it| subject.rewrite(written, it, ""));
        reporter
            .report(at, message)
            .label(at, "nothing is yielded")
            .mend(edits, Applicability::Unsafe);
    }
}
