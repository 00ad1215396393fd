//! What a commit says of itself: whose it is, of which day, its first line.

use encoding_rs::Encoding;

/// A commit's words, without addresses.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) day: String,
    pub(super) author: String,
    pub(super) subject: String,
}

/// When a commit was made, in seconds since 1970; 0 where it does not say.
pub(super) fn seconds(commit: &[u8]) -> i64 {
    let line = header(commit, b"committer ").unwrap_or_default();
    when(&String::from_utf8_lossy(line)).0
}

/// The words of a commit, of its bytes.
pub(super) fn words(commit: &[u8]) -> Words {
    let label = header(commit, b"encoding ").and_then(Encoding::for_label);
    let text = |bytes| match label {
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        None => String::from_utf8_lossy(bytes).into_owned(),
    };
    let author = text(header(commit, b"author ").unwrap_or_default());
    let (seconds, zone) = when(&author);
    let name = author.split('<').next().unwrap_or_default();
    let body = memchr::memmem::find(commit, b"\n\n").and_then(|at| commit.get(at + 2..));
    let body = text(body.unwrap_or_default());
    let subject = body.lines().find(|it| !it.trim().is_empty());
    Words {
        day: day(seconds.saturating_add(zone)),
        author: without_addresses(name),
        subject: without_addresses(subject.unwrap_or_default()),
    }
}

/// What stands behind `name` in the header of a commit.
fn header<'c>(commit: &'c [u8], name: &[u8]) -> Option<&'c [u8]> {
    let lines = commit.split(|&byte| byte == b'\n');
    let mut head = lines.take_while(|it| !it.is_empty());
    head.find_map(|it| it.strip_prefix(name))
}

/// The seconds at the end of a line `NAME <ADDRESS> SECONDS ZONE`, and how many the zone adds.
fn when(line: &str) -> (i64, i64) {
    let behind = line.rsplit('>').next().unwrap_or_default();
    let mut parts = behind.split_whitespace();
    let seconds = parts.next().and_then(|it| it.parse().ok()).unwrap_or(0);
    let zone: i64 = parts.next().and_then(|it| it.parse().ok()).unwrap_or(0);
    (seconds, (zone / 100) * 3600 + (zone % 100) * 60)
}

/// The day that so many seconds after 1970 began lie in, by Howard Hinnant's `civil_from_days`.
fn day(seconds: i64) -> String {
    let days = seconds.div_euclid(86_400).clamp(-4_000_000, 100_000_000) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// `text` on one line, without mail addresses.
fn without_addresses(text: &str) -> String {
    let is_address = |word: &&str| {
        word.split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
    };
    let words = text.split_whitespace().filter(|it| !is_address(it));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Words, day, seconds, words};

    #[test]
    fn a_commit_is_read_in_its_encoding_and_without_addresses() {
        let commit = b"tree 1\nauthor J\xfcrgen <j@x.org> 1700000000 +0900\ncommitter A <a@x.org> 1700000005 +0000\n\
            encoding ISO-8859-1\ngpgsig -----\n \n more\n\n\nGr\xfc\xdfe, thanks to <b@x.org>\n\nauthor no\n";
        let expected = Words {
            day: "2023-11-15".to_owned(),
            author: "Jürgen".to_owned(),
            subject: "Grüße, thanks to".to_owned(),
        };
        assert_eq!(words(commit), expected);
        assert_eq!(seconds(commit), 1_700_000_005);
        let empty = words(b"nothing");
        assert_eq!(
            (empty.day.as_str(), empty.author.as_str()),
            ("1970-01-01", "")
        );
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(day(-1), "1969-12-31");
        assert_eq!(day(951_782_400), "2000-02-29");
        assert_eq!(day(1_795_910_400), "2026-11-29");
        assert_eq!(day(i64::MAX).len(), 12);
    }
}
