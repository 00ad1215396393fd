//! DG401: yielded values that the docstring does not tell of.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, empty_section, retitling};
use crate::docstring::{SectionKind, Style};
use crate::text::Applicability;

pub(super) static RULE: Rule = Rule {
    code: "DG401",
    name: "missing-yields",
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
    aliases: &["DOC402", "DAR301"],
    page: include_str!("missing_yields.md"),
    check,
    needs: Needs::Docstring,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let held = subject
        .held_to_be_complete()
        .filter(|_| subject.coverage.missing_yields);
    let (Some((written, docstring)), Some(yields)) = (held, subject.requirement.yields) else {
        return;
    };
    if empty_section::speaks_of(subject, SectionKind::Yields, reporter) {
        return;
    }
    let at = subject.first_line(yields);
    let title = subject.title();
    let returns = docstring
        .sections
        .iter()
        .find(|it| it.kind == SectionKind::Returns);
    let message = match returns {
        Some(section) => {
            let name = section.title.of(docstring.value);
            format!("{title} yields values, but its docstring says `{name}`")
        }
        None => format!("{title} yields values that are not documented"),
    };
    let finding = reporter.report(at, message);
    finding
        .label(at, "yielded here")
        .warn_if(subject.is_doubtful());
    if let Some(section) = returns {
        finding.context(
            written.place(section.title),
            "this is what a `return` gives",
        );
        let is_titled = !matches!(docstring.style, Some(Style::Sphinx | Style::Epytext));
        if is_titled && subject.requirement.never.returns {
            let edits = retitling::retitled(subject, written, section.title, "Yields");
            finding.mend(edits, Applicability::Safe);
        }
    }
}
