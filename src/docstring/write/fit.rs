//! What a style has no place for: kept as text, or a reason to decline.

use super::super::syntax::separating_colon;
use super::super::types::is_type;
use super::super::{SectionKind, Style};
use super::draft::{Body, Draft, DraftEntry, DraftSection, Part, is_directive, normalised};
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
        // Text behind an underlined title is that section's: what belongs to none goes before them all. A directive ends
        // the section by itself.
        let is_loose = |it: &Part| matches!(it, Part::Text(text) if !is_directive(text));
        let (texts, sections): (Vec<_>, Vec<_>) = parts.into_iter().partition(is_loose);
        parts = texts;
        parts.extend(sections);
    }
    for part in parts {
        fitted.parts.push(match part {
            Part::Section(section) => Part::Section(fitted_section(section, style)?),
            text @ Part::Text(_) => text,
        });
    }
    Ok(normalised(fitted))
}

/// The section with its entries as the style can say them.
fn fitted_section(section: DraftSection, style: Style) -> Result<DraftSection, UnwritableError> {
    let Body::Entries(entries) = section.body else {
        return Ok(section);
    };
    let (kind, entries) = match style {
        Style::Google => (section.kind, as_google(section.kind, entries)?),
        Style::Numpy => (section.kind, entries),
        Style::Sphinx | Style::Epytext => as_fields(section.kind, entries, style)?,
    };
    Ok(DraftSection {
        kind,
        title: String::new(),
        body: Body::Entries(entries),
    })
}

/// The entries as Google style can say them, and its readers read them: one name an entry, no colon in its type. What is
/// no type goes before the text of a returned value.
fn as_google(
    kind: SectionKind,
    entries: Vec<DraftEntry>,
) -> Result<Vec<DraftEntry>, UnwritableError> {
    let is_class = matches!(kind, SectionKind::Raises | SectionKind::Warns);
    let mut entries = if is_class { entries } else { apart(entries) };
    let single = entries.len() == 1;
    for entry in &mut entries {
        let Some(annotation) = entry.annotation.take() else {
            continue;
        };
        let annotation = annotation.replace("default: ", "default=");
        let annotation = annotation.replace("default:", "default=");
        if entry.names.is_empty() && single && !is_type(&annotation) {
            entry.text = Some(match entry.text.take() {
                Some(text) => format!("{annotation}: {text}"),
                None => annotation,
            });
        } else if separating_colon(&annotation.replace(['(', ')', '[', ']', '{', '}'], ""))
            .is_some()
        {
            return Err(UnwritableError::Residue(annotation));
        } else {
            entry.annotation = Some(annotation);
        }
    }
    Ok(entries)
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
    let shared = |entry: DraftEntry| {
        if entry.names.len() > 1 {
            alone(entry).collect()
        } else {
            vec![entry]
        }
    };
    entries.into_iter().flat_map(shared).collect()
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
