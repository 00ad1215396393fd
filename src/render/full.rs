//! `full`: rustc-style blocks, one for one symbol and one cause, with the source.
//!
//! They are drawn here and not by `annotate-snippets`: it takes 15 microseconds for a block, which
//! on a tree with many findings is more than all the checking, and where there is room it squeezes a
//! label between two marks. The tests hold both to the same look where they should agree.

use super::concise::failure;
use super::excerpt::{Row, digits, excerpt};
use super::harmless::{harmless, width};
use super::link::Link;
use super::paint::Paint;
use super::put::{End, put, put_blanks};
use super::renderer::findings;
use super::underline::underline;
use super::{Renderer, Run, Sheet};
use crate::rules::Finding;
use crate::text::SourceFile;

/// Blocks as rustc draws them.
#[derive(Debug)]
pub(super) struct Full;

impl Renderer for Full {
    fn file(&self, run: &Run, sheet: &Sheet<'_>, out: &mut Vec<u8>) {
        let report = sheet.report();
        if report.failure.is_some() {
            failure(run, report, out);
            out.push(b'\n');
        }
        let paint = Paint::new(run);
        for finding in findings(report) {
            block(run, paint, &report.file, finding, out);
        }
    }
}

fn block(run: &Run, paint: Paint, file: &SourceFile, finding: &Finding, out: &mut Vec<u8>) {
    let rows = excerpt(file, finding, run.width);
    let gutter = rows.last().map_or(1, |row| digits(row.number));
    head(run, paint, file, finding, gutter, out);
    if !rows.is_empty() {
        draw(paint, finding, [gutter, run.width], &rows, out);
    }
    let code = finding.rule.code;
    let help = match &finding.help {
        Some(help) => format!("{code}; {}", harmless(help)),
        None => format!("{code}; `docgen rule {code}` explains it"),
    };
    note(run.width, paint, gutter, ["help", &help], out);
    if !finding.introduced {
        let text = "was already so before this change";
        note(run.width, paint, gutter, ["note", text], out);
    }
    out.push(b'\n');
}

/// The title, and the finding's place in the file.
fn head(
    run: &Run,
    paint: Paint,
    file: &SourceFile,
    finding: &Finding,
    gutter: usize,
    out: &mut Vec<u8>,
) {
    let (style, strong, frame) = (paint.severity(finding.severity), paint.strong, paint.frame);
    let at = file.position(finding.at.start);
    let (word, name) = (finding.severity.word(), finding.rule.name);
    let link = Link::new(run, finding.rule, name);
    put!(out, style, word, "[", link, "]", End(style), strong, ":");
    let taken = word.len() + name.len() + "[]:".len();
    words(&harmless(&finding.message), [taken, 4, run.width], out);
    put!(out, End(strong), "\n");
    put_blanks(out, gutter);
    put!(out, frame, "-->", End(frame), " ", harmless(file.path()));
    put!(out, ":", at.line, ":", at.column, "\n");
}

/// The lines of source with what is said about them.
fn draw(paint: Paint, finding: &Finding, space: [usize; 2], rows: &[Row<'_>], out: &mut Vec<u8>) {
    let (frame, [gutter, _]) = (paint.frame, space);
    let empty = |out: &mut Vec<u8>| {
        put_blanks(out, gutter);
        put!(out, " ", frame, "|", End(frame), "\n");
    };
    empty(out);
    let mut previous = None;
    for row in rows {
        if previous.is_some_and(|line| line + 1 < row.number) {
            put!(out, frame, "...", End(frame), "\n");
        }
        previous = Some(row.number);
        put!(out, frame);
        put_blanks(out, gutter - digits(row.number).min(gutter));
        put!(out, row.number, " |", End(frame));
        let code = row.code.trim_end();
        if !code.is_empty() {
            put!(out, " ", code);
        }
        out.push(b'\n');
        underline(paint, finding.severity, space, &row.marks, out);
    }
    empty(out);
}

/// `   = help: ...`, broken between words where it is wider than the screen.
fn note(screen: usize, paint: Paint, gutter: usize, [word, text]: [&str; 2], out: &mut Vec<u8>) {
    let (frame, strong) = (paint.frame, paint.strong);
    put_blanks(out, gutter);
    put!(out, " ", frame, "=", End(frame), " ");
    put!(out, strong, word, End(strong), ":");
    let indent = gutter + " = ".len() + word.len() + ":".len();
    words(text, [indent, indent, screen], out);
    out.push(b'\n');
}

/// A blank before each word, and the next line, this far in, where one is wider than the screen.
fn words(text: &str, [mut column, indent, screen]: [usize; 3], out: &mut Vec<u8>) {
    for word in text.split(' ') {
        let wide = 1 + width(word);
        if column + wide > screen && column > indent {
            out.push(b'\n');
            put_blanks(out, indent);
            column = indent;
        }
        put!(out, " ", word);
        column += wide;
    }
}
