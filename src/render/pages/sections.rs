//! What a docstring says, section by section, beside what the code says.

use std::fmt::Write as _;

use super::markup::{cell, code, inline};
use super::prose::{dedented, markdown};
use crate::docstring::{Docstring, Entry, Section, SectionKind};
use crate::text::Span;

/// A table: its head, and rows of cells that are Markdown.
pub(super) fn table(head: &[&str], rows: &[Vec<String>], out: &mut String) {
    let line = |cells: &mut dyn Iterator<Item = &str>, out: &mut String| {
        for it in cells {
            // Writing to a string cannot fail, here and below.
            let _ = write!(out, "| {it} ");
        }
        out.push_str("|\n");
    };
    line(&mut head.iter().copied(), out);
    out.push_str(&"|---".repeat(head.len()));
    out.push_str("|\n");
    for row in rows {
        line(&mut row.iter().map(String::as_str), out);
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
    span.map_or_else(String::new, |it| code(it.of(text).trim()))
}

/// Summary and description.
pub(super) fn overview(docstring: &Docstring<'_>, out: &mut String) {
    for span in [docstring.summary, docstring.description]
        .into_iter()
        .flatten()
    {
        out.push_str(&markdown(&dedented(docstring.value, span)));
    }
}

/// The first paragraph on one line, for a table.
pub(super) fn summary(docstring: Option<&Docstring<'_>>) -> String {
    let span = docstring.and_then(|it| it.summary.map(|span| span.of(it.value)));
    span.map_or_else(String::new, cell)
}

/// Entries of these kinds as a table of types and texts.
pub(super) fn values(
    docstring: &Docstring<'_>,
    kind: SectionKind,
    annotation: &str,
) -> Vec<Vec<String>> {
    let entries = docstring.sections_of(kind).flat_map(|it| &it.entries);
    let row = |entry: &Entry<'_>| {
        let own = source(docstring.value, entry.annotation);
        let kind = if own.is_empty() {
            annotation.to_owned()
        } else {
            own
        };
        let name = entry.name.map(|it| format!("{} ", code(it)));
        vec![
            kind,
            format!("{}{}", name.unwrap_or_default(), said(docstring, entry)),
        ]
    };
    entries.map(row).collect()
}

/// The sections that have no table of their own, each below its title.
pub(super) fn others(docstring: &Docstring<'_>, out: &mut String) {
    let is_shown = |it: &&Section<'_>| !it.kind.has_entries();
    for section in docstring.sections.iter().filter(is_shown) {
        let written = section.title.of(docstring.value);
        let title = match section.kind {
            SectionKind::Examples => "Examples".to_owned(),
            SectionKind::Deprecated => "Deprecated".to_owned(),
            _ => inline(written.trim().trim_start_matches(['.', ':', '@', ' '])),
        };
        let _ = writeln!(out, "**{}**\n", title.replace('\n', " "));
        out.push_str(&markdown(&dedented(docstring.value, section.body)));
    }
}
