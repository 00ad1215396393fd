//! The walk over folders: every Python file that `.gitignore` and the excludes leave.

mod folders;
mod ignored;
mod named;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use self::folders::{Walk, unreadable};
use self::ignored::Ignored;
use self::named::{Root, is_excluded, named_file, resolve};
use super::change::Change;
use super::folder::Folder;

/// What a walk asks, and tells, on its way. All paths are absolute.
pub trait Guide: Sync {
    /// Whether a file or folder is to be left out.
    fn excludes(&self, path: &Path, is_folder: bool) -> bool;

    /// Names of files that the guide wants to know of.
    fn marks(&self) -> &[&str] {
        &[]
    }

    /// The folder above which no ignore file counts.
    fn ground(&self) -> Option<&Path> {
        None
    }

    /// Told of each folder below a PATH, itself included, in which no file of these names lies, before anything in it is
    /// asked about.
    fn unmarked(&self, _folder: &Path) {}
}

/// Folders of tools, not of people: skipped below every PATH. ruff's default `exclude`, which its users rely on.
pub const SKIPPED_FOLDERS: &[&str] = &[
    ".bzr",
    ".direnv",
    ".eggs",
    ".git",
    ".git-rewrite",
    ".hg",
    ".ipynb_checkpoints",
    ".mypy_cache",
    ".nox",
    ".pants.d",
    ".pyenv",
    ".pytest_cache",
    ".pytype",
    ".ruff_cache",
    ".svn",
    ".tox",
    ".venv",
    ".vscode",
    "__pycache__",
    "__pypackages__",
    "buck-out",
    "node_modules",
    "site-packages",
];

/// Folders of tools, too, unless they are packages: CPython's `Lib/venv` is no virtual environment.
const SKIPPED_UNLESS_PACKAGES: &[&str] = &["_build", "build", "dist", "venv"];

/// Whether the folder `name` at `path` is a tool's, not people's.
#[expect(
    clippy::disallowed_methods,
    reason = "the walk is the world wing's door to the disk"
)]
pub(super) fn is_tool_folder(name: &OsStr, path: &Path) -> bool {
    if SKIPPED_UNLESS_PACKAGES
        .iter()
        .any(|skipped| name == *skipped)
    {
        let is_there = |file: &&str| std::fs::metadata(path.join(file)).is_ok();
        return !["__init__.py", "__init__.pyi"].iter().any(is_there);
    }
    SKIPPED_FOLDERS.iter().any(|skipped| name == *skipped)
}

/// What a walk brought home.
#[derive(Debug, Default)]
pub struct Walked {
    /// The files, without an old side, sorted by path.
    pub files: Vec<Change>,
    /// What could not be walked, sorted; the rest is in `files` all the same.
    pub failures: Vec<WalkError>,
}

/// A PATH, or a folder below one, that could not be walked.
#[derive(Debug, thiserror::Error)]
pub enum WalkError {
    /// The user's fault: a PATH that is not there.
    #[error("{path}: no such file or folder")]
    Missing {
        /// The PATH as it was given.
        path: String,
    },
    /// The disk's fault: a folder that may not be read, a link into nowhere.
    #[error("{path}: {reason}")]
    Unreadable {
        /// The file or folder, as it is shown.
        path: String,
        /// What the system says.
        reason: String,
    },
}

impl WalkError {
    fn path(&self) -> &str {
        match self {
            Self::Missing { path } | Self::Unreadable { path, .. } => path,
        }
    }
}

/// Every `*.py` and `*.pyi` below the folders of `roots`, and each file named in `roots` whatever its extension.
///
/// `cwd` is absolute; relative `roots` start there. `guide` is asked of a PATH's own parents below `cwd`
/// too. Links to folders are not followed; a link to a file counts where that file lies
/// outside the tree, since inside it is met under its own name.
pub fn walk(roots: &[PathBuf], guide: &dyn Guide, cwd: &Path) -> Walked {
    let mut walked = Walked::default();
    let mut folders = Vec::new();
    for given in roots {
        match resolve(given, cwd) {
            Err(failure) => walked.failures.push(failure),
            Ok((path, is_folder)) if is_excluded(&path, is_folder, guide, cwd) => {}
            Ok((path, true)) => folders.push(Root::new(path, given, cwd)),
            Ok((path, false)) => walked.files.push(named_file(path, given, cwd)),
        }
    }
    if !folders.is_empty() {
        walk_folders(&folders, guide, cwd, &mut walked);
    }
    walked
        .files
        .sort_unstable_by(|one, other| one.path.cmp(&other.path));
    walked.files.dedup_by(|one, other| one.path == other.path);
    walked
        .failures
        .sort_unstable_by(|one, other| one.path().cmp(other.path()));
    walked
}

#[expect(
    clippy::disallowed_methods,
    reason = "the walk is the world wing's door to the disk"
)]
fn walk_folders(roots: &[Root], guide: &dyn Guide, cwd: &Path, walked: &mut Walked) {
    let found = Mutex::new(Walked::default());
    let mut walks = Vec::new();
    for root in roots {
        match Folder::top(&root.folder) {
            Err(error) => walked.failures.push(unreadable(&root.folder, &error, cwd)),
            Ok(top) => walks.push(Walk {
                root,
                roots,
                guide,
                cwd,
                found: &found,
                top,
                real: std::fs::canonicalize(&root.folder).unwrap_or_else(|_| root.folder.clone()),
            }),
        }
    }
    rayon::scope(|scope| {
        for walk in &walks {
            let ignored = Ignored::above(&walk.real, guide.ground());
            scope.spawn(move |scope| walk.folder(scope, &[], &ignored));
        }
    });
    drop(walks);
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    if walked.files.is_empty() {
        walked.files = found.files;
    } else {
        walked.files.extend(found.files);
    }
    walked.failures.extend(found.failures);
}
