//! The index's bytes, versions 2 to 4 (gitformat-index(5)).

use git2::Oid;

use super::folders::FolderIds;
use super::{Entry, Index, Stat};
use crate::git::wanted::Wanted;

/// Why an index could not be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Its bytes are not what git writes.
    Corrupt(&'static str),
    /// Only the `git` command can read it.
    Unsupported(&'static str),
}

const TRUNCATED: Refusal = Refusal::Corrupt("it ends too early");
/// Behind everything lies a checksum, which git itself does not verify on reading.
const CHECKSUM: usize = 20;
/// Stat, id and flags, before the path.
const FIXED: usize = 62;

const FILE_TYPE: u32 = 0o170_000;
const REGULAR: u32 = 0o100_000;

const ASSUME_VALID: u16 = 0x8000;
const EXTENDED: u16 = 0x4000;
const STAGE: u16 = 0x3000;
const SKIP_WORKTREE: u16 = 0x4000;
const INTENT_TO_ADD: u16 = 0x2000;

/// The index in `bytes`, with the files that are `wanted`.
pub(super) fn parse(bytes: &[u8], wanted: &Wanted) -> Result<Index, Refusal> {
    if bytes.get(..4) != Some(b"DIRC") {
        return Err(Refusal::Corrupt("it does not begin as an index does"));
    }
    let version = u32_at(bytes, 4)?;
    if !(2..=4).contains(&version) {
        return Err(Refusal::Unsupported("an index of an unknown version"));
    }
    let count = u32_at(bytes, 8)?;
    let end = bytes.len().checked_sub(CHECKSUM).ok_or(TRUNCATED)?;
    let mut cursor = Cursor {
        bytes: bytes.get(..end).ok_or(TRUNCATED)?,
        at: 12,
        is_compressed: version == 4,
        path: Vec::new(),
    };
    let mut index = Index::default();
    let mut folder = Vec::new();
    let mut is_first = true;
    for _ in 0..count {
        let raw = cursor.next()?;
        let split = raw.path.iter().rposition(|&byte| byte == b'/').unwrap_or(0);
        let own = raw.path.get(..split).unwrap_or_default();
        if is_first || own != folder {
            is_first = false;
            own.clone_into(&mut folder);
            let range = index.keep(own);
            index.folders.push(range);
        }
        index.add(&raw, wanted)?;
    }
    let rest = cursor.bytes.get(cursor.at..).ok_or(TRUNCATED)?;
    index.ids = extensions(rest)?;
    Ok(index)
}

/// One entry as it stands in the file.
struct Raw<'a> {
    /// The 62 bytes before the path.
    fixed: &'a [u8],
    flags: u16,
    extended: u16,
    path: &'a [u8],
}

impl Index {
    fn keep(&mut self, bytes: &[u8]) -> (u32, u32) {
        let start = self.paths.len() as u32;
        self.paths.extend_from_slice(bytes);
        (start, self.paths.len() as u32)
    }

    fn add(&mut self, raw: &Raw<'_>, wanted: &Wanted) -> Result<(), Refusal> {
        if !wanted.has(raw.path) {
            return Ok(());
        }
        if raw.flags & STAGE != 0 {
            if self.unmerged.last().is_none_or(|last| last != raw.path) {
                self.unmerged.push(raw.path.to_vec());
            }
            return Ok(());
        }
        let word = |at| u32_at(raw.fixed, at);
        // Neither links nor submodules hold Python.
        if word(24)? & FILE_TYPE != REGULAR {
            return Ok(());
        }
        let id = raw.fixed.get(40..60).ok_or(TRUNCATED)?;
        let entry = Entry {
            path: self.keep(raw.path),
            id: Oid::from_bytes(id).map_err(|_| TRUNCATED)?,
            stat: Stat {
                changed: (word(0)?, word(4)?),
                modified: (word(8)?, word(12)?),
                inode: word(20)?,
                size: word(36)?,
            },
            is_intent: raw.extended & INTENT_TO_ADD != 0,
            is_fixed: raw.extended & SKIP_WORKTREE != 0 || raw.flags & ASSUME_VALID != 0,
        };
        self.entries.push(entry);
        Ok(())
    }
}

