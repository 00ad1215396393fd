//! DG302: a documented value that is never returned.

use super::{Needs, Reporter, Rule, Severity, Subject, missing_yields, value};
use crate::docstring::{Docstring, Section, SectionKind};

pub(super) static RULE: Rule = Rule {
    code: "DG302",
    name: "unknown-returns",
    severity: Severity::Error,
    default: true,
    facets: value::FACETS,
    aliases: &["DOC202", "DAR202"],
    page: include_str!("unknown_returns.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let is_told_as_yields =
        subject.coverage.missing_yields && reporter.leaves_to(&missing_yields::RULE);
    if subject.requirement.never.returns && !is_told_as_yields {
        let words = (
            "documents a value that it never returns",
            "nothing is returned",
        );
        value::report_unknown(subject, reporter, SectionKind::Returns, says_none, words);
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
