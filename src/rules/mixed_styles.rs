//! DG705: a docstring in several styles.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, restyling};
use crate::docstring::{QuirkKind, Style};
use crate::text::{Applicability, Span};

pub(super) static RULE: Rule = Rule {
    code: "DG705",
    name: "mixed-styles",
    severity: Severity::Warning,
    default: true,
    facets: Facets::of(&[Facet::Added, Facet::Docstring]),
    aliases: &["DOC003"],
    page: include_str!("mixed_styles.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    let quirks = docstring.quirks.iter();
    let foreign: Vec<(Style, Span)> = quirks
        .filter_map(|it| match it.kind {
            QuirkKind::ForeignStyle(style) => Some((style, it.span)),
            _ => None,
        })
        .collect();
    let (Some(&(_, first)), Some(style)) = (foreign.first(), docstring.style) else {
        return;
    };
    let title = subject.title();
    let at = subject.first_line(written.place(first));
    let message = format!(
        "the docstring of {title} is not in {} style throughout",
        style.word()
    );
    let finding = reporter.report(at, message);
    for &(style, span) in &foreign {
        let at = subject.first_line(written.place(span));
        finding.label(at, format!("this is {} style", style.word()));
    }
    // Where all of it is to be in another style, that mends this too.
    if subject.reading.settings.style.is_none_or(|it| it == style) {
        let remedy = restyling::restyled(subject, written, style);
        finding.mend(remedy, Applicability::Safe);
    }
}
