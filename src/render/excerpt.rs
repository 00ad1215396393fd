//! The few lines of a file that a finding's block shows.
//!
//! Only lines with a mark are copied, cut to the room there is, so that a block costs what it shows
//! and not what the file weighs: a file can be large and a line can be a whole program.

use std::borrow::Cow;
use std::iter;
use std::ops::Range;

use super::harmless::{columns, harmless, is_plain, shown, width};
use crate::rules::{Finding, Label};
use crate::text::SourceFile;

/// What stands in for what is left out of a line.
const CUT: &str = "...";

/// The columns below which a mark is not cut, however narrow the screen.
const NARROWEST: usize = 8;

/// A line of a file as it is shown.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// Its number, from 1.
    pub number: u32,
    /// Its text: cut, harmless, tabs as four spaces.
    pub code: String,
    /// The places marked in it, from left to right.
    pub marks: Vec<Mark<'a>>,
}

/// An underlined place and what is said about it.
#[derive(Debug)]
pub(super) struct Mark<'a> {
    /// The columns of [`Row::code`] that it covers, from 0.
    pub columns: Range<usize>,
    /// What is said; may be empty.
    pub label: Cow<'a, str>,
    /// Whether it is context and not the fault itself.
    pub secondary: bool,
}

/// A mark in its line, before the line is cut.
#[derive(Debug)]
struct Spot<'a> {
    line: u32,
    /// Byte range in the line.
    range: Range<usize>,
    label: &'a str,
    secondary: bool,
}

/// The lines of `finding`, cut to `total` columns with the line numbers; none for an empty file.
pub(super) fn excerpt<'a>(file: &SourceFile, finding: &'a Finding, total: usize) -> Vec<Row<'a>> {
    if file.text().is_empty() {
        return Vec::new();
    }
    let spots = spots(file, finding);
    let last_line = spots.last().map_or(1, |spot| spot.line);
    let room = total.saturating_sub(digits(last_line) + " | ".len());
    let mut rows: Vec<Row<'a>> = Vec::with_capacity(spots.len());
    for group in spots.chunk_by(|a, b| a.line == b.line) {
        let line = group[0].line;
        // A single line between two others is shown: folding it would save nothing.
        if rows.last().is_some_and(|row| row.number + 2 == line) {
            rows.push(unmarked(file, line - 1, room));
        }
        rows.push(row(line_text(file, line), group, room));
    }
    rows
}

/// How many digits `number` is written with.
pub(super) fn digits(number: u32) -> usize {
    number.checked_ilog10().unwrap_or(0) as usize + 1
}

/// Where the marks are: on the labels, or on the finding itself where it has none. A mark never goes
/// beyond its first line, because the head of a docstring or a signature is enough to know it.
fn spots<'a>(file: &SourceFile, finding: &'a Finding) -> Vec<Spot<'a>> {
    let spot = |start: u32, end: u32, label: &'a str, secondary| {
        let line = file.lines().line(start);
        let from = file.lines().start(line);
        let text = line_text(file, line);
        let at = |offset: u32| text.floor_char_boundary(offset.saturating_sub(from) as usize);
        let (start, end) = (at(start), at(end.max(start)));
        let solid = text[start..end].trim_end().len();
        Spot {
            line,
            range: start..start + solid,
            label,
            secondary,
        }
    };
    let label = |label: &'a Label| {
        let Label { span, text, .. } = label;
        spot(span.start, span.end, text, label.secondary)
    };
    let mut spots: Vec<Spot<'a>> = finding.labels.iter().map(label).collect();
    if spots.is_empty() {
        spots.push(spot(finding.at.start, finding.at.end, "", false));
    }
    spots.sort_by_key(|spot| (spot.line, spot.range.start));
    spots
}

fn line_text(file: &SourceFile, line: u32) -> &str {
    file.slice(file.lines().line_span(file.text(), line))
}

fn unmarked<'a>(file: &SourceFile, number: u32, room: usize) -> Row<'a> {
    let line = line_text(file, number);
    let mut code = String::new();
    if forward(line, 0, room) == line.len() {
        push(line, &mut code);
    } else {
        push(
            &line[..forward(line, 0, room.saturating_sub(CUT.len()))],
            &mut code,
        );
        code.push_str(CUT);
    }
    Row {
        number,
        code,
        marks: Vec::new(),
    }
}

