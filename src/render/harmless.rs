//! Text of unknown origin, made fit for a screen.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// What stands on a screen for `c`: itself, or a visible stand-in where it would steer the terminal
/// or change the order in which text is read. Always one character for one, so columns stay.
pub(super) const fn shown(c: char) -> char {
    match c {
        // Unicode has a picture for each of C0 and for DEL.
        '\u{0}'..='\u{1f}' => match char::from_u32(0x2400 + c as u32) {
            Some(picture) => picture,
            None => '\u{fffd}',
        },
        '\u{7f}' => '\u{2421}',
        // C1 (`\u{9b}` is a control sequence introducer of its own), line and paragraph separators,
        // marks, embeddings, overrides and isolates of text direction ("Trojan Source").
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => c,
    }
}

/// `text` with [`shown`] characters only: one line, and nothing that a terminal obeys.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    if is_plain(text) || text.chars().all(|c| shown(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(shown).collect())
}

/// The columns that a character takes on a screen; a tab is drawn as four.
pub(super) fn columns(c: char) -> usize {
    match c {
        '\t' => 4,
        _ => shown(c).width().unwrap_or(1),
    }
}

/// Whether `text` is printable ASCII only, as nearly all source is: a column for each byte.
pub(super) fn is_plain(text: &str) -> bool {
    let is_odd = |byte: u8| !(b' '..=b'~').contains(&byte);
    // Without a way out of the inner loop, it becomes one comparison of sixteen bytes.
    let parts = text.as_bytes().chunks(16);
    !parts
        .into_iter()
        .any(|part| part.iter().fold(false, |any, &byte| any | is_odd(byte)))
}

/// The columns that `text` takes on a screen.
pub(super) fn width(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    text.chars().map(columns).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown_instead() {
        assert_eq!(
            harmless("a\u{1b}[31m\nb\u{9b}\u{202e}"),
            "a␛[31m␊b\u{fffd}\u{fffd}"
        );
        assert!(matches!(harmless("naïve 日本"), Cow::Borrowed(_)));
    }

    #[test]
    fn wide_combining_and_tab() {
        assert_eq!(width("日本"), 4);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(width("\tx"), 5);
        assert_eq!(width("\u{1b}"), 1);
    }
}
