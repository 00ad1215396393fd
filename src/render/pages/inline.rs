//! The words of a paragraph as Markdown: code spans, emphasis and links stay; roles and references of reStructuredText
//! and Epytext's braces become these; everything else is shown as it is.
//!
//! However long a paragraph is, each character is looked at a few times only: what would end a span is sought nearby.

use std::fmt::Write as _;

use super::fence::UNREADABLE;
use super::markup::{code, entity, plain};
use crate::render::harmless::shown;

/// So far, in bytes, the end of emphasis, a link or a brace may lie.
const REACH: usize = 400;

/// Stands before a character that begins a line and would be markup there.
pub(super) const LITERAL: char = '\u{1}';

/// A paragraph.
pub(super) fn inline(text: &str) -> String {
    written(text, false)
}

/// A paragraph on one line, in which no bar ends the cell of a table.
pub(super) fn inline_cell(text: &str) -> String {
    written(&text.split_whitespace().collect::<Vec<_>>().join(" "), true)
}

fn written(text: &str, in_cell: bool) -> String {
    let mut writer = Writer {
        in_cell,
        out: String::with_capacity(text.len() + 16),
        open_stars: 0,
        lone_ticks: Vec::new(),
        is_role: false,
    };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = writer
            .construct(c, rest)
            .unwrap_or_else(|| writer.character(c, rest));
    }
    writer.out
}

struct Writer {
    out: String,
    /// Whether bars would end the text.
    in_cell: bool,
    /// Stars that opened an emphasis which is not closed yet.
    open_stars: usize,
    /// Fences of backquotes of which no second one follows.
    lone_ticks: Vec<usize>,
    /// Whether the name of a role stands before the code span that comes.
    is_role: bool,
}

/// The first bytes of `text`, as many as are looked at.
fn near(text: &str) -> &str {
    let end = (0..=REACH.min(text.len()))
        .rev()
        .find(|&it| text.is_char_boundary(it));
    &text[..end.unwrap_or(0)]
}

