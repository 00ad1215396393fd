//! The few lines of a file that a finding's block shows.
//!
//! Only lines with a mark are copied, cut to the room there is, so that a block costs what it shows
//! and not what the file weighs: a file can be large and a line can be a whole program.

use std::iter;
use std::ops::Range;

use super::harmless::{columns, harmless, shown, width};
use crate::rules::{Finding, Label};
use crate::text::SourceFile;

/// What stands in for what is left out of a line.
const CUT: &str = "...";

/// The columns below which a mark is not cut, however narrow the screen.
const NARROWEST: usize = 8;

/// Lines of a file with marks on them, as `annotate-snippets` wants them.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// The lines, separated by `\n`. Those without a mark are empty: they are folded away.
    pub text: String,
    /// Number of the first of them.
    pub first_line: u32,
    /// Number of the last of them.
    pub last_line: u32,
    /// The marks, in the order of the text; none spans lines.
    pub marks: Vec<Mark>,
}

/// An underlined place and what is said about it.
#[derive(Debug)]
pub(super) struct Mark {
    /// Byte range in [`Excerpt::text`].
    pub range: Range<usize>,
    /// What is said; may be empty.
    pub text: String,
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

/// The lines of `finding`, cut to `total` columns with the line numbers; nothing for an empty file.
pub(super) fn excerpt(file: &SourceFile, finding: &Finding, total: usize) -> Option<Excerpt> {
    if file.text().is_empty() {
        return None;
    }
    let spots = spots(file, finding);
    let (first_line, last_line) = (spots.first()?.line, spots.last()?.line);
    let room = total.saturating_sub(last_line.to_string().len() + 3);
    let mut excerpt = Excerpt {
        text: String::new(),
        first_line,
        last_line,
        marks: Vec::with_capacity(spots.len()),
    };
    let mut previous = first_line;
    for group in spots.chunk_by(|a, b| a.line == b.line) {
        let line = group[0].line;
        fill(file, previous, line, room, &mut excerpt.text);
        append(line_text(file, line), group, room, &mut excerpt);
        previous = line;
    }
    Some(excerpt)
}

/// Where the marks are: on the labels, or on the finding itself where it has none. A mark never goes
/// beyond its first line, because the head of a docstring or a signature is enough to know it.
fn spots<'a>(file: &SourceFile, finding: &'a Finding) -> Vec<Spot<'a>> {
    let spot = |start: u32, end: u32, label: &'a str, secondary| {
        let line = file.lines().line(start);
        let from = file.lines().start(line);
        let text = line_text(file, line);
        let at = |offset: u32| text.floor_char_boundary((offset.max(from) - from) as usize);
        let range = at(start)..at(end.max(start));
        let solid = text[range.clone()].trim_end().len();
        let range = range.start..range.start + solid;
        Spot {
            line,
            range,
            label,
            secondary,
        }
    };
    let mut spots: Vec<Spot<'a>> = finding
        .labels
        .iter()
        .map(
            |Label {
                 span,
                 text,
                 secondary,
             }| spot(span.start, span.end, text, *secondary),
        )
        .collect();
    if spots.is_empty() {
        spots.push(spot(finding.at.start, finding.at.end, "", false));
    }
    spots.sort_by_key(|spot| (spot.line, spot.range.start));
    spots
}

fn line_text(file: &SourceFile, line: u32) -> &str {
    file.slice(file.lines().line_span(file.text(), line))
}

/// Bring `text` from the end of line `previous` to the start of `line`. A single line in between is
/// drawn, so it is copied; more are folded.
fn fill(file: &SourceFile, previous: u32, line: u32, room: usize, text: &mut String) {
    for between in previous..line {
        text.push('\n');
        if between + 1 < line && line - previous == 2 {
            let whole = line_text(file, between + 1);
            let head = forward(whole, 0, room);
            if head == whole.len() {
                push_shown(whole, text);
            } else {
                push_shown(
                    &whole[..forward(whole, 0, room.saturating_sub(CUT.len()))],
                    text,
                );
                text.push_str(CUT);
            }
        }
    }
}

/// Append one line with its marks.
fn append(line: &str, spots: &[Spot<'_>], room: usize, excerpt: &mut Excerpt) {
    let kept = kept(line, spots, room);
    let mut marks: Vec<Range<usize>> = vec![0..0; spots.len()];
    let mut behind = 0;
    for part in &kept {
        if part.start > behind {
            excerpt.text.push_str(CUT);
        }
        for (spot, mark) in spots.iter().zip(&mut marks) {
            let place = |offset: usize| {
                let inside = &line[part.start..offset];
                excerpt.text.len()
                    + inside
                        .chars()
                        .map(|c| shown_in_source(c).len_utf8())
                        .sum::<usize>()
            };
            if part.start <= spot.range.start && spot.range.start <= part.end {
                mark.start = place(spot.range.start);
                mark.end = place(spot.range.end.min(part.end));
            }
        }
        push_shown(&line[part.clone()], &mut excerpt.text);
        behind = part.end;
    }
    if behind < line.len() {
        excerpt.text.push_str(CUT);
    }
    let marks = spots.iter().zip(marks).map(|(spot, range)| Mark {
        range,
        text: harmless(spot.label).into_owned(),
        secondary: spot.secondary,
    });
    excerpt.marks.extend(marks);
}

/// The parts of `line` to show: all of it where it fits with its labels, else as much around each
/// mark as the room allows.
fn kept(line: &str, spots: &[Spot<'_>], room: usize) -> Vec<Range<usize>> {
    if fits(line, spots, room) {
        return iter::once(0..line.len()).collect();
    }
    let last = spots.last().map_or("", |spot| spot.label);
    let mut widest = room.saturating_sub(2 * CUT.len() + 4);
    let mut around = 60;
    loop {
        let parts = around_marks(line, spots, around, widest);
        let shown: usize = parts.iter().map(|part| width(&line[part.clone()])).sum();
        // The last label stands behind its mark, in place of what follows there.
        let tail = (width(last) + 1).saturating_sub(around);
        let fits = shown + (parts.len() + 1) * CUT.len() + tail <= room;
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

/// Whether the line and the labels drawn below it stay within `room` columns.
fn fits(line: &str, spots: &[Spot<'_>], room: usize) -> bool {
    if forward(line, 0, room) < line.len() {
        return false;
    }
    spots.iter().enumerate().all(|(at, spot)| {
        // The last label stands behind its mark, the others hang below theirs.
        let is_last = at + 1 == spots.len();
        let from = if is_last {
            spot.range.end
        } else {
            spot.range.start
        };
        width(&line[..from]) + usize::from(is_last) + width(spot.label) <= room
    })
}

/// The offset that lies at most `room` columns behind `from`.
fn forward(line: &str, from: usize, room: usize) -> usize {
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

fn push_shown(line: &str, text: &mut String) {
    text.extend(line.chars().map(shown_in_source));
}

/// As on any screen, but a tab stays: it is drawn as four columns.
const fn shown_in_source(c: char) -> char {
    if c == '\t' { c } else { shown(c) }
}
