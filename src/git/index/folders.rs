//! The `TREE` extension: which tree each unchanged folder of the index would be written as.

use std::collections::HashMap;

use crate::git::id::Id;

/// Tree ids by folder, without those that changed since they were last written.
#[derive(Default)]
pub(super) struct FolderIds(HashMap<Vec<u8>, Id>);

impl FolderIds {
    /// From the extension's bytes; `None` where they are not what git writes.
    ///
    /// Each folder is `NAME NUL ENTRIES SPACE SUBFOLDERS NEWLINE ID`, depth first, without the id where the number
    /// of entries is negative.
    pub(super) fn parse(mut bytes: &[u8]) -> Option<Self> {
        let mut ids = HashMap::new();
        // The folders that are open: their paths, and how many of their subfolders are still to come.
        let mut open: Vec<(Vec<u8>, u32)> = Vec::new();
        while !bytes.is_empty() {
            let name = take_until(&mut bytes, 0)?;
            let entries: i64 = number(take_until(&mut bytes, b' ')?)?;
            let subfolders: u32 = number(take_until(&mut bytes, b'\n')?)?;
            while open.last().is_some_and(|(_, left)| *left == 0) {
                open.pop();
            }
            let path = match open.last_mut() {
                None => name.to_vec(),
                Some((parent, left)) => {
                    *left -= 1;
                    let slash: &[u8] = if parent.is_empty() { b"" } else { b"/" };
                    [parent, slash, name].concat()
                }
            };
            if entries >= 0 {
                let (id, rest) = bytes.split_at_checked(20)?;
                ids.insert(path.clone(), Id::from_bytes(id)?);
                bytes = rest;
            }
            open.push((path, subfolders));
        }
        Some(Self(ids))
    }

    /// The tree of `folder`.
    pub(super) fn get(&self, folder: &[u8]) -> Option<Id> {
        self.0.get(folder).copied()
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
