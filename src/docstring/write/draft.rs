//! What a docstring says, apart from how any style writes it.
//!
//! Texts are lines joined by `\n`, without the indentation of the place they stand in: that of a line is what it is
//! deeper than the text's own level. The first line stands at that level.

use super::super::{Docstring, SectionKind};
use super::error::UnwritableError;

/// What a docstring says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// What stands before the first part: summary and description.
    pub prose: String,
    /// Sections, and text between them, in the order of the text.
    pub parts: Vec<Part>,
}

/// One part of a docstring below its summary and description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Paragraphs that belong to no section, and `.. deprecated::` with what it holds.
    Text(String),
    /// A section.
    Section(DraftSection),
}

/// One section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftSection {
    /// What it is about.
    pub kind: SectionKind,
    /// Its title, for sections whose body is text; those of entries have the title that the style gives them.
    pub title: String,
    /// What it holds.
    pub body: Body,
}

/// What a section holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Entries, for the kinds that have them.
    Entries(Vec<DraftEntry>),
    /// Text, for the others.
    Text(String),
}

/// One entry: a parameter, an exception, a returned value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftEntry {
    /// Its names, stars included (`**kwargs`); several share what is said. None for a returned value without a name.
    pub names: Vec<String>,
    /// The type as it is to be written (`int, optional`).
    pub annotation: Option<String>,
    /// What is said of it.
    pub text: Option<String>,
}

impl Draft {
    /// A draft without sections.
    pub fn new(prose: impl Into<String>) -> Self {
        Self {
            prose: prose.into(),
            parts: Vec::new(),
        }
    }

    /// What `docstring` says.
    ///
    /// # Errors
    /// Where not every word of it has a place in a draft.
    pub fn read(docstring: &Docstring<'_>) -> Result<Self, UnwritableError> {
        super::read::read(docstring)
    }

    /// Adds a section of entries at the end.
    pub fn push(&mut self, kind: SectionKind, entries: Vec<DraftEntry>) {
        self.parts.push(Part::Section(DraftSection {
            kind,
            title: String::new(),
            body: Body::Entries(entries),
        }));
    }
}

impl Part {
    /// Whether it is a section of entries.
    pub(super) const fn has_entries(&self) -> bool {
        matches!(self, Self::Section(section) if matches!(section.body, Body::Entries(_)))
    }
}

impl DraftEntry {
    /// An entry with a name: a parameter, an exception.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            names: vec![name.into()],
            ..Self::default()
        }
    }

    /// The same with a type, if there is one.
    #[must_use]
    pub fn typed(mut self, annotation: Option<impl Into<String>>) -> Self {
        self.annotation = annotation.map(Into::into);
        self
    }

    /// The same with a text.
    #[must_use]
    pub fn said(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Whether it is a text and no more.
    pub(super) const fn is_text(&self) -> bool {
        self.names.is_empty() && self.annotation.is_none()
    }
}

/// What two models must share to say the same: texts that touch are one, sections of a kind that touch are one, a value's
/// text goes on in the paragraphs below it.
pub(super) fn normalised(draft: Draft) -> Draft {
    let mut whole = Draft::new(draft.prose);
    for part in draft.parts {
        match part {
            Part::Text(text) => add_text(&mut whole, &text),
            Part::Section(section) => add_section(&mut whole.parts, section),
        }
    }
    whole
}

/// Adds text: before the first section it goes on with the prose, up to a directive.
fn add_text(whole: &mut Draft, text: &str) {
    match whole.parts.last_mut() {
        Some(Part::Text(before)) => paragraph(before, text),
        Some(Part::Section(_)) => whole.parts.push(Part::Text(text.to_owned())),
        None => {
            let split = directive(text);
            paragraph(&mut whole.prose, text[..split].trim_end());
            if split < text.len() {
                whole.parts.push(Part::Text(text[split..].to_owned()));
            }
        }
    }
}

/// Offset of the first line that opens a `.. deprecated::`; the length where none does.
fn directive(text: &str) -> usize {
    if is_directive(text) {
        return 0;
    }
    text.find("\n.. deprecated::")
        .map_or(text.len(), |it| it + 1)
}

/// Whether a text begins with a `.. deprecated::`.
pub(super) fn is_directive(text: &str) -> bool {
    text.starts_with(".. deprecated::")
}

/// Adds `text` to `before`, a blank line between.
pub(super) fn paragraph(before: &mut String, text: &str) {
    if !before.is_empty() && !text.is_empty() {
        before.push_str("\n\n");
    }
    before.push_str(text);
}

fn add_section(parts: &mut Vec<Part>, section: DraftSection) {
    let Body::Entries(entries) = section.body else {
        parts.push(Part::Section(section));
        return;
    };
    let mut whole: Vec<DraftEntry> = Vec::with_capacity(entries.len());
    if let Some(Part::Section(last)) = parts.last_mut()
        && last.kind == section.kind
        && let Body::Entries(before) = &mut last.body
    {
        whole = std::mem::take(before);
        parts.pop();
    }
    for entry in entries {
        match (whole.last_mut(), &entry.text) {
            (Some(last), Some(text)) if entry.is_text() => {
                paragraph(last.text.get_or_insert_default(), text);
            }
            _ => whole.push(entry),
        }
    }
    parts.push(Part::Section(DraftSection {
        kind: section.kind,
        title: String::new(),
        body: Body::Entries(whole),
    }));
}
