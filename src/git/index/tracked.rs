//! The folders of an index, each handed on as soon as all in it has been read: it can be looked at meanwhile.

use super::{Entry, Stat};

/// A folder with a tracked file of any kind in or below it, and the Python files that the index knows right in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::git) struct TrackedFolder {
    /// From the top; empty for the root.
    pub(in crate::git) path: Vec<u8>,
    /// The bytes that `files` and `folders` point into.
    names: Vec<u8>,
    files: Vec<TrackedFile>,
    folders: Vec<Name>,
}

/// Where a name lies in the bytes of its folder.
type Name = (u32, u32);

/// What has to be known of a file to find it unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::git) struct TrackedFile {
    name: Name,
    /// Where it stands among the index's entries.
    pub(in crate::git) number: usize,
    /// What the disk said of it when it was staged.
    pub(in crate::git) stat: Stat,
    /// Whether that can prove that it is as it was staged.
    pub(in crate::git) is_provable: bool,
    /// Not to be looked up on disk.
    pub(in crate::git) is_fixed: bool,
}

impl TrackedFolder {
    /// One that the index knows nothing of.
    pub(in crate::git) fn unknown(path: &[u8]) -> Self {
        Self {
            path: path.to_vec(),
            ..Self::default()
        }
    }

    /// The files right in it, in the order of their names.
    pub(in crate::git) fn files(&self) -> impl Iterator<Item = (&[u8], &TrackedFile)> {
        self.files.iter().map(|file| (self.name(file.name), file))
    }

    /// Whether the index has the file `name` in it.
    pub(in crate::git) fn has_file(&self, name: &[u8]) -> bool {
        let found = self
            .files
            .binary_search_by(|file| self.name(file.name).cmp(name));
        found.is_ok()
    }

    /// Whether the index has a file of any kind below its folder `name`.
    pub(in crate::git) fn has_folder(&self, name: &[u8]) -> bool {
        let found = self
            .folders
            .binary_search_by(|&folder| in_order(self.name(folder)).cmp(in_order(name)));
        found.is_ok()
    }

    fn name(&self, (start, end): Name) -> &[u8] {
        let name = self.names.get(start as usize..end as usize);
        name.unwrap_or_default()
    }

    fn keep(&mut self, name: &[u8]) -> Name {
        let start = self.names.len() as u32;
        self.names.extend_from_slice(name);
        (start, self.names.len() as u32)
    }

    /// Adds a folder in it; false where an index has none of that name, or not here.
    fn add_folder(&mut self, name: &[u8]) -> bool {
        let last = self.folders.last().map(|&last| self.name(last));
        let is_behind = last.is_none_or(|last| in_order(last).lt(in_order(name)));
        if !is_behind || [&b""[..], b".", b".."].contains(&name) {
            return false;
        }
        let name = self.keep(name);
        self.folders.push(name);
        true
    }
}

/// Paths are sorted as wholes: what lies in `a` comes behind `a.py` and `a-b`.
fn in_order(folder: &[u8]) -> impl Iterator<Item = &u8> {
    folder.iter().chain(b"/")
}

/// Takes the files of an index in their order, and hands each folder on once, those in it before itself.
pub(in crate::git) struct TrackedFolders<'a> {
    /// From the root down to the folder of the file that was taken last.
    open: Vec<TrackedFolder>,
    hand_on: &'a mut dyn FnMut(TrackedFolder),
}

impl<'a> TrackedFolders<'a> {
    /// Hands on to `hand_on`.
    pub(in crate::git) fn new(hand_on: &'a mut dyn FnMut(TrackedFolder)) -> Self {
        Self {
            open: vec![TrackedFolder::default()],
            hand_on,
        }
    }

    /// Takes the file at `path`, which is entry `number` where it is Python's, of an index that was `written` then.
    /// False where no index has it behind the one before.
    pub(in crate::git) fn take(
        &mut self,
        path: &[u8],
        entry: Option<(usize, &Entry)>,
        written: i64,
    ) -> bool {
        let end = memchr::memrchr(b'/', path).unwrap_or(0);
        let (own, rest) = path.split_at_checked(end).unwrap_or_default();
        if self.open.last().is_none_or(|last| last.path != own) && !self.go_to(own) {
            return false;
        }
        let (Some(folder), Some((number, entry))) = (self.open.last_mut(), entry) else {
            return true;
        };
        let name = folder.keep(rest.strip_prefix(b"/").unwrap_or(rest));
        folder.files.push(TrackedFile {
            name,
            number,
            stat: entry.stat,
            // Staged so shortly before the index was written, a file may have changed unseen.
            is_provable: !entry.is_intent && i64::from(entry.stat.modified.0) < written,
            is_fixed: entry.is_fixed,
        });
        true
    }

