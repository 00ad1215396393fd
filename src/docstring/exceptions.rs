//! Entries that are exceptions or warnings, in Google and NumPy style: `ValueError, m.E: text`.

use super::Entry;
use super::entries::{Gatherer, Group, groups};
use super::head::MOST_NAMES;
use super::names::section_kind;
use super::syntax::{closing_bracket, dash, identifier, list_mark};
use crate::text::Span;

/// Reads the exceptions of the lines `from..to`. What names none is an entry without a name.
pub(super) fn exceptions(gatherer: &mut Gatherer<'_, '_>, from: usize, to: usize) {
    let lines = gatherer.lines;
    let mut first = true;
    for group in groups(lines, from, to) {
        let adjacent = !first && !lines.is_after_blank(group.from);
        first = false;
        // `ones: text` below a line of prose goes on with it.
        let lower = adjacent && lines.text(group.from).starts_with(char::is_lowercase);
        if lower && gatherer.extend_text(group)
            || exception(gatherer, group)
            || gatherer.extend_text(group)
        {
            continue;
        }
        let said = !gatherer.entries.is_empty();
        if said && !adjacent || adjacent && !group.has_block() {
            gatherer.loose(group);
        } else {
            gatherer.text(group);
        }
    }
}

/// Reads one group; false where it names no exception.
pub(super) fn exception(gatherer: &mut Gatherer<'_, '_>, group: Group) -> bool {
    let value = gatherer.lines.value;
    let first = gatherer.entries.len();
    let line = group.line().of(value);
    let start = group.start + list_mark(line) as u32;
    let end = names(value, Span::new(start, group.line_end), gatherer.entries);
    let rest = Span::new(end, group.line_end).of(value);
    let bare = rest.trim_start();
    let after = group.line_end - bare.len() as u32;
    let named = gatherer.entries[first..].iter().filter_map(|it| it.name);
    let separated = if bare.starts_with(':') && !bare.starts_with("::") {
        Some(1)
    } else {
        Some(dash(bare)).filter(|&it| it > 0 && bare.len() < rest.len())
    };
    let plain = separated.is_none() && !bare.is_empty();
    let reads = gatherer.entries.len() > first
        && named.clone().all(|it| section_kind(it).is_none())
        && (!plain || rest.len() > bare.len() && named.clone().all(is_exception));
    if !reads {
        gatherer.entries.truncate(first);
        return false;
    }
    let text = gatherer
        .lines
        .rest(after + separated.unwrap_or(0) as u32, group.from, group.to);
    gatherer.close(first, group, text);
    true
}

/// Adds an entry for each class that the text at `span` begins with, joined by commas, `or`, `and`, `|`, `/`, in
/// brackets or not; gives the offset behind them.
pub(super) fn names<'v>(value: &'v str, span: Span, entries: &mut Vec<Entry<'v>>) -> u32 {
    let text = span.of(value);
    let mut at = 0;
    let mut end = 0;
    for _ in 0..MOST_NAMES {
        at += text[at..].len() - text[at..].trim_start_matches(['(', '[', ' ']).len();
        let (open, length, close) = class(&text[at..]);
        if length == 0 {
            break;
        }
        let start = at + open;
        let name_span = Span::new(start as u32, (start + length) as u32).shifted(span.start);
        entries.push(Entry {
            name: Some(name_span.of(value)),
            name_span,
            annotation: None,
            text: None,
            span: name_span,
        });
        at = start + length + close;
        at += text[at..].len() - text[at..].trim_start_matches([')', ']']).len();
        at = arguments(text, at);
        end = at;
        let rest = text[at..].trim_start();
        let Some(joint) = [", or ", ",", "or ", "and ", "| ", "/"]
            .into_iter()
            .find(|it| rest.starts_with(it))
        else {
            break;
        };
        at = text.len() - rest.len() + joint.len();
    }
    span.start + end as u32
}

/// Offset behind the arguments in brackets that stand at `at`, a blank before them or not: `HTTPError (404)`.
fn arguments(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start();
    let open = text.len() - rest.len();
    if !rest.starts_with('(') {
        return at;
    }
    closing_bracket(text, open, text.len()).map_or(at, |it| it + 1)
}

/// The class that `text` begins with: what stands before it (a role, backquotes, `~`), its length, what stands behind.
fn class(text: &str) -> (usize, usize, usize) {
    let role = role(text);
    let rest = &text[role..];
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let stars = if ticks == 0 {
        rest.len() - rest.trim_start_matches('*').len()
    } else {
        0
    };
    let inner = &rest[ticks + stars..];
    let tilde = inner.len() - inner.trim_start_matches(['~', '!', '.']).len();
    let length = identifier(&inner[tilde..], false);
    let behind = &inner[tilde + length..];
    let mark = if ticks > 0 { '`' } else { '*' };
    let close = (ticks + stars).min(behind.len() - behind.trim_start_matches(mark).len());
    (role + ticks + stars + tilde, length, close)
}

/// Length of the role (`:class:`, `:py:exc:`) that `text` begins with, before a backquote.
fn role(text: &str) -> usize {
    if !text.starts_with(':') {
        return 0;
    }
    let tick = memchr::memchr(b'`', &text.as_bytes()[..text.len().min(24)]);
    tick.filter(|&it| text[..it].ends_with(':') && !text[..it].contains(' '))
        .unwrap_or(0)
}

/// Whether a name is an exception's by its look alone.
fn is_exception(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    [
        "Error",
        "Exception",
        "Warning",
        "Exit",
        "Interrupt",
        "Iteration",
        "Failure",
        "Timeout",
    ]
    .into_iter()
    .any(|it| last.ends_with(it))
        && last.starts_with(|it: char| it.is_ascii_uppercase())
}
