//! Fields: Sphinx's `:param x: text`, epytext's `@param x: text`. What is no field is a block under its title.

use super::super::{SectionKind, Style};
use super::draft::{Body, DraftEntry, DraftSection};
use super::page::Page;

/// Writes one section.
pub(super) fn section(page: &mut Page<'_>, section: &DraftSection, style: Style) {
    match &section.body {
        Body::Text(text) => {
            page.line(0, &format!("{}:", section.title));
            page.block(1, text);
        }
        Body::Entries(entries) => {
            for it in entries {
                entry(page, section.kind, it, style);
            }
        }
    }
}

/// The keywords of a kind's fields, for what is said and for its type, if the styles have them. Neither Sphinx nor Epydoc
/// has fields for yielded values and warnings; these are what pydoclint, `docstring_parser` and pylint read.
pub(super) const fn keywords(
    kind: SectionKind,
    style: Style,
) -> Option<(&'static str, &'static str)> {
    let sphinx = matches!(style, Style::Sphinx);
    Some(match kind {
        SectionKind::Params | SectionKind::OtherParams => ("param", "type"),
        SectionKind::KeywordParams => ("keyword", if sphinx { "kwtype" } else { "type" }),
        SectionKind::Attributes => ("ivar", if sphinx { "vartype" } else { "type" }),
        SectionKind::Returns => (if sphinx { "returns" } else { "return" }, "rtype"),
        SectionKind::Yields => (if sphinx { "yields" } else { "yield" }, "ytype"),
        SectionKind::Raises => (if sphinx { "raises" } else { "raise" }, ""),
        SectionKind::Warns => (if sphinx { "warns" } else { "warn" }, ""),
        _ => return None,
    })
}

/// A name as the style wants it: stars open emphasis in reStructuredText.
pub(super) fn name(name: &str, style: Style) -> String {
    if style == Style::Sphinx && name.starts_with('*') {
        name.replace('*', "\\*")
    } else {
        name.to_owned()
    }
}

/// Writes one entry: a field, and one for its type.
fn entry(page: &mut Page<'_>, kind: SectionKind, entry: &DraftEntry, style: Style) {
    let Some((keyword, type_keyword)) = keywords(kind, style) else {
        return;
    };
    let mark = if style == Style::Sphinx { ':' } else { '@' };
    let mut names = String::new();
    for (index, it) in entry.names.iter().enumerate() {
        names.push_str(if index > 0 { ", " } else { " " });
        names.push_str(&name(it, style));
    }
    let is_value = names.is_empty();
    if entry.text.is_some() || entry.annotation.is_none() || !is_value {
        let head = format!("{mark}{keyword}{names}:");
        page.entry(0, &head, entry.text.as_deref(), 1);
    }
    if let Some(annotation) = &entry.annotation {
        page.line(0, &format!("{mark}{type_keyword}{names}: {annotation}"));
    }
}
