//! The head of an entry: its names, their types in brackets, and what parts them from the text.

use super::Entry;
use super::escapes::unescaped;
use super::lines::trimmed;
use super::names::section_kind;
use super::syntax::{closing_bracket, colon_outside_code, dash, identifier};
use crate::text::Span;

/// An entry does not have more names than this: what lists more is text.
pub(super) const MOST_NAMES: usize = 32;

/// What stands between an entry's head and its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// `x: text`.
    Colon,
    /// `x : text`, numpydoc's way.
    SpacedColon,
    /// `x - text`.
    Dash,
    /// `x (int) text`: the colon is missing.
    Missing,
    /// Nothing: the line ends.
    End,
}

/// The end of a head that could be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    /// What ends it.
    pub(super) mark: Mark,
    /// Offset behind it.
    pub(super) rest: u32,
}

/// Reads a head; offsets are those of the whole value.
struct Reader<'v> {
    value: &'v str,
    at: usize,
    /// Where the line ends that `at` lies on.
    line_end: usize,
    /// Where the entry ends: types in brackets may go on in its next lines.
    limit: usize,
}

/// Reads the head that begins at `start`, on a line that ends at `line_end`, of an entry that ends at `limit`. One entry for each
/// name is added, without its text; none where this is no head.
pub(super) fn read<'v>(
    value: &'v str,
    start: u32,
    line_end: u32,
    limit: u32,
    entries: &mut Vec<Entry<'v>>,
) -> Option<Head> {
    let before = entries.len();
    let mut reader = Reader {
        value,
        at: start as usize,
        line_end: line_end as usize,
        limit: limit as usize,
    };
    // A type that goes on in the next line is one where a colon follows it.
    let head = reader.names(entries).filter(|it| {
        reader.line_end == line_end as usize || matches!(it.mark, Mark::Colon | Mark::SpacedColon)
    });
    if head.is_none() {
        entries.truncate(before);
        reader.at = start as usize;
        reader.line_end = line_end as usize;
        return reader.unbalanced(entries);
    }
    head
}

impl<'v> Reader<'v> {
    fn names(&mut self, entries: &mut Vec<Entry<'v>>) -> Option<Head> {
        let first = entries.len();
        let mut loose = false;
        // `(lu, piv)`.
        let mut bracket = self.rest().starts_with('(');
        self.at += usize::from(bracket);
        while entries.len() < first + MOST_NAMES {
            let entry = self.named()?;
            let typed = entry.annotation.is_some();
            entries.push(entry);
            if bracket && self.rest().starts_with(')') {
                self.at += 1;
                bracket = false;
            }
            let dots = self.skip_ellipsis();
            let blanks = self.skip_blanks();
            let rest = self.rest();
            if dots && blanks && identifier(rest, false) > 0 {
                continue;
            }
            if rest.is_empty() {
                return (!loose).then(|| self.head(Mark::End, 0));
            }
            if let Some(after) = rest.strip_prefix(':') {
                let goes_on = after.starts_with([':', '/', '=', '\\']);
                let mark = if blanks {
                    Mark::SpacedColon
                } else {
                    Mark::Colon
                };
                return (!goes_on).then(|| self.head(mark, 1));
            }
            if let Some(length) = joint(rest, blanks) {
                loose |= !rest.starts_with(',');
                self.at += length;
                continue;
            }
            let dashed = if blanks { dash(rest) } else { 0 };
            if dashed > 0 {
                return (!loose).then(|| self.head(Mark::Dash, dashed));
            }
            let single = entries.len() == first + 1;
            let stop = usize::from(rest.starts_with(". "));
            let missing = single && typed && (blanks || stop > 0);
            return missing.then(|| self.head(Mark::Missing, stop));
        }
        None
    }

    /// A name and a type whose brackets do not match (`x (List[int]]): text`), or that goes on behind them: the type
    /// ends where the colon is.
    fn unbalanced(&mut self, entries: &mut Vec<Entry<'v>>) -> Option<Head> {
        let line = self.rest();
        let length = identifier(line, true);
        let inner = line[length..].strip_prefix([' ', '\t'])?.trim_start();
        if length == 0 || !inner.starts_with(['(', '[']) || is_title(&line[..length]) {
            return None;
        }
        let colon = colon_outside_code(inner)?;
        let said = inner[..colon].trim_end();
        let below = colon + 1 == inner.len() && self.limit > self.line_end;
        if !below && !said.ends_with([')', ']', '`', '*']) {
            return None;
        }
        let start = (self.line_end - inner.len()) as u32;
        let name_span = Span::new(self.at as u32, (self.at + length) as u32);
        let said = said.rfind([')', ']']).map_or(said, |it| &said[..it]);
        entries.push(Entry {
            name: line.get(..length),
            name_span,
            annotation: Some(trimmed(
                self.value,
                Span::new(start + 1, start + said.len() as u32),
            )),
            text: None,
            span: name_span,
        });
        self.at = start as usize + colon;
        Some(self.head(Mark::Colon, 1))
    }

