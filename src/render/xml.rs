//! Text for XML 1.0.

use std::borrow::Cow;

use super::harmless::harmless;

/// `text` for an attribute or between tags. Characters that no XML document may hold, escaped or not
/// (<https://www.w3.org/TR/xml/#charsets>), are shown as on a screen.
pub(super) fn xml(text: &str) -> Cow<'_, str> {
    let text = harmless(text);
    // The two that no document may hold begin with this byte.
    let special = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | 0xef);
    if !text.bytes().fold(false, |any, byte| any | special(byte)) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::xml;

    #[test]
    fn markup_is_escaped_and_what_xml_forbids_is_replaced() {
        assert_eq!(xml("<a b=\"&\">"), "&lt;a b=&quot;&amp;&quot;&gt;");
        assert_eq!(xml("\u{0}\u{1b}\u{ffff}"), "␀␛\u{fffd}");
    }
}
