//! Folders of the worktree: the names in them, and what the disk says of files.
//!
//! Linux resolves a name from an open folder in half the time that a whole path takes, and lists names without an
//! allocation for each; elsewhere the standard library does the same. No link is followed below the top: git does not
//! know what lies behind one.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(any(test, not(target_os = "linux")))]
mod portable;

#[cfg(target_os = "linux")]
pub(super) use self::linux::Folder;
#[cfg(not(target_os = "linux"))]
pub(super) use self::portable::Folder;

/// What a name in a folder of the worktree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// A regular file.
    File,
    /// A folder, no link to one.
    Folder,
    /// A link, a socket and the like.
    Other,
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::path::Path;

    use super::{Sort, linux, portable};
    use crate::git::index::Stat;

    type Listing = Vec<(Vec<u8>, Sort, Option<Stat>)>;

    /// What one of the two kinds of folder says of all below `root`, and of names that are not there.
    macro_rules! listing {
        ($folder:ty, $root:expr) => {{
            let mut found: Listing = Vec::new();
            let mut open = vec![(Vec::new(), <$folder>::top($root).unwrap())];
            while let Some((path, folder)) = open.pop() {
                let mut names = Vec::new();
                folder
                    .each(|name, sort| names.push((name.to_vec(), sort)))
                    .unwrap();
                names.sort();
                for (name, sort) in names {
                    let below = [path.as_slice(), b"/", &name].concat();
                    found.push((below.clone(), sort, folder.stat(&name).unwrap()));
                    let inner = folder.folder(&name).unwrap();
                    assert_eq!(inner.is_some(), sort == Sort::Folder);
                    open.extend(inner.map(|inner| (below, inner)));
                }
                assert!(folder.folder(b"").unwrap().is_some());
                assert!(folder.folder(b"gone").unwrap().is_none());
                assert_eq!(folder.stat(b"gone").unwrap(), None);
                assert_eq!(folder.stat(b"gone/below").unwrap(), None);
            }
            found.sort();
            found
        }};
    }

    /// A tree of files, folders, links and sockets.
    #[expect(clippy::disallowed_methods, reason = "the test's own folder")]
    fn grow(root: &Path, random: &mut fastrand::Rng) {
        let mut folders = vec![root.to_path_buf()];
        for number in 0..random.usize(10..60) {
            let folder = folders[random.usize(..folders.len())].clone();
            let names = ["a.py", "b", "ü", "c d", "x\ny", "-"];
            let path = folder.join(format!("{}{number}", random.choice(names).unwrap()));
            match random.u8(..8) {
                0..3 => {
                    std::fs::create_dir(&path).unwrap();
                    folders.push(path);
                }
                3..6 => std::fs::write(&path, "x".repeat(random.usize(..5000))).unwrap(),
                6 => std::os::unix::fs::symlink(random.choice(&folders).unwrap(), &path).unwrap(),
                _ => drop(std::os::unix::net::UnixListener::bind(&path).unwrap()),
            }
        }
        let old = std::time::SystemTime::UNIX_EPOCH - std::time::Duration::from_millis(1500);
        let file = std::fs::File::create(root.join("before 1970")).unwrap();
        file.set_modified(old).unwrap();
    }

    #[test]
    fn linux_and_the_standard_library_tell_the_same() {
        let mut random = fastrand::Rng::with_seed(7);
        for _ in 0..20 {
            let root = tempfile::tempdir().unwrap();
            grow(root.path(), &mut random);
            let expected = listing!(portable::Folder, root.path());
            assert!(expected.len() > 10);
            assert_eq!(listing!(linux::Folder, root.path()), expected);
        }
        let missing = Path::new("/there/is/none");
        assert!(linux::Folder::top(missing).is_err());
        assert!(portable::Folder::top(missing).is_err());
    }
}
