//! DG208: a parameter of which nothing is said.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject};
use crate::contract::description;
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
        entry.text.is_none() && entry.name.is_some() && description(docstring, entry).is_none()
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
