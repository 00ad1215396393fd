//! From the bytes of a source file to its text: byte order mark, coding line (PEP 263), UTF-8.

use std::borrow::Cow;

use encoding_rs::Encoding;

/// Why the bytes of a file are no text. The file's fault: a finding, never a failure of docgen.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct DecodeError {
    /// What is wrong, lower case, no full stop.
    pub reason: String,
    /// Offset of the first byte that is wrong.
    pub offset: u32,
    /// Its line, from 1.
    pub line: u32,
}

/// Python's names of Latin-1, normalised.
pub(super) const LATIN_1: [&str; 7] = [
    "latin-1",
    "iso-8859-1",
    "iso-latin-1",
    "latin1",
    "l1",
    "iso8859-1",
    "cp819",
];
/// Python's names of ASCII, normalised.
pub(super) const ASCII: [&str; 3] = ["ascii", "us-ascii", "646"];
pub(super) const BOM: &[u8] = b"\xef\xbb\xbf";

/// The text of a source file, as CPython's tokenizer would read it; a byte order mark is left out.
///
/// Borrowed for UTF-8, which is what a file without a coding line is.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, DecodeError> {
    let (text, has_bom) = match bytes.strip_prefix(BOM) {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let Some((name, at)) = coding(text) else {
        return utf8(bytes, text);
    };
    let name = normalised(name);
    if name == "utf-8" || name.starts_with("utf-8-") {
        return utf8(bytes, text);
    }
    if has_bom {
        let reason = format!("coding line says `{name}`, byte order mark says UTF-8");
        return Err(DecodeError::at(bytes, BOM.len() + at, reason));
    }
    other(bytes, &name, at)
}

/// The same text, in the memory of the bytes where they are plain UTF-8; both given back where they are no text.
pub fn decode_owned(bytes: Vec<u8>) -> Result<String, (Vec<u8>, DecodeError)> {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if coding(text.as_bytes()).is_none() && !text.starts_with('\u{feff}') => {
            return Ok(text);
        }
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    let decoded = decode(&bytes).map(Cow::into_owned);
    decoded.map_err(|error| (bytes, error))
}

fn utf8<'b>(bytes: &'b [u8], text: &'b [u8]) -> Result<Cow<'b, str>, DecodeError> {
    match std::str::from_utf8(text) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(error) => {
            let at = bytes.len() - text.len() + error.valid_up_to();
            let reason = format!("byte 0x{:02x} is not UTF-8", bytes[at]);
            Err(DecodeError::at(bytes, at, reason))
        }
    }
}

/// Any other encoding than UTF-8, by its normalised name.
fn other<'b>(bytes: &'b [u8], name: &str, at: usize) -> Result<Cow<'b, str>, DecodeError> {
    if LATIN_1.contains(&name) {
        // Not WHATWG's `latin1`, which is windows-1252.
        return Ok(encoding_rs::mem::decode_latin1(bytes));
    }
    if ASCII.contains(&name) {
        return match std::str::from_utf8(bytes) {
            Ok(text) if text.is_ascii() => Ok(Cow::Borrowed(text)),
            _ => {
                let wrong = bytes.iter().position(|byte| !byte.is_ascii());
                let reason = "byte is not ASCII, as the coding line says".to_owned();
                Err(DecodeError::at(bytes, wrong.unwrap_or(at), reason))
            }
        };
    }
    let Some(encoding) = for_name(name) else {
        let reason = format!("unknown encoding `{name}`");
        return Err(DecodeError::at(bytes, at, reason));
    };
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(room.unwrap_or_default());
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    if result != encoding_rs::DecoderResult::InputEmpty {
        let reason = format!("bytes are not `{name}`, as the coding line says");
        return Err(DecodeError::at(bytes, read.saturating_sub(1), reason));
    }
    Ok(Cow::Owned(text))
}

/// The encoding of one of Python's names. UTF-16 is none: Python reads no source in it.
pub(super) fn for_name(name: &str) -> Option<&'static Encoding> {
    let label = match name {
        "mac-roman" | "macroman" => "x-mac-roman",
        "mac-cyrillic" => "x-mac-cyrillic",
        "cp932" => "ms932",
        "cp936" => "gbk",
        "cp949" | "uhc" => "windows-949",
        "cp950" => "big5",
        "cp874" => "windows-874",
        "eucjp" | "ujis" => "euc-jp",
        "euckr" => "euc-kr",
        "hkscs" | "big5hkscs" => "big5-hkscs",
        _ => name,
    };
    let encoding = Encoding::for_label(label.as_bytes())?;
    encoding.is_ascii_compatible().then_some(encoding)
}