impl Writer {
    /// Writes the construct that `rest` begins with; what stands behind it.
    fn construct<'t>(&mut self, c: char, rest: &'t str) -> Option<&'t str> {
        let before = self.out.chars().next_back();
        let is_in_word = before.is_some_and(char::is_alphanumeric);
        match c {
            '`' => Some(self.span(rest)),
            '<' => self.address(rest),
            'h' if !is_in_word => self.bare_address(rest),
            ':' if !is_in_word => self.role(rest),
            '[' => self.link(rest),
            'B' | 'C' | 'I' | 'L' | 'M' | 'U' if !is_in_word && before != Some('\\') => {
                self.braces(rest)
            }
            _ => None,
        }
    }

    /// Writes one character of text; what stands behind it.
    fn character<'t>(&mut self, c: char, rest: &'t str) -> &'t str {
        let before = self.out.chars().next_back();
        let rest = &rest[c.len_utf8()..];
        match c {
            '<' => self.out.push_str("&lt;"),
            '&' => self.out.push_str("&amp;"),
            '\\' | '_' | '[' | ']' | '{' | '}' => {
                self.out.push('\\');
                self.out.push(c);
            }
            // Python-Markdown would show a backslash before these.
            '$' | '~' => entity(c, &mut self.out),
            '|' if self.in_cell => entity(c, &mut self.out),
            '*' => self.star(before, rest),
            LITERAL => {
                if let Some(c) = rest.chars().next() {
                    entity(c, &mut self.out);
                    return &rest[c.len_utf8()..];
                }
            }
            '\n' | '\t' => self.out.push(c),
            c => self.out.push(shown(c)),
        }
        rest
    }

    /// A star is emphasis or the bullet of a list where it can be, else a star.
    fn star(&mut self, before: Option<char>, rest: &str) {
        let is_bullet = matches!(before, None | Some('\n')) && rest.starts_with(' ');
        let opens = rest.starts_with(|c: char| c.is_alphanumeric() || c == '*')
            && before.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '(' | '"'))
            && is_closed(near(rest.trim_start_matches('*')));
        let closes = self.open_stars > 0
            && before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '*' | '.' | '!'))
            && !rest.starts_with(char::is_alphanumeric);
        if opens {
            self.open_stars += 1;
        } else if closes {
            self.open_stars -= 1;
        } else if !is_bullet {
            self.out.push('\\');
        }
        self.out.push('*');
    }

    /// The code span at the start of `text`, and what stands behind it.
    fn span<'t>(&mut self, text: &'t str) -> &'t str {
        let count = text.len() - text.trim_start_matches('`').len();
        let (fence, inside) = text.split_at(count);
        let is_role = std::mem::take(&mut self.is_role);
        let is_whole =
            |at: &usize| !inside[at + count..].starts_with('`') && !inside[..*at].ends_with('`');
        let mut ends = inside.match_indices(fence).map(|it| it.0);
        let end = if self.lone_ticks.contains(&count) {
            None
        } else {
            ends.find(is_whole)
        };
        let Some(end) = end else {
            self.lone_ticks.push(count);
            self.out.push_str(&"\\`".repeat(count));
            return inside;
        };
        let (content, behind) = (&inside[..end], &inside[end + count..]);
        let is_reference = behind.starts_with('_');
        let behind = behind.trim_start_matches('_');
        let titled = content.strip_suffix('>').and_then(|it| it.rsplit_once('<'));
        match titled {
            Some((title, target)) if is_reference && is_web(target) => {
                let _ = write!(self.out, "[{}]({})", plain(title), safe(target));
            }
            // A role's title, and the object it means.
            Some((title, _)) if is_role && !title.trim().is_empty() => {
                self.out.push_str(&plain(title));
            }
            _ => {
                let content = if is_role { named(content) } else { content };
                if self.in_cell && content.contains('|') || content.contains(UNREADABLE) {
                    self.out.push_str(&code(content));
                    return behind;
                }
                let content = content
                    .chars()
                    .map(|c| if c == '\n' { ' ' } else { shown(c) });
                self.out.push_str(fence);
                self.out.extend(content);
                self.out.push_str(fence);
            }
        }
        behind
    }

    /// Takes the name of a role, `:class:` before a backquote.
    fn role<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let (name, behind) = near(text).strip_prefix(':')?.split_once('`')?;
        let name = name.strip_suffix(':')?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_' | '+');
        self.is_role = !name.is_empty() && name.chars().all(is_name) && !behind.starts_with('`');
        self.is_role.then(|| &text[name.len() + 2..])
    }

    /// `<https://...>` at the start of `text`.
    fn address<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let (inside, _) = near(text.strip_prefix('<')?).split_once('>')?;
        let is_one = is_web(inside) && !inside.contains(|c: char| c.is_whitespace() || c == '<');
        is_one.then(|| {
            let _ = write!(self.out, "<{}>", safe(inside));
            &text[inside.len() + 2..]
        })
    }

    /// `https://...` in a text.
    fn bare_address<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        if !is_web(text) {
            return None;
        }
        let ends = |c: char| c.is_whitespace() || c.is_control() || "<>\"`|\\^{}".contains(c);
        let whole = near(text);
        let end = whole.find(ends).unwrap_or(whole.len());
        if end == REACH {
            return None;
        }
        let mut found =
            whole[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', ']', '_']);
        while found.ends_with(')') && found.matches(')').count() > found.matches('(').count() {
            found = found[..found.len() - 1].trim_end_matches(['.', ',', ';']);
        }
        let host = found.split_once("://").map_or("", |it| it.1);
        if host.is_empty() {
            return None;
        }
        let _ = write!(self.out, "<{}>", safe(found));
        Some(&text[found.len()..])
    }

    /// `[text](https://...)` at the start of `text`: Markdown's own link.
    fn link<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let (title, behind) = near(text.strip_prefix('[')?).split_once("](")?;
        let (target, _) = behind.split_once(')')?;
        let is_one = is_web(target)
            && !target.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | '"'))
            && !title.contains(['[', ']'])
            && !title.contains("\n\n");
        is_one.then(|| {
            let _ = write!(self.out, "[{}]({})", plain(title), safe(target));
            &text[title.len() + target.len() + 4..]
        })
    }

    /// Epytext's `C{code}`, `B{bold}`, `I{italic}`, `L{object}`, `U{text<address>}`, `M{formula}`.
    fn braces<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let letter = text.chars().next()?;
        let inside = near(text.get(1..)?.strip_prefix('{')?);
        let mut depth = 1_u32;
        let end = inside.char_indices().find(|(_, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => (),
            }
            depth == 0
        });
        let content = &inside[..end?.0];
        let words = content.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() || words.contains('`') {
            return None;
        }
        let titled = words.strip_suffix('>').and_then(|it| it.rsplit_once('<'));
        let _ = match (letter, titled) {
            ('B', _) => write!(self.out, "**{}**", plain(&words)),
            ('I', _) => write!(self.out, "*{}*", plain(&words)),
            ('U', Some((title, target))) if is_web(target) => {
                write!(self.out, "[{}]({})", plain(title), safe(target))
            }
            ('U', None) if is_web(&words) => write!(self.out, "<{}>", safe(&words)),
            ('L', Some((title, _))) => write!(self.out, "{}", plain(title)),
            _ => write!(
                self.out,
                "`{}`",
                words.chars().map(shown).collect::<String>()
            ),
        };
        Some(&text[content.len() + 3..])
    }
}

