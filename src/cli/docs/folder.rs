//! The folder of the pages. New pages wait in a folder of their own until all are there; then each takes its place in one
//! step. Nothing that docgen did not write is replaced or taken away.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: pages are read and written here"
)]

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;

use crate::cli::failure::{Failure, Kind};
use crate::render;

/// How the folder begins in which pages wait: one that begins with a dot is nobody's page.
const WAITING: &str = ".docgen-";
/// The mark of a page stands this near to its beginning.
const HEAD: usize = 200;

/// The folder while pages are made.
pub(super) struct Folder {
    path: PathBuf,
    /// Whether nothing is written.
    is_check: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Where new pages wait, once there is one.
    waiting: Option<TempDir>,
    /// The new pages, each waiting under its place here.
    fresh: Vec<String>,
    /// All pages that there should be.
    files: BTreeSet<String>,
    /// Folders that were made for the pages, the outermost first.
    made: Vec<PathBuf>,
}

impl Folder {
    /// The folder at `path`, which need not be there yet.
    pub(super) fn new(path: PathBuf, is_check: bool) -> Result<Self, Failure> {
        if !is_check {
            // What a run that was ended left behind.
            for entry in fs::read_dir(&path).into_iter().flatten().flatten() {
                let name = entry.file_name();
                let is_left = name.to_string_lossy().starts_with(WAITING);
                if is_left && entry.file_type().is_ok_and(|it| it.is_dir()) {
                    let left = entry.path();
                    fs::remove_dir_all(&left).map_err(|error| unwritable(&left, &error))?;
                }
            }
        }
        Ok(Self {
            path,
            is_check,
            state: Mutex::default(),
        })
    }

    /// Whether the page `file` is as it should be. Where it is not, the text waits to take its place.
    pub(super) fn offer(&self, file: &str, text: &str) -> Result<bool, Failure> {
        let path = self.path.join(file);
        let is_same = match fs::read(&path) {
            Ok(old) if self.is_check || is_ours(&old) => render::is_same(&old, text),
            Ok(_) => return Err(foreign(&path)),
            Err(_) if self.is_check => false,
            Err(error) if error.kind() == ErrorKind::NotFound => false,
            Err(error) => return Err(unwritable(&path, &error)),
        };
        let place = self.take_note(file, is_same)?;
        if let Some(place) = place {
            fs::write(&place, text).map_err(|error| unwritable(&path, &error))?;
        }
        Ok(is_same)
    }

    /// Keeps `file` in mind; where its new text has to be written, if it has to.
    fn take_note(&self, file: &str, is_same: bool) -> Result<Option<PathBuf>, Failure> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.files.insert(file.to_owned());
        if is_same || self.is_check {
            return Ok(None);
        }
        if state.waiting.is_none() {
            let below = self.path.join("modules");
            let missing = below.ancestors().take_while(|it| !it.exists());
            let missing: Vec<PathBuf> = missing.map(Path::to_path_buf).collect();
            state.made = missing.into_iter().rev().collect();
            fs::create_dir_all(&below).map_err(|error| unwritable(&below, &error))?;
            let waiting = tempfile::Builder::new()
                .prefix(WAITING)
                .tempdir_in(&self.path);
            state.waiting = Some(waiting.map_err(|error| unwritable(&self.path, &error))?);
        }
        let number = state.fresh.len();
        state.fresh.push(file.to_owned());
        let folder = state.waiting.as_ref().map(TempDir::path);
        Ok(folder.map(|it| it.join(number.to_string())))
    }

    /// Puts all pages in their places and takes away those of modules that are gone; which these are.
    pub(super) fn finish(&self) -> Result<Vec<String>, Failure> {
        let gone = self.leftovers();
        if self.is_check {
            return Ok(gone);
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(waiting) = state.waiting.take() {
            for (number, file) in state.fresh.iter().enumerate() {
                let (from, to) = (
                    waiting.path().join(number.to_string()),
                    self.path.join(file),
                );
                fs::rename(&from, &to).map_err(|error| unwritable(&to, &error))?;
            }
            state.made.clear();
        }
        for file in &gone {
            let path = self.path.join(file);
            fs::remove_file(&path).map_err(|error| unwritable(&path, &error))?;
        }
        Ok(gone)
    }

    /// The pages of modules that are gone; none that somebody else wrote.
    fn leftovers(&self) -> Vec<String> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let found = fs::read_dir(self.path.join("modules"));
        let mut gone = Vec::new();
        for entry in found.into_iter().flatten().flatten() {
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let file = format!("modules/{name}");
            let is_page = Path::new(&name).extension().is_some_and(|it| it == "md");
            let is_gone = is_page && !state.files.contains(&file);
            if is_gone && fs::read(entry.path()).is_ok_and(|it| is_ours(&it)) {
                gone.push(file);
            }
        }
        gone.sort_unstable();
        gone
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        // Where not all could be written, the folders that were made for it go, too, if nothing is in them.
        drop(state.waiting.take());
        for folder in state.made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Whether docgen wrote a page of these bytes.
fn is_ours(page: &[u8]) -> bool {
    let head = page.get(..HEAD).unwrap_or(page);
    memchr::memmem::find(head, render::MARK.trim_end().as_bytes()).is_some()
}

fn foreign(path: &Path) -> Failure {
    let message = format!("{} is not a page of docgen's, and stays", path.display());
    Failure::new(Kind::Machine, message)
        .hint("give another folder with `-o`, or move that file away")
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let message = format!(
        "cannot write {}: {error}; no page was changed",
        path.display()
    );
    Failure::new(Kind::Machine, message)
}
