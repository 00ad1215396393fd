//! DG503: an exception that is documented twice.

use std::collections::HashMap;

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, removal};
use crate::docstring::{Entry, SectionKind};

pub(super) static RULE: Rule = Rule {
    code: "DG503",
    name: "duplicate-raises",
    severity: Severity::Warning,
    default: true,
    facets: Facets::of(&[Facet::Added, Facet::Docstring]),
    aliases: &[],
    page: include_str!("duplicate_raises.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    let mut first: HashMap<(&str, String), &Entry<'_>> = HashMap::new();
    for (section, at, entry) in docstring.placed(|it| it == SectionKind::Raises) {
        let Some(name) = entry.name else { continue };
        let said = entry.text.unwrap_or_default().of(docstring.value);
        let said = said
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase();
        let Some(known) = first.get(&(name, said.clone())) else {
            first.insert((name, said), entry);
            continue;
        };
        let removed = removal::entry(docstring, section, at);
        let at = written.place(entry.name_span);
        let message = format!(
            "{} documents `{name}` twice for one reason",
            subject.title()
        );
        let edits = removed.map(|it| subject.rewrite(written, it, ""));
        reporter
            .report(at, message)
            .label(at, "documented again")
            .context(written.place(known.name_span), "documented here")
            .mend(edits, removal::of_a_copy(docstring, known, entry))
            .entry(name);
    }
}
