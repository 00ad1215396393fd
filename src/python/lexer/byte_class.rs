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

const HIGH: u64 = 0x8080_8080_8080_8080;
const ONES: u64 = 0x0101_0101_0101_0101;

/// How many of the eight bytes in `word`, the little end first, belong to a name before the first
/// that does not: eight bytes at a time, without a branch.
pub(super) const fn name_prefix(word: u64) -> u32 {
    let low = word & !HIGH;
    let lower = low | (0x20 * ONES);
    let letter = at_least(lower, b'a') & !at_least(lower, b'z' + 1);
    let digit = at_least(low, b'0') & !at_least(low, b'9' + 1);
    let other_than_underscore = (low ^ (b'_' as u64 * ONES)) + 0x7f * ONES;
    let name = letter | digit | !other_than_underscore | word;
    (!name & HIGH).trailing_zeros() / 8
}

/// The high bit of each byte of `low` (all below 0x80) that is `least` or more.
const fn at_least(low: u64, least: u8) -> u64 {
    low + (0x80 - least as u64) * ONES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_bytes_at_a_time_as_one_by_one() {
        for byte in 0..=255_u8 {
            for at in 0..8 {
                let mut bytes = *b"aZ09_\x80\xffq";
                bytes[at] = byte;
                let want = bytes.iter().take_while(|&&byte| is_name(byte)).count();
                assert_eq!(
                    name_prefix(u64::from_le_bytes(bytes)),
                    want as u32,
                    "{bytes:?}"
                );
            }
        }
    }
}
