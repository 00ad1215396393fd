//! DG208: a parameter of which nothing is said.

use super::{Facet, Facets, Reporter, Rule, Severity, Subject};

pub(super) static RULE: Rule = Rule {
    code: "DG208",
    name: "empty-description",
    severity: Severity::Error,
    default: true,
    facets: Facets::of(&[Facet::Added, Facet::Docstring]),
    aliases: &["D417", "DAR002"],
    page: include_str!("empty_description.md"),
    check,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    let entries = docstring.params();
    let bare: Vec<_> = entries
        .filter(|it| it.text.is_none() && it.name.is_some())
        .collect();
    let Some(first) = bare.first() else { return };
    let title = subject.title();
    let message = match bare.len() {
        1 => format!(
            "{title} names `{}` and says nothing of it",
            first.name.unwrap_or_default()
        ),
        count => format!("{title} names {count} parameters and says nothing of them"),
    };
    let finding = reporter.report(written.place(first.name_span), message);
    for entry in bare {
        let span = written.place(entry.name_span);
        finding
            .label(span, "no description")
            .entry(entry.name.unwrap_or_default());
    }
}