    /// Closes what is not above `path`, and opens what is down to it.
    fn go_to(&mut self, path: &[u8]) -> bool {
        while let Some(last) = self.open.pop_if(|last| !is_in(path, &last.path)) {
            (self.hand_on)(last);
        }
        while let Some(above) = self.open.last_mut()
            && above.path.len() < path.len()
        {
            let start = above.path.len() + usize::from(!above.path.is_empty());
            let rest = path.get(start..).unwrap_or_default();
            let length = memchr::memchr(b'/', rest).unwrap_or(rest.len());
            if !above.add_folder(rest.get(..length).unwrap_or_default()) {
                return false;
            }
            let path = path.get(..start + length).unwrap_or_default();
            self.open.push(TrackedFolder::unknown(path));
        }
        true
    }

    /// Hands on what is open still.
    pub(in crate::git) fn finish(mut self) {
        while let Some(last) = self.open.pop() {
            (self.hand_on)(last);
        }
    }
}

/// Whether `path` is `folder` or lies in it.
fn is_in(path: &[u8], folder: &[u8]) -> bool {
    let rest = path.strip_prefix(folder);
    rest.is_some_and(|rest| folder.is_empty() || rest.is_empty() || rest.starts_with(b"/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::index::{Index, Listed};
    use crate::git::wanted::Wanted;

    /// The folders of an index of these files, and whether all were taken.
    fn handed_on(paths: &[&str]) -> (Vec<TrackedFolder>, bool) {
        let mut folders = Vec::new();
        let mut hand_on = |folder| folders.push(folder);
        let mut tracked = TrackedFolders::new(&mut hand_on);
        let mut index = Index::default();
        let is_taken = paths.iter().all(|path| {
            let listed = Listed::of_test(path.as_bytes());
            let entry = index.add(&listed, &Wanted::default());
            tracked.take(path.as_bytes(), entry, 0)
        });
        tracked.finish();
        (folders, is_taken)
    }

    #[test]
    fn each_folder_comes_once_with_what_is_right_in_it() {
        let paths = [
            "a-b/x.py",
            "a.py",
            "a/b/c/x.txt",
            "a/b/y.py",
            "a/z.py",
            "b.py",
            "c/d/e.py",
        ];
        let (folders, is_taken) = handed_on(&paths);
        assert!(is_taken);
        let shown = folders.iter().map(|folder| {
            let files = folder.files().map(|(name, file)| {
                assert!(folder.has_file(name));
                format!("{}={}", String::from_utf8_lossy(name), file.number)
            });
            let path = String::from_utf8_lossy(&folder.path);
            format!("{path}: {}", files.collect::<Vec<_>>().join(" "))
        });
        let expected = [
            "a-b: x.py=0",
            "a/b/c: ",
            "a/b: y.py=2",
            "a: z.py=3",
            "c/d: e.py=5",
            "c: ",
            ": a.py=1 b.py=4",
        ];
        assert_eq!(shown.collect::<Vec<_>>(), expected);
        let root = folders.last().unwrap();
        let known = ["a-b", "a", "c", "a.py", "d", ""].map(|name| root.has_folder(name.as_bytes()));
        assert_eq!(known, [true, true, true, false, false, false]);
        assert!(!root.has_file(b"z.py"));
    }

    /// A file that was changed in the second in which the index was written has the stat of what was staged.
    #[test]
    fn what_was_staged_just_before_proves_nothing() {
        let proves = |modified, is_intent, written| {
            let mut proven = Vec::new();
            let mut hand_on =
                |it: TrackedFolder| proven.extend(it.files().map(|it| it.1.is_provable));
            let mut tracked = TrackedFolders::new(&mut hand_on);
            let mut index = Index::default();
            let listed = Listed {
                stat: Stat {
                    modified: (modified, 5),
                    ..Stat::default()
                },
                is_intent,
                ..Listed::of_test(b"a.py")
            };
            tracked.take(b"a.py", index.add(&listed, &Wanted::default()), written);
            tracked.finish();
            proven
        };
        assert_eq!(proves(99, false, 100), [true]);
        assert_eq!(proves(100, false, 100), [false]);
        assert_eq!(proves(101, false, 100), [false]);
        assert_eq!(proves(99, true, 100), [false]);
        assert_eq!(
            proves(99, false, 0),
            [false],
            "nobody knows when it was written"
        );
    }

    #[test]
    fn what_is_out_of_order_or_no_name_is_refused() {
        let broken: [&[&str]; 6] = [
            &["a/x.py", "b/x.py", "a/y.py"],
            &["a/x.py", "a-b/x.py"],
            &["a//x.py"],
            &["//x.py"],
            &["../x.py"],
            &["a/./x.py"],
        ];
        for paths in broken {
            assert!(!handed_on(paths).1, "{paths:?}");
        }
        assert_eq!(handed_on(&[]).0, [TrackedFolder::default()]);
    }
}
