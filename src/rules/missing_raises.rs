//! DG501: an exception that the docstring does not tell of.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, empty_section};
use crate::docstring::SectionKind;

pub(super) static RULE: Rule = Rule {
    code: "DG501",
    name: "missing-raises",
    severity: Severity::Error,
    default: true,
    facets: Facets::of(&[
        Facet::Added,
        Facet::Raises,
        Facet::Decorators,
        Facet::Docstring,
    ]),
    aliases: &["DOC501", "DOC503", "DAR401"],
    page: include_str!("missing_raises.md"),
    check,
    needs: Needs::Docstring,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    if subject.held_to_be_complete().is_none() {
        return;
    }
    let missing = &subject.coverage.missing_raises;
    let Some(first) = missing.first() else { return };
    if empty_section::speaks_of(subject, SectionKind::Raises, reporter) {
        return;
    }
    let wanted = subject.requirement.raises.len();
    let title = subject.title();
    let message = match wanted - missing.len() {
        _ if missing.len() == 1 => {
            format!("{title} raises `{}`, which is not documented", first.name)
        }
        0 => format!("{title} documents none of the {wanted} exceptions it raises"),
        documented => {
            format!("{title} documents {documented} of the {wanted} exceptions it raises")
        }
    };
    let finding = reporter.report(subject.first_line(first.span), message);
    // One statement may hand on several classes: `except (A, B): raise`.
    for raised in missing.chunk_by(|a, b| a.span == b.span) {
        let names: Vec<_> = raised.iter().map(|it| format!("`{}`", it.name)).collect();
        let label = format!("raises {}", names.join(", "));
        finding.label(subject.first_line(raised[0].span), label);
        for raised in raised {
            finding.entry(raised.name);
        }
    }
    finding.warn_if(subject.is_doubtful());
}