/// One line with its marks.
fn row<'a>(line: &str, spots: &[Spot<'a>], room: usize) -> Row<'a> {
    let mut code = String::new();
    let mut places: Vec<Range<usize>> = vec![0..0; spots.len()];
    let (mut behind, mut column) = (0, 0);
    for part in kept(line, spots, room) {
        if part.start > behind {
            code.push_str(CUT);
            column += CUT.len();
        }
        for (Spot { range, .. }, place) in spots.iter().zip(&mut places) {
            if part.start <= range.start && range.start <= part.end {
                let start = column + width(&line[part.start..range.start]);
                let end = start + width(&line[range.start..range.end.min(part.end)]);
                *place = start..end.max(start + 1);
            }
        }
        push(&line[part.clone()], &mut code);
        column += width(&line[part.clone()]);
        behind = part.end;
    }
    if behind < line.len() {
        code.push_str(CUT);
    }
    let marks = spots.iter().zip(places).map(|(spot, columns)| Mark {
        columns,
        label: harmless(spot.label),
        secondary: spot.secondary,
    });
    Row {
        number: spots[0].line,
        code,
        marks: marks.collect(),
    }
}

/// The parts of `line` to show: all of it where it fits with its labels, else as much around each
/// mark as the room allows.
fn kept(line: &str, spots: &[Spot<'_>], room: usize) -> Vec<Range<usize>> {
    if fits(line, spots, room) {
        return iter::once(0..line.len()).collect();
    }
    let mut widest = room.saturating_sub(2 * CUT.len() + 4);
    let mut around = 60;
    loop {
        let parts = around_marks(line, spots, around, widest);
        let shown: usize = parts.iter().map(|part| width(&line[part.clone()])).sum();
        let last = spots.last().map_or(0, |spot| {
            // Below the last mark or behind it, wherever there is room for what is said about it.
            let from = parts
                .last()
                .map_or(0, |part| part.start.max(spot.range.start));
            let to = parts.last().map_or(0, |part| part.end);
            width(spot.label).saturating_sub(width(&line[from..to.max(from)]))
        });
        let fits = shown + (parts.len() + 1) * CUT.len() + last <= room;
        if fits || widest < NARROWEST {
            return parts;
        }
        if around > 1 {
            around = around * 2 / 3;
        } else {
            widest = widest * 4 / 5;
        }
    }
}

fn around_marks(line: &str, spots: &[Spot<'_>], around: usize, widest: usize) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for Spot { range, .. } in spots {
        let end = range.end.min(forward(line, range.start, widest));
        let behind = if end < range.end { 0 } else { around };
        let part = backward(line, range.start, around)..forward(line, end, behind);
        match parts.last_mut() {
            Some(last) if part.start <= last.end + CUT.len() => last.end = part.end.max(last.end),
            _ => parts.push(part),
        }
    }
    if let Some(first) = parts.first_mut().filter(|part| part.start <= CUT.len()) {
        first.start = 0;
    }
    if let Some(last) = parts
        .last_mut()
        .filter(|part| part.end + CUT.len() >= line.len())
    {
        last.end = line.len();
    }
    parts
}

/// Whether the line and the labels that hang below it stay within `room` columns.
fn fits(line: &str, spots: &[Spot<'_>], room: usize) -> bool {
    forward(line, 0, room) == line.len()
        && spots
            .iter()
            .all(|spot| width(&line[..spot.range.start]) + width(spot.label) <= room)
}

/// The offset that lies at most `room` columns behind `from`.
fn forward(line: &str, from: usize, room: usize) -> usize {
    // Nearly all source is printable ASCII: a column for each byte.
    let near = &line.as_bytes()[from..line.len().min(from.saturating_add(room).saturating_add(1))];
    if near.iter().all(|byte| matches!(byte, b' '..=b'~')) {
        return line.len().min(from.saturating_add(room));
    }
    let mut taken = 0;
    line[from..]
        .char_indices()
        .find(|(_, c)| {
            taken += columns(*c);
            taken > room
        })
        .map_or(line.len(), |(at, _)| from + at)
}

/// The offset that lies at most `room` columns before `from`.
fn backward(line: &str, from: usize, room: usize) -> usize {
    let mut taken = 0;
    line[..from]
        .char_indices()
        .rev()
        .find(|(_, c)| {
            taken += columns(*c);
            taken > room
        })
        .map_or(0, |(at, c)| at + c.len_utf8())
}

fn push(line: &str, code: &mut String) {
    if is_plain(line) {
        code.push_str(line);
        return;
    }
    for c in line.chars() {
        match c {
            '\t' => code.push_str("    "),
            _ => code.push(shown(c)),
        }
    }
}
