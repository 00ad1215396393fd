//! How the entries of a section are laid out, so that a new one looks like them.

use super::super::lines::Lines;
use super::super::syntax::{identifier, list_mark};
use super::super::{Docstring, Entry, Section, SectionKind, Style};
use super::draft::DraftEntry;
use super::page::Page;
use super::place::Form;
use super::{fields, layout, page};
use crate::text::Span;

/// How one entry is laid out.
#[derive(Debug)]
pub(super) struct Manner<'v> {
    /// From its first byte to its last, the field of its type included.
    pub(super) extent: (u32, u32),
    /// Whether a blank line stands between entries.
    pub(super) is_spread: bool,
    /// The bytes that its line begins with.
    prefix: &'v str,
    /// One level of indentation.
    unit: &'v str,
    shape: Shape<'v>,
    /// Whether types are written.
    is_typed: bool,
}

/// What an entry's head looks like.
#[derive(Debug)]
enum Shape<'v> {
    /// `- x (int): text`.
    Google { quotes: Quotes<'v>, is_below: bool },
    /// `x : int`, with what parts the two.
    Numpy {
        quotes: Quotes<'v>,
        colon: &'v str,
        is_below: bool,
    },
    /// `:param x:`, with the keyword of its type's field; `None` where the type stands before the name.
    Field {
        style: Style,
        keyword: &'v str,
        type_keyword: Option<&'v str>,
    },
}

/// What stands around a name: a list's mark, quotes.
#[derive(Debug)]
struct Quotes<'v> {
    before: &'v str,
    behind: &'v str,
}

impl<'v> Manner<'v> {
    /// How `like` is laid out; `None` where it shares its line with others.
    pub(super) fn of(
        docstring: &Docstring<'v>,
        lines: &Lines<'v>,
        section: &Section<'v>,
        like: &Entry<'v>,
        margin: &'v str,
    ) -> Option<Self> {
        let value = docstring.value;
        let extent = extent(section, like);
        let is_first = lines.index_of(like.span.start) == 0;
        let before = layout::before(value, like.span.start);
        let prefix = if is_first { margin } else { before };
        if !before.trim().is_empty() || is_first && extent.0 < like.span.start {
            return None;
        }
        let start = lines.get(lines.index_of(extent.0)).start;
        let below = like.text.map(|it| layout::before(value, it.start));
        let own = below.and_then(|it| super::place::deeper(it, prefix));
        Some(Self {
            extent: (start, extent.1),
            is_spread: is_spread(value, section),
            prefix,
            unit: own.unwrap_or_else(|| super::place::unit(docstring, margin)),
            shape: Shape::of(value, section, like),
            is_typed: section.entries.iter().any(|it| it.annotation.is_some()),
        })
    }

    /// `entry` as the others are written, without its first line's end.
    pub(super) fn written(&self, kind: SectionKind, entry: &DraftEntry) -> String {
        let mut page = Page::new(self.unit);
        let annotation = entry.annotation.as_deref().filter(|_| self.is_typed);
        let text = entry.text.as_deref();
        let names = entry.names.join(", ");
        match &self.shape {
            Shape::Google { quotes, is_below } => {
                let name = quotes.around(&names);
                let head = match annotation {
                    Some(annotation) => format!("{name} ({annotation}):"),
                    None => format!("{name}:"),
                };
                put(&mut page, &head, text, *is_below);
            }
            Shape::Numpy {
                quotes,
                colon,
                is_below,
            } => {
                let name = quotes.around(&names);
                let head = match annotation {
                    Some(annotation) => format!("{name}{colon}{annotation}"),
                    None if *is_below => name,
                    None => format!("{name}:"),
                };
                put(&mut page, &head, text, *is_below);
            }
            Shape::Field {
                style,
                keyword,
                type_keyword,
            } => {
                let mark = if *style == Style::Sphinx { ':' } else { '@' };
                let name = fields::name(&names, *style);
                let inline = annotation.filter(|_| type_keyword.is_none());
                let inline = inline.map_or(String::new(), |it| format!("{it} "));
                let head = format!("{mark}{keyword} {inline}{name}:");
                page.entry(0, &head, text, 1);
                let has_types = !matches!(kind, SectionKind::Raises | SectionKind::Warns);
                if let (Some(annotation), Some(keyword), true) =
                    (annotation, type_keyword, has_types)
                {
                    page.line(0, &format!("{mark}{keyword} {name}: {annotation}"));
                }
            }
        }
        format!(
            "{}{}",
            self.prefix,
            page::margined(&page.finish(), self.prefix)
        )
    }
}

