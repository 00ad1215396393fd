//! The hash by which GitHub knows the line of an alert again: `primaryLocationLineHash`.
//!
//! The upload action computes it where a report has none, and warns where it finds another one, so
//! this is that action's algorithm (<https://github.com/github/codeql-action>, `fingerprints.ts`): a
//! polynomial over the hundred UTF-16 units from the start of a line, blanks and tabs left out, every
//! line ending `\n`, behind the end 65535 and then zeros; with a count, because lines can be equal.

use std::collections::{BTreeMap, HashMap};

use super::fingerprint::HashedAlready;

/// So many units make a hash.
const UNITS: usize = 100;
const FACTOR: u64 = 37;
const END: u16 = 65535;
const LINE_FEED: u16 = b'\n' as u16;

/// The hashes of the lines that `wanted` names, in rising order, by line.
pub(super) fn line_hashes(text: &str, wanted: &[u32]) -> BTreeMap<u32, String> {
    let (units, starts) = significant(text);
    let leaving = FACTOR.wrapping_pow(UNITS as u32);
    let mut found = BTreeMap::new();
    let mut seen: HashMap<u64, u32, HashedAlready> = HashMap::default();
    let (mut hash, mut at) = (whole(&units[..UNITS]), 0);
    for (line, &start) in (1..).zip(&starts) {
        if start - at < UNITS {
            for (left, come) in units[at..start].iter().zip(&units[at + UNITS..]) {
                let gone = leaving.wrapping_mul(u64::from(*left));
                hash = step(hash, *come).wrapping_sub(gone);
            }
        } else {
            hash = whole(&units[start..start + UNITS]);
        }
        at = start;
        let count = seen.entry(hash).or_default();
        *count += 1;
        if wanted.binary_search(&line).is_ok() {
            found.insert(line, format!("{hash:x}:{count}"));
        }
    }
    found
}

fn whole(units: &[u16]) -> u64 {
    units.iter().fold(0, |hash, &unit| step(hash, unit))
}

const fn step(hash: u64, unit: u16) -> u64 {
    hash.wrapping_mul(FACTOR).wrapping_add(unit as u64)
}

/// The units that count, with one `\n` for each line ending, and where among them each line starts.
fn significant(text: &str) -> (Vec<u16>, Vec<usize>) {
    let mut units = Vec::with_capacity(text.len() + UNITS + 1);
    let mut starts = vec![0];
    let mut after_return = false;
    for unit in text.encode_utf16() {
        let is_blank = unit == u16::from(b' ') || unit == u16::from(b'\t');
        if is_blank || after_return && unit == LINE_FEED {
            after_return = false;
            continue;
        }
        after_return = unit == u16::from(b'\r');
        if after_return || unit == LINE_FEED {
            units.push(LINE_FEED);
            starts.push(units.len());
        } else {
            units.push(unit);
        }
    }
    units.push(END);
    units.resize(units.len() + UNITS, 0);
    (units, starts)
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
