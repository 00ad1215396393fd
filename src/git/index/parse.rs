//! The index's bytes, versions 2 to 4 (gitformat-index(5)).

use std::io::Read;

use super::window::Window;
use super::{Equal, Extent, Index, Listed, Stat, TrackedFolders};
use crate::git::id::Id;
use crate::git::wanted::Wanted;

/// Why an index could not be read.
pub(super) enum Refusal {
    /// The file cannot be read.
    Disk(std::io::Error),
    /// It ends before all is there that it promises.
    Truncated,
    /// Its bytes are not what git writes.
    Corrupt(&'static str),
    /// Only the `git` command can read it.
    Unsupported(&'static str),
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self::Disk(error)
    }
}

const TRUNCATED: Refusal = Refusal::Truncated;
/// Behind everything lies a checksum, which git itself does not verify on reading.
pub(super) const CHECKSUM: usize = 20;
/// Signature, version, number of entries.
const HEADER: usize = 12;
/// No entry but one with a very long path takes more.
const LIKELY: usize = 1024;
/// Stat, id and flags, before the path.
const FIXED: usize = 62;

const ASSUME_VALID: u16 = 0x8000;
const EXTENDED: u16 = 0x4000;
const STAGE: u16 = 0x3000;
const NAME_LENGTH: u16 = 0x0fff;
const SKIP_WORKTREE: u16 = 0x4000;
const INTENT_TO_ADD: u16 = 0x2000;

/// The index that `reader` gives, `written` in that second, with the files that are `wanted`, and where its folders' ids
/// lie.
pub(super) fn parse(
    reader: impl Read,
    written: i64,
    wanted: &Wanted,
    extent: Extent<'_>,
) -> Result<(Index, Option<u64>), Refusal> {
    let mut window = Window::new(reader);
    window.see(HEADER)?;
    let header = window.bytes();
    if header.get(..4) != Some(b"DIRC") {
        return Err(Refusal::Corrupt("it does not begin as an index does"));
    }
    let version = u32_at(header, 4)?;
    if !(2..=4).contains(&version) {
        return Err(Refusal::Unsupported("an index of an unknown version"));
    }
    let count = u32_at(header, 8)?;
    window.advance(HEADER);
    let mut cursor = Cursor {
        window,
        passed: 0,
        is_compressed: version == 4,
        path: Vec::new(),
    };
    let (mut folders, equal) = match extent {
        Extent::All(hand_on) => (Some(TrackedFolders::new(hand_on)), &[][..]),
        Extent::Outside(equal) => (None, equal),
    };
    let mut equal = Equal::new(equal);
    let mut index = Index::default();
    let mut left = count;
    while left > 0 {
        if folders.is_none() {
            left -= cursor.pass(left, |path| !wanted.has(path) || equal.has(path));
        }
        if left == 0 {
            break;
        }
        left -= 1;
        let raw = cursor.next()?;
        // Most of an index are other files than Python's.
        let is_heeded = wanted.has(raw.path) && !equal.has(raw.path);
        let listed = is_heeded.then(|| raw.listed()).transpose()?;
        let entry = listed.and_then(|listed| index.add(&listed, wanted));
        let mut folders = folders.iter_mut();
        if !folders.all(|folders| folders.take(raw.path, entry, written)) {
            return Err(Refusal::Corrupt("its paths are not in order"));
        }
    }
    if let Some(folders) = folders {
        folders.finish();
    }
    cursor.window.advance(cursor.passed);
    let start = cursor.window.passed();
    let rest = cursor.window.rest()?;
    let end = rest.len().checked_sub(CHECKSUM).ok_or(TRUNCATED)?;
    let ids_at = ids_at(rest.get(..end).ok_or(TRUNCATED)?)?;
    Ok((index, ids_at.map(|at| start + at as u64)))
}

/// One entry as it stands in the file.
struct Raw<'a> {
    /// The 62 bytes before the path.
    fixed: &'a [u8],
    flags: u16,
    extended: u16,
    path: &'a [u8],
}

