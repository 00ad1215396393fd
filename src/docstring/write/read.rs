//! From the model to a draft: every word is accounted for, or the reading is declined.

use super::super::fields::{self, Role};
use super::super::lines::Lines;
use super::super::syntax::closing_bracket;
use super::super::{Docstring, Entry, QuirkKind, Section, SectionKind};
use super::draft::{Body, Draft, DraftEntry, DraftSection, Part, normalised};
use super::error::UnwritableError;
use super::layout;
use crate::text::Span;

/// What the docstring says.
pub(super) fn read(docstring: &Docstring<'_>) -> Result<Draft, UnwritableError> {
    Reading {
        docstring,
        lines: Lines::new(docstring.value),
        parts: Vec::new(),
    }
    .run()
}

struct Reading<'d, 'v> {
    docstring: &'d Docstring<'v>,
    lines: Lines<'v>,
    parts: Vec<Part>,
}

impl<'v> Reading<'_, 'v> {
    fn run(mut self) -> Result<Draft, UnwritableError> {
        self.check()?;
        let sections = &self.docstring.sections;
        let mut at = sections
            .first()
            .map_or(self.lines.count(), |it| self.lines.index_of(it.span.start));
        let types = annotations(sections);
        self.texts(0, at, &[])?;
        let prose = match self.parts.pop() {
            Some(Part::Text(prose)) => prose,
            _ => String::new(),
        };
        for section in sections {
            let first = self.lines.index_of(section.span.start);
            self.texts(at, first, &types)?;
            at = self.lines.index_of(section.span.end.saturating_sub(1)) + 1;
            let part = self.section(section, &types, (first, at))?;
            self.parts.push(part);
        }
        self.texts(at, self.lines.count(), &types)?;
        let parts = self.parts;
        Ok(normalised(Draft { prose, parts }))
    }

    /// Declines what is not certain.
    fn check(&self) -> Result<(), UnwritableError> {
        if (0..self.lines.count()).any(|it| self.lines.get(it).indent == u32::MAX) {
            return Err(UnwritableError::Torn);
        }
        for quirk in &self.docstring.quirks {
            let line = first_line(quirk.span.of(self.docstring.value));
            return Err(match quirk.kind {
                QuirkKind::MalformedEntry => UnwritableError::Malformed(line),
                QuirkKind::Remark => UnwritableError::Loose(line),
                QuirkKind::Template => UnwritableError::Template(line),
                QuirkKind::MisspelledSection(_) | QuirkKind::ForeignStyle(_) => continue,
            });
        }
        Ok(())
    }

    /// Adds what stands on the lines `from..to`, but for the fields that say the types of entries elsewhere (`types`).
    fn texts(&mut self, from: usize, to: usize, types: &[Span]) -> Result<(), UnwritableError> {
        let mut start = from;
        let mut at = from;
        while at < to {
            let Some(behind) = self.type_field(at, types)? else {
                at += 1;
                continue;
            };
            self.text(start, at);
            (start, at) = (behind, behind);
        }
        self.text(start, to.max(start));
        Ok(())
    }

    /// Adds the text of the lines `from..to`.
    fn text(&mut self, from: usize, to: usize) {
        let text = layout::margin_text(&self.lines, from, to);
        if !text.is_empty() {
            self.parts.push(Part::Text(text));
        }
    }

    /// The line behind the field on the line `at` that says the type of an entry elsewhere; `None` for any other line.
    fn type_field(&self, at: usize, types: &[Span]) -> Result<Option<usize>, UnwritableError> {
        let line = self.lines.get(at);
        if line.is_blank() || line.indent != self.lines.margin {
            return Ok(None);
        }
        let Some(field) = fields::read(&self.lines, at) else {
            return Ok(None);
        };
        if !matches!(field.role, Role::Type(_)) {
            return Ok(None);
        }
        let next = types.partition_point(|it| it.start < field.rest);
        let annotation = types.get(next).filter(|it| {
            let between = Span::new(field.rest, it.start);
            between.of(self.docstring.value).trim().is_empty()
        });
        let annotation =
            annotation.ok_or_else(|| UnwritableError::Residue(self.lines.text(at).to_owned()))?;
        Ok(Some(
            self.lines.index_of(annotation.end.saturating_sub(1)) + 1,
        ))
    }

    /// One section, which stands on the lines of `place`.
    fn section(
        &self,
        section: &Section<'v>,
        types: &[Span],
        place: (usize, usize),
    ) -> Result<Part, UnwritableError> {
        let value = self.docstring.value;
        if layout::is_directive(value, section) {
            let (from, to) = place;
            return Ok(Part::Text(layout::margin_text(&self.lines, from, to)));
        }
        let body = if section.kind.has_entries() {
            Body::Entries(self.entries(section, types)?)
        } else {
            Body::Text(layout::text(&self.lines, section.body))
        };
        let title = match body {
            Body::Text(_) => self.title(section),
            Body::Entries(_) => String::new(),
        };
        Ok(Part::Section(DraftSection {
            kind: section.kind,
            title,
            body,
        }))
    }

    /// A section's title, rightly spelt.
    fn title(&self, section: &Section<'_>) -> String {
        let quirks = &self.docstring.quirks;
        let at = quirks.partition_point(|it| it.span.start < section.title.start);
        let here = quirks
            .iter()
            .skip(at)
            .take_while(|it| it.span.start == section.title.start);
        let mut meant = here.filter_map(|it| match it.kind {
            QuirkKind::MisspelledSection(name) => Some(name),
            _ => None,
        });
        let written = section.title.of(self.docstring.value);
        meant.next().unwrap_or(written).to_owned()
    }

    fn entries(
        &self,
        section: &Section<'v>,
        types: &[Span],
    ) -> Result<Vec<DraftEntry>, UnwritableError> {
        let mut drafts = Vec::with_capacity(section.entries.len());
        let mut behind = section.body.start;
        for group in section
            .entries
            .chunk_by(|one, other| one.span == other.span)
        {
            let Some(first) = group.first() else { continue };
            self.is_spent(
                Span::new(behind.min(first.span.start), first.span.start),
                types,
            )?;
            behind = first.span.end;
            drafts.push(self.entry(section.kind, group, first)?);
        }
        if drafts.is_empty() {
            return Err(UnwritableError::Loose(first_line(
                section.span.of(self.docstring.value),
            )));
        }
        self.is_spent(
            Span::new(behind.min(section.body.end), section.body.end),
            types,
        )?;
        Ok(drafts)
    }

    /// Declines where `gap`, which lies between entries, holds more than types of entries.
    fn is_spent(&self, gap: Span, types: &[Span]) -> Result<(), UnwritableError> {
        let text = gap.of(self.docstring.value);
        if text.trim().is_empty() {
            return Ok(());
        }
        let mut at = self.lines.index_of(gap.start);
        at += usize::from(self.lines.get(at).start < gap.start);
        while at < self.lines.count() && self.lines.get(at).start < gap.end {
            at = match self.type_field(at, types)? {
                Some(behind) => behind,
                None if self.lines.is_blank(at) => at + 1,
                None => return Err(UnwritableError::Loose(self.lines.text(at).to_owned())),
            };
        }
        Ok(())
    }

    /// The entries of `group`, which share what is said of `first`.
    fn entry(
        &self,
        kind: SectionKind,
        group: &[Entry<'v>],
        first: &Entry<'v>,
    ) -> Result<DraftEntry, UnwritableError> {
        let value = self.docstring.value;
        let types = |entry: &Entry<'_>| entry.annotation.map(|it| single_line(it.of(value)));
        let annotation = types(first);
        if let Some(other) = group.iter().find(|it| types(it) != annotation) {
            return Err(UnwritableError::Residue(types(other).unwrap_or_default()));
        }
        let mut names = Vec::with_capacity(group.len());
        let mut known = Vec::with_capacity(group.len() + 2);
        for entry in group {
            let Some(name) = entry.name else { continue };
            let mut span = entry.name_span;
            if kind == SectionKind::Methods && value[span.range().end..].starts_with('(') {
                let close = closing_bracket(value, span.end as usize, entry.span.end as usize);
                span.end = close.map_or(span.end, |it| it as u32 + 1);
                names.push(span.of(value).to_owned());
            } else if let Some(role) = with_role(value, span) {
                span = role;
                names.push(span.of(value).to_owned());
            } else {
                let stars = span.of(value).chars().filter(|&it| it == '*').count();
                names.push(format!("{}{name}", "*".repeat(stars)));
            }
            known.push(span);
        }
        known.extend(group.iter().filter_map(|it| it.annotation));
        known.extend(first.text);
        layout::residue(value, first.span, &mut known).map_or(Ok(()), |it| {
            let said = it.trim().trim_end_matches(':');
            Err(UnwritableError::Residue(said.to_owned()))
        })?;
        Ok(DraftEntry {
            names,
            annotation,
            text: first.text.map(|it| layout::text(&self.lines, it)),
        })
    }
}

