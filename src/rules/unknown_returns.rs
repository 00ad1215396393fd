//! DG302: a documented value that is never returned.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, missing_yields, removal};
use crate::docstring::{Docstring, Section, SectionKind};
use crate::text::Applicability;

pub(super) static RULE: Rule = Rule {
    code: "DG302",
    name: "unknown-returns",
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
    aliases: &["DOC202", "DAR202"],
    page: include_str!("unknown_returns.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    if !subject.requirement.never.returns
        || (subject.coverage.missing_yields && reporter.leaves_to(&missing_yields::RULE))
    {
        return;
    }
    let mut sections = docstring.sections.iter();
    let told = sections.find(|it| it.kind == SectionKind::Returns && !says_none(it, docstring));
    if let Some(section) = told {
        let at = written.place(section.title);
        let message = format!(
            "{} documents a value that it never returns",
            subject.title()
        );
        let span = removal::lines(docstring.value, section.span);
        let edits = span.map(|it| subject.rewrite(written, it, ""));
        reporter
            .report(at, message)
            .label(at, "nothing is returned")
            .mend(edits, Applicability::Unsafe);
    }
}

/// Whether the section says that nothing is returned, or what calling a generator gives.
fn says_none(section: &Section<'_>, docstring: &Docstring<'_>) -> bool {
    let body = section.body.of(docstring.value);
    let word = body.trim_start_matches(['`', '*', ':', ' ']);
    let end = word
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(word.len());
    body.is_empty()
        || ["none", "nothing", "noreturn", "never"]
            .iter()
            .any(|it| word[..end].eq_ignore_ascii_case(it))
        || crate::contract::mentions_iteration(body)
}
