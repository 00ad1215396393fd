//! A docstring's lines with their indentation: what every style is read from.

use super::steps;
use crate::text::Span;

/// One line, without the white space around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Offset of its first byte that is not blank; where it ends, for a blank line.
    pub(super) start: u32,
    /// Offset behind its last byte that is not blank.
    pub(super) end: u32,
    /// Columns before `start`, tabs expanded to eights as `inspect.cleandoc` does.
    pub(super) indent: u32,
}

impl Line {
    /// Whether there is nothing on it.
    pub(super) const fn is_blank(self) -> bool {
        self.start == self.end
    }

    /// All of it that is not blank.
    pub(super) const fn span(self) -> Span {
        Span::new(self.start, self.end)
    }
}

/// All lines of one docstring.
#[derive(Debug)]
pub(super) struct Lines<'v> {
    /// What they are lines of.
    pub(super) value: &'v str,
    all: Vec<Line>,
    /// The least indentation of the lines after the first, as `inspect.cleandoc` takes it, lines aside that an
    /// unescaped `\n` tore off. The first line counts as indented by it.
    pub(super) margin: u32,
}

impl<'v> Lines<'v> {
    /// Splits `value`, in one pass.
    pub(super) fn new(value: &'v str) -> Self {
        let bytes = value.as_bytes();
        let mut lines = Vec::with_capacity(16);
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', bytes) {
            lines.push(line(bytes, start, end));
            start = end + 1;
        }
        lines.push(line(bytes, start, bytes.len()));
        let mut margin = lines
            .iter()
            .skip(1)
            .filter(|it| !it.is_blank())
            .map(|it| it.indent)
            .min()
            .unwrap_or(0);
        if let Some(usual) = usual_margin(value, &lines, margin) {
            margin = usual;
            // What was torn off goes on with the line before.
            for line in lines.iter_mut().filter(|it| it.indent < usual) {
                line.indent = u32::MAX;
            }
        }
        if let Some(first) = lines.first_mut() {
            first.indent = margin;
        }
        Self {
            value,
            all: lines,
            margin,
        }
    }

    /// How many there are: at least one.
    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    /// The line at `index`; a blank one behind the end.
    pub(super) fn get(&self, index: usize) -> Line {
        steps::take(1);
        self.all.get(index).copied().unwrap_or(Line {
            start: self.value.len() as u32,
            end: self.value.len() as u32,
            indent: 0,
        })
    }

    /// Index of the line that the byte at `offset`, which is not blank, stands on.
    pub(super) fn index_of(&self, offset: u32) -> usize {
        let behind = self.all.partition_point(|it| it.start <= offset);
        behind.saturating_sub(1)
    }

    /// What stands on the line at `index`.
    pub(super) fn text(&self, index: usize) -> &'v str {
        self.get(index).span().of(self.value)
    }

    /// Whether nothing stands on the line at `index`; true behind the end.
    pub(super) fn is_blank(&self, index: usize) -> bool {
        self.get(index).is_blank()
    }

    /// Whether nothing stands on the line before `index`; true for the first.
    pub(super) fn is_after_blank(&self, index: usize) -> bool {
        index == 0 || self.is_blank(index - 1)
    }

    /// The first line from `index` on that is not blank.
    pub(super) fn skip_blank(&self, index: usize) -> Option<usize> {
        (index..self.count()).find(|&it| !self.is_blank(it))
    }

    /// The first line from `index` on, before `limit`, that is neither blank nor deeper than `indent`;
    /// `limit` where there is none.
    pub(super) fn skip_deeper(&self, index: usize, limit: usize, indent: u32) -> usize {
        (index..limit)
            .find(|&it| !self.is_blank(it) && self.get(it).indent <= indent)
            .unwrap_or(limit)
    }

    /// From the first to the last byte of the lines `from..to` that is not blank; empty, and at the end of the line
    /// before `from`, where all are.
    pub(super) fn block(&self, from: usize, to: usize) -> Span {
        let Some(first) = (from..to).find(|&it| !self.is_blank(it)) else {
            return Span::empty(self.get(from.saturating_sub(1)).end);
        };
        Span::new(self.get(first).start, self.end_of(first, to))
    }

    /// Offset behind the last byte of the lines `from..to` that is not blank; that of `from` at least.
    pub(super) fn end_of(&self, from: usize, to: usize) -> u32 {
        let last = (from..to).rev().find(|&it| !self.is_blank(it));
        self.get(last.unwrap_or(from)).end
    }

    /// What is not blank from the byte at `offset`, which lies on the line at `index`, to the end of the line before `to`.
    pub(super) fn rest(&self, offset: u32, index: usize, to: usize) -> Option<Span> {
        let end = self.end_of(index, to);
        let span = trimmed(self.value, Span::new(offset.min(end), end));
        (!span.is_empty()).then_some(span)
    }
}

/// `span` without the white space around it.
pub(super) fn trimmed(value: &str, span: Span) -> Span {
    let text = span.of(value);
    let end = span.start + text.trim_ascii_end().len() as u32;
    let start = span.end - text.trim_ascii_start().len() as u32;
    Span::new(start.min(end), end)
}

/// The indentation of the first line behind the opening one, where only a few lines are less deep and all those look torn
/// off by an unescaped `\n` in the literal: at column 0, below a line that is not blank, and no structure.
fn usual_margin(value: &str, lines: &[Line], margin: u32) -> Option<u32> {
    let usual = lines.iter().skip(1).find(|it| !it.is_blank())?.indent;
    if margin > 0 || usual < 4 {
        return None;
    }
    let mut torn = 0;
    for (index, line) in lines.iter().enumerate().skip(1) {
        if line.is_blank() || line.indent >= usual {
            continue;
        }
        torn += 1;
        let text = line.span().of(value);
        let structure = text.ends_with(':') || text.starts_with([':', '@', '-', '=', '>', '`']);
        if torn > 3 || line.indent > 0 || structure || lines[index - 1].is_blank() {
            return None;
        }
    }
    (torn * 4 <= lines.len()).then_some(usual)
}

/// The line `start..end` of `bytes`.
fn line(bytes: &[u8], start: usize, end: usize) -> Line {
    let mut indent = 0;
    let mut first = start;
    while first < end {
        match bytes[first] {
            b' ' => indent += 1,
            b'\t' => indent = (indent / 8 + 1) * 8,
            b'\r' | b'\x0b' | b'\x0c' => {}
            _ => break,
        }
        first += 1;
    }
    let text = bytes[first..end].trim_ascii_end();
    Line {
        start: first as u32,
        end: (first + text.len()) as u32,
        indent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_margin_is_that_of_cleandoc() {
        let lines = Lines::new("One.\n\n    two\n\t\tthree\n      four  \n  ");
        assert_eq!(lines.margin, 4);
        assert_eq!(lines.count(), 6);
        assert_eq!(lines.get(0).indent, 4);
        assert_eq!(lines.get(3).indent, 16);
        assert_eq!(lines.text(4), "four");
        assert!(lines.is_blank(5) && lines.is_blank(6));
    }

    #[test]
    fn a_block_leaves_out_the_blank_lines_around_it() {
        let lines = Lines::new("a\n\n  b\n\n  c\n\n");
        assert_eq!(lines.block(1, 6).of(lines.value), "b\n\n  c");
        assert!(lines.block(5, 6).is_empty());
        assert_eq!(lines.skip_blank(1), Some(2));
        assert_eq!(lines.skip_deeper(2, 6, 1), 6);
        assert_eq!(lines.skip_deeper(2, 6, 2), 2);
    }
}
