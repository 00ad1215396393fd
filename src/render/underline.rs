//! What stands below a line of source: its marks underlined, and what is said about them.

use anstyle::Style;

use super::excerpt::Mark;
use super::harmless::width;
use super::paint::Paint;
use super::put::{End, put, put_blanks};
use crate::rules::Severity;

/// Underline `marks`. What is said about the last stands behind it where `screen` columns have room
/// for it, what is said about the others hangs below them, the rightmost first:
///
/// ```text
///    | ^^^  ^^^  ^^^ third
///    | |    |
///    | |    second
///    | first
/// ```
pub(super) fn underline(
    paint: Paint,
    severity: Severity,
    [gutter, screen]: [usize; 2],
    marks: &[Mark<'_>],
    out: &mut Vec<u8>,
) {
    let Some((last, others)) = marks.split_last() else {
        return;
    };
    let style = |mark: &Mark<'_>| {
        if mark.secondary {
            paint.frame
        } else {
            paint.severity(severity)
        }
    };
    let mut line = Line::new(paint, gutter, out);
    for mark in marks {
        let sign = if mark.secondary { "-" } else { "^" };
        let signs = sign.repeat(mark.columns.len());
        line.put(mark.columns.start, style(mark), &signs);
    }
    let behind = last.columns.end + 1;
    let has_room = gutter + " | ".len() + behind + width(&last.label) <= screen;
    if has_room {
        line.put(behind, style(last), &last.label);
    }
    line.end();

    let hanging: Vec<_> = if has_room { others } else { marks }
        .iter()
        .filter(|mark| !mark.label.is_empty())
        .collect();
    if hanging.is_empty() {
        return;
    }
    for left in (0..=hanging.len()).rev() {
        let mut line = Line::new(paint, gutter, out);
        for mark in &hanging[..left] {
            line.put(mark.columns.start, style(mark), "|");
        }
        if let Some(mark) = hanging.get(left) {
            line.put(mark.columns.start, style(mark), &mark.label);
        }
        line.end();
    }
}

/// A line below the source, from left to right.
struct Line<'o> {
    out: &'o mut Vec<u8>,
    /// Columns written behind the frame.
    column: usize,
}

impl<'o> Line<'o> {
    fn new(paint: Paint, gutter: usize, out: &'o mut Vec<u8>) -> Self {
        let frame = paint.frame;
        put_blanks(out, gutter);
        put!(out, " ", frame, "|", End(frame), " ");
        Self { out, column: 0 }
    }

    /// Write `text` at `column`; what is already written there stays.
    fn put(&mut self, column: usize, style: Style, text: &str) {
        if text.is_empty() {
            return;
        }
        let gap = column.saturating_sub(self.column);
        put_blanks(self.out, gap);
        put!(self.out, style, text, End(style));
        self.column += gap + width(text);
    }

    fn end(self) {
        self.out.push(b'\n');
    }
}
