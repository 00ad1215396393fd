//! Docstrings as they are compared.

use std::borrow::Cow;

/// Whether two docstrings' values say the same: as `inspect.cleandoc` gives them, blanks at line ends left off, each
/// line's indentation by its level.
pub(super) fn is_equal(one: &str, other: &str) -> bool {
    one == other
        || levelled(&expanded(one)) == levelled(&expanded(other))
        // Another margin moves the stops of tabs inside lines.
        || (one.contains('\t') || other.contains('\t')) && levelled(one) == levelled(other)
}

/// Each tab as blanks up to the next multiple of eight columns, as `str.expandtabs` does.
fn expanded(value: &str) -> Cow<'_, str> {
    if !value.contains('\t') {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len() + 16);
    let mut column = 0;
    for c in value.chars() {
        match c {
            '\t' => {
                let blanks = 8 - column % 8;
                text.extend(std::iter::repeat_n(' ', blanks));
                column += blanks;
            }
            '\n' | '\r' => {
                text.push(c);
                column = 0;
            }
            _ => {
                text.push(c);
                column += 1;
            }
        }
    }
    Cow::Owned(text)
}

/// The lines that are not blank at both ends of the text, each with how deep it is indented among those around it.
/// The first line's indentation does not count.
fn levelled(value: &str) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, line) in value.lines().enumerate() {
        let text = line.trim();
        if text.is_empty() {
            lines.push((0, ""));
            continue;
        }
        if at == 0 {
            lines.push((0, text));
            continue;
        }
        let indent = columns(line);
        while open.last().is_some_and(|&it| it > indent) {
            open.pop();
        }
        if open.last().is_none_or(|&it| it < indent) {
            open.push(indent);
        }
        lines.push((open.len() - 1, text));
    }
    let is_text = |line: &(usize, &str)| !line.1.is_empty();
    let start = lines.iter().position(is_text).unwrap_or(lines.len());
    let end = lines.iter().rposition(is_text).map_or(start, |it| it + 1);
    lines.drain(end..);
    lines.drain(..start);
    lines
}

fn columns(line: &str) -> usize {
    let margin = line.chars().take_while(|it| it.is_whitespace());
    margin.fold(0, |column, c| {
        if c == '\t' {
            column / 8 * 8 + 8
        } else {
            column + 1
        }
    })
}

#[cfg(test)]
mod tests {
    use super::is_equal;

    #[test]
    fn layout_does_not_count() {
        for (one, other) in [
            (
                "A.\n\n    B\n      c  \n    ",
                "A.\n\n        B\n          c\n",
            ),
            ("A.", "\n    A.\n    "),
            (
                "A.\n\n    Args:\n      x: An x.",
                "A.\n\n    Args:\n        x: An x.",
            ),
            ("A.\n\n\tB\n\t\tc", "A.\n\n        B\n                c"),
            ("A.\n\n\tB\tb", "A.\n\n    B\tb"),
            ("A.\r\n    B", "A.\n    B"),
            ("", "  \n  "),
        ] {
            assert!(is_equal(one, other), "{one:?} and {other:?}");
        }
    }

    #[test]
    fn words_lines_and_levels_count() {
        for (one, other) in [
            ("A.\n\n    B\n    c", "A.\n\n    B\n      c"),
            ("A.\n\n    B", "A.\n    B"),
            ("A.", "A"),
            ("A  b.", "A b."),
            ("A.\n    B\n      c\n    d", "A.\n    B\n      c\n      d"),
        ] {
            assert!(!is_equal(one, other), "{one:?} and {other:?}");
        }
    }
}
