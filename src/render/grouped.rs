//! `grouped`: one line a finding, under its file's name.

use super::concise::failure;
use super::excerpt::digits;
use super::harmless::harmless;
use super::link::Link;
use super::paint::Paint;
use super::put::{End, put, put_blanks};
use super::sheet::Note;
use super::{Renderer, Run, Sheet};

/// A file's name, then `line:col  DG201 missing-param  message`, aligned.
#[derive(Debug)]
pub(super) struct Grouped;

impl Renderer for Grouped {
    fn file(&self, run: &Run, sheet: &Sheet<'_>, out: &mut Vec<u8>) {
        failure(run, sheet.report(), out);
        let paint = Paint::new(run);
        let notes = sheet.notes();
        if notes.is_empty() {
            return;
        }
        let place_width =
            |note: &Note<'_>| digits(note.region.line) + ":".len() + digits(note.region.column);
        let name_width = |note: &Note<'_>| note.finding.rule.name.len();
        let widest_place = notes.iter().map(place_width).max().unwrap_or(0);
        let widest_name = notes.iter().map(name_width).max().unwrap_or(0);
        put!(out, harmless(sheet.file().path()), ":\n");
        for note in notes {
            let rule = note.finding.rule;
            let style = paint.severity(note.finding.severity);
            put!(out, "  ", note.region.line, ":", note.region.column, "  ");
            put_blanks(out, widest_place - place_width(note));
            put!(out, style, Link::new(run, rule, rule.code), End(style));
            put!(out, " ", rule.name, "  ");
            put_blanks(out, widest_name - name_width(note));
            put!(out, harmless(&note.told), "\n");
        }
    }

    fn joint(&self) -> &'static str {
        "\n"
    }
}
