//! Entries of Google style: `name (type): text`, and what deeper lines go on with.

use super::entries::{Gatherer, Group, groups};
use super::head::{self, Mark};
use super::lines::trimmed;
use super::syntax::{identifier, list_mark, separating_colon};
use super::types::{is_known_type, is_type};
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
    let start = group.start + (list_mark(line) + field_mark(line)) as u32;
    let Some(head) = head::read(
        lines.value,
        start,
        group.line_end,
        group.end,
        gatherer.entries,
    ) else {
        return bare_type(gatherer, group);
    };
    let text = lines.rest(head.rest, group.from, group.to);
    let single = gatherer.entries.len() == first + 1;
    match head.mark {
        Mark::Colon => gatherer.close(first, group, text),
        Mark::SpacedColon => spaced(gatherer, first, group, head.rest),
        // A name alone on its line is one where its text stands below, or its type beside it.
        Mark::End if group.has_block() || is_typed(gatherer, first) => {
            gatherer.close(first, group, text);
        }
        Mark::Dash if single => {
            gatherer.close(first, group, text);
            // `* x - text`: items of a list have no colons.
            if list_mark(line) == 0 {
                gatherer.malformed(group.span());
            }
        }
        Mark::Missing if is_typed(gatherer, first) => {
            gatherer.close(first, group, text);
            gatherer.malformed(group.span());
        }
        Mark::End | Mark::Dash | Mark::Missing => {
            gatherer.entries.truncate(first);
            return false;
        }
    }
    true
}

/// Whether what stands in brackets behind the name of the entry at `first` is a type.
fn is_typed(gatherer: &Gatherer<'_, '_>, first: usize) -> bool {
    let annotation = gatherer.entries.get(first).and_then(|it| it.annotation);
    annotation.is_some_and(|it| is_type(it.of(gatherer.lines.value)))
}

/// `name int: text`: a type without its brackets, where it is sure to be one.
fn bare_type(gatherer: &mut Gatherer<'_, '_>, group: Group) -> bool {
    let lines = gatherer.lines;
    let line = group.line().of(lines.value);
    let length = identifier(line, false);
    let inner = line[length..].trim_start();
    let Some(colon) = separating_colon(inner).filter(|_| length > 0) else {
        return false;
    };
    let said = inner[..colon].trim_end();
    if said.contains(' ') && !said.contains('[') || !is_known_type(said) {
        return false;
    }
    let start = group.line_end - inner.len() as u32;
    let first = gatherer.entries.len();
    gatherer.nameless(
        group.start,
        Some(Span::new(start, start + said.len() as u32)),
    );
    if let Some(entry) = gatherer.entries.last_mut() {
        entry.name = line.get(..length);
        entry.name_span = Span::new(group.start, group.start + length as u32);
    }
    let rest = start + colon as u32 + 1;
    gatherer.close(first, group, lines.rest(rest, group.from, group.to));
    gatherer.malformed(group.span());
    true
}

/// Length of what makes an entry a field as well: `:param x: text` or `:x: text` under a Google header.
fn field_mark(line: &str) -> usize {
    let Some(inner) = line.strip_prefix(':') else {
        return 0;
    };
    let keyword = ["param ", "parameter ", "arg ", "keyword "]
        .into_iter()
        .find(|it| inner.starts_with(it));
    1 + keyword.map_or(0, str::len)
}

/// `x : int` with its text below is numpydoc's way inside a Google section; `x : text` is not.
fn spaced(gatherer: &mut Gatherer<'_, '_>, first: usize, group: Group, rest: u32) {
    let lines = gatherer.lines;
    let said = trimmed(lines.value, Span::new(rest, group.line_end.max(rest)));
    let typed = gatherer.entries[first..]
        .iter()
        .any(|it| it.annotation.is_some());
    if typed || !group.has_block() || !is_type(said.of(lines.value)) {
        gatherer.close(first, group, lines.rest(rest, group.from, group.to));
        return;
    }
    for entry in &mut gatherer.entries[first..] {
        entry.annotation = Some(said);
    }
    gatherer.close(first, group, Some(lines.block(group.from + 1, group.to)));
}

/// Reads the returned or yielded values of the lines `from..to`: several, where every line that begins
/// a group says a type or a name and a type; otherwise one.
pub(super) fn returns(gatherer: &mut Gatherer<'_, '_>, from: usize, to: usize) {
    let lines = gatherer.lines;
    let first = gatherer.entries.len();
    let mut several = 0;
    for group in groups(lines, from, to) {
        several += 1;
        if !returned(gatherer, group) {
            several = 0;
            break;
        }
    }
    if several > 0 {
        return;
    }
    gatherer.entries.truncate(first);
    let Some(group) = groups(lines, from, to).next() else {
        return;
    };
    let whole = Group {
        to,
        end: lines.end_of(group.from, to),
        ..group
    };
    if !returned(gatherer, whole) {
        gatherer.text(whole);
    }
}

/// Reads `type: text` or `name (type): text`; false where the group is neither.
pub(super) fn returned(gatherer: &mut Gatherer<'_, '_>, group: Group) -> bool {
    let lines = gatherer.lines;
    let first = gatherer.entries.len();
    let line = group.line().of(lines.value);
    let mark = list_mark(line);
    let Some(colon) = separating_colon(&line[mark..]) else {
        return false;
    };
    let before = line[mark..mark + colon].trim_end();
    let start = group.start + mark as u32;
    let span = Span::new(start, start + before.len() as u32);
    let named = before.ends_with(')')
        && head::read(
            lines.value,
            span.start,
            span.end,
            span.end,
            gatherer.entries,
        )
        .is_some_and(|it| it.mark == Mark::End)
        && gatherer.entries[first..]
            .iter()
            .all(|it| it.annotation.is_some());
    if !named {
        gatherer.entries.truncate(first);
        // `- True: if so` is an item of a list.
        if mark > 0 || !is_type(before) || super::names::section_kind(before).is_some() {
            return false;
        }
        gatherer.nameless(start, Some(span));
    }
    let rest = start + colon as u32 + 1;
    gatherer.close(first, group, lines.rest(rest, group.from, group.to));
    true
}
