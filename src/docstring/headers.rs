//! Where a section begins that has a header: Google's `Args:`, NumPy's underlined titles.

use super::lines::Lines;
use super::names::{misspelt, section_kind};
use super::types::is_prose;
use super::{SectionKind, Style, fields};
use crate::text::Span;

/// How a section's body lies under its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Google: deeper than the header.
    Block,
    /// Google, badly: deeper than a header without its colon.
    Bare,
    /// Google, badly: as deep as the header.
    Flat,
    /// Google, badly: behind the colon, on the header's line.
    Inline,
    /// NumPy: below the underline, up to the next one.
    Underlined,
}

/// A section's header.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    /// How its body lies.
    pub(super) form: Form,
    /// What it is about.
    pub(super) kind: SectionKind,
    /// The title as written, without colon or underline.
    pub(super) title: Span,
    /// What the title should be, where it is misspelt.
    pub(super) misspelt: Option<&'static str>,
    /// Index of the line it stands on.
    pub(super) line: usize,
}

impl Header {
    /// The style that it is written in.
    pub(super) const fn style(&self) -> Style {
        match self.form {
            Form::Underlined => Style::Numpy,
            Form::Block | Form::Bare | Form::Flat | Form::Inline => Style::Google,
        }
    }

    /// Whether it is one of a section of entries, rightly spelt, with its body below: what counts where
    /// headers do not belong.
    pub(super) fn is_plain(&self) -> bool {
        self.kind.has_entries()
            && self.misspelt.is_none()
            && matches!(self.form, Form::Block | Form::Underlined)
    }

    /// Index of the line below it.
    pub(super) const fn below(&self) -> usize {
        match self.form {
            Form::Underlined => self.line + 2,
            Form::Block | Form::Bare | Form::Flat => self.line + 1,
            Form::Inline => self.line,
        }
    }
}

/// The underlined title on the line at `index`. A title of no known name is a section of kind `Other`, where a blank
/// line stands before it.
pub(super) fn underlined(lines: &Lines<'_>, index: usize) -> Option<Header> {
    let below = lines.text(index + 1).as_bytes();
    if !is_underline(below) {
        return None;
    }
    let text = lines.text(index);
    let title = text.strip_suffix(':').unwrap_or(text).trim_end();
    let (kind, misspelt) = if let Some(kind) = section_kind(title) {
        (kind, None)
    } else if let Some((name, kind)) = misspelt(title) {
        (kind, Some(name))
    } else if lines.is_after_blank(index) && !text.is_empty() && !is_underline(text.as_bytes()) {
        (SectionKind::Other, None)
    } else {
        return None;
    };
    Some(Header {
        form: Form::Underlined,
        kind,
        title: span(lines, index, title),
        misspelt,
        line: index,
    })
}

/// Whether a line is three or more dashes or equals signs.
pub(super) fn is_underline(line: &[u8]) -> bool {
    line.len() > 2 && matches!(line[0], b'-' | b'=') && line.iter().all(|&it| it == line[0])
}

/// The title and colon that are all of the line at `index`, over a deeper block or, where
/// the title is written as one, over what else can be its body. `broken` says that no paragraph is left open above.
pub(super) fn titled(lines: &Lines<'_>, index: usize, broken: bool) -> Option<Header> {
    let Some(title) = lines.text(index).strip_suffix(':').map(str::trim_end) else {
        return bare_title(lines, index);
    };
    if title.ends_with(':') || title.len() > 40 {
        return None;
    }
    let capital = title.starts_with(|it: char| it.is_ascii_uppercase());
    if !capital && !broken {
        return None;
    }
    let next = lines.skip_blank(index + 1);
    let deeper = next.is_some_and(|it| lines.get(it).indent > lines.get(index).indent);
    let header = |form, kind, misspelt| {
        Some(Header {
            form,
            kind,
            title: span(lines, index, title),
            misspelt,
            line: index,
        })
    };
    match section_kind(title) {
        Some(kind) if deeper => header(Form::Block, kind, None),
        Some(kind) if capital && broken && may_be_flat(lines, kind, index + 1, next) => {
            header(Form::Flat, kind, None)
        }
        Some(_) => None,
        None if !deeper => None,
        None => match misspelt(title) {
            Some((name, kind)) if capital => header(Form::Block, kind, Some(name)),
            None if capital && broken && next == Some(index + 1) && is_title(title) => {
                header(Form::Block, SectionKind::Other, None)
            }
            _ => None,
        },
    }
}

