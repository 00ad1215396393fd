//! Sixteen bytes at a time.

use std::ops::RangeInclusive;

use wide::u8x16;

/// How many of the bytes belong to a name before the first that does not.
pub(super) fn name_length(bytes: [u8; 16]) -> usize {
    let bytes = u8x16::new(bytes);
    let letters = among(bytes | u8x16::splat(0x20), b'a'..=b'z');
    let digits = among(bytes, b'0'..=b'9');
    // What is no ASCII has the high bit itself, which is the one that counts.
    let others = is(bytes, b'_') | bytes;
    let names = (letters | digits | others).to_bitmask();
    names.trailing_ones() as usize
}

fn is(bytes: u8x16, byte: u8) -> u8x16 {
    bytes.simd_eq(u8x16::splat(byte))
}

fn at_most(bytes: u8x16, most: u8) -> u8x16 {
    bytes.min(u8x16::splat(most)).simd_eq(bytes)
}

fn among(bytes: u8x16, range: RangeInclusive<u8>) -> u8x16 {
    let (first, last) = range.into_inner();
    at_most(bytes - u8x16::splat(first), last - first)
}

#[cfg(test)]
mod tests {
    use super::super::byte_class::is_name;
    use super::*;

    #[test]
    fn names_as_one_by_one() {
        for byte in 0..=255_u8 {
            for at in 0..16 {
                let mut bytes = *b"aZ09_\x80\xffqabcdefgh";
                bytes[at] = byte;
                let want = bytes.iter().take_while(|&&it| is_name(it)).count();
                assert_eq!(name_length(bytes), want, "{bytes:?}");
            }
        }
    }
}
