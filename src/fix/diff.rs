//! A unified diff that `git apply` and `patch` take.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Lines of context around a change, as `git diff` shows them.
const CONTEXT: usize = 3;

/// What turns `old` into `new`, as a patch of the file `path` (`/` between its parts); empty where they are equal.
///
/// Lines end at `\n` only, as git counts them; all bytes are kept as they are.
pub fn unified(path: &str, old: &[u8], new: &[u8]) -> Vec<u8> {
    let (old, new) = (lines(old), lines(new));
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let hunks = similar::group_diff_ops(ops, CONTEXT);
    let mut out = Vec::new();
    for hunk in &hunks {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else {
            continue;
        };
        if out.is_empty() {
            let (a, b) = (quoted("a/", path), quoted("b/", path));
            out.extend_from_slice(format!("--- {a}\n+++ {b}\n").as_bytes());
        }
        let old_range = range(first.old_range().start, last.old_range().end);
        let new_range = range(first.new_range().start, last.new_range().end);
        out.extend_from_slice(format!("@@ -{old_range} +{new_range} @@\n").as_bytes());
        for op in hunk {
            draw(op, &old, &new, &mut out);
        }
    }
    out
}

fn draw(op: &DiffOp, old: &[&[u8]], new: &[&[u8]], out: &mut Vec<u8>) {
    let mut put = |mark: u8, lines: &[&[u8]]| {
        for line in lines {
            out.push(mark);
            out.extend_from_slice(line);
            if !line.ends_with(b"\n") {
                out.extend_from_slice(b"\n\\ No newline at end of file\n");
            }
        }
    };
    if let DiffOp::Equal { .. } = op {
        put(b' ', &old[op.old_range()]);
    } else {
        put(b'-', &old[op.old_range()]);
        put(b'+', &new[op.new_range()]);
    }
}

fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|&byte| byte == b'\n').collect()
}

/// A hunk's lines as `start,count`: from 1, or the line before where there are none.
fn range(start: usize, end: usize) -> String {
    match end - start {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        count => format!("{},{count}", start + 1),
    }
}

/// A path as git writes it: in quotes with C's escapes where it holds anything odd, with a tab behind it where it holds
/// a blank (else what follows the blank would be taken for a date).
fn quoted(side: &str, path: &str) -> String {
    let is_plain = |byte: u8| (b' '..=b'~').contains(&byte) && !b"\"\\".contains(&byte);
    if path.bytes().all(is_plain) {
        let tab = if path.contains(' ') { "\t" } else { "" };
        return format!("{side}{path}{tab}");
    }
    let mut quoted = format!("\"{side}");
    for byte in path.bytes() {
        match byte {
            b'"' | b'\\' => quoted.extend(['\\', char::from(byte)]),
            byte if is_plain(byte) => quoted.push(char::from(byte)),
            byte => {
                let digit = |shift: u32| char::from(b'0' + (byte >> shift & 7));
                quoted.extend(['\\', digit(6), digit(3), digit(0)]);
            }
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(path: &str, old: &str, new: &str) -> String {
        String::from_utf8(unified(path, old.as_bytes(), new.as_bytes())).unwrap()
    }

    #[test]
    fn equal_texts_have_no_diff() {
        assert_eq!(text("a.py", "x\n", "x\n"), "");
        assert_eq!(text("a.py", "", ""), "");
    }

    #[test]
    fn carriage_returns_and_a_missing_last_line_ending_are_kept() {
        assert_eq!(
            text("a.py", "a\r\nb\rc\nd", "a\r\nb\rC\nd"),
            "--- a/a.py\n+++ b/a.py\n@@ -1,3 +1,3 @@\n a\r\n-b\rc\n+b\rC\n d\n\\ No newline at end of file\n"
        );
    }

    #[test]
    fn odd_paths_are_quoted_as_git_does() {
        assert!(
            text("a b.py", "x\n", "")
                .starts_with("--- a/a b.py\t\n+++ b/a b.py\t\n@@ -1 +0,0 @@\n")
        );
        assert!(text("é\"\n.py", "", "x\n").starts_with("--- \"a/\\303\\251\\\"\\012.py\"\n"));
    }
}
