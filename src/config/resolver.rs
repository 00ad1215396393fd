//! From a file's path to its settings: the nearest file of settings, read once a folder.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::file::{self, Layer};
use super::{ConfigError, Options, Settings};

/// Finds and remembers the settings of every folder.
#[derive(Debug)]
pub struct Resolver {
    flags: Options,
    /// Where relative patterns of flags and defaults start: the working folder.
    here: PathBuf,
    /// The one settings of every file, where `--config` or `--isolated` was given.
    fixed: Option<Arc<Settings>>,
    folders: Mutex<HashMap<PathBuf, Arc<Settings>>>,
}

impl Resolver {
    /// `here` is the working folder, `flags` the layer on top. With `config` that file holds for
    /// every file; with `isolated` none does.
    ///
    /// # Errors
    /// When the named file is wrong, or the flags are.
    pub fn new(
        here: &Path,
        flags: Options,
        config: Option<&Path>,
        isolated: bool,
    ) -> Result<Self, ConfigError> {
        let fixed = match config {
            Some(path) => Some(Settings::new(&flags, Some(file::named(path)?), here)?),
            None if isolated => Some(Settings::new(&flags, None, here)?),
            // The flags alone must make sense even where every file has settings of its own.
            None => Settings::new(&flags, None, here).map(|_| None)?,
        };
        Ok(Self {
            flags,
            here: here.to_owned(),
            fixed: fixed.map(Arc::new),
            folders: Mutex::default(),
        })
    }

    /// The settings of the files in `folder` (absolute).
    ///
    /// # Errors
    /// When the nearest file of settings is wrong or cannot be read.
    pub fn settings(&self, folder: &Path) -> Result<Arc<Settings>, ConfigError> {
        if let Some(fixed) = &self.fixed {
            return Ok(Arc::clone(fixed));
        }
        let mut passed: Vec<PathBuf> = Vec::new();
        let mut found = None;
        for above in folder.ancestors() {
            if let Some(known) = self.remembered(above) {
                found = Some(known);
                break;
            }
            passed.push(above.to_owned());
            if let Some(layer) = file::in_folder(above)? {
                found = Some(self.build(Some(layer))?);
                break;
            }
        }
        let settings = match found {
            Some(settings) => settings,
            None => self.build(None)?,
        };
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        for folder in passed {
            folders.insert(folder, Arc::clone(&settings));
        }
        Ok(settings)
    }

    fn remembered(&self, folder: &Path) -> Option<Arc<Settings>> {
        self.folders
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(folder)
            .cloned()
    }

    fn build(&self, layer: Option<Layer>) -> Result<Arc<Settings>, ConfigError> {
        Settings::new(&self.flags, layer, &self.here).map(Arc::new)
    }
}
