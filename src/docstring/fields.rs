//! Fields: Sphinx's `:param x: text` and epytext's `@param x: text`.

use super::escapes::unescaped;
use super::head::MOST_NAMES;
use super::lines::{Lines, trimmed};
use super::names::section_kind;
use super::syntax::{identifier, separating_colon};
use super::{Entry, SectionKind, Style};
use crate::text::Span;

/// What a field is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// An entry: `:param x:`, `:returns:`.
    Entry(SectionKind),
    /// The type of one: `:type x:`, `:rtype:`.
    Type(SectionKind),
    /// A whole section in one field: `:Parameters:`.
    Whole(SectionKind),
}

impl Role {
    /// The kind of the section that it belongs to.
    pub(super) const fn kind(self) -> SectionKind {
        match self {
            Self::Entry(kind) | Self::Type(kind) | Self::Whole(kind) => kind,
        }
    }
}

/// One field's first line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    /// Which style's it is.
    pub(super) style: Style,
    /// What it is about.
    pub(super) role: Role,
    /// `param`.
    pub(super) keyword: Span,
    /// `int x`; may be empty.
    pub(super) argument: Span,
    /// Offset behind the colon.
    pub(super) rest: u32,
    /// Whether its colon is where the style wants it.
    pub(super) sound: bool,
}

/// Reads the field that the line at `index` begins, if its keyword is known.
pub(super) fn read(lines: &Lines<'_>, index: usize) -> Option<Field> {
    let text = lines.text(index);
    let style = match text.as_bytes().first() {
        Some(b':') => Style::Sphinx,
        Some(b'@') => Style::Epytext,
        _ => return None,
    };
    let inner = &text[1..];
    let length = identifier(inner, false);
    let (keyword, behind) = inner.split_at_checked(length)?;
    // ``:attr:`x` `` is a role.
    let separated = behind.is_empty() || behind.starts_with([':', ' ', '\t']);
    if !separated || behind.starts_with(":`") {
        return None;
    }
    let role = role(keyword)?;
    if style == Style::Sphinx && !behind.contains(':') && !matches!(role, Role::Entry(_)) {
        return None;
    }
    let start = lines.get(index).start + 1 + length as u32;
    let (length, sound) = argument(behind, style, role);
    if matches!(role, Role::Whole(_)) && !behind[..length].trim().is_empty() {
        return None;
    }
    let end = start + length as u32;
    let colon = u32::from(behind[length..].starts_with(':'));
    Some(Field {
        style,
        role,
        keyword: Span::new(start - keyword.len() as u32, start),
        argument: trimmed(lines.value, Span::new(start, end)),
        rest: end + colon,
        sound,
    })
}

/// Length of the argument that `behind`, what follows the keyword, begins with; whether a colon ends it as it should.
fn argument(behind: &str, style: Style, role: Role) -> (usize, bool) {
    let named = !matches!(role.kind(), SectionKind::Returns | SectionKind::Yields);
    let colon = separating_colon(behind);
    if let Some(colon) =
        colon.filter(|&it| style == Style::Sphinx || behind[..it].split_whitespace().count() <= 2)
    {
        return (colon, true);
    }
    if behind.starts_with(':') {
        return (0, style == Style::Epytext);
    }
    // `:param x:text`, or no colon at all: `@param x text`, `:param x text`.
    let blanks = behind.len() - behind.trim_start().len();
    let word = if named {
        behind[blanks..]
            .find([' ', '\t', ':'])
            .unwrap_or(behind.len() - blanks)
    } else {
        0
    };
    (blanks + word, style == Style::Epytext)
}

