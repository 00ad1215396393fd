//! How texts lie in a docstring: their indentation, and what stands around an entry's parts.

use super::super::Section;
use super::super::lines::Lines;
use crate::text::Span;

/// The lines `from..to` as they are, without the docstring's margin and the blank lines around them.
pub(super) fn margin_text(lines: &Lines<'_>, from: usize, to: usize) -> String {
    let to = to.min(lines.count());
    let filled = |it: &usize| !lines.is_blank(*it);
    let (Some(first), Some(last)) = ((from..to).find(filled), (from..to).rev().find(filled)) else {
        return String::new();
    };
    let mut out = String::new();
    for index in first..=last {
        if index > first {
            out.push('\n');
        }
        deeper(&mut out, lines, index, lines.margin);
    }
    out
}

/// Adds a line without `level` columns of its indentation.
fn deeper(out: &mut String, lines: &Lines<'_>, index: usize, level: u32) {
    let line = lines.get(index);
    if !line.is_blank() {
        let depth = line.indent.saturating_sub(level) as usize;
        out.extend(std::iter::repeat_n(' ', depth));
        out.push_str(lines.text(index));
    }
}

/// The text at `span`: its first line, and the others without the indentation that they share. What a colon announces is
/// deeper than the text itself where there is no other line to tell.
pub(super) fn text(lines: &Lines<'_>, span: Span) -> String {
    if span.is_empty() {
        return String::new();
    }
    let from = lines.index_of(span.start);
    let to = lines.index_of(span.end - 1);
    let first = lines.get(from);
    let opening = Span::new(span.start, first.end.min(span.end)).of(lines.value);
    let below = (from + 1..=to).filter(|&it| !lines.is_blank(it));
    let mut level = below.map(|it| lines.get(it).indent).min().unwrap_or(0);
    if span.start == first.start {
        level = level.min(first.indent);
    } else {
        let step = if is_tabbed(lines) { 8 } else { 4 };
        let aligned = first.indent + (span.start - first.start);
        let hanging = first.indent + step;
        if opening.ends_with(':') && level > hanging && level != aligned {
            level = hanging;
        }
    }
    let mut out = opening.to_owned();
    for index in from + 1..=to {
        out.push('\n');
        deeper(&mut out, lines, index, level);
    }
    out
}

/// Whether lines are indented by tabs.
fn is_tabbed(lines: &Lines<'_>) -> bool {
    margin(lines, "").contains('\t')
}

/// The bytes that a line at the docstring's margin begins with; `indent` where only the first line is.
pub(super) fn margin<'a>(lines: &Lines<'a>, indent: &'a str) -> &'a str {
    let at_margin = |&it: &usize| !lines.is_blank(it) && lines.get(it).indent == lines.margin;
    match (1..lines.count()).find(at_margin) {
        Some(index) => before(lines.value, lines.get(index).start),
        None => indent,
    }
}

/// What stands before `offset` on its line.
pub(super) fn before(value: &str, offset: u32) -> &str {
    let head = value.get(..offset as usize).unwrap_or_default();
    &head[head.rfind('\n').map_or(0, |it| it + 1)..]
}

/// Whether the section is a `.. deprecated::` directive.
pub(super) fn is_directive(value: &str, section: &Section<'_>) -> bool {
    value[..section.title.range().start].ends_with(".. ")
}

/// What `span` holds that is none of the `known` parts and more than marks: words, digits, an ellipsis.
pub(super) fn residue<'v>(value: &'v str, span: Span, known: &mut Vec<Span>) -> Option<&'v str> {
    known.sort_unstable();
    known.dedup();
    let mut at = span.start;
    let mut is_field = value[span.range()].starts_with([':', '@']);
    for part in known
        .iter()
        .filter(|it| span.start <= it.start && it.end <= span.end)
    {
        let gap = Span::new(at.min(part.start), part.start).of(value);
        if !is_mark(gap, is_field) {
            return Some(gap);
        }
        is_field = false;
        at = at.max(part.end);
    }
    let gap = Span::new(at.min(span.end), span.end).of(value);
    (!is_mark(gap, is_field)).then_some(gap)
}

/// Whether `gap` holds only what styles write around an entry's parts; a field's begins with its keyword.
fn is_mark(gap: &str, is_field: bool) -> bool {
    if gap.contains("...") || gap.contains(['=', '<', '>']) {
        return false;
    }
    let words = gap.split(|it: char| !it.is_alphanumeric() && it != '_');
    let mut words = words.filter(|it| !it.is_empty()).peekable();
    if is_field {
        words.next();
    }
    words.all(|it| matches!(it, "and" | "or" | "class" | "exc" | "py" | "obj" | "ref"))
}
