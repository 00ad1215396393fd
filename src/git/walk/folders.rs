//! One folder after the other, on every core.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::Scope;

use super::ignored::{Ignored, Present};
use super::named::Root;
use super::{Guide, WalkError, Walked, is_tool_folder};
use crate::git::folder::{Folder, Sort};
use crate::git::path::{is_python, on_disk, relative};

/// The walk below one PATH.
pub(super) struct Walk<'a> {
    pub(super) root: &'a Root,
    pub(super) roots: &'a [Root],
    pub(super) guide: &'a dyn Guide,
    pub(super) cwd: &'a Path,
    pub(super) found: &'a Mutex<Walked>,
    pub(super) top: Folder,
    /// The PATH without links, where ignore files are looked for.
    pub(super) real: PathBuf,
}

/// What one folder holds, by the letters of the names.
#[derive(Default)]
struct Names {
    folders: Vec<Vec<u8>>,
    files: Vec<Vec<u8>>,
    /// What has a Python file's name and is neither file nor folder.
    links: Vec<Vec<u8>>,
    present: Present,
    is_marked: bool,
}

impl<'a> Walk<'a> {
    /// Walks the folder `below` the PATH; `ignored` holds above it.
    pub(super) fn folder<'s>(&'s self, scope: &Scope<'s>, below: &[u8], ignored: &Ignored)
    where
        'a: 's,
    {
        let folder = on_disk(&self.root.folder, below);
        let names = match self.names(below) {
            Ok(names) => names,
            Err(error) => return self.fail(&folder, &error),
        };
        if !names.is_marked {
            self.guide.unmarked(&folder);
        }
        let real = on_disk(&self.real, below);
        let ignored = ignored.below(&real, names.present);
        let is_left = |name: &[u8], is_folder| {
            let is_ignored = !ignored.is_empty() && ignored.has(&on_disk(&real, name), is_folder);
            !is_ignored && !self.guide.excludes(&on_disk(&folder, name), is_folder)
        };
        let mut files = Vec::new();
        for name in &names.files {
            if is_left(name, false) {
                files.extend(self.change(&on_disk(&folder, name)));
            }
        }
        for name in &names.links {
            let path = on_disk(&folder, name);
            if is_left(name, false) && self.leads_outside(&path) {
                files.extend(self.change(&path));
            }
        }
        if !files.is_empty() {
            self.found().files.append(&mut files);
        }
        for name in names.folders {
            let path = on_disk(&folder, &name);
            let is_tools = path.file_name().is_some_and(|it| is_tool_folder(it, &path));
            if !is_tools && is_left(&name, true) {
                let mut below = below.to_vec();
                if !below.is_empty() {
                    below.push(b'/');
                }
                below.extend_from_slice(&name);
                let ignored = ignored.clone();
                scope.spawn(move |scope| self.folder(scope, &below, &ignored));
            }
        }
    }

    fn names(&self, below: &[u8]) -> std::io::Result<Names> {
        let mut names = Names::default();
        // One that went while the walk was under way holds nothing.
        let Some(folder) = self.top.folder(below)? else {
            return Ok(names);
        };
        let marks = self.guide.marks();
        folder.each(|name, sort| {
            names.present.note(name);
            names.is_marked |= marks.iter().any(|it| it.as_bytes() == name);
            match sort {
                Sort::Folder => names.folders.push(name.to_vec()),
                Sort::File if is_python(name) => names.files.push(name.to_vec()),
                Sort::Other if is_python(name) => names.links.push(name.to_vec()),
                Sort::File | Sort::Other => {}
            }
        })?;
        Ok(names)
    }

    /// Of several PATHs around a file the first says what it is called.
    fn change(&self, path: &Path) -> Option<crate::git::Change> {
        let mut roots = self.roots.iter();
        let (root, below) = roots.find_map(|root| Some((root, root.below(path)?)))?;
        Some(root.change(below, path))
    }

    /// Whether a link leads to a file that is not met elsewhere in the walk.
    #[expect(
        clippy::disallowed_methods,
        reason = "the walk is the world wing's door to the disk"
    )]
    fn leads_outside(&self, link: &Path) -> bool {
        let is_inside = |target: &Path| {
            let mut folders = self
                .roots
                .iter()
                .filter_map(|root| std::fs::canonicalize(&root.folder).ok());
            folders.any(|folder| target.starts_with(folder))
        };
        std::fs::canonicalize(link).is_ok_and(|target| target.is_file() && !is_inside(&target))
    }

    fn fail(&self, folder: &Path, error: &std::io::Error) {
        self.found()
            .failures
            .push(unreadable(folder, error, self.cwd));
    }

    fn found(&self) -> std::sync::MutexGuard<'_, Walked> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The failure of a folder that cannot be listed.
pub(super) fn unreadable(folder: &Path, error: &std::io::Error, cwd: &Path) -> WalkError {
    WalkError::Unreadable {
        path: relative(folder, cwd),
        reason: error.to_string(),
    }
}