impl Raw<'_> {
    fn listed(&self) -> Result<Listed<'_>, Refusal> {
        let word = |at| u32_at(self.fixed, at);
        let id = self.fixed.get(40..60).and_then(Id::from_bytes);
        Ok(Listed {
            path: self.path,
            id: id.ok_or(TRUNCATED)?,
            mode: known(word(24)?)?,
            is_unmerged: self.flags & STAGE != 0,
            stat: Stat {
                changed: (word(0)?, word(4)?),
                modified: (word(8)?, word(12)?),
                inode: word(20)?,
                size: word(36)?,
            },
            is_intent: self.extended & INTENT_TO_ADD != 0,
            is_fixed: self.extended & SKIP_WORKTREE != 0 || self.flags & ASSUME_VALID != 0,
        })
    }
}

/// Reads entry after entry.
struct Cursor<R> {
    window: Window<R>,
    /// The length of the entry that was read last, which is still in the window.
    passed: usize,
    /// Version 4 gives each path as what differs from the path before.
    is_compressed: bool,
    /// In version 4 the path that was read last.
    path: Vec<u8>,
}

impl<R: Read> Cursor<R> {
    /// Passes up to `most` entries that are wholly in sight and that `is_passed` lets pass by their paths: most of a
    /// large index. How many.
    fn pass(&mut self, most: u32, mut is_passed: impl FnMut(&[u8]) -> bool) -> u32 {
        if self.is_compressed {
            return 0;
        }
        let mut count = 0;
        let bytes = self.window.bytes();
        while count < most {
            let Some(entry) = bytes.get(self.passed..) else {
                break;
            };
            let Ok(flags) = u16_at(entry, FIXED - 2) else {
                break;
            };
            let told = usize::from(flags & NAME_LENGTH);
            let length = (FIXED + told + 8) / 8 * 8;
            let path = entry.get(FIXED..FIXED + told);
            // What is rare is left to the one who reads an entry as a whole.
            let is_plain = flags & EXTENDED == 0 && told < usize::from(NAME_LENGTH);
            let is_ended = entry.get(FIXED + told) == Some(&0)
                && entry.get(FIXED + told - 1) != Some(&0)
                && entry.len() >= length;
            match path {
                Some(path) if is_plain && is_ended && is_passed(path) => {
                    self.passed += length;
                    count += 1;
                }
                _ => break,
            }
        }
        count
    }

    fn next(&mut self) -> Result<Raw<'_>, Refusal> {
        self.window.advance(self.passed);
        let mut length = LIKELY;
        let layout = loop {
            let is_more = self.window.see(length)?;
            match Layout::of(self.window.bytes(), self.is_compressed) {
                Ok(layout) => break layout,
                Err(Refusal::Truncated) if is_more => length *= 2,
                Err(refusal) => return Err(refusal),
            }
        };
        self.passed = layout.length;
        let bytes = self.window.bytes();
        let mut path = bytes.get(layout.path.clone()).ok_or(TRUNCATED)?;
        if self.is_compressed {
            let kept = self.path.len().checked_sub(layout.stripped);
            let short = Refusal::Corrupt("a path is shorter than what it leaves out");
            self.path.truncate(kept.ok_or(short)?);
            self.path.extend_from_slice(path);
            path = &self.path;
        }
        Ok(Raw {
            fixed: bytes.get(..FIXED).ok_or(TRUNCATED)?,
            flags: layout.flags,
            extended: layout.extended,
            path,
        })
    }
}

/// A mode that git writes: of a file, a link, a submodule, a folder that a sparse index keeps as one.
fn known(mode: u32) -> Result<u32, Refusal> {
    let is_file = mode & !0o777 == 0o100_000;
    // Taken for something else than a file, it would not be looked at.
    (is_file || [0o120_000, 0o160_000, 0o040_000].contains(&mode))
        .then_some(mode)
        .ok_or(Refusal::Corrupt("a mode that git does not know"))
}

/// Where the parts of an entry lie in its bytes.
struct Layout {
    flags: u16,
    extended: u16,
    /// How many bytes of the path before are left out.
    stripped: usize,
    path: std::ops::Range<usize>,
    length: usize,
}

