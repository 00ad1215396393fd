//! Reads texts from where they lie: the disk, or a repository's objects.

use std::path::Path;
use std::sync::Arc;

use super::change::{Content, ReadError, Reader};
use super::id::Id;
use super::object::{Kind, Objects};
use super::path::slashed;

/// Offsets into a text are 32 bits wide.
const LARGEST: u64 = u32::MAX as u64;

/// The one [`Reader`]: of the disk and, where there is one, of a repository.
///
/// Threads share it: the disk needs no lock, and libgit2's object store brings its own.
#[derive(Default)]
pub struct Texts {
    objects: Option<Arc<dyn Objects>>,
}

impl Texts {
    /// Texts on disk only.
    pub fn on_disk() -> Self {
        Self::default()
    }

    /// Texts on disk, and the blobs of a repository.
    pub(super) fn with_objects(objects: Arc<dyn Objects>) -> Self {
        Self {
            objects: Some(objects),
        }
    }

    fn blob(&self, id: Id) -> Result<Vec<u8>, ReadError> {
        let failure = |reason| ReadError::Blob { id, reason };
        let objects = self.objects.as_ref();
        let objects = objects.ok_or_else(|| failure("there is no repository".to_owned()))?;
        let bytes = objects.read(id, Kind::Blob).map_err(failure)?;
        if bytes.len() as u64 > LARGEST {
            let path = id.to_string();
            return Err(ReadError::TooLarge { path });
        }
        Ok(bytes)
    }
}

impl Reader for Texts {
    fn read(&self, content: &Content) -> Result<Vec<u8>, ReadError> {
        match content {
            Content::Disk(path) => from_disk(path),
            Content::Blob(id) => self.blob(*id),
            Content::Bytes(bytes) => Ok(bytes.clone()),
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the door through which texts come from disk"
)]
fn from_disk(path: &Path) -> Result<Vec<u8>, ReadError> {
    let bytes = std::fs::read(path).map_err(|source| ReadError::Disk {
        path: slashed(path),
        source,
    })?;
    if bytes.len() as u64 > LARGEST {
        return Err(ReadError::TooLarge {
            path: slashed(path),
        });
    }
    Ok(bytes)
}
