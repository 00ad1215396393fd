//! One thread's part of the walk.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use ignore::{DirEntry, ParallelVisitor, ParallelVisitorBuilder, WalkState};

use super::named::Root;
use super::{Exclude, WalkError, Walked, is_tool_folder};
use crate::git::path::{is_python, relative};

/// Makes one visitor a thread.
pub(super) struct Visitors<'a> {
    pub(super) roots: &'a [Root],
    pub(super) exclude: &'a Exclude<'a>,
    pub(super) cwd: &'a Path,
    pub(super) found: &'a Mutex<Walked>,
}

impl<'a> ParallelVisitorBuilder<'a> for Visitors<'a> {
    fn build(&mut self) -> Box<dyn ParallelVisitor + 'a> {
        Box::new(Visitor {
            roots: self.roots,
            exclude: self.exclude,
            cwd: self.cwd,
            found: self.found,
            own: Walked::default(),
        })
    }
}

/// One thread's findings, handed over when it ends.
struct Visitor<'a> {
    roots: &'a [Root],
    exclude: &'a Exclude<'a>,
    cwd: &'a Path,
    found: &'a Mutex<Walked>,
    own: Walked,
}

impl ParallelVisitor for Visitor<'_> {
    fn visit(&mut self, entry: Result<DirEntry, ignore::Error>) -> WalkState {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                self.own.failures.push(unreadable(&error, self.cwd));
                return WalkState::Continue;
            }
        };
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        if entry.depth() == 0 {
            return WalkState::Continue;
        }
        let name = entry.file_name();
        if is_folder {
            let is_skipped =
                is_tool_folder(name, entry.path()) || (self.exclude)(entry.path(), true);
            return if is_skipped {
                WalkState::Skip
            } else {
                WalkState::Continue
            };
        }
        if is_python(name.as_encoded_bytes())
            && self.is_wanted(&entry)
            && !(self.exclude)(entry.path(), false)
        {
            let path = entry.path();
            let place = self
                .roots
                .iter()
                .find_map(|root| Some((root, root.below(path)?)));
            self.own
                .files
                .extend(place.map(|(root, below)| root.change(below, path)));
        }
        WalkState::Continue
    }
}

impl Visitor<'_> {
    /// Whether a Python file's name leads to a file that is not met elsewhere in the walk.
    #[expect(
        clippy::disallowed_methods,
        reason = "the walk is the world wing's door to the disk"
    )]
    fn is_wanted(&self, entry: &DirEntry) -> bool {
        if !entry.path_is_symlink() {
            return entry.file_type().is_some_and(|kind| kind.is_file());
        }
        let is_inside = |target: &Path| {
            let mut folders = self
                .roots
                .iter()
                .filter_map(|root| std::fs::canonicalize(&root.folder).ok());
            folders.any(|folder| target.starts_with(folder))
        };
        std::fs::canonicalize(entry.path())
            .is_ok_and(|target| target.is_file() && !is_inside(&target))
    }
}

impl Drop for Visitor<'_> {
    fn drop(&mut self) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.files.append(&mut self.own.files);
        found.failures.append(&mut self.own.failures);
    }
}

/// What `ignore` says of a folder, without its wrapping.
fn unreadable(error: &ignore::Error, cwd: &Path) -> WalkError {
    let mut path = None;
    let mut inner = error;
    loop {
        inner = match inner {
            ignore::Error::WithPath { path: at, err } => {
                path = Some(at);
                err
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => err,
            _ => break,
        };
    }
    let path = path.map_or_else(String::new, |path| relative(path, cwd));
    let reason = inner
        .io_error()
        .map_or_else(|| inner.to_string(), ToString::to_string);
    WalkError::Unreadable { path, reason }
}
