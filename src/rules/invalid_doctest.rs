//! DG804: an example that doctest cannot read.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject};
use crate::python::{DoctestFault, NO_BLANK, doctest_faults};
use crate::text::{Applicability, Span};

pub(super) static RULE: Rule = Rule {
    code: "DG804",
    name: "invalid-doctest",
    severity: Severity::Warning,
    default: true,
    facets: Facets::of(&[Facet::Added, Facet::Docstring]),
    aliases: &[],
    page: include_str!("invalid_doctest.md"),
    check,
    needs: Needs::Docstring,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    let value = docstring.value.as_bytes();
    if !memchr::memchr_iter(b'>', value).any(|at| value[at..].starts_with(b">>>")) {
        return;
    }
    let faults = doctest_faults(docstring.value);
    let Some(first) = faults.first() else { return };
    let message = format!(
        "the docstring of {} holds an example that is none",
        subject.title()
    );
    let finding = reporter.report(written.place(first.span), message);
    for fault in &faults {
        finding.label(written.place(fault.span), fault.message);
    }
    if faults.iter().all(|it| it.message == NO_BLANK) {
        let blank = |it: &DoctestFault| {
            let prompt = it.span.of(docstring.value).find(">>>")?;
            let behind = it.span.start + prompt as u32 + ">>>".len() as u32;
            Some(subject.rewrite(written, Span::empty(behind), " "))
        };
        finding.mend(faults.iter().filter_map(blank), Applicability::Safe);
    }
}
