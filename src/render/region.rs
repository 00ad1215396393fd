//! A span as machines are told it.

use serde::Serialize;

use crate::text::{SourceFile, Span};

/// Lines and columns from 1, columns in code points, the end behind the last character.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Region {
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
}

impl Region {
    /// The start of a file.
    pub(super) const START: Self = Self {
        line: 1,
        column: 1,
        end_line: 1,
        end_column: 1,
    };

    /// Where `span` lies in `file`.
    pub(super) fn new(file: &SourceFile, span: Span) -> Self {
        let start = file.position(span.start);
        let on_start_line = file.lines().line(span.end) == start.line;
        let end = if on_start_line {
            // Most spans are names: counting on from the start spares reading the line again.
            let inside = file.slice(span).chars().count() as u32;
            (start.line, start.column + inside)
        } else {
            let end = file.position(span.end);
            (end.line, end.column)
        };
        Self {
            line: start.line,
            column: start.column,
            end_line: end.0,
            end_column: end.1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn within_a_line_and_over_several() {
        let file = SourceFile::new("a.py", "x = 'é😀'\r\ny\n");
        let region = |start, end| {
            let it = Region::new(&file, Span::new(start, end));
            (it.line, it.column, it.end_line, it.end_column)
        };
        assert_eq!(region(4, 12), (1, 5, 1, 9));
        assert_eq!(region(4, 15), (1, 5, 2, 2));
        assert_eq!(region(0, 0), (1, 1, 1, 1));
        assert_eq!(region(16, 16), (3, 1, 3, 1));
    }
}
