//! What a host of hooks put aside: the unstaged changes that it brings back when its hooks are done.
//!
//! pre-commit and prek write them as a patch and undo everything a hook did where the patch no longer applies.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::path::in_git;

/// The unstaged changes that wait for the hooks to end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stash {
    /// For each file, by git's path, the lines (from 0) of the index's text that must stay as they are: those of each
    /// hunk, its context included.
    hunks: BTreeMap<Vec<u8>, Vec<Range<usize>>>,
}

impl Stash {
    /// Reads a patch as `git diff-index --binary` prints it.
    pub fn read(patch: &[u8]) -> Self {
        let mut hunks: BTreeMap<Vec<u8>, Vec<Range<usize>>> = BTreeMap::new();
        let mut path = None;
        // Lines of the open hunk that are still to come, of the old side and of the new.
        let (mut old, mut new) = (0, 0);
        for line in patch.split_inclusive(|&byte| byte == b'\n') {
            if old > 0 || new > 0 {
                old -= usize::from(matches!(line.first(), Some(b' ' | b'-' | b'\n')) && old > 0);
                new -= usize::from(matches!(line.first(), Some(b' ' | b'+' | b'\n')) && new > 0);
            } else if let Some(name) = line.strip_prefix(b"--- ") {
                path = old_path(name);
            } else if let Some((range, added)) = hunk(line) {
                (old, new) = (range.len(), added);
                if let Some(path) = &path {
                    hunks.entry(path.clone()).or_default().push(range);
                }
            }
        }
        Self { hunks }
    }

    /// Whether it could not be brought back over a change of these lines (from 0; an empty range is an insertion before
    /// its start) of the file at
    /// `path` below the top of the worktree.
    pub fn rests_on(&self, path: &Path, lines: &Range<usize>) -> bool {
        let touches = |hunk: &Range<usize>| {
            if lines.is_empty() {
                hunk.start < lines.start && lines.start < hunk.end
            } else {
                hunk.start < lines.end && lines.start < hunk.end
            }
        };
        self.hunks
            .get(&*in_git(path))
            .is_some_and(|it| it.iter().any(touches))
    }
}

/// The old lines and the number of new ones of `@@ -1,7 +1,6 @@`; what is left out is one.
fn hunk(line: &[u8]) -> Option<(Range<usize>, usize)> {
    let line = std::str::from_utf8(line.strip_prefix(b"@@ -")?.split(|&it| it == b'@').next()?);
    let (old, new) = line.ok()?.trim().split_once(" +")?;
    let numbers = |side: &str| -> Option<(usize, usize)> {
        let (start, count) = side.split_once(',').unwrap_or((side, "1"));
        Some((start.parse().ok()?, count.parse().ok()?))
    };
    let ((start, count), (_, added)) = (numbers(old)?, numbers(new)?);
    let start = if count == 0 {
        start
    } else {
        start.checked_sub(1)?
    };
    Some((start..start + count, added))
}

/// The path of a `--- a/path` line, its quotes and escapes resolved; `None` for `/dev/null`.
fn old_path(name: &[u8]) -> Option<Vec<u8>> {
    let name = name.strip_suffix(b"\n").unwrap_or(name);
    let name = name.strip_suffix(b"\t").unwrap_or(name);
    let Some(quoted) = name.strip_prefix(b"\"") else {
        return name.strip_prefix(b"a/").map(<[u8]>::to_vec);
    };
    let mut path = Vec::with_capacity(quoted.len());
    let mut bytes = quoted.strip_suffix(b"\"")?.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            path.push(byte);
            continue;
        }
        let escaped = bytes.next()?;
        path.push(match escaped {
            b'0'..=b'3' => {
                let (two, three) = (bytes.next()?, bytes.next()?);
                (escaped - b'0') << 6
                    | (two.wrapping_sub(b'0') & 7) << 3
                    | three.wrapping_sub(b'0') & 7
            }
            b'a' => 7,
            b'b' => 8,
            b't' => b'\t',
            b'n' => b'\n',
            b'v' => 11,
            b'f' => 12,
            b'r' => b'\r',
            other => other,
        });
    }
    path.strip_prefix(b"a/").map(<[u8]>::to_vec)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATCH: &str = "diff --git a/a.py b/a.py\nindex 1..2 100644\n--- a/a.py\n+++ b/a.py\n@@ -5,7 +5,8 @@ def f():\n \n one\n two\n\
                         --- a/b.py\n+three\n+@@ -50 +50 @@\n four\n five\n six\n@@ -0,0 +30 @@\n+x\n\
                         diff --git \"a/\\303\\251 \\\"q.py\" \"b/\\303\\251 \\\"q.py\"\n--- \"a/\\303\\251 \\\"q.py\"\n+++ \"b/q\"\n@@ -9 +9 @@\n-x\n+y\n";

    #[test]
    fn a_change_in_a_hunk_or_its_context_would_be_rolled_back() {
        let stash = Stash::read(PATCH.as_bytes());
        let rests = |lines: Range<usize>| stash.rests_on(Path::new("a.py"), &lines);
        assert!(rests(4..5) && rests(10..11) && rests(0..99));
        assert!(!rests(3..4) && !rests(11..12) && !rests(49..50));
        assert!(rests(5..5) && !rests(4..4) && !rests(11..11));
        assert!(!stash.rests_on(Path::new("b.py"), &(0..99)));
    }

    #[test]
    fn a_removed_line_that_looks_like_a_header_is_none() {
        let stash = Stash::read(PATCH.as_bytes());
        assert_eq!(stash.hunks.len(), 2);
        assert_eq!(stash.hunks[&b"a.py"[..]], [4..11, 0..0]);
        let quoted = &stash.hunks["é \"q.py".as_bytes()];
        assert_eq!((quoted[0].clone(), quoted.len()), (8..9, 1));
    }
}
