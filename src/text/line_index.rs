//! From byte offsets to lines and columns, by Python's idea of a line.

use super::Span;

/// A place as people count it: line and column from 1, the column in Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in code points.
    pub column: u32,
}

/// Where each line of a text starts. `\n`, `\r\n` and a lone `\r` end a line, as in Python's
/// tokenizer; a form feed does not.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Index `text`, in one pass.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let half_of_crlf = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            if !half_of_crlf {
                starts.push(at as u32 + 1);
            }
        }
        Self { starts }
    }

    /// How many lines there are; a text that ends with a line ending has an empty last one.
    pub fn line_count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The line, from 1, that holds the byte at `offset`.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|&start| start <= offset) as u32
    }

    /// Offset of the first byte of `line` (from 1); the last line's for a line behind the end.
    pub fn start(&self, line: u32) -> u32 {
        let last = self.starts.len() - 1;
        self.starts[(line.max(1) as usize - 1).min(last)]
    }

    /// The bytes of `line` (from 1) in `text`, without its line ending.
    pub fn line_span(&self, text: &str, line: u32) -> Span {
        let start = self.start(line);
        let end = self
            .starts
            .get(line as usize)
            .map_or(text.len() as u32, |&next| next);
        let content = Span::new(start, end)
            .of(text)
            .trim_end_matches(['\n', '\r']);
        Span::new(start, start + content.len() as u32)
    }

    /// Line and column of the byte at `offset` in `text`.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.line(offset);
        let before = Span::new(self.start(line), offset).of(text);
        Position {
            line,
            column: before.chars().count() as u32 + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_ending_of_python_counts_and_a_form_feed_does_not() {
        let text = "a\nbb\r\nc\rd\x0ce";
        let index = LineIndex::new(text);
        assert_eq!(index.line_count(), 4);
        let lines: Vec<&str> = (1..=4)
            .map(|line| index.line_span(text, line).of(text))
            .collect();
        assert_eq!(lines, ["a", "bb", "c", "d\x0ce"]);
    }

    #[test]
    fn columns_are_code_points() {
        let text = "x = 'é😀' # y";
        let index = LineIndex::new(text);
        let at = text.find('#').unwrap() as u32;
        assert_eq!(
            index.position(text, at),
            Position {
                line: 1,
                column: 10
            }
        );
    }
}
