//! Sections made of fields: `:param x:` and what follows it.

use super::entries::{Gatherer, Group};
use super::fields::{self, Field, Role};
use super::reader::{Context, Reader};
use super::sections::read_google;
use super::typed_fields::TypeField;
use super::{Quirk, QuirkKind, Section, SectionKind, Style, exceptions};
use crate::text::Span;

impl Reader<'_> {
    /// Reads a field; one that follows another of its kind goes into the same section. Gives the line behind it.
    pub(super) fn field(&mut self, field: &Field, index: usize) -> usize {
        let group = self.field_group(index, field.style);
        let kind = field.role.kind();
        let same = self.ended > 0
            && self.lines.skip_blank(self.ended) == Some(index)
            && self.styles.last() == Some(field.style)
            && self.sections.last().is_some_and(|it| it.kind == kind)
            && !matches!(field.role, Role::Whole(_));
        if !same {
            self.styles.add(Some(field.style), 0);
            self.push(Section {
                kind,
                title: field.keyword,
                span: group.span(),
                body: group.span(),
                entries: Vec::new(),
            });
        }
        self.styles.vote(field.style, 1);
        if !field.sound {
            self.quirks.push(Quirk {
                kind: QuirkKind::MalformedEntry,
                span: group.line(),
            });
        }
        self.fill(field, group);
        group.to
    }

    /// Gives the last section what `field` says.
    fn fill(&mut self, field: &Field, group: Group) {
        let section = self.sections.len() - 1;
        let Some(last) = self.sections.last_mut() else {
            return;
        };
        let lines = &self.lines;
        last.span = last.span.cover(group.span());
        last.body = last.span;
        let text = lines.rest(field.rest, group.from, group.to);
        let mut gatherer = Gatherer::new(lines, &mut last.entries, &mut self.quirks);
        match field.role {
            Role::Entry(_) => add(&mut gatherer, field, group, text),
            Role::Type(kind) => self.types.push(TypeField {
                section,
                kind,
                name: fields::bare_name(field.argument.of(lines.value)),
                name_span: field.argument,
                annotation: text,
                span: group.span(),
            }),
            Role::Whole(kind) => {
                read_google(&mut gatherer, kind, group.from + 1, group.to);
                last.body = text.unwrap_or(Span::empty(field.rest));
            }
        }
    }

    /// A field with its deeper lines, and with those that follow without their indentation and without a blank
    /// line, as only epytext allows them.
    fn field_group(&mut self, index: usize, style: Style) -> Group {
        let lines = &self.lines;
        let line = lines.get(index);
        let deeper = lines.skip_deeper(index + 1, lines.count(), lines.margin);
        let mut to = deeper;
        while to < lines.count()
            && !lines.is_after_blank(to)
            && !fields::looks_like_field(lines.text(to))
            && !lines.text(to).starts_with("..")
            && self.opener(to, Context::Text).is_none()
        {
            to = lines.skip_deeper(to + 1, lines.count(), lines.margin);
        }
        if to > deeper && style == Style::Sphinx {
            self.quirks.push(Quirk {
                kind: QuirkKind::MalformedEntry,
                span: lines.block(deeper, to),
            });
        }
        Group {
            from: index,
            to,
            start: line.start,
            line_end: line.end,
            end: lines.end_of(index, to),
        }
    }
}

/// Adds the entries of a field.
fn add(gatherer: &mut Gatherer<'_, '_>, field: &Field, group: Group, text: Option<Span>) {
    let value = gatherer.lines.value;
    let first = gatherer.entries.len();
    match field.role.kind() {
        // `:raises: ValueError: text`.
        SectionKind::Raises | SectionKind::Warns if field.argument.is_empty() => {
            let start = text.map_or(group.end, |it| it.start);
            let behind = Group { start, ..group };
            if start < group.line_end && exceptions::exception(gatherer, behind) {
                for entry in &mut gatherer.entries[first..] {
                    entry.span = group.span();
                }
                return;
            }
        }
        SectionKind::Raises | SectionKind::Warns => {
            exceptions::names(value, field.argument, gatherer.entries);
        }
        SectionKind::Returns | SectionKind::Yields => {}
        _ if field.argument.is_empty() => return,
        _ => fields::named(value, field.argument, gatherer.entries),
    }
    if gatherer.entries.len() == first {
        gatherer.nameless(
            group.start,
            Some(field.argument).filter(|it| !it.is_empty()),
        );
    }
    gatherer.close(first, group, text);
}
