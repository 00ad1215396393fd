//! What a byte can begin, and how far a name reaches.

/// What a token may begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    /// Nothing: an error, or the end of the text.
    Stray,
    Space,
    /// A letter, `_`, or any byte of a character beyond ASCII (PEP 3131; which ones is not checked).
    Name,
    Digit,
    Quote,
    Newline,
    Hash,
    Backslash,
    Open,
    Close,
    Dot,
    Comma,
    Colon,
    /// The first byte of any other operator.
    Operator,
}

/// The class of each byte.
pub(super) static CLASS: [Class; 256] = {
    let mut table = [Class::Stray; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b' ' | b'\t' | 0x0c => Class::Space,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => Class::Name,
            b'0'..=b'9' => Class::Digit,
            b'"' | b'\'' => Class::Quote,
            b'\n' | b'\r' => Class::Newline,
            b'#' => Class::Hash,
            b'\\' => Class::Backslash,
            b'(' | b'[' | b'{' => Class::Open,
            b')' | b']' | b'}' => Class::Close,
            b'.' => Class::Dot,
            b',' => Class::Comma,
            b':' => Class::Colon,
            b'!' | b'%' | b'&' | b'*' | b'+' | b'-' | b'/' | b';' | b'<' | b'=' | b'>' | b'@'
            | b'^' | b'|' | b'~' => Class::Operator,
            _ => Class::Stray,
        };
        byte += 1;
    }
    table
};

/// Whether a byte can stand within a name.
pub(in super::super) const fn is_name(byte: u8) -> bool {
    matches!(CLASS[byte as usize], Class::Name | Class::Digit)
}
