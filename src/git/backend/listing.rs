//! The index as `git ls-files --stage --debug -z` prints it.

use crate::git::id::Id;
use crate::git::index::{Index, Listed, Stat, TrackedFolders};
use crate::git::wanted::Wanted;

const ASSUME_VALID: u32 = 0x8000;
const INTENT_TO_ADD: u32 = 1 << 29;
const SKIP_WORKTREE: u32 = 1 << 30;

/// Of an index `written` in that second; its folders go to `folders`. `None` where the text is of another form.
pub(super) fn parse(
    mut text: &[u8],
    written: i64,
    wanted: &Wanted,
    mut folders: Option<TrackedFolders<'_>>,
) -> Option<Index> {
    let mut index = Index::default();
    while !text.is_empty() {
        let listed = entry(&mut text)?;
        let entry = index.add(&listed, wanted);
        let mut folders = folders.iter_mut();
        if !folders.all(|folders| folders.take(listed.path, entry, written)) {
            return None;
        }
    }
    if let Some(folders) = folders {
        folders.finish();
    }
    Some(index)
}

/// `MODE ID STAGE TAB PATH NUL`, then five lines of what the disk said and the flags.
fn entry<'a>(text: &mut &'a [u8]) -> Option<Listed<'a>> {
    let tab = memchr::memchr(b'\t', text)?;
    let (head, rest) = text.split_at_checked(tab)?;
    let end = memchr::memchr(0, rest)?;
    let path = rest.get(1..end)?;
    let mut rest = rest.get(end + 1..)?;
    let mut words = head.split(|&byte| byte == b' ');
    let mode = u32::from_str_radix(std::str::from_utf8(words.next()?).ok()?, 8).ok()?;
    let id = Id::from_hex(words.next()?)?;
    let stage = words.next()?;
    let mut line = || {
        let end = memchr::memchr(b'\n', rest)?;
        let line = std::str::from_utf8(rest.get(..end)?).ok()?;
        rest = rest.get(end + 1..)?;
        Some(line)
    };
    let changed = pair(line()?.trim().strip_prefix("ctime: ")?)?;
    let modified = pair(line()?.trim().strip_prefix("mtime: ")?)?;
    let inode = line()?.split_once("ino: ")?.1.parse().ok()?;
    line()?;
    let (size, flags) = line()?.split_once("\tflags: ")?;
    let size = size.trim().strip_prefix("size: ")?.parse().ok()?;
    let flags = u32::from_str_radix(flags, 16).ok()?;
    *text = rest;
    Some(Listed {
        path,
        id,
        mode,
        is_unmerged: stage != b"0",
        stat: Stat {
            changed,
            modified,
            inode,
            size,
        },
        is_intent: flags & INTENT_TO_ADD != 0,
        is_fixed: flags & (SKIP_WORKTREE | ASSUME_VALID) != 0,
    })
}

/// `SECONDS:NANOSECONDS`.
fn pair(text: &str) -> Option<(u32, u32)> {
    let (seconds, rest) = text.split_once(':')?;
    Some((seconds.parse().ok()?, rest.parse().ok()?))
}
