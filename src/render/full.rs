//! `full`: rustc-style blocks, one for one symbol and one cause, with the source.

use std::io::Write as _;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Snippet};

use super::concise::failure;
use super::excerpt::excerpt;
use super::harmless::{harmless, width};
use super::{Renderer, Run};
use crate::check::FileReport;
use crate::rules::{Finding, Severity};
use crate::text::SourceFile;

/// Stands for the path while a block is drawn. The place behind the arrow is the finding's own, in
/// code points of the whole file, and not what can be counted in an excerpt.
const PLACE: &str = "\u{1}";

/// Blocks as rustc draws them.
#[derive(Debug)]
pub(super) struct Full;

impl Renderer for Full {
    fn file(&self, run: &Run, report: &FileReport, out: &mut Vec<u8>) {
        if report.failure.is_some() {
            failure(run, report, out);
            out.push(b'\n');
        }
        for finding in report.symbols.iter().flat_map(|symbol| &symbol.findings) {
            block(run, &report.file, finding, out);
        }
    }
}

fn block(run: &Run, file: &SourceFile, finding: &Finding, out: &mut Vec<u8>) {
    let renderer = if run.colour {
        annotate_snippets::Renderer::styled()
    } else {
        annotate_snippets::Renderer::plain()
    };
    let renderer = renderer
        .decor_style(DecorStyle::Ascii)
        .hyperlink(false)
        // The excerpt is cut to the width already.
        .term_width(usize::MAX / 2);
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(harmless(&finding.message))
        .id(finding.rule.name);
    let excerpt = excerpt(file, finding, run.width);
    let digits = excerpt
        .as_ref()
        .map_or(0, |excerpt| excerpt.last_line.to_string().len());
    let group = match &excerpt {
        None => title.element(Origin::path(PLACE)),
        Some(excerpt) => {
            let marks = excerpt.marks.iter().map(|mark| {
                let kind = if mark.secondary {
                    AnnotationKind::Context
                } else {
                    AnnotationKind::Primary
                };
                let label = Some(mark.text.as_str()).filter(|text| !text.is_empty());
                kind.span(mark.range.clone()).label(label)
            });
            title.element(
                Snippet::source(excerpt.text.as_str())
                    .path(PLACE)
                    .line_start(excerpt.first_line as usize)
                    .annotations(marks),
            )
        }
    };
    let group = notes(run, finding, digits, group);
    place(file, finding, &renderer.render(&[group]), out);
    out.extend_from_slice(b"\n\n");
}

/// What to do, and whether this change is to blame.
fn notes<'a>(run: &Run, finding: &'a Finding, digits: usize, group: Group<'a>) -> Group<'a> {
    let code = finding.rule.code;
    let help = match &finding.help {
        Some(help) => format!("{code}; {}", harmless(help)),
        None => format!("{code}; `docgen rule {code}` explains it"),
    };
    let room = run.width.saturating_sub(digits + " = help: ".len());
    let group = group.element(Level::HELP.message(wrapped(&help, room)));
    if finding.introduced {
        return group;
    }
    group.element(Level::NOTE.message("was already so before this change"))
}

/// Copy a drawn block, with the finding's place for its stand-in.
fn place(file: &SourceFile, finding: &Finding, drawn: &str, out: &mut Vec<u8>) {
    let Some((before, behind)) = drawn.split_once(PLACE) else {
        out.extend_from_slice(drawn.as_bytes());
        return;
    };
    let behind = behind.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
    let at = file.position(finding.at.start);
    out.extend_from_slice(before.as_bytes());
    let path = harmless(file.path());
    // Writing to memory cannot fail.
    let _ = write!(out, "{path}:{}:{}", at.line, at.column);
    out.extend_from_slice(behind.as_bytes());
}

/// `text` with line breaks between words, so that no line is wider than `room` where words allow it.
fn wrapped(text: &str, room: usize) -> String {
    let mut lines = String::with_capacity(text.len());
    let mut taken = 0;
    for word in text.split(' ') {
        let wide = width(word);
        if taken > 0 && taken + 1 + wide > room {
            lines.push('\n');
            taken = 0;
        } else if taken > 0 {
            lines.push(' ');
            taken += 1;
        }
        lines.push_str(word);
        taken += wide;
    }
    lines
}
