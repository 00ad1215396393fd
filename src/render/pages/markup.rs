//! Text of unknown origin as Markdown that shows it: inline, as code, in the cell of a table.
//!
//! What is escaped is what GitHub, Python-Markdown and `MyST` would take for markup, and what each of them knows how to
//! take back: a backslash before punctuation, entities, and `<code>` where a table's bars have to stay out of sight.

use std::fmt::Write as _;

use crate::render::harmless::shown;

/// `text` as it is, in the font of code, wherever it stands: a cell and a heading, too.
pub(super) fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str("<code>");
    let mut is_after_blank = true;
    for c in text.chars() {
        let is_blank = c.is_whitespace();
        match c {
            // Lines of the source are one here.
            _ if is_blank => {
                if !is_after_blank {
                    out.push(' ');
                }
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // What would be markup although it stands in a tag.
            '|' | '*' | '_' | '`' | '\\' | '[' | ']' | '{' | '}' | '$' | '~' | ':' | '@' => {
                // Writing to a string cannot fail, here and below.
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(shown(c)),
        }
        is_after_blank = is_blank;
    }
    out.push_str("</code>");
    out
}

/// A paragraph: its code spans, emphasis and links stay, roles and references of reStructuredText become these.
pub(super) fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '`' {
            rest = span(rest, &mut out);
            continue;
        }
        if let Some((link, behind)) = address(rest) {
            out.push_str(link);
            rest = behind;
            continue;
        }
        if let Some(behind) = role(rest, &out) {
            rest = behind;
            continue;
        }
        let before = out.chars().next_back();
        rest = &rest[c.len_utf8()..];
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '_' | '[' | ']' | '{' | '}' | '$' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '*' => star(before, rest, &mut out),
            '\n' | '\t' => out.push(c),
            c => out.push(shown(c)),
        }
    }
    out
}

/// A star is emphasis or the bullet of a list where it can be, else a star.
fn star(before: Option<char>, rest: &str, out: &mut String) {
    let is_bullet = matches!(before, None | Some('\n')) && rest.starts_with(' ');
    let opens = rest.starts_with(|c: char| c.is_alphanumeric() || c == '*')
        && before.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '(' | '"'))
        && is_closed(rest.trim_start_matches('*'));
    let closes = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '*' | '.' | '!'))
        && !rest.starts_with(|c: char| c.is_alphanumeric())
        && out.matches('*').count() > out.matches("\\*").count();
    if !(is_bullet || opens || closes) {
        out.push('\\');
    }
    out.push('*');
}

/// Whether a star behind a word ends what one opened.
fn is_closed(text: &str) -> bool {
    text.match_indices('*').any(|(at, _)| {
        let before = text[..at].chars().next_back();
        before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | ',' | '*'))
    })
}

/// The code span at the start of `text`, and what stands behind it.
fn span<'t>(text: &'t str, out: &mut String) -> &'t str {
    let count = text.len() - text.trim_start_matches('`').len();
    let (fence, inside) = text.split_at(count);
    let end = inside
        .match_indices(fence)
        .find(|(at, _)| !inside[at + count..].starts_with('`') && !inside[..*at].ends_with('`'));
    let Some((end, _)) = end.filter(|(at, _)| *at > 0 && !inside[..*at].contains("\n\n")) else {
        out.push_str(&"\\`".repeat(count));
        return inside;
    };
    let (content, behind) = (&inside[..end], &inside[end + count..]);
    let is_reference = behind.starts_with('_');
    let behind = behind.trim_start_matches('_');
    let target = content
        .strip_suffix('>')
        .and_then(|it| it.split_once('<'))
        .filter(|(_, target)| target.starts_with("http"));
    match target {
        Some((title, target)) if is_reference => {
            let _ = write!(out, "[{}]({target})", inline_plain(title.trim()));
        }
        _ => {
            let content: String = content
                .chars()
                .map(|c| if c == '\n' { ' ' } else { shown(c) })
                .collect();
            out.push_str(fence);
            out.push_str(&content);
            out.push_str(fence);
        }
    }
    behind
}

/// Text without any markup.
fn inline_plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { shown(c) });
    }
    out
}

/// `<https://...>` at the start of `text`, and what stands behind it.
fn address(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with("<http://") && !text.starts_with("<https://") {
        return None;
    }
    let end = text.find(|c: char| c == '>' || c.is_whitespace())?;
    text[end..].starts_with('>').then(|| text.split_at(end + 1))
}

/// What stands behind the name of a role, `:class:` before a backquote.
fn role<'t>(text: &'t str, before: &str) -> Option<&'t str> {
    let is_in_word = before.ends_with(|c: char| c.is_alphanumeric());
    let (name, behind) = text
        .strip_prefix(':')
        .filter(|_| !is_in_word)?
        .split_once('`')?;
    let name = name.strip_suffix(':')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_');
    let is_role = !name.is_empty() && name.chars().all(is_name);
    is_role.then(|| &text[text.len() - behind.len() - 1..])
}

/// The text of a table's cell, on one line.
pub(super) fn cell(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.contains('|') {
        return inline(&text);
    }
    // A bar ends a cell even in a code span, and takes no escape there that all agree on.
    let mut out = String::new();
    let mut parts = text.split('`').map(str::to_owned).collect::<Vec<_>>();
    if parts.len() % 2 == 0 {
        return inline(&text.replace('`', "'")).replace('|', "&#124;");
    }
    for (at, part) in parts.drain(..).enumerate() {
        if at % 2 == 1 && !part.is_empty() {
            out.push_str(&code(&part));
        } else {
            out.push_str(&inline(&part).replace('|', "&#124;"));
        }
    }
    out
}

/// A link target in which every character is safe: `#C.f`, `pkg.mod.md`.
pub(super) fn target(text: &str) -> String {
    crate::render::uri::encoded(text)
}

#[cfg(test)]
mod tests {
    use super::{cell, code, inline};

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
        assert_eq!(inline("[1]_ {x} ~y"), "\\[1\\]\\_ \\{x\\} \\~y");
    }

    #[test]
    fn roles_and_references_become_markdown() {
        assert_eq!(
            inline("see :func:`f_x` and ``a_b``"),
            "see `f_x` and ``a_b``"
        );
        assert_eq!(inline(":py:class:`~a.B`"), "`~a.B`");
        assert_eq!(
            inline("`The docs <https://x.org/a_b>`_."),
            "[The docs](https://x.org/a_b)."
        );
        assert_eq!(inline("<https://x.org/a_b>"), "<https://x.org/a_b>");
        assert_eq!(inline("one ` alone"), "one \\` alone");
    }

    #[test]
    fn bars_stay_in_their_cell() {
        assert_eq!(code("int | None"), "<code>int &#124; None</code>");
        assert_eq!(
            cell("a | b,\n  `c | d`"),
            "a &#124; b, <code>c &#124; d</code>"
        );
    }
}
