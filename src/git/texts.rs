//! Reads texts from where they lie: the disk, or a repository's objects.

use std::fs::File;
use std::io::{self, Read as _};
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
    let failure = |source| ReadError::Disk {
        path: slashed(path),
        source,
    };
    let mut file = File::open(path).map_err(failure)?;
    let length = file.metadata().map_err(failure)?.len();
    if length > LARGEST {
        return Err(ReadError::TooLarge {
            path: slashed(path),
        });
    }
    let bytes = if length == 0 {
        // A pipe has no length, and neither has what the kernel makes up while it is read.
        let mut bytes = Vec::new();
        let mut most = file.take(LARGEST + 1);
        most.read_to_end(&mut bytes).map(|_| bytes)
    } else {
        whole(&mut file, length as usize)
    };
    let bytes = bytes.map_err(failure)?;
    if bytes.len() as u64 > LARGEST {
        return Err(ReadError::TooLarge {
            path: slashed(path),
        });
    }
    Ok(bytes)
}

/// The first `length` bytes of a file, or all where it has become shorter. That nothing follows is not asked: it would be
/// one call more for each of ten thousand files.
#[cfg(unix)]
fn whole(file: &mut File, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length);
    while bytes.len() < length {
        match rustix::io::read(&*file, rustix::buffer::spare_capacity(&mut bytes)) {
            Ok(0) => break,
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(bytes)
}

#[cfg(not(unix))]
fn whole(file: &mut File, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length);
    file.read_to_end(&mut bytes).map(|_| bytes)
}