/// What a field's keyword means: those of Sphinx's Python domain, of Epydoc and of the tools that read them.
fn role(keyword: &str) -> Option<Role> {
    use SectionKind::{Attributes, KeywordParams, Params, Raises, Returns, Warns, Yields};
    let mut lower = [0; 16];
    let lower = lower.get_mut(..keyword.len())?;
    lower.copy_from_slice(keyword.as_bytes());
    lower.make_ascii_lowercase();
    Some(match std::str::from_utf8(lower).ok()? {
        "param" | "parameter" | "arg" | "argument" => Role::Entry(Params),
        "key" | "keyword" | "kwarg" | "kwparam" => Role::Entry(KeywordParams),
        "type" | "paramtype" | "kwtype" => Role::Type(Params),
        "ivar" | "cvar" | "var" | "attribute" | "attr" => Role::Entry(Attributes),
        "vartype" => Role::Type(Attributes),
        "raises" | "raise" | "exception" | "except" | "throws" | "throw" => Role::Entry(Raises),
        "warns" | "warn" => Role::Entry(Warns),
        "returns" | "return" => Role::Entry(Returns),
        "rtype" | "returntype" => Role::Type(Returns),
        "yields" | "yield" => Role::Entry(Yields),
        "ytype" | "yieldtype" => Role::Type(Yields),
        _ => Role::Whole(section_kind(keyword)?),
    })
}

/// Whether `text` begins as a field of any name does, so that it cannot go on with the one before.
pub(super) fn looks_like_field(text: &str) -> bool {
    let Some(inner) = text.strip_prefix([':', '@']) else {
        return false;
    };
    let word = identifier(inner, true);
    word > 0
        && (text.starts_with('@')
            || separating_colon(inner).is_some() && !inner[word..].starts_with(":`"))
}

/// Adds the entries that the argument of a `:param` or `:ivar` field names: the last word, what stands before
/// it is the type; words joined by commas are names.
pub(super) fn named<'v>(value: &'v str, argument: Span, entries: &mut Vec<Entry<'v>>) {
    let text = argument.of(value);
    let is_name = |it: &str| {
        let bare = it.trim().trim_start_matches(['*', '\\']);
        !bare.is_empty() && identifier(bare, true) == bare.len()
    };
    let count = text.bytes().filter(|&it| it == b',').count();
    if (1..MOST_NAMES).contains(&count) && text.split(',').all(is_name) {
        let mut at = argument.start;
        for part in text.split(',') {
            let span = Span::new(at, at + part.len() as u32);
            entries.push(entry(value, trimmed(value, span), None));
            at = span.end + 1;
        }
        return;
    }
    if text.ends_with(')')
        && let Some(open) = text.find('(').filter(|&it| it > 0 && is_name(&text[..it]))
    {
        let open = argument.start + open as u32;
        let annotation = trimmed(value, Span::new(open + 1, argument.end - 1));
        entries.push(entry(
            value,
            trimmed(value, Span::new(argument.start, open)),
            Some(annotation),
        ));
        return;
    }
    let start = text.rfind([' ', '\t', '\n']).map_or(0, |it| it + 1) as u32 + argument.start;
    let annotation = trimmed(value, Span::new(argument.start, start));
    let annotation = Some(annotation).filter(|it| !it.is_empty());
    entries.push(entry(value, Span::new(start, argument.end), annotation));
}

/// A name without its stars; `None` for none.
pub(super) fn bare_name(text: &str) -> Option<&str> {
    let bare = unescaped(text.trim_matches('`').trim_start_matches(['*', '\\']));
    Some(bare).filter(|it| !it.is_empty())
}

/// An entry whose name, with its stars and quotes, stands at `span`.
fn entry(value: &str, span: Span, annotation: Option<Span>) -> Entry<'_> {
    let text = span.of(value);
    let ticks = text.len() - text.trim_start_matches('`').len();
    let inner = text.trim_matches('`');
    // `:param x=None:`.
    let inner = inner.split('=').next().unwrap_or(inner);
    let name = unescaped(inner.trim_start_matches(['*', '\\']));
    let start = span.start + ticks as u32;
    let name_span = Span::new(start, start + inner.len() as u32);
    Entry {
        name: Some(name).filter(|it| !it.is_empty()),
        name_span,
        annotation,
        text: None,
        span,
    }
}
