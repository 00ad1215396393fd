//! DG402: documented values that are never yielded.

use super::{Needs, Reporter, Rule, Severity, Subject, value};
use crate::docstring::{Docstring, Section, SectionKind};

pub(super) static RULE: Rule = Rule {
    code: "DG402",
    name: "unknown-yields",
    severity: Severity::Error,
    default: true,
    facets: value::FACETS,
    aliases: &["DOC403", "DAR302"],
    page: include_str!("unknown_yields.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    if subject.requirement.never.yields {
        let words = (
            "documents values that it never yields",
            "nothing is yielded",
        );
        let is_empty = |section: &Section<'_>, _: &Docstring<'_>| section.body.is_empty();
        value::report_unknown(subject, reporter, SectionKind::Yields, is_empty, words);
    }
}
