//! What a docstring says, section by section, beside what the code says.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::markup::{cell, code, plain};
use super::prose::{dedented, markdown, title};
use crate::docstring::{Docstring, Entry, QuirkKind, Section, SectionKind, Style};
use crate::python::{Symbol, identifier};
use crate::text::Span;

/// A table: its head, and rows of cells that are Markdown. Columns in which nothing stands are left out, but the first.
pub(super) fn table(head: &[&str], rows: &[Vec<String>], out: &mut String) {
    let is_told = |at: &usize| {
        *at == 0
            || rows
                .iter()
                .any(|row| row.get(*at).is_some_and(|it| !it.is_empty()))
    };
    let columns: Vec<usize> = (0..head.len()).filter(is_told).collect();
    let cell = |text: &str, out: &mut String| {
        out.push_str("| ");
        out.push_str(text);
        out.push(' ');
    };
    for &at in &columns {
        cell(head[at], out);
    }
    out.push_str("|\n");
    out.push_str(&"|---".repeat(columns.len()));
    out.push_str("|\n");
    for row in rows {
        for at in &columns {
            cell(row.get(*at).map_or("", String::as_str), out);
        }
        out.push_str("|\n");
    }
    out.push('\n');
}

/// What an entry says, as a cell.
pub(super) fn said(docstring: &Docstring<'_>, entry: &Entry<'_>) -> String {
    entry
        .text
        .map_or_else(String::new, |it| cell(it.of(docstring.value)))
}

/// The text at `span` as code; nothing where there is none.
pub(super) fn source(text: &str, span: Option<Span>) -> String {
    span.map_or_else(String::new, |it| code(it.of(text)))
}

/// Summary and description.
pub(super) fn overview(docstring: &Docstring<'_>, out: &mut String) {
    let spans = match (docstring.summary, docstring.description) {
        // What the summary announces with two colons, the description begins with.
        (Some(summary), Some(description))
            if Span::new(summary.end, description.start)
                .of(docstring.value)
                .trim()
                .is_empty() =>
        {
            [Some(Span::new(summary.start, description.end)), None]
        }
        (summary, description) => [summary, description],
    };
    for span in spans.into_iter().flatten() {
        out.push_str(&markdown(&dedented(docstring.value, span)));
    }
}

/// The first paragraph on one line, for a table; where it is a title, the one behind.
pub(super) fn summary(docstring: Option<&Docstring<'_>>) -> String {
    let Some(docstring) = docstring else {
        return String::new();
    };
    let [first, second] = [docstring.summary, docstring.description].map(|span| {
        let text = span.map_or("", |it| it.of(docstring.value));
        text.trim()
    });
    let lines: Vec<&str> = first.lines().collect();
    let paragraph = match title(&lines, 0) {
        Some(end) if end < lines.len() => lines[end..].join("\n"),
        Some(_) if !second.is_empty() => {
            let lines = second.lines().take_while(|it| !it.trim().is_empty());
            lines.collect::<Vec<_>>().join("\n")
        }
        Some(end) => lines[end - 2].to_owned(),
        None => first.to_owned(),
    };
    cell(&paragraph)
}

/// What comes out: returned, yielded and received values. `annotation` is that of the function.
pub(super) fn values(docstring: &Docstring<'_>, annotation: &str, out: &mut String) {
    for (kind, title, annotation) in [
        (SectionKind::Returns, "Returns", annotation),
        (SectionKind::Yields, "Yields", annotation),
        (SectionKind::Receives, "Receives", ""),
    ] {
        let entries: Vec<_> = docstring
            .sections_of(kind)
            .flat_map(|it| &it.entries)
            .collect();
        let row = |entry: &&Entry<'_>| {
            let own = source(docstring.value, entry.annotation);
            // Of several values, the annotation tells of them all.
            let is_whole = own.is_empty() && entries.len() == 1;
            let kind = if is_whole { annotation.to_owned() } else { own };
            let name = entry.name.map(|it| format!("{} ", code(it)));
            let about = format!("{}{}", name.unwrap_or_default(), said(docstring, entry));
            vec![kind, about]
        };
        let rows: Vec<_> = entries.iter().map(row).collect();
        if !rows.is_empty() {
            table(&[title, "What it is"], &rows, out);
        }
        remarks(docstring, |it| it == kind, out);
    }
}

