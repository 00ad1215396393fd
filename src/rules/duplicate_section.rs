//! DG702: a section that stands in a docstring twice.

use std::collections::HashMap;

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, removal};
use crate::contract::Written;
use crate::docstring::{Docstring, Entry, Section, SectionKind, Style};
use crate::python::{RewriteError, SymbolKind};
use crate::text::{Applicability, Edit, Span};

pub(super) static RULE: Rule = Rule {
    code: "DG702",
    name: "duplicate-section",
    severity: Severity::Error,
    default: true,
    facets: Facets::of(&[Facet::Added, Facet::Attributes, Facet::Docstring]),
    aliases: &[],
    page: include_str!("duplicate_section.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    if !matches!(docstring.style, Some(Style::Sphinx | Style::Epytext)) {
        report_twice(subject, written, reporter);
    }
    if subject.symbol.kind == SymbolKind::Class {
        report_both(subject, written, reporter);
    }
}

fn report_twice(subject: &Subject<'_>, written: &Written<'_>, reporter: &mut Reporter<'_>) {
    let docstring = &written.parsed;
    let sections = || docstring.sections.iter().filter(|it| it.kind.has_entries());
    for (at, section) in sections().enumerate() {
        let Some(first) = sections().take(at).find(|it| it.kind == section.kind) else {
            continue;
        };
        let name = section.title.of(docstring.value);
        let at = written.place(section.title);
        let message = format!("{} has two sections `{name}`", subject.title());
        reporter
            .report(at, message)
            .label(at, "begins again")
            .context(written.place(first.title), "began here")
            .mend(
                merged(subject, written, first, section),
                Applicability::Safe,
            )
            .entry(name);
        return;
    }
}

/// The edits that let the entries of `second` follow those of `first`; none where they are no list, or not equally deep.
fn merged(
    subject: &Subject<'_>,
    written: &Written<'_>,
    first: &Section<'_>,
    second: &Section<'_>,
) -> Vec<Result<Edit, RewriteError>> {
    let value = written.parsed.value;
    let line = |section: &Section<'_>| {
        let before = value.get(..section.body.start as usize)?;
        let start = before.rfind('\n')?;
        let indent = &before[start + 1..];
        (indent.trim().is_empty() && start as u32 > section.title.start).then_some((start, indent))
    };
    let is_list = second.kind.has_entries()
        && !matches!(
            second.kind,
            SectionKind::Returns | SectionKind::Yields | SectionKind::Receives
        );
    let (Some((_, indent)), Some((start, its))) = (line(first), line(second)) else {
        return Vec::new();
    };
    if !is_list || indent != its || first.entries.is_empty() || second.entries.is_empty() {
        return Vec::new();
    }
    let entries = Span::new(start as u32, second.span.end);
    let between = Span::new(first.span.end, second.span.start).of(value);
    if between.trim().is_empty() {
        let header = Span::new(first.span.end, entries.start);
        return vec![subject.rewrite(written, header, "")];
    }
    let Some(gone) = removal::lines(value, second.span) else {
        return Vec::new();
    };
    let end = Span::empty(first.span.end);
    vec![
        subject.copied(written, end, entries),
        subject.rewrite(written, gone, ""),
    ]
}

/// Parameters that the class and its constructor document, and not alike.
fn report_both(subject: &Subject<'_>, written: &Written<'_>, reporter: &mut Reporter<'_>) {
    let constructor = subject
        .counterpart()
        .and_then(|it| subject.reading.docstring(it));
    let Some(constructor) = constructor else {
        return;
    };
    let mut others: HashMap<&str, &Entry<'_>> = HashMap::new();
    for (name, it) in constructor
        .parsed
        .params()
        .filter_map(|it| Some((it.name?, it)))
    {
        others.entry(name).or_insert(it);
    }
    let mut differing = Vec::new();
    for entry in written.parsed.params() {
        let other = entry.name.and_then(|it| others.get(it).copied());
        if let Some(other) =
            other.filter(|other| differ(entry, &written.parsed, other, &constructor.parsed))
        {
            differing.push((entry, other));
        }
    }
    let Some((first, _)) = differing.first() else {
        return;
    };
    let title = subject.title();
    let message = format!("{title} and its `__init__` document a parameter in different words");
    let finding = reporter.report(written.place(first.name_span), message);
    for (entry, other) in differing {
        finding
            .label(written.place(entry.name_span), "documented here")
            .context(constructor.place(other.name_span), "and otherwise here")
            .entry(entry.name.unwrap_or_default());
    }
}

fn differ(one: &Entry<'_>, its: &Docstring<'_>, other: &Entry<'_>, their: &Docstring<'_>) -> bool {
    let words = |span: Option<Span>, docstring: &Docstring<'_>| -> Vec<String> {
        let text = span.unwrap_or_default().of(docstring.value);
        text.trim_end_matches('.')
            .split_whitespace()
            .map(str::to_lowercase)
            .collect()
    };
    words(one.text, its) != words(other.text, their)
}
