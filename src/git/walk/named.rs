//! A PATH as it was given: what lies there, how it is shown, where its modules' names begin.

use std::path::{Component, Path, PathBuf};

use super::{Guide, WalkError};
use crate::git::change::{Change, Content};
use crate::git::path::{joined, relative, slashed};

/// A folder to walk.
pub(super) struct Root {
    pub(super) folder: PathBuf,
    /// Its path as shown; empty for the working folder itself.
    shown: String,
    /// What stands before its files' paths in their module paths.
    module: String,
}

/// `given` as an absolute path, and whether a folder lies there.
#[expect(
    clippy::disallowed_methods,
    reason = "the walk is the world wing's door to the disk"
)]
pub(super) fn resolve(given: &Path, cwd: &Path) -> Result<(PathBuf, bool), WalkError> {
    let shown = slashed(given);
    let joined: PathBuf = cwd.join(given).components().collect();
    let metadata = match std::fs::metadata(&joined) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(WalkError::Missing { path: shown });
        }
        Err(error) => {
            return Err(WalkError::Unreadable {
                path: shown,
                reason: error.to_string(),
            });
        }
    };
    // `..` behind a link leads elsewhere than its letters say: only the disk knows.
    let is_plain = !joined.components().any(|part| part == Component::ParentDir);
    let path = if is_plain {
        Ok(joined)
    } else {
        std::fs::canonicalize(&joined)
    };
    let path = path.map_err(|error| WalkError::Unreadable {
        path: shown,
        reason: error.to_string(),
    })?;
    Ok((path, metadata.is_dir()))
}

pub(super) fn is_excluded(path: &Path, is_folder: bool, guide: &dyn Guide, cwd: &Path) -> bool {
    let parents = path
        .ancestors()
        .skip(1)
        .take_while(|parent| *parent != cwd && parent.starts_with(cwd));
    guide.excludes(path, is_folder)
        || parents
            .into_iter()
            .any(|parent| guide.excludes(parent, true))
}

/// The path of what was named: from the working folder, or absolute where it was given so and lies elsewhere.
fn shown(path: &Path, given: &Path, cwd: &Path) -> String {
    if given.is_absolute() && !path.starts_with(cwd) {
        slashed(path)
    } else {
        relative(path, cwd)
    }
}

/// The folder that holds the top-most package around `folder`; `folder` itself where it is no package.
#[expect(
    clippy::disallowed_methods,
    reason = "the walk is the world wing's door to the disk"
)]
fn package_root(folder: &Path) -> &Path {
    let is_package = |folder: &Path| {
        ["__init__.py", "__init__.pyi"]
            .iter()
            .any(|name| std::fs::metadata(folder.join(name)).is_ok())
    };
    let mut root = folder;
    while let Some(parent) = root.parent().filter(|_| is_package(root)) {
        root = parent;
    }
    root
}

pub(super) fn named_file(path: PathBuf, given: &Path, cwd: &Path) -> Change {
    let folder = if path.starts_with(cwd) {
        cwd
    } else {
        path.parent().unwrap_or(&path)
    };
    let module_path = path
        .strip_prefix(package_root(folder))
        .map_or_else(|_| slashed(&path), slashed);
    Change {
        path: shown(&path, given, cwd),
        module_path,
        old_module_path: None,
        old: None,
        others: Vec::new(),
        new: Content::Disk(path),
    }
}

impl Root {
    pub(super) fn new(folder: PathBuf, given: &Path, cwd: &Path) -> Self {
        let module = folder
            .strip_prefix(package_root(&folder))
            .map_or_else(|_| String::new(), slashed);
        Self {
            shown: shown(&folder, given, cwd),
            module,
            folder,
        }
    }

    /// The path of `file` below this folder.
    pub(super) fn below<'a>(&self, file: &'a Path) -> Option<&'a Path> {
        // On bytes: `Path::strip_prefix` takes both paths apart, for each of ten thousand files.
        let (folder, whole) = (
            self.folder.as_os_str().as_encoded_bytes(),
            file.as_os_str().as_encoded_bytes(),
        );
        let rest = whole.strip_prefix(folder)?;
        let is_below = folder.ends_with(b"/")
            || rest
                .first()
                .is_some_and(|&byte| byte == b'/' || byte == b'\\');
        if is_below && file.to_str().is_some() {
            let rest = std::str::from_utf8(rest).ok()?;
            return Some(Path::new(rest.trim_start_matches(['/', '\\'])));
        }
        file.strip_prefix(&self.folder).ok()
    }

    pub(super) fn change(&self, below: &Path, file: &Path) -> Change {
        let below = slashed(below);
        Change {
            path: joined(&self.shown, &below),
            module_path: joined(&self.module, &below),
            old_module_path: None,
            old: None,
            others: Vec::new(),
            new: Content::Disk(file.to_path_buf()),
        }
    }
}
