//! Text of unknown origin as Markdown that shows it: inline, as code, in the cell of a table.
//!
//! What is escaped is what GitHub, Python-Markdown and `MyST` would take for markup, and what each of them knows how to
//! take back: a backslash before the punctuation that Python-Markdown knows of, numbers of characters, and `<code>` where a
//! table's bars have to stay out of sight.

use std::fmt::Write as _;

use super::fence::UNREADABLE;
use super::inline::inline_cell;
use crate::render::harmless::shown;

/// `text` as it is, in the font of code, wherever it stands: a cell, a heading and a link, too.
pub(super) fn code(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return String::new();
    }
    let is_readable = !words.contains(UNREADABLE);
    if !words.contains('|') && is_readable {
        return spanned(&words);
    }
    // A bar ends a cell even in a code span, and takes no escape there that all agree on. In a tag of HTML, Sphinx
    // would take quotes, dashes and dots for those of prose.
    let is_prose =
        words.contains(['"', '\'', '`']) || words.contains("--") || words.contains("...");
    if is_prose && is_readable {
        let parts = words.split('|').map(str::trim);
        let parts = parts.map(|it| {
            if it.is_empty() {
                String::new()
            } else {
                spanned(it)
            }
        });
        let whole = parts.collect::<Vec<_>>().join(" <code>&#124;</code> ");
        return whole.trim().to_owned();
    }
    let mut out = String::with_capacity(words.len() + 32);
    out.push_str("<code>");
    for c in words.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // What would be markup although it stands in a tag.
            '|' | '*' | '_' | '`' | '\\' | '[' | ']' | '{' | '}' | '$' | '~' | ':' | '@' => {
                entity(c, &mut out);
            }
            c => out.push(shown(c)),
        }
    }
    out.push_str("</code>");
    out
}

/// `text` between as many backquotes as it takes.
fn spanned(text: &str) -> String {
    let text: String = text.chars().map(shown).collect();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest == 0 {
        format!("`{text}`")
    } else {
        format!("{fence} {text} {fence}")
    }
}

/// A character as its number: it is shown, and nothing else.
pub(super) fn entity(c: char, out: &mut String) {
    // Writing to a string cannot fail, here and below.
    let _ = write!(out, "&#{};", u32::from(c));
}

/// Text without any markup, on one line: what people wrote who may mean no good.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            // With a number only, because some take no backslash before it; what follows `:` or `@` is no address then.
            '|' | '$' | '~' | '@' | ':' | '#' => entity(c, &mut out),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '>' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(shown(c)),
        }
    }
    out
}

/// The text of a table's cell: one line of Markdown, in which paragraphs, items of lists and lines of examples are apart.
pub(super) fn cell(text: &str) -> String {
    let mut parts: Vec<(bool, String)> = Vec::new();
    let mut is_apart = true;
    let mut in_example = false;
    for line in text.lines().map(str::trim) {
        let item = ["- ", "* ", "+ "]
            .iter()
            .find_map(|it| line.strip_prefix(it));
        in_example = !line.is_empty() && (in_example || line.starts_with(">>> "));
        // What two colons announce does not come here.
        let line = match line.strip_suffix("::") {
            Some(intro) if intro.trim_end() == intro && !intro.is_empty() => &line[..=intro.len()],
            Some(intro) => intro.trim_end(),
            None => line,
        };
        if line.is_empty() {
            is_apart = true;
        } else if in_example {
            parts.push((true, line.to_owned()));
        } else if let Some(item) = item {
            parts.push((false, format!("• {item}")));
            is_apart = false;
        } else if let Some((false, part)) = parts.last_mut().filter(|_| !is_apart) {
            part.push(' ');
            part.push_str(line);
        } else {
            parts.push((false, line.to_owned()));
            is_apart = false;
        }
    }
    let shown = parts.iter().map(|(is_code, part)| {
        if *is_code {
            code(part)
        } else {
            inline_cell(part)
        }
    });
    shown.collect::<Vec<_>>().join("<br>")
}

/// A link target in which every character is safe: `#C.f`, `pkg.mod.md`.
pub(super) fn target(text: &str) -> String {
    crate::render::uri::encoded(text)
}

#[cfg(test)]
mod tests {
    use super::{cell, code, plain};

    #[test]
    fn bars_stay_in_their_cell() {
        assert_eq!(code("int | None"), "<code>int &#124; None</code>");
        assert_eq!(code(" a_b  [c]\n"), "`a_b [c]`");
        assert_eq!(
            cell("a | b,\n  `c | d`"),
            "a &#124; b, <code>c &#124; d</code>"
        );
    }

    #[test]
    fn what_prose_has_of_its_own_stays_in_code() {
        assert_eq!(
            code("'|' | \"a--\""),
            "`'` <code>&#124;</code> `'` <code>&#124;</code> `\"a--\"`"
        );
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code("'(?<![a])'"), "<code>'(?&lt;!&#91;a&#93;)'</code>");
        assert_eq!(
            cell("x | `y | z ` and ` |"),
            "x &#124; <code>y &#124; z</code> and \\` &#124;"
        );
    }

    #[test]
    fn a_cell_keeps_paragraphs_lists_and_examples_apart() {
        assert_eq!(
            cell("One\n  two.\n\n- a\n  b\n* c\n\n>>> f(1|2)\n3\n\nEnd."),
            "One two.<br>• a b<br>• c<br><code>&gt;&gt;&gt; f(1&#124;2)</code><br>`3`<br>End."
        );
    }

    #[test]
    fn a_cell_ends_where_a_block_of_code_is_announced() {
        assert_eq!(cell("Set it like this::"), "Set it like this:");
        assert_eq!(cell("Set it. ::\n\nx::"), "Set it.<br>x:");
        assert_eq!(cell("::"), "");
    }

    #[test]
    fn what_strangers_write_is_shown_and_nothing_else() {
        assert_eq!(
            plain("<b>|x| `y` [z](javascript:a) #1\n@me https://x.org"),
            "&lt;b\\>&#124;x&#124; \\`y\\` \\[z\\]\\(javascript&#58;a\\) &#35;1 &#64;me https&#58;//x.org"
        );
    }
}
