//! DG401: yielded values that the docstring does not tell of.

use super::{Needs, Reporter, Rule, Severity, Subject, retitling, value};
use crate::docstring::{SectionKind, Style};
use crate::text::Applicability;

pub(super) static RULE: Rule = Rule {
    code: "DG401",
    name: "missing-yields",
    severity: Severity::Error,
    default: true,
    facets: value::FACETS,
    aliases: &["DOC402", "DAR301"],
    page: include_str!("missing_yields.md"),
    check,
    needs: Needs::Docstring,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    if !subject.coverage.missing_yields {
        return;
    }
    let returns = docstring.sections_of(SectionKind::Returns).next();
    let message = match returns.map(|it| it.title.of(docstring.value)) {
        Some(name) => format!("yields values, but its docstring says `{name}`"),
        None => "yields values that are not documented".to_owned(),
    };
    let (kind, yields) = (SectionKind::Yields, subject.requirement.yields);
    let words = (message.as_str(), "yielded here");
    let finding = value::report_missing(subject, reporter, kind, yields, words);
    let Some((finding, section)) = finding.zip(returns) else {
        return;
    };
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
