//! The entries of a section's body: groups of lines by indentation, whatever the style.

use super::lines::Lines;
use super::syntax::list_mark;
use super::templates::is_template;
use super::{Entry, Quirk, QuirkKind};
use crate::text::Span;

/// A run of lines that can be one entry: its first line, and the deeper ones below.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    /// Index of its first line.
    pub(super) from: usize,
    /// Index behind its last line.
    pub(super) to: usize,
    /// Offset of its first byte that is not blank.
    pub(super) start: u32,
    /// Offset behind its first line.
    pub(super) line_end: u32,
    /// Offset behind its last byte that is not blank.
    pub(super) end: u32,
}

impl Group {
    /// Whether it has lines below its first that are not blank.
    pub(super) const fn has_block(self) -> bool {
        self.end > self.line_end
    }

    /// All of it.
    pub(super) const fn span(self) -> Span {
        Span::new(self.start, self.end)
    }

    /// Its first line.
    pub(super) const fn line(self) -> Span {
        Span::new(self.start, self.line_end)
    }
}

/// The groups of the lines `from..to`: each line that is not deeper than the first one begins one.
pub(super) fn groups(lines: &Lines<'_>, from: usize, to: usize) -> impl Iterator<Item = Group> {
    let first = lines.skip_blank(from).filter(|&it| it < to);
    let base = first.map_or(0, |it| lines.get(it).indent);
    let mut next = first.unwrap_or(to);
    std::iter::from_fn(move || {
        while next < to && lines.is_blank(next) {
            next += 1;
        }
        if next >= to {
            return None;
        }
        let from = next;
        next = lines.skip_deeper(from + 1, to, base);
        let line = lines.get(from);
        Some(Group {
            from,
            to: next,
            start: line.start,
            line_end: line.end,
            end: lines.end_of(from, next),
        })
    })
}

/// Where entries and quirks are gathered.
#[derive(Debug)]
pub(super) struct Gatherer<'a, 'v> {
    /// The docstring's lines.
    pub(super) lines: &'a Lines<'v>,
    /// The section's entries so far.
    pub(super) entries: &'a mut Vec<Entry<'v>>,
    /// The docstring's quirks so far.
    pub(super) quirks: &'a mut Vec<Quirk>,
    /// The first of the entries that were added last, and the line behind them.
    open: Option<(usize, usize)>,
}

impl<'a, 'v> Gatherer<'a, 'v> {
    /// Gathers into `entries` and `quirks`.
    pub(super) fn new(
        lines: &'a Lines<'v>,
        entries: &'a mut Vec<Entry<'v>>,
        quirks: &'a mut Vec<Quirk>,
    ) -> Self {
        Self {
            lines,
            entries,
            quirks,
            open: None,
        }
    }

    /// Gives the entries from `first` on, which `group` holds, their text.
    pub(super) fn close(&mut self, first: usize, group: Group, text: Option<Span>) {
        for entry in &mut self.entries[first..] {
            entry.span = group.span();
            entry.text = text;
        }
        self.open = Some((first, group.to));
    }

    /// Adds an entry without a name, with its type if it has one.
    pub(super) fn nameless(&mut self, at: u32, annotation: Option<Span>) {
        self.entries.push(Entry {
            name: None,
            name_span: Span::empty(at),
            annotation,
            text: None,
            span: Span::empty(at),
        });
    }

    /// Takes a whole group as the text of an entry without a name.
    pub(super) fn text(&mut self, group: Group) {
        let first = self.entries.len();
        self.nameless(group.start, None);
        self.close(first, group, Some(group.span()));
    }

    /// Lets the entry added last, which has a text, go on with `group`, if it stands right below it.
    pub(super) fn extend_entry(&mut self, group: Group) -> bool {
        let Some((first, end)) = self.open else {
            return false;
        };
        let adjacent = end == group.from && !self.lines.is_after_blank(group.from);
        let entries = self.entries.get_mut(first..).unwrap_or_default();
        if !adjacent || entries.iter().any(|it| it.text.is_none()) {
            return false;
        }
        for entry in entries {
            entry.text = entry.text.map(|it| it.cover(group.span()));
            entry.span = entry.span.cover(group.span());
        }
        self.open = Some((first, group.to));
        true
    }

    /// Lets the text that the entry added last is go on with `group`, if it stands right below it.
    pub(super) fn extend_text(&mut self, group: Group) -> bool {
        let Some((first, end)) = self.open else {
            return false;
        };
        let adjacent = end == group.from && !self.lines.is_after_blank(group.from);
        match self.entries.get_mut(first) {
            Some(entry) if adjacent && entry.name.is_none() && entry.text == Some(entry.span) => {
                entry.span = entry.span.cover(group.span());
                entry.text = Some(entry.span);
                self.open = Some((first, group.to));
                true
            }
            _ => false,
        }
    }

    /// Takes a group that is no entry: where it follows one without a blank line, it goes on with its text. That is a
    /// quirk, but for list items.
    pub(super) fn loose(&mut self, group: Group) {
        let text = group.line().of(self.lines.value);
        if is_template(text) {
            self.open = None;
            return;
        }
        let Some((first, end)) = self.open.filter(|_| !self.lines.is_after_blank(group.from))
        else {
            self.open = None;
            if !text.starts_with("..") {
                self.remark(group.span());
            }
            return;
        };
        if end != group.from {
            return;
        }
        for entry in &mut self.entries[first..] {
            let text = entry.text.unwrap_or(group.span());
            entry.text = Some(text.cover(group.span()));
            entry.span = entry.span.cover(group.span());
        }
        self.open = Some((first, group.to));
        if list_mark(text) == 0 && !text.starts_with("..") {
            self.malformed(group.span());
        }
    }

    /// Notes a paragraph that is no entry.
    fn remark(&mut self, span: Span) {
        self.quirks.push(Quirk {
            kind: QuirkKind::Remark,
            span,
        });
    }

    /// Notes that `span` is not written as an entry is; what follows a line so noted is one with it.
    pub(super) fn malformed(&mut self, span: Span) {
        let between = |last: &Quirk| {
            let gap = self
                .lines
                .value
                .get(last.span.end as usize..span.start as usize);
            last.kind == QuirkKind::MalformedEntry
                && gap.is_some_and(|it| it.trim_ascii().is_empty() && it.matches('\n').count() == 1)
        };
        match self.quirks.last_mut() {
            Some(last) if between(last) => last.span = last.span.cover(span),
            _ => self.quirks.push(Quirk {
                kind: QuirkKind::MalformedEntry,
                span,
            }),
        }
    }
}
