//! A documented type put right: the annotation in place of the type, and what else was said behind it kept.

use super::Subject;
use crate::contract::Written;
use crate::python::RewriteError;
use crate::text::{Edit, Span};

/// The edit that puts the type `declared` in place of the one that the range `told` of the value begins with (`int` of
/// `int, optional`); none where the annotation is no single line.
pub(super) fn corrected(
    subject: &Subject<'_>,
    written: &Written<'_>,
    told: Span,
    declared: &str,
) -> Option<Result<Edit, RewriteError>> {
    let declared = ['"', '\'']
        .into_iter()
        .find_map(|quote| declared.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(declared);
    if declared.contains(['#', '\\', '"']) {
        return None;
    }
    let declared: Vec<&str> = declared.split_whitespace().collect();
    let text = told.of(&written.value.text);
    let length = type_length(text) as u32;
    let within = Span::new(told.start, told.start + length);
    Some(subject.rewrite(written, within, &declared.join(" ")))
}

/// How much of `text` is its type: all before the first comma outside of brackets.
fn type_length(text: &str) -> usize {
    let mut depth = 0_i32;
    let comma = text.find(|c: char| {
        match c {
            '[' | '(' | '{' => depth += 1,
            ']' | ')' | '}' => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0
    });
    comma.map_or(text.len(), |it| text[..it].trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::type_length;

    #[test]
    fn what_stands_behind_a_type_is_left() {
        for (text, kept) in [
            ("int, optional", "int"),
            ("dict[str, int]", "dict[str, int]"),
            ("{'a', 'b'} , default 'a'", "{'a', 'b'}"),
            ("", ""),
        ] {
            assert_eq!(&text[..type_length(text)], kept);
        }
    }
}
