//! Where a new section goes.

use super::super::lines::Lines;
use super::super::{Docstring, Section, SectionKind, Style};
use super::layout;

/// How a section is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Under a title.
    Header,
    /// By fields.
    Field,
}

impl Form {
    /// How `section` is written.
    pub(super) fn of(value: &str, section: &Section<'_>) -> Self {
        if value[..section.title.range().start].ends_with([':', '@']) {
            Self::Field
        } else {
            Self::Header
        }
    }
}

/// Where a new section goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Offset in the value.
    pub(super) at: u32,
    /// Whether it goes before what stands there, which nothing stands before.
    pub(super) is_before: bool,
    /// How the section before it is written; `None` where none is right before it.
    pub(super) before: Option<Form>,
    /// How the section behind it is written.
    pub(super) behind: Option<Form>,
}

impl Place {
    /// The place of a new section of `kind`: behind the last one that `style` has before it.
    pub(super) fn of(
        docstring: &Docstring<'_>,
        lines: &Lines<'_>,
        kind: SectionKind,
        style: Style,
    ) -> Self {
        let value = docstring.value;
        let sections = &docstring.sections;
        let own = rank(kind, style);
        let before = sections.iter().rposition(|it| rank(it.kind, style) <= own);
        let behind = before.map_or(0, |it| it + 1);
        let next = sections.get(behind);
        let limit = next.map_or(value.len() as u32, |it| it.span.start);
        let end_of_text = value[..limit as usize].trim_end().len() as u32;
        let form = |it: &Section<'_>| Form::of(value, it);
        let Some(section) = before.and_then(|it| sections.get(it)) else {
            let first = lines.get(lines.index_of(limit)).start;
            let is_field = |it: &Section<'_>| form(it) == Form::Field;
            let is_before = end_of_text == 0 || style.has_fields() && next.is_some_and(is_field);
            return Self {
                at: if is_before { first } else { end_of_text },
                is_before,
                before: None,
                behind: next.map(form),
            };
        };
        // A directive's text is not the section's: what follows it is the description still.
        if layout::is_directive(value, section) {
            return Self {
                at: end_of_text,
                is_before: false,
                before: None,
                behind: next.map(form),
            };
        }
        let types = section.entries.iter().filter_map(|it| it.annotation);
        let end = types.map(|it| it.end).filter(|&it| it <= limit).max();
        let at = section.span.end.max(end.unwrap_or_default());
        Self {
            at,
            is_before: false,
            before: Some(form(section)),
            behind: next.filter(|_| at == end_of_text).map(form),
        }
    }
}

/// Where `style` has a section of `kind` among the others.
pub(super) fn rank(kind: SectionKind, style: Style) -> usize {
    use SectionKind::{
        Admonition, Attributes, Deprecated, KeywordParams, Methods, Notes, OtherParams, Params,
        Raises, Receives, References, Returns, SeeAlso, Warns, Yields,
    };
    let order: &[SectionKind] = if style == Style::Numpy {
        &[
            Deprecated,
            Params,
            Attributes,
            Methods,
            Returns,
            Yields,
            Receives,
            KeywordParams,
            OtherParams,
            Raises,
            Warns,
            Admonition,
            SeeAlso,
            Notes,
            References,
        ]
    } else {
        &[
            Deprecated,
            Params,
            KeywordParams,
            OtherParams,
            Attributes,
            Methods,
            Returns,
            Yields,
            Receives,
            Raises,
            Warns,
        ]
    };
    order
        .iter()
        .position(|it| *it == kind)
        .unwrap_or(order.len())
}

/// What `indent` has more than `outer`, both of which must be blank.
pub(super) fn deeper<'a>(indent: &'a str, outer: &str) -> Option<&'a str> {
    let deeper = indent.strip_prefix(outer)?;
    let is_blank = !deeper.is_empty() && indent.trim().is_empty();
    is_blank.then_some(deeper)
}

/// One level of indentation: that of the sections that are there.
pub(super) fn unit<'a>(docstring: &Docstring<'a>, margin: &str) -> &'a str {
    let value = docstring.value;
    let of = |section: &Section<'_>| {
        let entry = section.entries.first()?;
        let starts = [section.title.start, entry.span.start, entry.text?.start];
        let [header, head, text] = starts.map(|it| layout::before(value, it));
        deeper(head, header).or_else(|| deeper(text, head))
    };
    docstring
        .sections
        .iter()
        .find_map(of)
        .unwrap_or_else(|| super::unit(margin))
}