impl Layout {
    fn of(bytes: &[u8], is_compressed: bool) -> Result<Self, Refusal> {
        let flags = u16_at(bytes, FIXED - 2)?;
        let mut at = FIXED;
        let mut extended = 0;
        if flags & EXTENDED != 0 {
            extended = u16_at(bytes, at)?;
            at += 2;
        }
        let mut stripped = 0;
        if is_compressed {
            (stripped, at) = varint(bytes, at)?;
        }
        let end = at + path_length(bytes.get(at..).ok_or(TRUNCATED)?, flags, is_compressed)?;
        // Without compression, one to eight NULs fill up to a multiple of eight bytes.
        let length = if is_compressed {
            end + 1
        } else {
            (end + 8) / 8 * 8
        };
        let path = at..end;
        let is_whole = bytes.len() >= length;
        is_whole
            .then_some(Self {
                flags,
                extended,
                stripped,
                path,
                length,
            })
            .ok_or(TRUNCATED)
    }
}

/// How long the path at the front of `rest` is: the flags tell, unless the path is very long or compressed.
fn path_length(rest: &[u8], flags: u16, is_compressed: bool) -> Result<usize, Refusal> {
    let told = usize::from(flags & NAME_LENGTH);
    if !is_compressed && told < usize::from(NAME_LENGTH) {
        // A path read to the next NUL instead would be another one, and might be no Python's.
        let is_short = told > 0 && rest.get(told - 1) == Some(&0);
        return match rest.get(told) {
            Some(0) if !is_short => Ok(told),
            Some(_) => Err(Refusal::Corrupt("a path does not end where it should")),
            None => Err(TRUNCATED),
        };
    }
    memchr::memchr(0, rest).ok_or(TRUNCATED)
}

/// git's variable-width number, and where it ends: seven bits a byte, most significant first, and each byte but
/// the last adds one.
fn varint(bytes: &[u8], mut at: usize) -> Result<(usize, usize), Refusal> {
    let mut value = 0_usize;
    loop {
        let byte = *bytes.get(at).ok_or(TRUNCATED)?;
        at += 1;
        let broken = Refusal::Corrupt("a length is too great");
        value = value.checked_mul(128).ok_or(broken)? + usize::from(byte & 127);
        if byte & 128 == 0 {
            return Ok((value, at));
        }
        value += 1;
    }
}

/// Where the folders' tree ids lie; what cannot be left out without reading the index wrongly is refused.
fn ids_at(bytes: &[u8]) -> Result<Option<usize>, Refusal> {
    let mut at = 0;
    let mut found = None;
    for part in parts(bytes) {
        let part = part?;
        match part.name {
            b"TREE" => found = Some(at),
            b"link" => return Err(Refusal::Unsupported("a split index")),
            b"sdir" => return Err(Refusal::Unsupported("a sparse index")),
            // A name in lower case must be understood.
            [b'a'..=b'z', ..] => return Err(Refusal::Unsupported("an index with unknown parts")),
            _ => {}
        }
        at += 8 + part.content.len();
    }
    Ok(found)
}

/// What lies behind the entries, up to the checksum: `NAME SIZE CONTENT` each.
pub(super) struct Part<'a> {
    pub(super) name: &'a [u8],
    pub(super) content: &'a [u8],
}

/// The parts, and an error in place of one that is cut off.
pub(super) fn parts(mut bytes: &[u8]) -> impl Iterator<Item = Result<Part<'_>, Refusal>> {
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let part = part(bytes);
        bytes = match &part {
            Some(part) => bytes.get(8 + part.content.len()..).unwrap_or_default(),
            None => &[],
        };
        Some(part.ok_or(TRUNCATED))
    })
}

fn part(bytes: &[u8]) -> Option<Part<'_>> {
    let size = u32_at(bytes, 4).ok()? as usize;
    let content = bytes.get(8..)?.get(..size)?;
    let name = bytes.get(..4)?;
    Some(Part { name, content })
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Refusal> {
    let word = bytes.get(at..).and_then(<[u8]>::first_chunk);
    word.map(|word| u32::from_be_bytes(*word)).ok_or(TRUNCATED)
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, Refusal> {
    let word = bytes.get(at..).and_then(<[u8]>::first_chunk);
    word.map(|word| u16::from_be_bytes(*word)).ok_or(TRUNCATED)
}
