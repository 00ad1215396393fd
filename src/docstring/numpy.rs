//! Entries of NumPy style: `name : type` with the text below, deeper.

use super::Entry;
use super::entries::{Gatherer, Group, groups};
use super::head::{self, Mark};
use super::lines::trimmed;
use super::syntax::{closing_bracket, identifier, list_mark, separating_colon};
use super::types::{is_known_type, is_sentence, is_type};
use crate::text::Span;

/// Reads the parameters, attributes or methods of the lines `from..to`.
pub(super) fn params(gatherer: &mut Gatherer<'_, '_>, from: usize, to: usize) {
    for group in groups(gatherer.lines, from, to) {
        if !param(gatherer, group) {
            gatherer.loose(group);
        }
    }
}

/// Reads one parameter; false where the group is none.
fn param(gatherer: &mut Gatherer<'_, '_>, group: Group) -> bool {
    let lines = gatherer.lines;
    let first = gatherer.entries.len();
    let line = group.line().of(lines.value);
    let start = group.start + list_mark(line) as u32;
    let Some(head) = head::read(
        lines.value,
        start,
        group.line_end,
        group.end,
        gatherer.entries,
    ) else {
        return without_colon(gatherer, group);
    };
    let typed = gatherer.entries[first..]
        .iter()
        .any(|it| it.annotation.is_some());
    match head.mark {
        Mark::Colon | Mark::SpacedColon if !typed => {
            typed_below(gatherer, first, group, head.rest);
        }
        Mark::Colon | Mark::SpacedColon | Mark::End => {
            gatherer.close(first, group, lines.rest(head.rest, group.from, group.to));
        }
        Mark::Dash | Mark::Missing => {
            gatherer.close(first, group, lines.rest(head.rest, group.from, group.to));
            // `* x - text`: items of a list have no colons.
            if list_mark(line) == 0 {
                gatherer.malformed(group.span());
            }
        }
    }
    true
}

/// `name str` over its text: the colon is missing, but a built-in type behind one name leaves no doubt.
fn without_colon(gatherer: &mut Gatherer<'_, '_>, group: Group) -> bool {
    let lines = gatherer.lines;
    let line = group.line().of(lines.value);
    let length = identifier(line, false);
    let said = line[length..].trim_start();
    if length == 0 || !group.has_block() || !is_known_type(said) {
        return false;
    }
    let first = gatherer.entries.len();
    gatherer.nameless(
        group.start,
        Some(Span::new(
            group.line_end - said.len() as u32,
            group.line_end,
        )),
    );
    let name_span = Span::new(group.start, group.start + length as u32);
    if let Some(entry) = gatherer.entries.last_mut() {
        entry.name = line.get(..length);
        entry.name_span = name_span;
    }
    gatherer.close(first, group, Some(lines.block(group.from + 1, group.to)));
    gatherer.malformed(group.line());
    true
}

/// Takes what stands behind the colon as the type and what stands below as the text, but for a sentence behind the
/// colon (`x : The thing.`), which is text.
fn typed_below(gatherer: &mut Gatherer<'_, '_>, first: usize, group: Group, rest: u32) {
    let lines = gatherer.lines;
    let (said, below) = type_and_text(gatherer, group, rest);
    if is_sentence(said.of(lines.value)) {
        gatherer.close(first, group, lines.rest(rest, group.from, group.to));
        return;
    }
    for entry in &mut gatherer.entries[first..] {
        entry.annotation = Some(said).filter(|it| !it.is_empty());
    }
    gatherer.close(first, group, below);
}

/// The type that begins at `start` on the first line of `group`, to the end of the line or of the bracket that it leaves
/// open, and what stands below.
fn type_and_text(gatherer: &Gatherer<'_, '_>, group: Group, start: u32) -> (Span, Option<Span>) {
    let lines = gatherer.lines;
    let line = trimmed(
        lines.value,
        Span::new(start.min(group.line_end), group.line_end),
    );
    let mut last = group.from;
    let said = line.of(lines.value);
    let open = said
        .find(['{', '[', '('])
        .map(|it| line.start as usize + it);
    let close = open.and_then(|it| closing_bracket(lines.value, it, group.end as usize));
    if let Some(close) = close {
        while last + 1 < group.to && (lines.get(last).end as usize) < close {
            last += 1;
        }
    }
    let end = lines.get(last).end.max(line.end);
    let below = lines.block(last + 1, group.to);
    (
        Span::new(line.start, end),
        Some(below).filter(|it| !it.is_empty()),
    )
}