/// A title without its colon, right over a deeper block: only one of a section of entries that is alone and
/// written as a title is sure to be meant as one.
fn bare_title(lines: &Lines<'_>, index: usize) -> Option<Header> {
    let title = lines.text(index);
    let sure = title.len() < 20
        && title.starts_with(|it: char| it.is_ascii_uppercase())
        && lines.is_after_blank(index)
        && !lines.is_blank(index + 1)
        && lines.get(index + 1).indent > lines.get(index).indent;
    let kind = section_kind(title).filter(|it| sure && it.has_entries())?;
    Some(Header {
        form: Form::Bare,
        kind,
        title: span(lines, index, title),
        misspelt: None,
        line: index,
    })
}

/// Whether a section of `kind` can have the line at `next`, which is no deeper than its header, as its body, or none.
fn may_be_flat(lines: &Lines<'_>, kind: SectionKind, below: usize, next: Option<usize>) -> bool {
    let Some(next) = next else {
        return kind.has_entries();
    };
    if kind == SectionKind::Examples {
        return !begins_section(lines, next);
    }
    kind.has_entries()
        && (begins_section(lines, next)
            || !(kind.is_params()
                || kind == SectionKind::Attributes
                || kind == SectionKind::Methods)
            || opens_param(lines, next, next == below))
}

/// Whether the line at `index` looks like the beginning of a section, by itself.
pub(super) fn begins_section(lines: &Lines<'_>, index: usize) -> bool {
    let text = lines.text(index);
    let title = text.strip_suffix(':').map(str::trim_end);
    title.is_some_and(|it| section_kind(it).is_some())
        || is_underline(lines.text(index + 1).as_bytes())
        || fields::looks_like_field(text)
}

/// Whether the line at `index` is an entry with a colon or, where that is allowed, with a dash.
fn opens_param(lines: &Lines<'_>, index: usize, dash: bool) -> bool {
    use super::head::{Mark, read};
    let line = lines.get(index);
    let start = line.start + super::syntax::list_mark(lines.text(index)) as u32;
    read(lines.value, start, line.end, line.end, &mut Vec::new()).is_some_and(|it| match it.mark {
        Mark::Colon | Mark::SpacedColon => true,
        Mark::Dash => dash,
        Mark::Missing | Mark::End => false,
    })
}

/// `Returns: text` and the like, title and text on one line.
pub(super) fn inline(lines: &Lines<'_>, index: usize) -> Option<Header> {
    let text = lines.text(index);
    let (title, rest) = text.split_at_checked(memchr::memchr(
        b':',
        text.as_bytes().get(..12.min(text.len()))?,
    )?)?;
    let kind = section_kind(title)?;
    let reads = matches!(
        kind,
        SectionKind::Returns | SectionKind::Yields | SectionKind::Raises
    ) && title.starts_with(|it: char| it.is_ascii_uppercase())
        && rest.starts_with(": ");
    reads.then(|| Header {
        form: Form::Inline,
        kind,
        title: span(lines, index, title),
        misspelt: None,
        line: index,
    })
}

/// Whether a title of no known name is short enough to be one, and no sentence.
fn is_title(title: &str) -> bool {
    title.split(' ').count() <= 3
        && !title.split(' ').any(is_prose)
        && title
            .chars()
            .all(|it| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_'))
}

/// Where the title stands that the line at `index` begins with.
fn span(lines: &Lines<'_>, index: usize, title: &str) -> Span {
    let start = lines.get(index).start;
    Span::new(start, start + title.len() as u32)
}
