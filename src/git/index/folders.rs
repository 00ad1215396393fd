//! The `TREE` extension: which tree each unchanged folder of the index would be written as.

use std::ops::Range;

use crate::git::id::Id;

/// Tree ids by folder, without those that changed since they were last written.
#[derive(Default)]
pub(in crate::git) struct FolderIds {
    /// The extension as it lies in the index.
    bytes: Vec<u8>,
    /// Each folder before those below it.
    folders: Vec<Folder>,
}

struct Folder {
    /// Where in `bytes` its name lies.
    name: Range<u32>,
    /// Where in `bytes` its id lies.
    id: Option<u32>,
    /// Where in `folders` the one behind it and all below it is.
    end: u32,
}

impl FolderIds {
    /// From the extension's bytes; `None` where they are not what git writes.
    ///
    /// Each folder is `NAME NUL ENTRIES SPACE SUBFOLDERS NEWLINE ID`, depth first, without the id where the number
    /// of entries is negative.
    pub(super) fn parse(bytes: Vec<u8>) -> Option<Self> {
        let mut folders: Vec<Folder> = Vec::with_capacity(bytes.len() / 32);
        // The folders that are open, and how many right below each are still to come.
        let mut open: Vec<(usize, u32)> = Vec::new();
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let start = (bytes.len() - rest.len()) as u32;
            let name = take_until(&mut rest, 0)?;
            let entries: i64 = number(take_until(&mut rest, b' ')?)?;
            let subfolders: u32 = number(take_until(&mut rest, b'\n')?)?;
            while let Some((done, _)) = open.pop_if(|(_, left)| *left == 0) {
                folders.get_mut(done)?.end = folders.len() as u32;
            }
            match open.last_mut() {
                Some((_, left)) => *left -= 1,
                // There is one root.
                None if !folders.is_empty() || !name.is_empty() => return None,
                None => {}
            }
            let mut id = None;
            if entries >= 0 {
                id = Some((bytes.len() - rest.len()) as u32);
                rest = rest.get(20..)?;
            }
            open.push((folders.len(), subfolders));
            folders.push(Folder {
                name: start..start + name.len() as u32,
                id,
                end: 0,
            });
        }
        for (done, left) in open {
            if left > 0 {
                return None;
            }
            folders.get_mut(done)?.end = folders.len() as u32;
        }
        Some(Self { bytes, folders })
    }

    /// For questions about one folder after another.
    pub(in crate::git) fn lookup(&self) -> Lookup<'_> {
        Lookup {
            ids: self,
            parent: None,
            names: Vec::new(),
        }
    }

    /// The folders right below the one at `at`, as they lie.
    fn below(&self, at: usize) -> impl Iterator<Item = (usize, &Folder)> {
        let end = self.folders.get(at).map_or(0, |it| it.end as usize);
        let mut next = at + 1;
        std::iter::from_fn(move || {
            let folder = self.folders.get(next).filter(|_| next < end)?;
            let at = next;
            // A folder is behind itself at least, whatever was read.
            next = (folder.end as usize).max(next + 1);
            Some((at, folder))
        })
    }

    fn find(&self, path: &[u8]) -> Option<usize> {
        let mut at = 0;
        let parts = path.split(|&byte| byte == b'/');
        for part in parts.filter(|part| !part.is_empty()) {
            at = self.below(at).find(|(_, it)| self.name(it) == part)?.0;
        }
        (at < self.folders.len()).then_some(at)
    }

    fn name(&self, folder: &Folder) -> &[u8] {
        let name = folder.name.start as usize..folder.name.end as usize;
        self.bytes.get(name).unwrap_or_default()
    }

    fn id(&self, folder: &Folder) -> Option<Id> {
        let at = folder.id? as usize;
        Id::from_bytes(self.bytes.get(at..at + 20)?)
    }
}

/// Remembers where it was last: trees are compared folder by folder, and a folder has a thousand others in it.
pub(in crate::git) struct Lookup<'a> {
    ids: &'a FolderIds,
    parent: Option<Vec<u8>>,
    /// What lies right below `parent`, sorted as git writes it: by the names' lengths, then by their bytes.
    names: Vec<(&'a [u8], &'a Folder)>,
}

impl Lookup<'_> {
    /// The tree that the folder at `path` (empty for the root) would be written as, where git has noted it.
    pub(in crate::git) fn get(&mut self, path: &[u8]) -> Option<Id> {
        let ids = self.ids;
        if path.is_empty() {
            return ids.id(ids.folders.first()?);
        }
        let slash = memchr::memrchr(b'/', path);
        let parent = path.get(..slash.unwrap_or(0))?;
        let name = path.get(slash.map_or(0, |at| at + 1)..)?;
        if self.parent.as_deref() != Some(parent) {
            self.parent = Some(parent.to_vec());
            self.names.clear();
            if let Some(at) = ids.find(parent) {
                let below = ids.below(at).map(|(_, folder)| (ids.name(folder), folder));
                self.names.extend(below);
            }
            // Nothing to do, where git wrote it.
            self.names.sort_by_key(|(name, _)| (name.len(), *name));
        }
        let key = (name.len(), name);
        let found = self
            .names
            .binary_search_by_key(&key, |(name, _)| (name.len(), *name));
        let (_, folder) = self.names.get(found.ok()?)?;
        ids.id(folder)
    }
}

fn take_until<'a>(bytes: &mut &'a [u8], end: u8) -> Option<&'a [u8]> {
    let at = memchr::memchr(end, bytes)?;
    let (taken, rest) = bytes.split_at_checked(at)?;
    *bytes = rest.get(1..)?;
    Some(taken)
}

fn number<N: std::str::FromStr>(digits: &[u8]) -> Option<N> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str, entries: i64, subfolders: u32, id: u8) -> Vec<u8> {
        let mut bytes = format!("{name}\0{entries} {subfolders}\n").into_bytes();
        if entries >= 0 {
            bytes.extend_from_slice(&[id; 20]);
        }
        bytes
    }

    #[test]
    fn folders_are_found_by_their_paths() {
        let bytes = [
            folder("", -1, 3, 0),
            folder("b", 4, 0, 1),
            folder("a", -1, 2, 0),
            folder("b", 1, 1, 2),
            folder("c", 1, 0, 3),
            folder("a", 2, 0, 4),
            folder("aa", 2, 0, 5),
        ]
        .concat();
        let ids = FolderIds::parse(bytes).unwrap();
        let mut lookup = ids.lookup();
        let mut first = |path: &str| lookup.get(path.as_bytes()).map(|id| id.as_bytes()[0]);
        let expected = [
            ("", None),
            ("b", Some(1)),
            ("a", None),
            ("a/b", Some(2)),
            ("a/b/c", Some(3)),
            ("a/a", Some(4)),
            ("aa", Some(5)),
            ("aa/a", None),
            ("b/b", None),
            ("x/y", None),
        ];
        for (path, id) in expected.iter().chain(expected.iter().rev()) {
            assert_eq!(first(path), *id, "{path}");
        }
        assert_eq!(FolderIds::default().lookup().get(b"a"), None);
    }

    #[test]
    fn what_git_does_not_write_is_refused() {
        let broken = [
            folder("a", 1, 0, 1),
            folder("", 1, 2, 1),
            [folder("", 1, 0, 1), folder("a", 1, 0, 1)].concat(),
            folder("", 1, 0, 1)[..20].to_vec(),
            b"\0x 1\n".to_vec(),
        ];
        for bytes in broken {
            assert!(FolderIds::parse(bytes.clone()).is_none(), "{bytes:?}");
        }
    }
}
