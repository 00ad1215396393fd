//! From a file's path to its settings: the nearest file of settings, read once a folder.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use hashbrown::HashMap;
use toml::Table;

use super::layers::{Layer, Merged, Origin};
use super::{ConfigError, Options, Settings, file, variables};

/// What lies over the files of settings.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The flags as options.
    pub flags: Options,
    /// `--config`: the one file of settings for every file.
    pub config: Option<PathBuf>,
    /// `--isolated`: no file of settings at all.
    pub isolated: bool,
    /// Variables and their values, those of `--env-file` before those of the environment.
    pub variables: Vec<(String, String)>,
    /// The folder (absolute, without links) above which no file of settings counts, and out of which none leads: that of
    /// a repository that nobody checked out.
    pub ground: Option<PathBuf>,
}

/// Finds and remembers the settings of every folder.
#[derive(Debug)]
pub struct Resolver {
    /// Variables, then flags.
    above: Vec<Layer>,
    /// Where relative patterns of flags and defaults start: the working folder.
    here: PathBuf,
    ground: Option<PathBuf>,
    /// The layer of every file, where `--config` or `--isolated` was given.
    fixed: Option<Arc<Settings>>,
    /// By the letters of their paths, which are compared far faster than their parts.
    folders: Mutex<HashMap<OsString, Arc<Settings>>>,
}

impl Resolver {
    /// `here` is the working folder.
    ///
    /// # Errors
    /// When the named file is wrong, or the flags or variables are.
    pub fn new(here: &Path, sources: Sources) -> Result<Self, ConfigError> {
        let mut above = variables::layers(&sources.variables)?;
        let table = Table::try_from(sources.flags).unwrap_or_default();
        above.push(Layer {
            origin: Origin::Flag,
            table,
        });
        let mut resolver = Self {
            above,
            here: here.to_owned(),
            ground: sources.ground,
            fixed: None,
            folders: Mutex::default(),
        };
        // Flags and variables must make sense by themselves, even where every file has a file of settings.
        let alone = resolver.build(None)?;
        resolver.fixed = match sources.config {
            Some(path) => Some(resolver.build(Some(file::named(&path)?))?),
            None => sources.isolated.then_some(alone),
        };
        Ok(resolver)
    }

    /// The folder above which nothing counts.
    pub fn ground(&self) -> Option<&Path> {
        self.ground.as_deref()
    }

    /// The settings of the file at `path` (absolute).
    ///
    /// # Errors
    /// When the nearest file of settings is wrong or cannot be read.
    pub fn settings_of(&self, path: &Path) -> Result<Arc<Settings>, ConfigError> {
        self.settings(folder(path))
    }

    /// The settings of the files in `folder` (absolute).
    ///
    /// # Errors
    /// When the nearest file of settings is wrong or cannot be read.
    pub fn settings(&self, folder: &Path) -> Result<Arc<Settings>, ConfigError> {
        if let Some(fixed) = &self.fixed {
            return Ok(Arc::clone(fixed));
        }
        let mut passed: Vec<OsString> = Vec::new();
        let mut found = None;
        let ground = self.ground.as_deref();
        let is_ours = |it: &&Path| ground.is_none_or(|ground| it.starts_with(ground));
        for above in folder.ancestors().take_while(is_ours) {
            if let Some(known) = self.remembered(above) {
                found = Some(known);
                break;
            }
            passed.push(above.as_os_str().to_owned());
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

    /// Notes that no file of settings lies in `folder` (absolute): what holds above it holds there, and nothing need be
    /// looked for.
    pub fn inherit(&self, folder: &Path) {
        if self.fixed.is_some() || self.remembered(folder).is_some() {
            return;
        }
        // What is wrong above is told of when a file asks for its settings.
        let above = folder.parent().map(|it| self.settings(it));
        if let Some(Ok(settings)) = above {
            let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
            folders.insert(folder.as_os_str().to_owned(), settings);
        }
    }

    fn remembered(&self, folder: &Path) -> Option<Arc<Settings>> {
        self.folders
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(folder.as_os_str())
            .cloned()
    }

    fn build(&self, file: Option<Layer>) -> Result<Arc<Settings>, ConfigError> {
        let mut merged = Merged::defaults();
        file.iter()
            .chain(&self.above)
            .for_each(|layer| merged.lay(layer));
        let source = match file.map(|layer| layer.origin) {
            Some(Origin::File(path)) => Some(path),
            _ => None,
        };
        let ground = self.ground.as_deref();
        // What a flag names beside a repository that nobody checked out speaks of that repository.
        let is_ours = |it: &PathBuf| ground.is_none_or(|ground| it.starts_with(ground));
        let source = source.filter(is_ours);
        Settings::new(merged, source.as_deref(), &self.here, ground).map(Arc::new)
    }
}

/// The folder of the file at `path`, by its letters where they tell: taking ten thousand paths apart costs more than all
/// else here.
fn folder(path: &Path) -> &Path {
    let split = path
        .to_str()
        .and_then(|it| it.rsplit_once(std::path::MAIN_SEPARATOR));
    match split {
        Some((folder, name)) if !folder.is_empty() && !name.is_empty() && !name.contains('/') => {
            Path::new(folder)
        }
        _ => path.parent().unwrap_or(path),
    }
}
