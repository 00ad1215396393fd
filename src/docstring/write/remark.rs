//! A paragraph of its own below the summary.

use super::super::lines::Lines;
use super::super::{Docstring, Section, SectionKind, parse};
use super::{Change, layout};
use crate::text::Span;

/// Columns up to which a line of new prose goes, as formatters have it.
const WIDTH: usize = 88;

/// What puts `text` below the summary of `docstring`; none where there is no summary, or where something else would be
/// read otherwise. `indent` is the indentation of the statements beside the docstring.
pub fn remark(docstring: &Docstring<'_>, text: &str, indent: &str) -> Vec<Change> {
    let value = docstring.value;
    let Some(summary) = docstring.summary else {
        return Vec::new();
    };
    let lines = Lines::new(value);
    let margin = layout::margin(&lines, indent);
    let at = summary.end;
    let mut words = String::from("\n");
    for line in wrapped(text, WIDTH.saturating_sub(margin.len())) {
        words.push('\n');
        words.push_str(margin);
        words.push_str(&line);
    }
    let rest = &value[at as usize..];
    let mut within = Span::empty(at);
    if !value.contains('\n') && rest.trim().is_empty() {
        within.end = value.len() as u32;
        words.push('\n');
        words.push_str(margin);
    } else if is_crowded(rest) {
        words.push('\n');
    }
    let changes = vec![Change { within, words }];
    let after = super::changed(value, &changes);
    if said(&parse(&after, docstring.style)) == said(docstring) {
        return changes;
    }
    Vec::new()
}

/// Whether what follows stands on the next line.
fn is_crowded(rest: &str) -> bool {
    let gap = &rest[..rest.len() - rest.trim_start().len()];
    !rest.trim().is_empty() && gap.matches('\n').count() == 1
}

/// The words in lines of at most `width` columns, if none is longer.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(last) if last.chars().count() + 1 + word.chars().count() <= width => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// What stands in the summary and in the sections, but for one that tells of a deprecation.
fn said<'d>(docstring: &'d Docstring<'_>) -> (&'d str, Vec<&'d str>) {
    let value = docstring.value;
    let is_old = |it: &&Section<'_>| it.kind != SectionKind::Deprecated;
    let sections = docstring.sections.iter().filter(is_old);
    let summary = docstring.summary.unwrap_or_default().of(value);
    (summary, sections.map(|it| it.span.of(value)).collect())
}
