//! The index beside a tree, by who can read it; with what the worktree holds, where that is asked for.

use super::error::GitError;
use super::id::Id;
use super::index::{Extent, FolderIds, Index, IndexFile, TrackedFolder, TrackedFolders};
use super::path::slashed;
use super::repository::Repository;
use super::scope::Base;
use super::staged::Old;
use super::survey::{self, Survey};

/// Who can read the index.
pub(super) enum Reader {
    /// docgen itself.
    Own(Box<IndexFile>),
    /// The `git` command.
    Git,
    /// Nobody: there is none.
    Nobody,
}

impl Repository {
    /// The tree of `base`, all of the index, and what the worktree holds.
    pub(super) fn surveyed(
        &self,
        base: &Base,
        reader: Reader,
    ) -> Result<((Old, Index), Survey), GitError> {
        match reader {
            Reader::Own(mut file) => {
                let both = survey::survey(self, |hand_on| {
                    let index = file.entries(&self.wanted, Extent::All(hand_on))?;
                    let index = self.settled(base, Some(index))?;
                    Ok((self.old(base.tree, file.ids())?, index))
                });
                match both {
                    Err(GitError::Unsupported { .. }) => {}
                    both => return both,
                }
            }
            Reader::Git => {}
            Reader::Nobody => {
                let index = self.settled(base, None)?;
                return survey::survey(self, |hand_on| {
                    hand_on(TrackedFolder::default());
                    Ok((self.old(base.tree, &FolderIds::default())?, index))
                });
            }
        }
        survey::survey(self, |hand_on| {
            let index = self.index_by_git(Some(TrackedFolders::new(hand_on)))?;
            let index = self.settled(base, Some(index))?;
            Ok((self.old(base.tree, &FolderIds::default())?, index))
        })
    }

    /// The tree of `base` and what of the index may be another.
    pub(super) fn old_and_index(&self, base: &Base) -> Result<(Old, Index), GitError> {
        let no_ids = FolderIds::default();
        match self.reader("index")? {
            Reader::Own(mut file) => {
                let old = self.old(base.tree, file.ids())?;
                match file.entries(&self.wanted, Extent::Outside(&old.equal)) {
                    Err(GitError::Unsupported { .. }) => {}
                    index => return Ok((old, self.settled(base, Some(index?))?)),
                }
            }
            Reader::Git => {}
            Reader::Nobody => {
                let index = self.settled(base, None)?;
                return Ok((self.old(base.tree, &no_ids)?, index));
            }
        }
        let index = self.settled(base, Some(self.index_by_git(None)?))?;
        Ok((self.old(base.tree, &no_ids)?, index))
    }

    fn old(&self, tree: Option<Id>, ids: &FolderIds) -> Result<Old, GitError> {
        let old = Old::of(self.objects.as_ref(), tree, ids, &self.wanted);
        old.map_err(GitError::while_trying("read its trees"))
    }

    /// Who can read the index, which a bare repository has as little as it has `what`.
    pub(super) fn reader(&self, what: &'static str) -> Result<Reader, GitError> {
        if self.backend.top().is_none() {
            return Err(GitError::Bare { what });
        }
        let is_readable = self.backend.id_length() == 20;
        if !is_readable && self.index_file.exists() {
            return Ok(Reader::Git);
        }
        let file = IndexFile::open(&self.index_file)?;
        Ok(file.map_or(Reader::Nobody, |file| Reader::Own(Box::new(file))))
    }

    fn index_by_git(&self, folders: Option<TrackedFolders<'_>>) -> Result<Index, GitError> {
        self.command
            .index(&self.root, &self.index_file, &self.wanted, folders)
    }

    /// An index that was read, without conflicts.
    fn settled(&self, base: &Base, index: Option<Index>) -> Result<Index, GitError> {
        let Some(index) = index else {
            if self.is_index_given && base.commit.is_some() {
                let path = slashed(&self.index_file);
                return Err(GitError::NoIndexFile { path });
            }
            return Ok(Index::default());
        };
        if index.unmerged().is_empty() {
            return Ok(index);
        }
        let paths = index.unmerged().iter();
        let paths = paths.map(|path| self.shown(path)).collect();
        Err(GitError::Unmerged { paths })
    }
}
