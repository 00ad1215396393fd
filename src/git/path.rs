//! Paths as git stores them, as the disk wants them and as people read them.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

/// Whether a file name (or a path that ends in one) is a Python source's or stub's.
#[inline]
pub(super) fn is_python(name: &[u8]) -> bool {
    matches!(name, [.., b'.', b'p', b'y'] | [.., b'.', b'p', b'y', b'i'])
}

/// Where the file at git's `path` (bytes, `/` between parts) lies below `root`.
pub(super) fn on_disk(root: &Path, path: &[u8]) -> PathBuf {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        root.join(std::ffi::OsStr::from_bytes(path))
    }
    #[cfg(not(unix))]
    {
        root.join(String::from_utf8_lossy(path).as_ref())
    }
}

/// git's name of what the disk calls `path`, which is relative to the repository's root.
pub(super) fn in_git(path: &Path) -> Cow<'_, [u8]> {
    let bytes = path.as_os_str().as_encoded_bytes();
    if std::path::MAIN_SEPARATOR == '/' {
        Cow::Borrowed(bytes)
    } else {
        Cow::Owned(slashed(path).into_bytes())
    }
}

/// `path` with `/` between its parts; what is not Unicode is replaced.
pub(super) fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// The absolute `path` as seen from the folder `cwd`: `a.py`, `../a.py`; absolute where they share no folder.
pub(super) fn relative(path: &Path, cwd: &Path) -> String {
    if let Ok(below) = path.strip_prefix(cwd) {
        return slashed(below);
    }
    let shared = path
        .components()
        .zip(cwd.components())
        .take_while(|(one, other)| one == other)
        .count();
    let is_rooted = |part: Component<'_>| matches!(part, Component::RootDir | Component::Prefix(_));
    if path.components().take(shared).all(is_rooted) {
        return slashed(path);
    }
    let mut steps = PathBuf::new();
    steps.extend(cwd.components().skip(shared).map(|_| ".."));
    steps.extend(path.components().skip(shared));
    slashed(&steps)
}

/// `prefix` and `rest` with a `/` between, where there is a prefix.
pub(super) fn joined(prefix: &str, rest: &str) -> String {
    if prefix.is_empty() {
        return rest.to_owned();
    }
    let mut path = String::with_capacity(prefix.len() + 1 + rest.len());
    path.push_str(prefix);
    if !prefix.ends_with('/') {
        path.push('/');
    }
    path.push_str(rest);
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_goes_by_the_extension() {
        assert!(is_python(b"pkg/a.py") && is_python(b"a.pyi"));
        assert!(!is_python(b"a.pyx") && !is_python(b"py") && !is_python(b"a.PY"));
    }

    #[test]
    fn paths_are_shown_from_the_working_folder() {
        let shown = |path, cwd| relative(Path::new(path), Path::new(cwd));
        assert_eq!(shown("/r/pkg/a.py", "/r"), "pkg/a.py");
        assert_eq!(shown("/r/pkg/a.py", "/r/pkg/sub"), "../a.py");
        assert_eq!(shown("/r/pkg2/a.py", "/r/pkg"), "../pkg2/a.py");
        assert_eq!(shown("/other/a.py", "/r/pkg"), "/other/a.py");
    }

    #[test]
    fn joining_adds_one_slash() {
        assert_eq!(joined("", "a.py"), "a.py");
        assert_eq!(joined("/", "a.py"), "/a.py");
        assert_eq!(joined("pkg", "a.py"), "pkg/a.py");
    }
}
