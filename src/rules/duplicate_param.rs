//! DG204: a parameter that is documented twice.

use std::collections::HashMap;

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, removal};
use crate::contract::names_of;
use crate::docstring::{Entry, SectionKind};

pub(super) static RULE: Rule = Rule {
    code: "DG204",
    name: "duplicate-param",
    severity: Severity::Error,
    default: true,
    facets: Facets::of(&[Facet::Added, Facet::Docstring]),
    aliases: &[],
    page: include_str!("duplicate_param.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    let mut first: HashMap<&str, &Entry<'_>> = HashMap::new();
    for (section, at, entry) in docstring.placed(SectionKind::is_params) {
        for name in names_of(entry) {
            let Some(known) = first.get(name) else {
                first.insert(name, entry);
                continue;
            };
            // In a list below an entry names stand in backquotes.
            let is_quoted = |entry: &Entry<'_>| {
                let before = docstring.value.get(..entry.name_span.start as usize);
                let name = entry.name_span.of(docstring.value);
                name.contains('`') || before.is_some_and(|it| it.ends_with('`'))
            };
            if is_quoted(entry) != is_quoted(known) {
                continue;
            }
            let message = format!("{} documents `{name}` twice", subject.title());
            let removed = removal::entry(docstring, section, at);
            let edits = removed.map(|it| subject.rewrite(written, it, ""));
            let at = written.place(entry.name_span);
            reporter
                .report(at, message)
                .label(at, "documented again")
                .context(written.place(known.name_span), "documented here")
                .mend(edits, removal::of_a_copy(docstring, known, entry))
                .entry(name);
        }
    }
}