fn is_web(target: &str) -> bool {
    target.starts_with("http://") || target.starts_with("https://")
}

/// An address with nothing in it that would end it in Markdown.
fn safe(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    for byte in target.bytes() {
        if byte.is_ascii_graphic() && !b"<>()[]{}\"'`|\\^*".contains(&byte) {
            out.push(byte.into());
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Whether a star behind a word ends what one opened.
fn is_closed(text: &str) -> bool {
    text.match_indices('*').any(|(at, _)| {
        let before = text[..at].chars().next_back();
        before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | ',' | '*'))
    })
}

/// The name that a role shows: `~a.B` is `B`.
fn named(content: &str) -> &str {
    match content.strip_prefix('~') {
        Some(path) => path.rsplit('.').next().unwrap_or(path),
        None => content.trim_start_matches('!'),
    }
}

#[cfg(test)]
mod tests {
    use super::inline;

    #[test]
    fn what_is_no_markup_is_shown() {
        assert_eq!(
            inline("a_b *args, **kwargs <x>"),
            "a\\_b \\*args, \\*\\*kwargs &lt;x>"
        );
        assert_eq!(
            inline("very *good* and **bold**."),
            "very *good* and **bold**."
        );
        assert_eq!(inline("* one\n* two"), "* one\n* two");
        assert_eq!(
            inline("[1]_ {x} ~y $z"),
            "\\[1\\]\\_ \\{x\\} &#126;y &#36;z"
        );
        assert_eq!(inline("one ` alone"), "one \\` alone");
        assert_eq!(inline("\u{1}# no"), "&#35; no");
    }

    #[test]
    fn roles_references_and_braces_become_markdown() {
        assert_eq!(
            inline("see :func:`f_x` and ``a_b``"),
            "see `f_x` and ``a_b``"
        );
        assert_eq!(
            inline(":py:class:`~a.B`, :ref:`the page <there>`"),
            "`B`, the page"
        );
        assert_eq!(
            inline("`The docs <https://x.org/a_b>`_."),
            "[The docs](https://x.org/a_b)."
        );
        assert_eq!(
            inline("C{a_b} and B{so} I{on} U{here<http://x.org>} L{m.f} {C{x}}"),
            "`a_b` and **so** *on* [here](http://x.org) `m.f` \\{`x`\\}"
        );
    }

    #[test]
    fn only_the_web_is_linked() {
        assert_eq!(inline("<https://x.org/a_b>"), "<https://x.org/a_b>");
        assert_eq!(
            inline("(see https://x.org/a_b_(c), [d_e](https://x.org/f))."),
            "(see <https://x.org/a_b_%28c%29>, [d\\_e](https://x.org/f))."
        );
        assert_eq!(
            inline("[x](javascript:y) `z <javascript:y>`_ <javascript:y>"),
            "\\[x\\](javascript:y) `z <javascript:y>` &lt;javascript:y>"
        );
        assert_eq!(inline("https://"), "https://");
    }

    #[test]
    fn what_is_never_closed_takes_linear_time() {
        for part in [
            ":a",
            "*a ",
            "[a](",
            "C{",
            "<https://x",
            "` `` ",
            "a* *b",
            "https://x.org/(",
        ] {
            let text = part.repeat(50_000);
            assert!(inline(&text).len() >= text.len() / 2, "{part}");
        }
    }
}