/// Reads entry after entry.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Version 4 gives each path as what differs from the path before.
    is_compressed: bool,
    /// The path before.
    path: Vec<u8>,
}

impl<'a> Cursor<'a> {
    fn next(&mut self) -> Result<Raw<'_>, Refusal> {
        let start = self.at;
        let fixed = self.bytes.get(start..start + FIXED).ok_or(TRUNCATED)?;
        let flags = u16_at(fixed, 60)?;
        self.at += FIXED;
        let mut extended = 0;
        if flags & EXTENDED != 0 {
            extended = u16_at(self.bytes, self.at)?;
            self.at += 2;
        }
        if self.is_compressed {
            let stripped = self.varint()?;
            let kept = self.path.len().checked_sub(stripped);
            self.path.truncate(kept.ok_or(Refusal::Corrupt(
                "a path is shorter than what it leaves out",
            ))?);
            let suffix = self.until_nul()?;
            self.at += suffix.len() + 1;
            self.path.extend_from_slice(suffix);
            return Ok(Raw {
                fixed,
                flags,
                extended,
                path: &self.path,
            });
        }
        let path = self.until_nul()?;
        // One to eight NULs fill up to a multiple of eight bytes.
        let length = self.at - start + path.len();
        self.at = start + (length + 8) / 8 * 8;
        Ok(Raw {
            fixed,
            flags,
            extended,
            path,
        })
    }

    fn until_nul(&self) -> Result<&'a [u8], Refusal> {
        let rest = self.bytes.get(self.at..).ok_or(TRUNCATED)?;
        let length = memchr::memchr(0, rest).ok_or(TRUNCATED)?;
        rest.get(..length).ok_or(TRUNCATED)
    }

    /// git's variable-width number: seven bits a byte, most significant first, each continuation adds one.
    fn varint(&mut self) -> Result<usize, Refusal> {
        let mut value = 0_usize;
        loop {
            let byte = *self.bytes.get(self.at).ok_or(TRUNCATED)?;
            self.at += 1;
            value = value.checked_mul(128).ok_or(TRUNCATED)? + usize::from(byte & 127);
            if byte & 128 == 0 {
                return Ok(value);
            }
            value += 1;
        }
    }
}

/// The folders' tree ids; what cannot be left out without reading the index wrongly is refused.
fn extensions(mut bytes: &[u8]) -> Result<FolderIds, Refusal> {
    let mut ids = FolderIds::default();
    while !bytes.is_empty() {
        let name = bytes.get(..4).ok_or(TRUNCATED)?;
        let size = u32_at(bytes, 4)? as usize;
        let content = bytes.get(8..8 + size).ok_or(TRUNCATED)?;
        match name {
            b"TREE" => {
                let broken = Refusal::Corrupt("its folders' ids cannot be read");
                ids = FolderIds::parse(content).ok_or(broken)?;
            }
            b"link" => return Err(Refusal::Unsupported("a split index")),
            b"sdir" => return Err(Refusal::Unsupported("a sparse index")),
            // A name in lower case must be understood.
            [b'a'..=b'z', ..] => return Err(Refusal::Unsupported("an index with unknown parts")),
            _ => {}
        }
        bytes = bytes.get(8 + size..).ok_or(TRUNCATED)?;
    }
    Ok(ids)
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Refusal> {
    let word = bytes.get(at..).and_then(<[u8]>::first_chunk);
    word.map(|word| u32::from_be_bytes(*word)).ok_or(TRUNCATED)
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, Refusal> {
    let word = bytes.get(at..).and_then(<[u8]>::first_chunk);
    word.map(|word| u16::from_be_bytes(*word)).ok_or(TRUNCATED)
}
