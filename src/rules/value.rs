//! What the rules on returned and yielded values share.

use super::{Facet, Facets, Finding, Reporter, Subject, empty_section, removal};
use crate::docstring::{Docstring, Section, SectionKind};
use crate::text::{Applicability, Span};

/// On a change, values are looked at where the signature, the body or the docstring says something else of them.
pub(super) const FACETS: Facets = Facets::of(&[
    Facet::Added,
    Facet::Signature,
    Facet::Returns,
    Facet::Yields,
    Facet::Decorators,
    Facet::Docstring,
]);

/// A finding of a value that `evidence` shows and no section of its kind tells of; `None` where the docstring need not be
/// complete, or an empty section is reported.
pub(super) fn report_missing<'r>(
    subject: &Subject<'_>,
    reporter: &'r mut Reporter<'_>,
    kind: SectionKind,
    evidence: Option<Span>,
    words: (&str, &'static str),
) -> Option<&'r mut Finding> {
    let evidence = evidence.filter(|_| subject.held_to_be_complete().is_some())?;
    if empty_section::speaks_of(subject, kind, reporter) {
        return None;
    }
    let at = subject.first_line(evidence);
    let (message, label) = words;
    let message = [&subject.title(), " ", message].concat();
    let finding = reporter.report(at, message);
    finding.label(at, label).warn_if(subject.is_doubtful());
    Some(finding)
}

/// Report the first section of a kind that says something, where the function does nothing of that kind.
pub(super) fn report_unknown(
    subject: &Subject<'_>,
    reporter: &mut Reporter<'_>,
    kind: SectionKind,
    says_nothing: impl Fn(&Section<'_>, &Docstring<'_>) -> bool,
    words: (&str, &'static str),
) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    let mut sections = docstring.sections.iter();
    let told = sections.find(|it| it.kind == kind && !says_nothing(it, docstring));
    let Some(section) = told else { return };
    let at = written.place(section.title);
    let (message, label) = words;
    let span = removal::lines(docstring.value, section.span);
    let edits = span.map(|it| subject.rewrite(written, it, ""));
    reporter
        .report(at, format!("{} {message}", subject.title()))
        .label(at, label)
        .mend(edits, Applicability::Unsafe);
}
