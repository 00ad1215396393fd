//! DG504: a warning that the docstring does not tell of.

use std::collections::HashSet;

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject};
use crate::contract::exception_names;
use crate::docstring::SectionKind;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "DG504",
    name: "missing-warns",
    severity: Severity::Warning,
    default: false,
    facets: Facets::of(&[Facet::Added, Facet::Warns, Facet::Docstring]),
    aliases: &[],
    page: include_str!("missing_warns.md"),
    check,
    needs: Needs::Docstring,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((_, docstring)) = subject.held_to_be_complete() else {
        return;
    };
    let sections = docstring.sections_of(SectionKind::Warns);
    let entries = sections.flat_map(|it| &it.entries);
    let told: HashSet<&str> = entries.flat_map(exception_names).collect();
    let is_told = |category: &str| {
        let reading = subject.reading;
        reading.has_exception_ancestor(category, &mut |it| told.contains(it))
    };
    let mut missing: Vec<(&str, Span)> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    for warned in &subject.symbol.facts.warns {
        let Some(category) = warned.category else {
            continue;
        };
        if seen.insert(category) && !is_told(category) {
            missing.push((category, subject.first_line(warned.span)));
        }
    }
    let Some(&(name, at)) = missing.first() else {
        return;
    };
    let title = subject.title();
    let message = match missing.len() {
        1 => format!("{title} warns with `{name}`, which is not documented"),
        count => format!("{title} warns with {count} categories that are not documented"),
    };
    let finding = reporter.report(at, message);
    for (name, span) in missing {
        finding
            .label(span, format!("warns with `{name}`"))
            .entry(name);
    }
}
