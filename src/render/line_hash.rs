//! The hash by which GitHub knows the line of an alert again: `primaryLocationLineHash`.
//!
//! The upload action computes it where a report has none, and warns where it finds another one, so
//! this is that action's algorithm (<https://github.com/github/codeql-action>, `fingerprints.ts`): a
//! polynomial over the hundred UTF-16 units from the start of a line, blanks and tabs left out, every
//! line ending `\n`, behind the end 65535 and then zeros; with a count, because lines can be equal.

use std::collections::{BTreeMap, HashMap};

use super::fingerprint::HashedAlready;
use crate::text::SourceFile;

/// So many units make a hash.
const UNITS: usize = 100;
const FACTOR: u64 = 37;
const END: u16 = 65535;
const LINE_FEED: u16 = b'\n' as u16;

/// The hashes of the lines that `wanted` names, in rising order, by line.
pub(super) fn line_hashes(file: &SourceFile, wanted: &[u32]) -> BTreeMap<u32, String> {
    let (text, index) = (file.text(), file.lines());
    let start = |line: u32| index.start(line) as usize;
    let is_line = |line: &&u32| (1..=index.line_count()).contains(*line);
    let keys = wanted.iter().filter(is_line);
    let mut keys: Vec<u128> = keys.map(|&line| key(text, start(line))).collect();
    keys.sort_unstable();
    let mut first = [false; 256];
    for &key in &keys {
        let bytes = key.to_be_bytes();
        first[usize::from(bytes.into_iter().find(|it| *it != 0).unwrap_or(0))] = true;
    }
    let mut found = BTreeMap::new();
    let mut seen: HashMap<u64, u32, HashedAlready> = HashMap::default();
    for line in 1..=index.line_count() {
        let from = start(line);
        // Nearly every line that nobody asks for begins unlike those that somebody does.
        let byte = text.as_bytes()[from..]
            .iter()
            .find(|it| !matches!(it, b' ' | b'\t'));
        let is_known = match byte {
            Some(b'\r') => first[usize::from(b'\n')],
            Some(&byte) => first[usize::from(byte)],
            None => first[0],
        };
        if !is_known || keys.binary_search(&key(text, from)).is_err() {
            continue;
        }
        let hash = units(&text[from..]).take(UNITS).fold(0, step);
        let count = seen.entry(hash).or_default();
        *count += 1;
        if wanted.binary_search(&line).is_ok() {
            found.insert(line, format!("{hash:x}:{count}"));
        }
    }
    found
}

const fn step(hash: u64, unit: u16) -> u64 {
    hash.wrapping_mul(FACTOR).wrapping_add(unit as u64)
}

/// The bytes that count and that a line begins with: lines of equal hashes have equal ones.
fn key(text: &str, start: usize) -> u128 {
    let mut key = 0;
    let (mut count, mut after_return) = (0, false);
    for &byte in &text.as_bytes()[start..] {
        let is_second = after_return && byte == b'\n';
        after_return = byte == b'\r';
        if matches!(byte, b' ' | b'\t') || is_second {
            continue;
        }
        let byte = if after_return { b'\n' } else { byte };
        key = key << 8 | u128::from(byte);
        count += 1;
        if count == 16 {
            break;
        }
    }
    key
}

/// The units that count, with one `\n` for each line ending, and what stands behind the last one.
fn units(text: &str) -> impl Iterator<Item = u16> {
    let mut after_return = false;
    let units = text.encode_utf16().filter_map(move |unit| {
        let is_second = after_return && unit == LINE_FEED;
        after_return = unit == u16::from(b'\r');
        let is_blank = unit == u16::from(b' ') || unit == u16::from(b'\t');
        (!is_blank && !is_second).then_some(if after_return { LINE_FEED } else { unit })
    });
    units.chain([END]).chain(std::iter::repeat(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<const N: usize>(text: &str, expected: [&str; N]) {
        let lines: Vec<u32> = (1..=N as u32 + 1).collect();
        let hashes: Vec<String> = line_hashes(&SourceFile::new("a.py", text), &lines)
            .into_values()
            .collect();
        assert_eq!(hashes, expected, "{text:?}");
    }

    /// The values that the action's own tests hold it to.
    #[test]
    fn the_hashes_are_githubs() {
        check("", ["c129715d7a2bc9a3:1"]);
        check(
            " a\nb\n  \t\tc\n d",
            [
                "271789c17abda88f:1",
                "54703d4cd895b18:1",
                "180aee12dab6264:1",
                "a23a3dc5e078b07b:1",
            ],
        );
        let expected = [
            "e9496ae3ebfced30:1",
            "fb7c023a8b9ccb3f:1",
            "ce8ba1a563dcdaca:1",
            "e20e36e16fcb0cc8:1",
            "b3edc88f2938467e:1",
            "c8e28b0b4002a3a0:1",
            "c129715d7a2bc9a3:1",
        ];
        for text in [
            " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n",
            " hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r",
            " hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n",
            " hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn equal_lines_are_counted() {
        let text = "Lorem ipsum dolor sit amet.\n".repeat(10);
        check(
            &text,
            [
                "a7f2ff13bc495cf2:1",
                "a7f2ff13bc495cf2:2",
                "a7f2ff13bc495cf2:3",
                "a7f2ff13bc495cf2:4",
                "a7f2ff13bc495cf2:5",
                "a7f2ff13bc495cf2:6",
                "a7f2ff1481e87703:1",
                "a9cf91f7bbf1862b:1",
                "55ec222b86bcae53:1",
                "cc97dc7b1d7d8f7b:1",
                "c129715d7a2bc9a3:1",
            ],
        );
        let only = line_hashes(&SourceFile::new("a.py", text), &[3]);
        assert_eq!(
            only.into_iter().collect::<Vec<_>>(),
            [(3, "a7f2ff13bc495cf2:3".to_owned())]
        );
    }
}