/// A name as Python compares it: lower case, `-` for `_`.
pub(super) fn normalised(name: &[u8]) -> String {
    let lower = |&byte: &u8| match byte {
        b'_' => '-',
        _ => char::from(byte.to_ascii_lowercase()),
    };
    let name: String = name.iter().map(lower).collect();
    match name.as_str() {
        "utf8" | "u8" | "utf" | "cp65001" => "utf-8".to_owned(),
        _ => name,
    }
}

/// The name in the coding line and where it stands: a comment that is the first line, or the second
/// below a comment or blank line.
pub(super) fn coding(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let mut start = 0;
    for _ in 0..2 {
        let rest = &bytes[start..];
        let end = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let line = &rest[..end];
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | 0x0c);
        let indent = line.iter().position(|byte| !blank(byte));
        match indent.map(|at| line[at]) {
            Some(b'#') => {
                if let Some((name, at)) = coding_in(line) {
                    return Some((name, start + at));
                }
            }
            Some(_) => return None,
            None => {}
        }
        start += end + usize::from(rest.get(end..end + 2) == Some(b"\r\n")) + 1;
        if start > bytes.len() {
            return None;
        }
    }
    None
}

/// PEP 263's `coding[:=][ \t]*([-_.a-zA-Z0-9]+)` in one line.
fn coding_in(line: &[u8]) -> Option<(&[u8], usize)> {
    for found in memchr::memmem::find_iter(line, b"coding") {
        let mut at = found + b"coding".len();
        if !matches!(line.get(at), Some(b':' | b'=')) {
            continue;
        }
        at += 1;
        while matches!(line.get(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
        let len = line[at..].iter().take_while(|byte| part(byte)).count();
        if len > 0 {
            return Some((&line[at..at + len], at));
        }
    }
    None
}

impl DecodeError {
    fn at(bytes: &[u8], offset: usize, reason: String) -> Self {
        let before = &bytes[..offset.min(bytes.len())];
        let lines = memchr::memchr2_iter(b'\n', b'\r', before)
            .filter(|&at| !(before[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n')))
            .count();
        Self {
            reason,
            offset: offset as u32,
            line: lines as u32 + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_is_borrowed_and_its_mark_left_out() {
        assert!(matches!(
            decode("x = 'é'".as_bytes()),
            Ok(Cow::Borrowed("x = 'é'"))
        ));
        assert!(matches!(
            decode(b"\xef\xbb\xbfx = 1"),
            Ok(Cow::Borrowed("x = 1"))
        ));
        assert!(matches!(decode(b""), Ok(Cow::Borrowed(""))));
    }

    #[test]
    fn the_coding_line_counts_in_the_first_two_lines_only() {
        assert_eq!(
            decode(b"# -*- coding: latin-1 -*-\n'\xe9'").unwrap(),
            "# -*- coding: latin-1 -*-\n'é'"
        );
        assert_eq!(
            decode(b"#!x\r\n# vim: fileencoding=koi8-r\r\n'\xc1'")
                .unwrap()
                .chars()
                .last(),
            Some('\'')
        );
        assert!(decode(b"\n# coding: latin1\n'\xe9'").is_ok());
        assert_eq!(
            decode(b"\n\n# coding: latin-1\n'\xe9'").unwrap_err().line,
            4
        );
        assert!(decode(b"x = 1\n# coding: latin-1\n'\xe9'").is_err());
        assert!(decode(b"x = 1 # coding: latin-1\n'\xe9'").is_err());
    }

    #[test]
    fn latin_1_is_not_windows_1252() {
        assert!(
            decode(b"# coding: latin-1\n'\x85'")
                .unwrap()
                .contains('\u{85}')
        );
        assert!(decode(b"# coding: cp1252\n'\x85'").unwrap().contains('…'));
    }

    #[test]
    fn what_cannot_be_decoded_says_where() {
        let error = decode(b"a\r\nb\n'\xff'").unwrap_err();
        assert_eq!((error.offset, error.line), (6, 3));
        assert_eq!(error.reason, "byte 0xff is not UTF-8");
        let error = decode(b"# coding: klingon\n").unwrap_err();
        assert_eq!(error.reason, "unknown encoding `klingon`");
        assert_eq!(error.line, 1);
        assert!(decode(b"\xef\xbb\xbf# coding: latin-1\n").is_err());
        assert!(decode(b"# coding: ascii\n'\xe9'").is_err());
        assert!(decode(b"# coding: utf-16\n").is_err());
        assert_eq!(
            decode(b"# coding: shift_jis\n'\x82\xa0'").unwrap(),
            "# coding: shift_jis\n'あ'"
        );
    }
}