/// Reads the returned or yielded values of the lines `from..to`.
pub(super) fn returns(gatherer: &mut Gatherer<'_, '_>, from: usize, to: usize) {
    let lines = gatherer.lines;
    let mut first = true;
    for group in groups(lines, from, to) {
        let adjacent = !first && !lines.is_after_blank(group.from);
        first = false;
        // Prose goes on as prose, whatever its next line looks like.
        if gatherer.extend_text(group) || returned(gatherer, group) {
            continue;
        }
        if adjacent && !group.has_block() {
            if !gatherer.extend_entry(group) {
                gatherer.loose(group);
            }
        } else {
            gatherer.text(group);
        }
    }
}

/// Reads `type`, `name : type` or `type: text`; false where the group is prose.
fn returned(gatherer: &mut Gatherer<'_, '_>, group: Group) -> bool {
    let lines = gatherer.lines;
    let first = gatherer.entries.len();
    let line = group.line().of(lines.value);
    let start = group.start + list_mark(line) as u32;
    // `(x, y) : tuple` is one value.
    let head = if line.starts_with('(') {
        None
    } else {
        head::read(
            lines.value,
            start,
            group.line_end,
            group.line_end,
            gatherer.entries,
        )
    };
    let colon = head.filter(|it| matches!(it.mark, Mark::Colon | Mark::SpacedColon));
    if let Some(head) = colon {
        if gatherer.entries[first..]
            .iter()
            .any(|it| it.annotation.is_some())
        {
            gatherer.close(first, group, lines.rest(head.rest, group.from, group.to));
            return true;
        }
        let (said, below) = type_and_text(gatherer, group, head.rest);
        let is_typed = said.is_empty() && are_alternatives(&gatherer.entries[first..], lines.value);
        if !is_typed && !is_sentence(said.of(lines.value)) {
            if !said.is_empty() {
                for entry in &mut gatherer.entries[first..] {
                    entry.annotation = Some(said);
                }
            }
            gatherer.close(first, group, below);
            return true;
        }
    }
    gatherer.entries.truncate(first);
    typed(gatherer, group)
}

/// Whether `or` stands between the names: `scalar or ndarray:` is a type.
fn are_alternatives(entries: &[Entry<'_>], value: &str) -> bool {
    entries.windows(2).any(|it| {
        let between = Span::new(it[0].name_span.end, it[1].name_span.start);
        between.of(value).trim() == "or"
    })
}

/// Reads a type alone on its line with its text below, or `type: text`.
fn typed(gatherer: &mut Gatherer<'_, '_>, group: Group) -> bool {
    let lines = gatherer.lines;
    let first = gatherer.entries.len();
    let line = group.line().of(lines.value);
    if let Some(colon) = separating_colon(line)
        && is_type(line[..colon].trim_end())
    {
        let rest = group.start + colon as u32 + 1;
        let (said, below) = type_and_text(gatherer, group, rest);
        // `(x, y) : tuple`: what stands before the blank and the colon are names.
        if line[..colon].ends_with(' ') && is_type(said.of(lines.value)) {
            gatherer.nameless(group.start, Some(said));
            gatherer.close(first, group, below);
            return true;
        }
        let said = trimmed(lines.value, Span::new(group.start, rest - 1));
        gatherer.nameless(group.start, Some(said));
        gatherer.close(first, group, lines.rest(rest, group.from, group.to));
        return true;
    }
    let (said, below) = type_and_text(gatherer, group, group.start);
    let text = said.of(lines.value);
    if !is_type(text) && (below.is_none() || is_sentence(text)) {
        return false;
    }
    gatherer.nameless(group.start, Some(said));
    gatherer.close(first, group, below);
    true
}
