//! Folders that need no look, passed by in the order of the index.

/// Sorted folders, each ending in `/` or empty (the root), none within another.
pub(in crate::git) struct Equal<'a>(&'a [Vec<u8>]);

impl<'a> Equal<'a> {
    /// Of these folders.
    pub(in crate::git) fn new(folders: &'a [Vec<u8>]) -> Self {
        Self(folders)
    }

    /// Whether `path` lies in one of them; asked with paths in their order.
    pub(in crate::git) fn has(&mut self, path: &[u8]) -> bool {
        while let Some((folder, rest)) = self.0.split_first() {
            if path.starts_with(folder) {
                return true;
            }
            if path < folder.as_slice() {
                return false;
            }
            self.0 = rest;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_told_from_names_that_begin_alike() {
        let folders = ["a-/", "a/b/", "b/", "d/"].map(|it| it.as_bytes().to_vec());
        let mut equal = Equal::new(&folders);
        let paths = [
            ("a-", false),
            ("a-/x", true),
            ("a.py", false),
            ("a/a", false),
            ("a/b/c", true),
            ("a/b/d", true),
            ("a/bc", false),
            ("b/x", true),
            ("c", false),
            ("e", false),
        ];
        for (path, is_in) in paths {
            assert_eq!(equal.has(path.as_bytes()), is_in, "{path}");
        }
        let all = [Vec::new()];
        assert!(Equal::new(&all).has(b"anything"));
        assert!(!Equal::new(&[]).has(b"anything"));
    }
}
