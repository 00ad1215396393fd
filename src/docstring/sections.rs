//! Sections under headers: where they end, and what they hold.

use super::entries::{Gatherer, Group};
use super::headers::{self, Form, Header};
use super::reader::{Context, Reader};
use super::{Quirk, QuirkKind, Section, SectionKind, Style, exceptions, google, numpy};
use crate::text::Span;

impl Reader<'_> {
    /// Reads the section under `header`; gives the line behind it.
    pub(super) fn header(&mut self, header: &Header) -> usize {
        let indent = self.lines.get(header.line).indent;
        self.level = (indent != self.lines.margin).then_some(indent);
        let end = match header.form {
            Form::Block | Form::Bare => self.block_end(header),
            Form::Underlined => self.underlined_end(header),
            Form::Flat | Form::Inline => self.flat_end(header),
        };
        if let Some(name) = header.misspelt {
            self.quirks.push(Quirk {
                kind: QuirkKind::MisspelledSection(name),
                span: header.title,
            });
        }
        let mut entries = Vec::new();
        let mut gatherer = Gatherer::new(&self.lines, &mut entries, &mut self.quirks);
        let below = header.below();
        let body = if header.form == Form::Inline {
            read_inline(&mut gatherer, header, end)
        } else {
            read_below(&mut gatherer, header, end);
            self.lines.block(below, end)
        };
        if header.kind == SectionKind::Methods {
            // What stands in a method's brackets are its arguments.
            for entry in &mut entries {
                entry.annotation = None;
            }
        }
        let style = header.style();
        let weak = matches!(header.form, Form::Inline | Form::Bare)
            || header.kind == SectionKind::Other
            || style == Style::Google && !header.kind.has_entries();
        self.styles.add((!weak).then_some(style), 1 + entries.len());
        self.push(Section {
            kind: header.kind,
            title: header.title,
            span: header.title.cover(body),
            body,
            entries,
        });
        end
    }

    /// The line behind a Google section: the first that is no deeper than its header, or a header among its
    /// entries that is written as a title, which no entry's name is.
    fn block_end(&mut self, header: &Header) -> usize {
        let lines = &self.lines;
        let below = header.below();
        let indent = lines.get(header.line).indent;
        let end = lines.skip_deeper(below, lines.count(), indent);
        if !header.kind.has_entries() {
            return end;
        }
        let first = lines.skip_blank(below).unwrap_or(end);
        let base = lines.get(first).indent;
        let nested = (first + 1..end).find(|&it| {
            lines.get(it).indent == base
                && headers::titled(lines, it, false).is_some_and(|it| it.is_plain())
        });
        if nested.is_some() {
            self.level = Some(base);
        }
        nested.unwrap_or(end)
    }

    /// The line behind a NumPy section: where the next section begins, or what is less deep than the title.
    fn underlined_end(&mut self, header: &Header) -> usize {
        let indent = self.lines.get(header.line).indent;
        let context = match header.kind {
            SectionKind::Other => Context::Text,
            kind if kind.has_entries() => Context::Entries,
            _ => Context::Prose,
        };
        // What stands in front of an underlined section counts as its end, not as a paragraph.
        let mut at = header.below();
        while let Some(index) = self.lines.skip_blank(at) {
            let line = self.lines.get(index);
            at = index + 1;
            if line.indent < indent {
                return index;
            }
            if line.indent == indent {
                if let Some(end) = self.fences.end(&self.lines, index) {
                    at = end;
                } else if self.opens(index, context) {
                    return index;
                }
            }
        }
        self.lines.count()
    }

    /// Whether a section begins on the line at `index`, which is as deep as the title of the one that is open.
    fn opens(&self, index: usize, context: Context) -> bool {
        if self.lines.get(index).indent == self.lines.margin {
            return self.opener(index, context).is_some();
        }
        headers::underlined(&self.lines, index).is_some()
    }

    /// The line behind a section whose body is not indented: a blank line behind its first paragraph, or where
    /// the next section begins. Examples go on to the next section.
    fn flat_end(&mut self, header: &Header) -> usize {
        let mut at = header.line + 1;
        if header.form == Form::Flat {
            at = self.lines.skip_blank(at).unwrap_or(self.lines.count());
        }
        while at < self.lines.count() {
            if self.lines.is_blank(at) {
                if header.kind != SectionKind::Examples {
                    break;
                }
                at += 1;
            } else if let Some(end) = self.fences.end(&self.lines, at) {
                at = end;
            } else if self.opener(at, Context::Text).is_some() {
                break;
            } else {
                at += 1;
            }
        }
        at
    }

    /// Reads a `.. deprecated::` directive; gives the line behind it.
    pub(super) fn deprecated(&mut self, rest: u32, index: usize) -> usize {
        let lines = &self.lines;
        let end = lines.skip_deeper(index + 1, lines.count(), lines.margin);
        let body = lines.rest(rest, index, end).unwrap_or(Span::empty(rest));
        let section = Section {
            kind: SectionKind::Deprecated,
            title: Span::new(rest - 12, rest - 2),
            span: Span::new(lines.get(index).start, rest).cover(body),
            body,
            entries: Vec::new(),
        };
        self.styles.add(None, 0);
        self.push(section);
        end
    }
}

/// Reads the entries of a section that stand below its header.
fn read_below(gatherer: &mut Gatherer<'_, '_>, header: &Header, to: usize) {
    let from = header.below();
    if header.form != Form::Underlined {
        read_google(gatherer, header.kind, from, to);
        return;
    }
    match header.kind {
        SectionKind::Returns | SectionKind::Yields | SectionKind::Receives => {
            numpy::returns(gatherer, from, to);
        }
        SectionKind::Raises | SectionKind::Warns => exceptions::exceptions(gatherer, from, to),
        kind if kind.has_entries() => numpy::params(gatherer, from, to),
        _ => {}
    }
}

/// Reads the entries of the lines `from..to` as Google style has them.
pub(super) fn read_google(
    gatherer: &mut Gatherer<'_, '_>,
    kind: SectionKind,
    from: usize,
    to: usize,
) {
    match kind {
        SectionKind::Returns | SectionKind::Yields | SectionKind::Receives => {
            google::returns(gatherer, from, to);
        }
        SectionKind::Raises | SectionKind::Warns => exceptions::exceptions(gatherer, from, to),
        kind if kind.has_entries() => google::params(gatherer, from, to),
        _ => {}
    }
}

/// Reads the one entry behind the colon of `header`; gives the body.
fn read_inline(gatherer: &mut Gatherer<'_, '_>, header: &Header, to: usize) -> Span {
    let lines = gatherer.lines;
    let rest = header.title.end + 1;
    let body = lines
        .rest(rest, header.line, to)
        .unwrap_or(Span::empty(rest));
    let group = Group {
        from: header.line,
        to,
        start: body.start,
        line_end: lines.get(header.line).end,
        end: body.end,
    };
    let read = if header.kind == SectionKind::Raises {
        exceptions::exception(gatherer, group)
    } else {
        google::returned(gatherer, group)
    };
    if !read {
        gatherer.text(group);
    }
    body
}
