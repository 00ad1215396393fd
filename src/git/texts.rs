//! Reads texts from where they lie: the disk, or a repository's objects.

use std::path::Path;

use git2::{Odb, Oid};

use super::change::{Content, ReadError, Reader};
use super::path::slashed;

/// Offsets into a text are 32 bits wide.
const LARGEST: u64 = u32::MAX as u64;

/// The one [`Reader`]: of the disk and, where there is one, of a repository.
///
/// Threads share it: the disk needs no lock, and libgit2's object store brings its own.
#[derive(Default)]
pub struct Texts {
    objects: Option<Odb<'static>>,
}

impl Texts {
    /// Texts on disk only.
    pub fn on_disk() -> Self {
        Self::default()
    }

    /// Texts on disk, and the blobs in the folder `objects` of a repository and in its alternates.
    pub(super) fn with_objects(objects: &Path) -> Result<Self, git2::Error> {
        let store = Odb::new()?;
        let folder = objects.to_str().ok_or_else(|| {
            let class = git2::ErrorClass::Odb;
            git2::Error::new(
                git2::ErrorCode::GenericError,
                class,
                "the repository's path is not Unicode",
            )
        })?;
        store.add_disk_alternate(folder)?;
        Ok(Self {
            objects: Some(store),
        })
    }

    fn blob(&self, id: &[u8; 20]) -> Result<Vec<u8>, ReadError> {
        let failure = |source| ReadError::Blob {
            id: hex(id),
            source,
        };
        let store = self
            .objects
            .as_ref()
            .ok_or_else(|| failure(git2::Error::from_str("there is no repository")))?;
        let object = Oid::from_bytes(id)
            .and_then(|id| store.read(id))
            .map_err(failure)?;
        if object.len() as u64 > LARGEST {
            return Err(ReadError::TooLarge { path: hex(id) });
        }
        Ok(object.data().to_vec())
    }
}

impl Reader for Texts {
    fn read(&self, content: &Content) -> Result<Vec<u8>, ReadError> {
        match content {
            Content::Disk(path) => from_disk(path),
            Content::Blob(id) => self.blob(id),
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

/// The id as git writes it.
pub(super) fn hex(id: &[u8]) -> String {
    use std::fmt::Write;
    id.iter()
        .fold(String::with_capacity(id.len() * 2), |mut text, byte| {
            // Writing into a `String` cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}
