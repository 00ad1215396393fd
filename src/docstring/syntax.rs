//! The small marks that every style shares: colons, brackets, quotes, names.

use super::steps;

/// Offset in `text` of the first colon that separates: not doubled, outside brackets, code (`` `x` ``) and roles
/// (``:class:`x` ``), and before a blank or the end.
pub(super) fn separating_colon(text: &str) -> Option<usize> {
    colon(text, true)
}

/// As [`separating_colon`], but inside brackets as well.
pub(super) fn colon_outside_code(text: &str) -> Option<usize> {
    colon(text, false)
}

fn colon(text: &str, brackets: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0_u32;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'`' => at = code_end(bytes, at).unwrap_or(at + 1),
            b'(' | b'[' | b'{' => {
                depth += u32::from(brackets);
                at += 1;
            }
            b')' | b']' | b'}' => {
                depth = depth.saturating_sub(1);
                at += 1;
            }
            b':' => {
                let run = bytes[at..].iter().take_while(|&&it| it == b':').count();
                let ends = bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
                if run == 1 && depth == 0 && ends {
                    steps::take(at);
                    return Some(at);
                }
                at += run;
            }
            _ => at += 1,
        }
    }
    steps::take(at);
    None
}

/// Offset behind the code that opens with the backquotes at `at`; `None` where it is not closed.
fn code_end(bytes: &[u8], at: usize) -> Option<usize> {
    let run = bytes[at..].iter().take_while(|&&it| it == b'`').count();
    if run > 2 {
        return Some(at + run);
    }
    let inner = at + run;
    let close = memchr::memchr(b'`', bytes.get(inner..)?)? + inner;
    Some(
        close
            + bytes[close..]
                .iter()
                .take(run)
                .take_while(|&&it| it == b'`')
                .count(),
    )
}

/// Offset of the bracket that closes the one at `at`, before `limit`. Brackets in quotes do not count.
pub(super) fn closing_bracket(text: &str, at: usize, limit: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(..limit)?;
    let mut depth = 0_u32;
    let open = at;
    let mut at = at;
    while at < bytes.len() {
        match bytes[at] {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    steps::take(at - open);
                    return Some(at);
                }
            }
            quote @ (b'\'' | b'"') if opens_quote(bytes, at) => {
                at = quote_end(bytes, at, quote).unwrap_or(at);
            }
            _ => {}
        }
        at += 1;
    }
    steps::take(at - open);
    None
}

/// Whether the quote at `at` can open a string: it follows a bracket, a comma or a blank, so that the
/// apostrophe of `user's` does not.
fn opens_quote(bytes: &[u8], at: usize) -> bool {
    at.checked_sub(1)
        .is_none_or(|before| b"([{,= \t|:".contains(&bytes[before]))
}

/// Offset of the quote that closes the one at `at`, on the same line and within 80 bytes.
fn quote_end(bytes: &[u8], at: usize, quote: u8) -> Option<usize> {
    let end = (at + 80).min(bytes.len());
    let found = memchr::memchr2(quote, b'\n', &bytes[at + 1..end])? + at + 1;
    (bytes[found] == quote).then_some(found)
}

/// Length of the list mark (`- `, `* `, `+ `, `• `, with the blanks behind it) that `text` begins with.
pub(super) fn list_mark(text: &str) -> usize {
    let rest = text.strip_prefix(['-', '*', '+', '•', '–']).unwrap_or(text);
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    if rest.len() == text.len() || blanks == 0 {
        return 0;
    }
    text.len() - rest.len() + blanks
}

/// Length of the dotted identifier that `text` begins with; 0 for none. `dashes` lets `a-b` be one.
pub(super) fn identifier(text: &str, dashes: bool) -> usize {
    let is_word = |it: char| {
        it == '_' || it.is_ascii_alphanumeric() || !it.is_ascii() && it.is_alphanumeric()
    };
    if !text.starts_with(|it| is_word(it) && !it.is_ascii_digit()) {
        return 0;
    }
    let mut end = 0;
    let mut joined = None;
    for (at, letter) in text.char_indices() {
        if is_word(letter) {
            end = at + letter.len_utf8();
            joined = None;
        } else if (letter == '.' || dashes && letter == '-') && joined.is_none() {
            joined = Some(letter);
        } else {
            break;
        }
    }
    steps::take(end);
    end
}

/// Length of the dash that stands for a colon between a name and its text (`- `, `-- `, `– `, `— `) and that `text`
/// begins with, the blank behind it left out; 0 for none.
pub(super) fn dash(text: &str) -> usize {
    let mark = ["---", "--", "-", "–", "—"]
        .into_iter()
        .find_map(|it| text.strip_prefix(it));
    mark.filter(|it| it.starts_with([' ', '\t']))
        .map_or(0, |it| text.len() - it.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_colon_outside_code_and_brackets_separates() {
        for (text, colon) in [
            ("int: text", Some(3)),
            ("x::", None),
            (":class:`a.B`: text", Some(12)),
            (":py:class:`a.B` text", None),
            ("Dict[str: int]: x", Some(14)),
            ("``a: b`` c: d", Some(10)),
            ("at 12:30 or http://x", None),
            ("`open: x", Some(5)),
            (") x: y", Some(3)),
        ] {
            assert_eq!(separating_colon(text), colon, "{text}");
        }
    }

    #[test]
    fn brackets_close_each_other_and_quotes_hide_them() {
        let text = "(Callable[[int], str], ')', the user's) x";
        assert_eq!(closing_bracket(text, 0, text.len()), Some(38));
        assert_eq!(closing_bracket(text, 0, 12), None);
    }

    #[test]
    fn marks_and_names_are_measured() {
        assert_eq!(list_mark("- x"), 2);
        assert_eq!(list_mark("*  x"), 3);
        assert_eq!(list_mark("*args"), 0);
        assert_eq!(identifier("a.b-c d", false), 3);
        assert_eq!(identifier("a.b-c. d", true), 5);
        assert_eq!(identifier("1a", true), 0);
        assert_eq!(identifier("größe:", true), "größe".len());
        assert_eq!(dash("- x"), 1);
        assert_eq!(dash("-- x"), 2);
        assert_eq!(dash("-x"), 0);
    }
}
