//! What docstrings of every style are read as.

mod detection;
mod epytext;
mod google;
mod layout;
mod numpy;
mod published;
mod sphinx;

use super::{Docstring, QuirkKind, parse};
use crate::text::Span;

/// A docstring in a few lines: `Kind name (type): text`, white space made single, quirks last.
fn read(value: &str) -> String {
    show(&parse(value, None))
}

fn show(docstring: &Docstring<'_>) -> String {
    let text = |span: Span| words(span.of(docstring.value));
    let mut lines = Vec::new();
    if let Some(summary) = docstring.summary {
        lines.push(format!("summary: {}", text(summary)));
    }
    if let Some(description) = docstring.description {
        lines.push(format!("description: {}", text(description)));
    }
    for section in &docstring.sections {
        assert!(section.span.start <= section.title.start, "{section:?}");
        assert!(section.span.end >= section.body.end, "{section:?}");
        if section.entries.is_empty() {
            lines.push(format!("{:?}: {}", section.kind, text(section.body)));
        }
        for entry in &section.entries {
            if let Some(name) = entry.name {
                assert!(
                    entry
                        .name_span
                        .of(docstring.value)
                        .replace("\\_", "_")
                        .ends_with(name),
                    "{entry:?}"
                );
            }
            let name = entry.name.map_or(String::new(), |it| format!(" {it}"));
            let annotation = entry
                .annotation
                .map_or(String::new(), |it| format!(" ({})", text(it)));
            let said = entry.text.map_or("-".to_owned(), text);
            lines.push(format!("{:?}{name}{annotation}: {said}", section.kind));
        }
    }
    for quirk in &docstring.quirks {
        let kind = match quirk.kind {
            QuirkKind::MalformedEntry => "malformed".to_owned(),
            QuirkKind::Remark => "remark".to_owned(),
            QuirkKind::Template => "template".to_owned(),
            QuirkKind::MisspelledSection(name) => format!("misspelt {name}"),
            QuirkKind::ForeignStyle(style) => format!("foreign {style:?}"),
        };
        lines.push(format!("! {kind}: {}", text(quirk.span)));
    }
    lines.join("\n")
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
