//! DG208: a parameter of which nothing is said.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject};
use crate::docstring::Entry;

pub(super) static RULE: Rule = Rule {
    code: "DG208",
    name: "empty-description",
    severity: Severity::Error,
    default: true,
    facets: Facets::of(&[Facet::Added, Facet::Docstring]),
    aliases: &["D417", "DAR002"],
    page: include_str!("empty_description.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.held_to_be_complete() else {
        return;
    };
    let entries = docstring.params();
    let is_bare = |entry: &&Entry<'_>| {
        let annotation = entry.annotation.unwrap_or_default().of(docstring.value);
        entry.text.is_none() && entry.name.is_some() && !is_prose(annotation)
    };
    let bare: Vec<_> = entries.filter(is_bare).collect();
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

/// Whether what stands where a type should is a description: `axis : the axis along which to sort`.
fn is_prose(annotation: &str) -> bool {
    const OPENINGS: [&str; 6] = ["a ", "an ", "the ", "whether ", "if ", "number of "];
    let lower = annotation.to_ascii_lowercase();
    let is_sentence = |part: &str| part.split_whitespace().count() > 3;
    OPENINGS.iter().any(|it| lower.starts_with(it))
        || lower
            .split([',', '|', ';'])
            .flat_map(|it| it.split(" or "))
            .any(is_sentence)
}
