//! The one pass over a docstring's lines that finds its sections, whatever the styles.

use super::fields::{self, Field};
use super::headers::{self, Form, Header};
use super::lines::Lines;
use super::opaque::Fences;
use super::styles::Styles;
use super::typed_fields::TypeField;
use super::{Quirk, Section, SectionKind};

/// What the line that is looked at stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Context {
    /// No section, or one that ends where its indentation does.
    Text,
    /// A section of entries that is as deep as its underlined title.
    Entries,
    /// Prose under an underlined title.
    Prose,
}

/// What begins on a line.
#[derive(Clone, Copy, Debug)]
pub(super) enum Opener {
    Header(Header),
    Field(Field),
    /// `.. deprecated::`; the offset behind it.
    Deprecated(u32),
}

/// What was read so far.
#[derive(Debug)]
pub(super) struct Reader<'v> {
    pub(super) lines: Lines<'v>,
    pub(super) sections: Vec<Section<'v>>,
    pub(super) quirks: Vec<Quirk>,
    /// `:type x:` fields, to be given to their entries.
    pub(super) types: Vec<TypeField<'v>>,
    /// The style of each section, and the votes.
    pub(super) styles: Styles,
    /// Index of the line on which the first section begins.
    pub(super) first: Option<usize>,
    pub(super) fences: Fences,
    /// Index of the line behind the last section.
    pub(super) ended: usize,
    /// The indentation of sections that are deeper than the margin.
    pub(super) level: Option<u32>,
    /// Kinds of the sections so far, a bit each.
    pub(super) seen: u32,
    /// Index of the first line that is not blank.
    opening: Option<usize>,
    /// Lines deeper than this belong to a literal block, a directive, or what a colon announced.
    covered: Option<u32>,
}

impl<'v> Reader<'v> {
    /// Nothing read yet of `value`.
    pub(super) fn new(value: &'v str) -> Self {
        let lines = Lines::new(value);
        Self {
            opening: lines.skip_blank(0),
            lines,
            sections: Vec::new(),
            quirks: Vec::new(),
            types: Vec::new(),
            styles: Styles::default(),
            first: None,
            fences: Fences::new(),
            ended: 0,
            level: None,
            seen: 0,
            covered: None,
        }
    }

    /// Reads all lines.
    pub(super) fn run(&mut self) {
        let mut at = 0;
        while let Some(index) = self.lines.skip_blank(at) {
            let Some(opener) = self.opener(index, Context::Text) else {
                at = self.skip(index);
                continue;
            };
            self.first.get_or_insert(index);
            self.covered = None;
            at = match opener {
                Opener::Header(header) => self.header(&header),
                Opener::Field(field) => self.field(&field, index),
                Opener::Deprecated(rest) => self.deprecated(rest, index),
            };
            self.ended = at;
        }
    }

    /// Adds a section.
    pub(super) fn push(&mut self, section: Section<'v>) {
        self.seen |= 1 << section.kind as u32;
        self.sections.push(section);
    }

    /// Passes over what is text on the line at `index`; gives the next line.
    fn skip(&mut self, index: usize) -> usize {
        if let Some(end) = self.fences.end(&self.lines, index) {
            return end;
        }
        let line = self.lines.get(index);
        if self.covered.is_some_and(|it| line.indent <= it) {
            self.covered = None;
        }
        let text = self.lines.text(index);
        if self.covered.is_none()
            && (text.ends_with(':') || text.starts_with("..") && !is_remark(text))
        {
            self.covered = Some(line.indent);
        }
        index + 1
    }

    /// What begins on the line at `index`.
    pub(super) fn opener(&self, index: usize, context: Context) -> Option<Opener> {
        let line = self.lines.get(index);
        if line.indent != self.lines.margin {
            return self.deeper_header(index, context).map(Opener::Header);
        }
        let text = self.lines.text(index);
        match text.as_bytes().first()? {
            b':' | b'@' => return fields::read(&self.lines, index).map(Opener::Field),
            b'.' => {
                // Right below an entry it is the entry's.
                let own = context == Context::Entries && !self.lines.is_after_blank(index);
                let deprecated = text.starts_with(".. deprecated::") && !own;
                return deprecated.then(|| Opener::Deprecated(line.start + 15));
            }
            _ => {}
        }
        let opening = self.opening == Some(index);
        if let Some(header) = headers::underlined(&self.lines, index) {
            let title = opening && header.kind == SectionKind::Other;
            return (!title).then_some(Opener::Header(header));
        }
        let broken = self.lines.is_after_blank(index) || self.ended == index;
        headers::titled(&self.lines, index, broken)
            .or_else(|| headers::inline(&self.lines, index))
            .filter(|it| self.fits(it, context, opening))
            .map(Opener::Header)
    }

    /// Whether a Google header counts inside what is open. Under an underlined title only that of a section of
    /// entries which the docstring does not have yet does: Notes explain other functions' arguments.
    fn fits(&self, header: &Header, context: Context, opening: bool) -> bool {
        let unread = self.seen & (1 << header.kind as u32) == 0;
        let title = header.title.of(self.lines.value);
        let capital = title.starts_with(|it: char| it.is_ascii_uppercase());
        let inline = matches!(header.form, Form::Inline | Form::Bare);
        let other = header.kind == SectionKind::Other;
        match context {
            Context::Text => !opening || !other && !inline,
            Context::Entries => {
                capital && !other && !inline && (!header.kind.has_entries() || unread)
            }
            Context::Prose => {
                let alone = self.lines.is_after_blank(header.line);
                capital && header.kind.has_entries() && !inline && alone && unread
            }
        }
    }

    /// A header deeper than the margin counts where it opens a paragraph of the text, is written as a title over
    /// entries, and nothing announces it; so do those that follow at its indentation.
    fn deeper_header(&self, index: usize, context: Context) -> Option<Header> {
        let line = self.lines.get(index);
        let known = self.level == Some(line.indent);
        let alone = self.covered.is_none() && self.lines.is_after_blank(index);
        if context != Context::Text || !known && !alone {
            return None;
        }
        headers::underlined(&self.lines, index)
            .or_else(|| headers::titled(&self.lines, index, false))
            .filter(Header::is_plain)
    }
}

/// Whether a directive is one that hardly ever has lines below it: what is deeper there is not its own.
fn is_remark(text: &str) -> bool {
    text.starts_with(".. version")
}
