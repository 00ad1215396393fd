//! The hash by which GitHub knows the line of an alert again: `primaryLocationLineHash`.
//!
//! The upload action computes it where a report has none, and warns where it finds another one, so
//! this is that action's algorithm (<https://github.com/github/codeql-action>, `fingerprints.ts`): a
//! polynomial over the hundred UTF-16 units from the start of a line, blanks and tabs left out, every
//! line ending `\n`, behind the end 65535 and then zeros; with a count, because lines can be equal.

use std::collections::{BTreeMap, HashMap};
use std::iter;

/// So many units make a hash.
const UNITS: usize = 100;
const FACTOR: u64 = 37;
const END: u16 = 65535;
const LINE_FEED: u16 = b'\n' as u16;

/// The hashes of the lines that `wanted` names, in rising order, by line.
pub(super) fn line_hashes(text: &str, wanted: &[u32]) -> BTreeMap<u32, String> {
    let mut found = BTreeMap::new();
    let mut seen: HashMap<u64, u32> = HashMap::new();
    let leaving = FACTOR.wrapping_pow(UNITS as u32);
    let mut window = [0_u16; UNITS];
    // The line that starts at a unit of the window; 0 where none does.
    let mut starts = [0_u32; UNITS];
    let (mut hash, mut line, mut at_start) = (0_u64, 0, true);
    let units = significant(text).chain(iter::once(END));
    let padded = units.map(Some).chain(iter::repeat_n(None, UNITS));
    for (at, unit) in padded.enumerate() {
        let at = at % UNITS;
        if starts[at] != 0 {
            let count = seen.entry(hash).or_default();
            *count += 1;
            if wanted.binary_search(&starts[at]).is_ok() {
                found.insert(starts[at], format!("{hash:x}:{count}"));
            }
            starts[at] = 0;
        }
        if unit.is_some() && at_start {
            line += 1;
            starts[at] = line;
        }
        at_start = unit == Some(LINE_FEED);
        let unit = unit.unwrap_or(0);
        hash = hash
            .wrapping_mul(FACTOR)
            .wrapping_add(u64::from(unit))
            .wrapping_sub(leaving.wrapping_mul(u64::from(window[at])));
        window[at] = unit;
    }
    found
}

/// The units that count, with one `\n` for each line ending.
fn significant(text: &str) -> impl Iterator<Item = u16> {
    let mut after_return = false;
    text.encode_utf16().filter_map(move |unit| {
        let counts = !(unit == u16::from(b' ')
            || unit == u16::from(b'\t')
            || after_return && unit == LINE_FEED);
        after_return = counts && unit == u16::from(b'\r');
        let unit = if after_return { LINE_FEED } else { unit };
        counts.then_some(unit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<const N: usize>(text: &str, expected: [&str; N]) {
        let lines: Vec<u32> = (1..=N as u32 + 1).collect();
        let hashes: Vec<String> = line_hashes(text, &lines).into_values().collect();
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
        let only = line_hashes(&text, &[3]);
        assert_eq!(
            only.into_iter().collect::<Vec<_>>(),
            [(3, "a7f2ff13bc495cf2:3".to_owned())]
        );
    }
}