    fn head(&self, mark: Mark, length: usize) -> Head {
        Head {
            mark,
            rest: (self.at + length) as u32,
        }
    }

    /// What is left of the line.
    fn rest(&self) -> &'v str {
        self.value.get(self.at..self.line_end).unwrap_or_default()
    }

    /// Skips blanks; whether there were any.
    fn skip_blanks(&mut self) -> bool {
        let rest = self.rest();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        self.at += blanks;
        blanks > 0
    }

    /// Skips the dots of `x1, x2, ...`; whether there were any.
    fn skip_ellipsis(&mut self) -> bool {
        let rest = self.rest();
        let dots = rest.trim_start().strip_prefix(',').map(str::trim_start);
        let behind = dots.and_then(|it| it.strip_prefix("..."));
        self.at += behind.map_or(0, |it| rest.len() - it.len());
        behind.is_some()
    }

    /// One name with its type and default.
    fn named(&mut self) -> Option<Entry<'v>> {
        self.skip_blanks();
        let quote = quote_of(self.rest());
        self.at += quote.len();
        let stars = self.at;
        self.at += self.rest().len() - self.rest().trim_start_matches(['*', '\\']).len();
        let start = self.at;
        self.at += identifier(self.rest(), true);
        if self.rest().starts_with("\\_") {
            self.at += 2;
        }
        let name = unescaped(self.value.get(start..self.at)?);
        if name.is_empty() || !self.rest().starts_with(quote) || quote.is_empty() && is_title(name)
        {
            return None;
        }
        let name_span = Span::new(stars as u32, self.at as u32);
        self.at += quote.len();
        let annotation = self.bracketed();
        self.default();
        Some(Entry {
            name: Some(name),
            name_span,
            annotation,
            text: None,
            span: name_span,
        })
    }

    /// The type in brackets behind a name; a bracket that touches the name, as in `x[0]`, is part of it.
    fn bracketed(&mut self) -> Option<Span> {
        let name_end = self.at;
        let blanks = self.skip_blanks();
        let bracket = self.rest().starts_with('(') || self.rest().starts_with(['[', '{']);
        let close = bracket
            .then(|| closing_bracket(self.value, self.at, self.limit))
            .flatten();
        let Some(close) = close else {
            self.at = name_end;
            return None;
        };
        let subscript = !blanks && !self.rest().starts_with('(');
        let inner = trimmed(self.value, Span::new(self.at as u32 + 1, close as u32));
        self.at = close + 1;
        if close >= self.line_end {
            let rest = self.value.get(close..self.limit).unwrap_or_default();
            self.line_end = close + memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        }
        (!subscript && !inner.is_empty()).then_some(inner)
    }

    /// Skips a default behind a name (`x=None`).
    fn default(&mut self) {
        let start = self.at;
        self.skip_blanks();
        let Some(value) = self.rest().strip_prefix('=') else {
            self.at = start;
            return;
        };
        let value = value.trim_start_matches([' ', '\t']);
        let length = value.find([' ', ':', ',']).unwrap_or(value.len());
        self.at = self.line_end - value.len() + length;
    }
}

/// Length of what joins two names and begins `rest`: a comma, `and`, `or`, `&`, `/`.
fn joint(rest: &str, blanks: bool) -> Option<usize> {
    if rest.starts_with([',', '/']) {
        return Some(1);
    }
    ["and ", "or ", "& "]
        .into_iter()
        .find(|it| blanks && rest.starts_with(it))
        .map(str::len)
}

/// The quotes that a name stands in: backquotes, `**` of bold type, or string quotes.
fn quote_of(rest: &str) -> &'static str {
    if let Some(bold) = rest.strip_prefix("**") {
        let name = identifier(bold, true);
        return if name > 0 && bold[name..].starts_with("**") {
            "**"
        } else {
            ""
        };
    }
    ["``", "`", "'", "\""]
        .into_iter()
        .find(|it| rest.starts_with(it))
        .unwrap_or("")
}

/// Whether `name` is the title of an admonition or a word that opens a remark, not a name: `Note`, `Default`.
fn is_title(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_uppercase())
        && (matches!(name, "Default" | "Defaults" | "None") || section_kind(name).is_some())
}
