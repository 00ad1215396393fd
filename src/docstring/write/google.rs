//! Google style: a title with a colon, and a deeper block.

use super::super::SectionKind;
use super::draft::{Body, DraftEntry, DraftSection};
use super::page::Page;

/// Writes one section.
pub(super) fn section(page: &mut Page<'_>, section: &DraftSection) {
    match &section.body {
        Body::Text(text) => {
            page.line(0, &format!("{}:", section.title));
            page.block(1, text);
        }
        Body::Entries(entries) => {
            page.line(0, &format!("{}:", title(section.kind)));
            for it in entries {
                entry(page, it);
            }
        }
    }
}

/// The title of a section of entries.
pub(super) const fn title(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::KeywordParams => "Keyword Args",
        SectionKind::OtherParams => "Other Parameters",
        SectionKind::Attributes => "Attributes",
        SectionKind::Methods => "Methods",
        SectionKind::Returns => "Returns",
        SectionKind::Yields => "Yields",
        SectionKind::Receives => "Receives",
        SectionKind::Raises => "Raises",
        SectionKind::Warns => "Warns",
        _ => "Args",
    }
}

/// Writes one entry.
fn entry(page: &mut Page<'_>, entry: &DraftEntry) {
    if entry.is_text() {
        page.block(1, entry.text.as_deref().unwrap_or_default());
    } else {
        page.entry(1, &head(entry), entry.text.as_deref(), 2);
    }
}

/// `name (type):`, `type:`, `Error:`.
fn head(entry: &DraftEntry) -> String {
    let names = entry.names.join(", ");
    match &entry.annotation {
        Some(annotation) if names.is_empty() => format!("{annotation}:"),
        Some(annotation) => format!("{names} ({annotation}):"),
        None => format!("{names}:"),
    }
}