/// Writes a head and its text, below it or behind it.
fn put(page: &mut Page<'_>, head: &str, text: Option<&str>, is_below: bool) {
    if is_below {
        page.line(0, head);
        if let Some(text) = text {
            page.block(1, text);
        }
    } else {
        page.entry(0, head, text, 1);
    }
}

impl<'v> Shape<'v> {
    fn of(value: &'v str, section: &Section<'v>, like: &Entry<'v>) -> Self {
        let said = like.span.of(value);
        if Form::of(value, section) == Form::Field && said.starts_with([':', '@']) {
            return Self::field(value, section, like);
        }
        let quotes = Quotes::of(value, like);
        let end = value[like.span.range().start..].find('\n');
        let line_end = end.map_or(value.len(), |it| it + like.span.range().start) as u32;
        let is_below = |default: bool| like.text.map_or(default, |it| it.start > line_end);
        if !is_underlined(value, section) {
            let is_below = is_below(false);
            return Self::Google { quotes, is_below };
        }
        let typed = section.entries.iter().find_map(|it| {
            let annotation = it.annotation.filter(|span| span.start > it.name_span.end)?;
            let colon = Span::new(it.name_span.end, annotation.start).of(value);
            (colon.trim() == ":").then_some(colon)
        });
        Self::Numpy {
            quotes,
            colon: typed.unwrap_or(" : "),
            is_below: is_below(true),
        }
    }

    fn field(value: &'v str, section: &Section<'v>, like: &Entry<'v>) -> Self {
        let said = like.span.of(value);
        let style = if said.starts_with('@') {
            Style::Epytext
        } else {
            Style::Sphinx
        };
        let keyword = |text: &'v str| &text[1..=identifier(&text[1..], false)];
        let typed = |it: &Entry<'v>| it.annotation.map(|span| (it.span, span));
        let typed = typed(like).or_else(|| section.entries.iter().find_map(typed));
        let type_keyword = match typed {
            Some((span, annotation)) if span.contains(annotation.start) => None,
            Some((_, annotation)) => {
                let line = layout::before(value, annotation.start).trim_start();
                Some(line.starts_with([':', '@']))
                    .filter(|it| *it)
                    .map(|_| keyword(line))
            }
            None => fields::keywords(section.kind, style).map(|it| it.1),
        };
        Self::Field {
            style,
            keyword: keyword(said),
            type_keyword,
        }
    }
}

impl<'v> Quotes<'v> {
    fn of(value: &'v str, like: &Entry<'v>) -> Self {
        let before =
            Span::new(like.span.start, like.name_span.start.max(like.span.start)).of(value);
        let marks = list_mark(like.span.of(value)).min(before.len());
        let quote = &before[marks..];
        let rest = &value[like.name_span.range().end..];
        let is_closed = !quote.is_empty() && rest.starts_with(quote);
        let is_plain = quote.is_empty() || is_closed;
        Self {
            before: if is_plain { before } else { &before[..marks] },
            behind: if is_closed { quote } else { "" },
        }
    }

    fn around(&self, name: &str) -> String {
        format!("{}{name}{}", self.before, self.behind)
    }
}

/// Whether the line below the section's title is its underline.
pub(super) fn is_underlined(value: &str, section: &Section<'_>) -> bool {
    let below = Span::new(section.title.end, section.body.start.max(section.title.end)).of(value);
    let mut lines = below.lines().skip(1);
    lines
        .next()
        .is_some_and(|it| it.trim_start().starts_with(['-', '=']))
}

/// From the first to the last byte of an entry, the field of its type included.
fn extent(section: &Section<'_>, like: &Entry<'_>) -> (u32, u32) {
    let apart = like.annotation.filter(|it| !like.span.contains(it.start));
    let between = |from: u32, to: u32| {
        let mut others = section.entries.iter().filter(|it| it.span != like.span);
        others.any(|it| from <= it.span.start && it.span.start < to)
    };
    match apart {
        Some(it) if it.start > like.span.end && !between(like.span.end, it.start) => {
            (like.span.start, it.end)
        }
        Some(it) if it.end < like.span.start && !between(it.end, like.span.start) => {
            (it.start, like.span.end)
        }
        _ => (like.span.start, like.span.end),
    }
}

/// Whether a blank line stands between each two entries, of which there are several.
fn is_spread(value: &str, section: &Section<'_>) -> bool {
    let mut pairs = section
        .entries
        .windows(2)
        .filter(|it| it[0].span != it[1].span)
        .peekable();
    pairs.peek().is_some()
        && pairs.all(|it| {
            let gap = Span::new(it[0].span.end.min(it[1].span.start), it[1].span.start);
            gap.of(value).matches('\n').count() > 1 && gap.of(value).trim().is_empty()
        })
}
