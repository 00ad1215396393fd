//! Texts broken into lines that fit their place.

use unicode_width::UnicodeWidthStr as _;

use crate::docstring::{SectionKind, Style};

/// The narrowest column that text is set in, however deep it stands.
const NARROWEST: usize = 24;

/// The paragraphs of `text` in lines of at most `width` columns, the first of at most `first`.
pub(in crate::fix) fn wrapped(text: &str, first: usize, width: usize) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let (mut room, width) = (first.max(NARROWEST), width.max(NARROWEST));
    let mut used = 0;
    for word in text.split_whitespace() {
        let columns = word.width();
        if used > 0 && used + 1 + columns > room {
            out.push('\n');
            (used, room) = (0, width);
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += columns;
    }
    out
}

/// Columns of the first and of the further lines of an entry's text, where lines have `width` columns and the docstring
/// stands at `indent`.
pub(in crate::fix) fn columns(
    style: Style,
    kind: SectionKind,
    name: Option<&str>,
    width: usize,
    indent: usize,
) -> (usize, usize) {
    let name = name.map_or(0, unicode_width::UnicodeWidthStr::width);
    let width = width.saturating_sub(indent);
    let less = |it: usize| width.saturating_sub(it);
    match style {
        Style::Google if name == 0 => (less(8), less(8)),
        Style::Google => (less(4 + name + 2), less(8)),
        Style::Numpy => (less(4), less(4)),
        Style::Sphinx | Style::Epytext => {
            let field = match kind {
                SectionKind::Raises => ":raises : ".len(),
                SectionKind::Returns | SectionKind::Yields => ":returns: ".len(),
                _ => ":param : ".len(),
            };
            (less(field + name), less(4))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_no_word_is_lost() {
        let text = "The quick brown fox jumps over the lazy dog, again and again and again.";
        let out = wrapped(text, 30, 40);
        let lines: Vec<&str> = out.lines().collect();
        assert!(
            lines[0].len() <= 30 && lines[1..].iter().all(|it| it.len() <= 40),
            "{out}"
        );
        assert_eq!(out.replace('\n', " "), text);
        let long = "x".repeat(100);
        assert_eq!(
            wrapped(&format!("a {long} b"), 30, 40),
            format!("a\n{long}\nb")
        );
        assert_eq!(wrapped("  a \n\n b ", 30, 40), "a b");
    }
}
