//! The same change in another state of the file: what is staged and what lies in the worktree may differ elsewhere.

use std::ops::Range;

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};

/// Lines around a change that must be the same in both, as git's patches have them.
const CONTEXT: usize = 3;

/// The lines (from 0) of `old` that differ in `new`; an empty range is an insertion before its start.
pub fn changed_lines(old: &[u8], new: &[u8]) -> Vec<Range<usize>> {
    let ops = difference(&lines(old), &lines(new));
    let changes = ops.iter().filter(|it| it.tag() != DiffTag::Equal);
    changes.map(DiffOp::old_range).collect()
}

/// What `old` became in `new`, done to `other`.
///
/// # Errors
/// The lines (from 0) of `old` that changed and where `other` is not the same.
pub fn transplanted(old: &[u8], new: &[u8], other: &[u8]) -> Result<Vec<u8>, Vec<Range<usize>>> {
    if old == other {
        return Ok(new.to_vec());
    }
    let (old, new, other) = (lines(old), lines(new), lines(other));
    let ours = difference(&old, &new);
    let theirs = difference(&old, &other);
    let mut out: Vec<&[u8]> = Vec::new();
    let mut at = 0;
    let mut apart = Vec::new();
    for op in ours.iter().filter(|it| it.tag() != DiffTag::Equal) {
        match place(&op.old_range(), &theirs, old.len(), other.len()) {
            Some(place) => {
                out.extend(other.get(at..place.start).unwrap_or_default());
                out.extend(&new[op.new_range()]);
                at = place.end;
            }
            None => apart.push(op.old_range()),
        }
    }
    out.extend(other.get(at..).unwrap_or_default());
    if apart.is_empty() {
        return Ok(out.concat());
    }
    Err(apart)
}

/// Where the lines `range` of the old text are in the other one.
fn place(
    range: &Range<usize>,
    ops: &[DiffOp],
    old_count: usize,
    other_count: usize,
) -> Option<Range<usize>> {
    let wide = range.start.saturating_sub(CONTEXT)..(range.end + CONTEXT).min(old_count);
    let holds = |op: &&DiffOp| {
        let (old, other) = (op.old_range(), op.new_range());
        let begins =
            old.start <= wide.start && (old.start + CONTEXT <= range.start || other.start == 0);
        let ends =
            wide.end <= old.end && (range.end + CONTEXT <= old.end || other.end == other_count);
        op.tag() == DiffTag::Equal && begins && ends
    };
    let op = ops.iter().find(holds)?;
    let start = op.new_range().start + (range.start - op.old_range().start);
    Some(start..start + range.len())
}

fn difference(old: &[&[u8]], new: &[&[u8]]) -> Vec<DiffOp> {
    capture_diff_slices(Algorithm::Myers, old, new)
}

fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|&byte| byte == b'\n').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(changed: &[(usize, &str)]) -> Vec<u8> {
        let mut lines: Vec<String> = (0..20).map(|it| format!("{it}\n")).collect();
        for (at, text) in changed {
            lines[*at] = (*text).to_owned();
        }
        lines.concat().into_bytes()
    }

    fn apart(lines: Range<usize>) -> Result<Vec<u8>, Vec<Range<usize>>> {
        Err(Vec::from([lines]))
    }

    #[test]
    fn a_change_far_from_others_is_made_beside_them() {
        let (old, new) = (numbered(&[]), numbered(&[(10, "ten\n")]));
        let other = numbered(&[(6, "six\nand a half\n"), (14, "")]);
        let both = numbered(&[(6, "six\nand a half\n"), (10, "ten\n"), (14, "")]);
        assert_eq!(transplanted(&old, &new, &other), Ok(both));
        assert_eq!(transplanted(&old, &new, &old), Ok(new));
    }

    #[test]
    fn a_change_within_three_lines_of_another_is_not() {
        let (old, new) = (numbered(&[]), numbered(&[(10, "ten\n")]));
        for at in 7..=13 {
            assert_eq!(
                transplanted(&old, &new, &numbered(&[(at, "x\n")])),
                apart(10..11),
                "{at}"
            );
        }
        let first = numbered(&[(1, "one\n")]);
        assert_eq!(
            transplanted(&old, &first, &numbered(&[(0, "new\n0\n")])),
            apart(1..2)
        );
        let last = numbered(&[(18, "x\n")]);
        assert_eq!(
            transplanted(&old, &last, &numbered(&[(19, "19\nnew\n")])),
            apart(18..19)
        );
        assert_eq!(transplanted(&old, &new, b""), apart(10..11));
    }

    #[test]
    fn insertions_are_told_by_the_line_behind_them() {
        let (old, new) = (numbered(&[]), numbered(&[(3, "x\n3\n"), (9, "nine\n")]));
        assert_eq!(changed_lines(&old, &new), [3..3, 9..10]);
        assert!(changed_lines(&old, &old).is_empty());
    }
}
