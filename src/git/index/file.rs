//! An index on disk: the ids of its folders, which lie at its end, then its entries.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use super::folders::FolderIds;
use super::parse::{self, CHECKSUM, Refusal};
use super::{Extent, Index, seconds};
use crate::git::error::GitError;
use crate::git::path::slashed;
use crate::git::wanted::Wanted;

/// At least so much of the end is read at once.
const TAIL: u64 = 64 * 1024;

/// An index that is open.
pub(in crate::git) struct IndexFile {
    file: File,
    /// The path, for what goes wrong.
    shown: String,
    /// When it was written, in seconds since 1970.
    written: i64,
    ids: FolderIds,
    /// Where the folders' ids seem to lie: known for sure once the entries before them have been passed.
    ids_at: Option<u64>,
}

impl IndexFile {
    /// The index at `path`; `None` where there is none.
    #[expect(
        clippy::disallowed_methods,
        reason = "the index is read from the repository"
    )]
    pub(in crate::git) fn open(path: &Path) -> Result<Option<Self>, GitError> {
        let disk = |source| GitError::Disk {
            path: slashed(path),
            source,
        };
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(disk(error)),
        };
        let metadata = file.metadata().map_err(disk)?;
        let written = seconds(metadata.modified().map_err(disk)?);
        let found = folder_ids(&mut file, metadata.len()).map_err(disk)?;
        let (ids, ids_at) = found.map_or_else(Default::default, |(ids, at)| (ids, Some(at)));
        Ok(Some(Self {
            file,
            shown: slashed(path),
            written,
            ids,
            ids_at,
        }))
    }

    /// The tree ids of its folders; none where it holds none.
    pub(in crate::git) fn ids(&self) -> &FolderIds {
        &self.ids
    }

    /// The entries of the files that are `wanted`; to be asked for once.
    pub(in crate::git) fn entries(
        &mut self,
        wanted: &Wanted,
        extent: Extent<'_>,
    ) -> Result<Index, GitError> {
        let path = self.shown.clone();
        let corrupt = |path, reason| GitError::CorruptIndex { path, reason };
        match parse::parse(&self.file, self.written, wanted, extent) {
            Ok((index, ids_at)) if self.ids_at.is_none() || self.ids_at == ids_at => Ok(index),
            Ok(_) => Err(GitError::Unsupported {
                reason: "an index whose folders lie elsewhere".to_owned(),
            }),
            Err(Refusal::Disk(source)) => Err(GitError::Disk { path, source }),
            Err(Refusal::Truncated) => Err(corrupt(path, "it ends too early")),
            Err(Refusal::Corrupt(reason)) => Err(corrupt(path, reason)),
            Err(Refusal::Unsupported(what)) => Err(GitError::Unsupported {
                reason: what.to_owned(),
            }),
        }
    }
}

/// The folders' ids by the end of the file, and where they lie. The file is at its front again.
fn folder_ids(file: &mut File, length: u64) -> io::Result<Option<(FolderIds, u64)>> {
    // They are a small part of a large index.
    let mut size = (length / 32).max(TAIL);
    let found = loop {
        let start = length.saturating_sub(size);
        file.seek(SeekFrom::Start(start))?;
        let mut tail = Vec::with_capacity((length - start) as usize);
        file.by_ref().take(length - start).read_to_end(&mut tail)?;
        if let Some((ids, at)) = in_tail(&tail) {
            break Some((ids, start + at as u64));
        }
        if size >= length / 4 {
            break None;
        }
        size *= 4;
    };
    file.seek(SeekFrom::Start(0))?;
    Ok(found)
}

/// What looks like them, with only other parts of an index up to its end behind.
fn in_tail(tail: &[u8]) -> Option<(FolderIds, usize)> {
    let end = tail.len().checked_sub(CHECKSUM)?;
    let tail = tail.get(..end)?;
    memchr::memmem::find_iter(tail, b"TREE").find_map(|at| {
        let mut parts = parse::parts(tail.get(at..)?);
        let content = parts.next()?.ok()?.content;
        let ids = || FolderIds::parse(content.to_vec());
        parts
            .all(|part| part.is_ok())
            .then(ids)?
            .map(|ids| (ids, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str, content: &[u8]) -> Vec<u8> {
        let size = (content.len() as u32).to_be_bytes();
        [name.as_bytes(), &size, content].concat()
    }

    #[test]
    fn only_what_reaches_to_the_end_is_taken_for_ids() {
        let ids = [b"\x001 0\n".as_slice(), &[7; 20]].concat();
        let checksum = [0; CHECKSUM];
        let whole = [
            b"before/TREE/a.py\0\0".to_vec(),
            part("TREE", &ids),
            part("UNTR", b"TREE"),
            checksum.to_vec(),
        ]
        .concat();
        let (found, at) = in_tail(&whole).unwrap();
        assert_eq!(at, 18);
        assert_eq!(found.lookup().get(b"").unwrap().as_bytes(), [7; 20]);
        let shorter = &whole[..whole.len() - 1];
        assert!(in_tail(shorter).is_none());
        assert!(in_tail(&[whole.as_slice(), b"x"].concat()).is_none());
        assert!(in_tail(&checksum).is_none());
        assert!(in_tail(b"").is_none());
    }
}
