//! What a style has no place for: kept as text, or a reason to decline.

use super::super::{SectionKind, Style};
use super::draft::{Body, Draft, DraftEntry, DraftSection, Part, normalised};
use super::error::UnwritableError;
use super::fields::keywords;

impl Style {
    /// Whether its entries are fields.
    pub(super) const fn has_fields(self) -> bool {
        matches!(self, Self::Sphinx | Self::Epytext)
    }
}

/// The draft as `style` can hold it.
pub(super) fn fit(draft: Draft, style: Style) -> Result<Draft, UnwritableError> {
    let mut fitted = Draft::new(draft.prose);
    let mut parts = draft.parts;
    if style == Style::Numpy {
        // Text behind an underlined title is that section's: what belongs to none goes before them all.
        let (texts, sections): (Vec<_>, Vec<_>) = parts
            .into_iter()
            .partition(|it| matches!(it, Part::Text(_)));
        parts = texts;
        parts.extend(sections);
    }
    for part in parts {
        fitted.parts.push(match part {
            Part::Section(section) if style.has_fields() => section_of_fields(section, style)?,
            other => other,
        });
    }
    Ok(normalised(fitted))
}

/// The section with its entries as fields can say them.
fn section_of_fields(section: DraftSection, style: Style) -> Result<Part, UnwritableError> {
    let Body::Entries(entries) = section.body else {
        return Ok(Part::Section(section));
    };
    let (kind, entries) = as_fields(section.kind, entries, style)?;
    Ok(Part::Section(DraftSection {
        kind,
        title: String::new(),
        body: Body::Entries(entries),
    }))
}

/// The entries as fields can say them.
fn as_fields(
    kind: SectionKind,
    entries: Vec<DraftEntry>,
    style: Style,
) -> Result<(SectionKind, Vec<DraftEntry>), UnwritableError> {
    if keywords(kind, style).is_none() {
        let title = super::google::title(kind).to_owned();
        return Err(UnwritableError::Section(style, title));
    }
    Ok(match kind {
        SectionKind::Returns | SectionKind::Yields => (kind, vec![one_value(entries)]),
        SectionKind::Raises | SectionKind::Warns => (kind, entries),
        SectionKind::OtherParams => (SectionKind::Params, apart(entries)),
        _ => (kind, apart(entries)),
    })
}

/// Names that share what is said get a field each.
fn apart(entries: Vec<DraftEntry>) -> Vec<DraftEntry> {
    let alone = |entry: DraftEntry| {
        let DraftEntry {
            names,
            annotation,
            text,
        } = entry;
        names.into_iter().map(move |name| DraftEntry {
            names: vec![name],
            annotation: annotation.clone(),
            text: text.clone(),
        })
    };
    entries.into_iter().flat_map(alone).collect()
}

/// Fields say one value, without a name: a name becomes part of the text, several values a list in it, as napoleon
/// writes them.
fn one_value(mut entries: Vec<DraftEntry>) -> DraftEntry {
    if entries.len() > 1 {
        let items: Vec<String> = entries.iter().map(item).collect();
        return DraftEntry::default().said(items.join("\n"));
    }
    let Some(mut entry) = entries.pop() else {
        return DraftEntry::default();
    };
    if !entry.names.is_empty() {
        let name = format!("**{}**", entry.names.join(", "));
        entry.names.clear();
        entry.text = Some(match entry.text {
            Some(text) => format!("{name} -- {text}"),
            None => name,
        });
    }
    entry
}

/// `* **name** (*type*) -- text`, further lines of the text as deep as its first.
fn item(entry: &DraftEntry) -> String {
    let mut head = Vec::new();
    if !entry.names.is_empty() {
        head.push(format!("**{}**", entry.names.join(", ")));
    }
    match &entry.annotation {
        Some(annotation) if head.is_empty() => head.push(annotation.clone()),
        Some(annotation) => head.push(format!("({annotation})")),
        None => {}
    }
    let mut item = format!("* {}", head.join(" "));
    if let Some(text) = &entry.text {
        if !head.is_empty() {
            item.push_str(" -- ");
        }
        item.push_str(&super::page::margined(text, "  "));
    }
    item
}
