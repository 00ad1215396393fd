//! From a docstring's value to the model.

use super::headers::is_underline;
use super::lines::Lines;
use super::reader::Reader;
use super::{Docstring, Quirk, QuirkKind, Style};
use super::{templates, typed_fields};
use crate::text::Span;

/// Reads a docstring. `value` is what Python gives, not cleaned: its first line stands at column 0, the others are indented as
/// in the source. `hint` is the style to take where as much speaks for it as for another.
pub fn parse(value: &str, hint: Option<Style>) -> Docstring<'_> {
    let text = value.trim_ascii();
    if memchr::memchr(b'\n', text.as_bytes()).is_none() && !text.starts_with([':', '@', '.']) {
        return one_line(value, text);
    }
    let mut reader = Reader::new(value);
    reader.run();
    typed_fields::merge(&reader.types, &mut reader.sections);
    let style = reader.styles.decide(hint);
    let (summary, description) = prose(&reader.lines, reader.first);
    let mut quirks = reader.quirks;
    templates::find(&reader.lines, &mut quirks);
    for (index, section) in reader.sections.iter().enumerate() {
        if let Some(foreign) = reader.styles.of(index).filter(|it| Some(*it) != style)
            && section.kind.has_entries()
        {
            quirks.push(Quirk {
                kind: QuirkKind::ForeignStyle(foreign),
                span: section.span,
            });
        }
    }
    quirks.sort_by_key(|it| it.span.start);
    typed_fields::drop_spent(&reader.types, &mut reader.sections);
    Docstring {
        value,
        style,
        summary,
        description,
        sections: reader.sections,
        quirks,
    }
}

/// A docstring of one line is its summary.
fn one_line<'v>(value: &'v str, text: &str) -> Docstring<'v> {
    let start = (value.len() - value.trim_ascii_start().len()) as u32;
    let summary = Span::new(start, start + text.len() as u32);
    Docstring {
        value,
        style: None,
        summary: (!text.is_empty()).then_some(summary),
        description: None,
        sections: Vec::new(),
        quirks: Vec::new(),
    }
}

/// The summary and the description: what stands before the line `first`, on which the first section begins.
fn prose(lines: &Lines<'_>, first: Option<usize>) -> (Option<Span>, Option<Span>) {
    let limit = first.unwrap_or(lines.count());
    let Some(mut start) = lines.skip_blank(0).filter(|&it| it < limit) else {
        return (None, None);
    };
    let ruled = |it: usize| is_underline(lines.text(it).as_bytes());
    // A title under or between rules is the summary without them.
    if ruled(start) && start + 1 < limit && !lines.is_blank(start + 1) {
        start += 1;
    }
    let end = (start + 1..limit)
        .find(|&it| lines.is_blank(it) || ruled(it))
        .unwrap_or(limit);
    let behind = if end < limit && ruled(end) {
        end + 1
    } else {
        end
    };
    let description = lines.block(behind, limit);
    (
        Some(lines.block(start, end)),
        Some(description).filter(|it| !it.is_empty()),
    )
}
