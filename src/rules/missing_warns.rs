//! DG504: a warning that the docstring does not tell of.

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
    let sections = || {
        docstring
            .sections
            .iter()
            .filter(|it| it.kind == SectionKind::Warns)
    };
    let is_told = |category: &str| {
        let mut names = sections()
            .flat_map(|it| &it.entries)
            .flat_map(exception_names);
        names.any(|it| subject.reading.is_exception_ancestor(it, category))
    };
    let mut missing: Vec<(&str, Span)> = Vec::new();
    for warned in &subject.symbol.facts.warns {
        let Some(category) = warned.category else {
            continue;
        };
        if !missing.iter().any(|it| it.0 == category) && !is_told(category) {
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