/// What it raises and warns of, as its docstring and its code tell.
pub(super) fn raises(symbol: &Symbol<'_>, docstring: &Docstring<'_>, out: &mut String) {
    for (kind, title) in [
        (SectionKind::Raises, "Raises"),
        (SectionKind::Warns, "Warns"),
    ] {
        let entries: Vec<_> = docstring
            .sections_of(kind)
            .flat_map(|it| &it.entries)
            .collect();
        let row =
            |entry: &&Entry<'_>| vec![code(entry.name.unwrap_or_default()), said(docstring, entry)];
        let mut rows: Vec<_> = entries.iter().map(row).collect();
        if kind == SectionKind::Raises {
            let last = |name: &str| name.rsplit('.').next().unwrap_or(name).to_owned();
            let mut known: BTreeSet<String> =
                entries.iter().filter_map(|it| it.name).map(last).collect();
            for raised in &symbol.facts.raises {
                if known.insert(last(raised.name)) {
                    rows.push(vec![code(raised.name), "*Not told.*".to_owned()]);
                }
            }
        }
        if !rows.is_empty() {
            table(&[title, "When"], &rows, out);
        }
        remarks(docstring, |it| it == kind, out);
    }
}

/// The methods that a class's docstring lists, where they are none of `known`.
pub(super) fn methods(docstring: &Docstring<'_>, known: &BTreeSet<&str>, out: &mut String) {
    let sections = docstring.sections_of(SectionKind::Methods);
    let entries = sections.flat_map(|it| &it.entries);
    let others = entries.filter_map(|it| Some((it.name?, it)));
    let others = others.filter(|(name, _)| !known.contains(name));
    let rows: Vec<_> = others
        .map(|(name, it)| vec![code(&identifier(name)), said(docstring, it)])
        .collect();
    if !rows.is_empty() {
        table(&["Other method", "What it does"], &rows, out);
    }
}

/// What stands in sections of a kind that `is_meant` and belongs to none of their entries.
pub(super) fn remarks(
    docstring: &Docstring<'_>,
    is_meant: impl Fn(SectionKind) -> bool,
    out: &mut String,
) {
    let sections: Vec<_> = docstring
        .sections
        .iter()
        .filter(|it| is_meant(it.kind))
        .collect();
    for quirk in &docstring.quirks {
        let is_inside =
            |outer: Span| outer.start <= quirk.span.start && quirk.span.end <= outer.end;
        let is_remark = matches!(quirk.kind, QuirkKind::Remark | QuirkKind::MalformedEntry);
        let Some(section) = sections.iter().find(|it| is_remark && is_inside(it.span)) else {
            continue;
        };
        let behind = section
            .entries
            .partition_point(|it| it.span.start <= quirk.span.start);
        let entry = behind.checked_sub(1).and_then(|at| section.entries.get(at));
        if !entry.is_some_and(|it| is_inside(it.span)) {
            out.push_str(&markdown(&dedented(docstring.value, quirk.span)));
        }
    }
}

/// The sections that have no table of their own, each below its title.
pub(super) fn others(docstring: &Docstring<'_>, out: &mut String) {
    let is_shown = |it: &&Section<'_>| !it.kind.has_entries();
    for section in docstring.sections.iter().filter(is_shown) {
        let written = section.title.of(docstring.value);
        let title = match section.kind {
            SectionKind::Examples => "Examples".to_owned(),
            SectionKind::Deprecated => "Deprecated".to_owned(),
            SectionKind::SeeAlso => "See also".to_owned(),
            _ => plain(written.trim().trim_start_matches(['.', ':', '@', ' '])),
        };
        let _ = writeln!(out, "**{title}**\n");
        let body = dedented(docstring.value, section.body);
        if section.kind == SectionKind::SeeAlso && docstring.style == Some(Style::Numpy) {
            out.push_str(&markdown(&listed(&body)));
        } else {
            out.push_str(&markdown(&body));
        }
    }
}

/// numpydoc's `See Also`, a name a line, as a list.
fn listed(body: &str) -> String {
    let is_item =
        |line: &str| line.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | ':' | '`'));
    let lines = body.lines().map(|line| {
        if is_item(line) {
            format!("- {line}")
        } else {
            line.to_owned()
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}