/// Where all types stand, in the order of the text.
fn annotations(sections: &[Section<'_>]) -> Vec<Span> {
    let entries = sections.iter().flat_map(|it| &it.entries);
    let mut spans: Vec<Span> = entries.filter_map(|it| it.annotation).collect();
    spans.sort_unstable();
    spans
}

fn single_line(text: &str) -> String {
    if text.contains('\n') {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        return lines.join(" ");
    }
    text.to_owned()
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim().to_owned()
}

/// A name with the role that it is written in (``:class:`~a.B` ``), which is what people wrote and no mark of a style;
/// `None` where it is in none.
fn with_role(value: &str, name: Span) -> Option<Span> {
    let before = value.get(..name.range().start)?;
    let bare = before.trim_end_matches(['~', '!', '.']);
    let outer = bare.trim_end_matches('`');
    let ticks = bare.len() - outer.len();
    let line = &outer[outer.rfind('\n').map_or(0, |it| it + 1)..];
    let is_role = |c: char| c.is_ascii_lowercase() || c == ':';
    let role = line.len() - line.trim_end_matches(is_role).len();
    let role = &line[line.len() - role..];
    let is_closed = value[name.range().end..].starts_with(&"`".repeat(ticks));
    let is_whole = role.len() > 2 && role.starts_with(':') && role.ends_with(':');
    let start = (outer.len() - role.len()) as u32;
    (ticks > 0 && is_closed && is_whole).then(|| Span::new(start, name.end + ticks as u32))
}
