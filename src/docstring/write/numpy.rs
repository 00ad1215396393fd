//! NumPy style: an underlined title, heads at its level, texts below them, deeper.

use super::super::SectionKind;
use super::draft::{Body, DraftEntry, DraftSection};
use super::page::Page;

/// Writes one section.
pub(super) fn section(page: &mut Page<'_>, section: &DraftSection) {
    let title = match section.body {
        Body::Text(_) => section.title.as_str(),
        Body::Entries(_) => title(section.kind),
    };
    page.line(0, title);
    page.line(0, &"-".repeat(title.chars().count().max(3)));
    match &section.body {
        Body::Text(text) => page.block(0, text),
        Body::Entries(entries) => {
            for it in entries {
                entry(page, it);
            }
        }
    }
}

/// The title of a section of entries.
pub(super) const fn title(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Params => "Parameters",
        other => super::google::title(other),
    }
}

/// Writes one entry.
fn entry(page: &mut Page<'_>, entry: &DraftEntry) {
    let text = entry.text.as_deref();
    if entry.is_text() {
        page.block(0, text.unwrap_or_default());
        return;
    }
    let names = entry.names.join(", ");
    match &entry.annotation {
        Some(annotation) if names.is_empty() => page.line(0, annotation),
        Some(annotation) => page.line(0, &format!("{names} : {annotation}")),
        None => page.line(0, &names),
    }
    if let Some(text) = text {
        page.block(1, text);
    }
}
