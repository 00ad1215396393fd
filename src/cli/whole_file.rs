//! A file that a command writes beside its work: where it cannot be, that is told before the work begins.

use std::io;
use std::path::{Path, PathBuf};

use super::failure::{Failure, Kind};
use super::screen::Screen;
use crate::fix::Door;

/// A file that will be written whole or not at all.
pub(super) struct WholeFile {
    folder: PathBuf,
    name: PathBuf,
    path: PathBuf,
}

impl WholeFile {
    /// A file at `path`, which can be written to its folder as things stand.
    pub(super) fn new(path: &Path) -> Result<Self, Failure> {
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let is_folder = path.is_dir() || path.file_name().is_none();
        let tried = if is_folder {
            Err(io::Error::from(io::ErrorKind::IsADirectory))
        } else {
            tempfile::tempfile_in(folder)
        };
        tried.map_err(|it| unwritable(path, &it))?;
        Ok(Self {
            folder: folder.to_owned(),
            name: path.file_name().map(PathBuf::from).unwrap_or_default(),
            path: path.to_owned(),
        })
    }

    /// Writes the file.
    pub(super) fn write(&self, text: &str) -> Result<(), Failure> {
        let failed = |it: &dyn std::fmt::Display| unwritable(&self.path, it);
        let door = Door::new(&self.folder).map_err(|it| failed(&it))?;
        door.put(&self.name, text.as_bytes())
            .map_err(|it| failed(&it))
    }
}

/// Writes a command's text to its file, or to standard output where there is none.
pub(super) fn deliver(file: Option<&WholeFile>, text: &str) -> Result<(), Failure> {
    match file {
        Some(file) => file.write(text),
        None => Screen::write(text.as_bytes())
            .map(|_| ())
            .map_err(|error| Failure::new(Kind::Machine, format!("cannot write: {error}"))),
    }
}

fn unwritable(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    let message = format!("cannot write {}: {error}", path.display());
    Failure::new(Kind::Machine, message)
}
