//! From a scope to the files that changed in it.

use super::change::{Change, Changes, Comparison, Content};
use super::delta::{Delta, Side};
use super::error::GitError;
use super::id::Id;
use super::object::{Commit, Kind};
use super::path::on_disk;
use super::rename::{self, Paired};
use super::repository::Repository;
use super::staged;
use super::tree;

/// What is compared with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// `HEAD` with the index.
    Staged,
    /// `HEAD` with the files on disk.
    Worktree,
    /// The merge base of a revision and `HEAD` with the files on disk.
    Since(String),
    /// Two commits.
    Range {
        /// The old side.
        from: String,
        /// The new side.
        to: String,
        /// Compare with `from` itself, not with its merge base with `to`.
        direct: bool,
    },
    /// A commit that a hook or a CI server names as the old side, and another.
    Named {
        /// The old side; `None` where nothing was there before.
        base: Option<String>,
        /// What it is: `base of the pull request`, `first push`.
        name: String,
        /// The new side.
        to: String,
    },
}

/// The old side: a tree, and what people call it.
pub(super) struct Base {
    pub(super) commit: Option<Id>,
    pub(super) tree: Option<Id>,
    /// Trees of further old sides: what equals one of them is not this change's doing.
    others: Vec<Id>,
    name: String,
}

impl Repository {
    /// The Python files that changed in `scope`, and what was compared. New files have no old side, renamed ones have
    /// that of the file they were; deleted ones are apart.
    ///
    /// # Errors
    /// When one of the sides is not there or cannot be read: never "nothing changed" instead.
    pub fn changes(&self, scope: &Scope) -> Result<Changes, GitError> {
        let (base, kind, head, deltas) = match scope {
            Scope::Staged => {
                let base = self.head_base()?;
                let (old, index) = self.old_and_index(&base)?;
                let deltas = staged::differences(old, &index, false);
                (base, "staged", "index".to_owned(), deltas)
            }
            Scope::Worktree => {
                let base = self.head_base()?;
                let deltas = self.against_worktree(&base)?;
                (base, "worktree", "worktree".to_owned(), deltas)
            }
            Scope::Since(revision) => {
                let base = self.since_base(revision)?;
                let deltas = self.against_worktree(&base)?;
                (base, "since", "worktree".to_owned(), deltas)
            }
            Scope::Range { from, to, direct } => {
                let (base, new) = self.range_base(from, to, *direct)?;
                let deltas = self.between(&base, &new)?;
                (base, "range", new.id.abbreviated(), deltas)
            }
            Scope::Named { base, name, to } => {
                let new = self.commit(to)?;
                let base = self.named_base(base.as_deref(), name)?;
                let deltas = self.between(&base, &new)?;
                (base, "range", new.id.abbreviated(), deltas)
            }
        };
        let comparison = comparison(&base, kind, head, scope);
        let deltas = self.own(deltas, &base.others)?;
        self.expect(&deltas);
        let (files, removed) = rename::pair(deltas, |path, side| self.bytes(path, side))?;
        let changes = files.iter().map(|file| self.change(file, &base.others));
        let mut files = changes.collect::<Result<Vec<_>, _>>()?;
        files.sort_by(|one, other| one.path.cmp(&other.path));
        let removed = removed.iter().map(|(path, id)| self.removal(path, *id));
        Ok(Changes {
            comparison,
            files,
            removed: removed.collect(),
        })
    }

    fn head_base(&self) -> Result<Base, GitError> {
        let head = self.head()?;
        Ok(Base {
            commit: head.as_ref().map(|head| head.id),
            tree: head.map(|head| head.tree),
            others: self.merge_heads()?,
            name: "HEAD".to_owned(),
        })
    }

    fn since_base(&self, revision: &str) -> Result<Base, GitError> {
        let head = self.head()?.ok_or(GitError::Unborn)?;
        let other = self.commit(revision)?;
        let name = format!("merge base of {revision}");
        let mut base = self.parting((&other, revision), (&head, "HEAD"), name)?;
        base.others.extend(self.merge_heads()?);
        Ok(base)
    }

    fn range_base(&self, from: &str, to: &str, direct: bool) -> Result<(Base, Commit), GitError> {
        let old = self.commit(from)?;
        let new = self.commit(to)?;
        if direct {
            let base = self.merge_base(&[old.id], from.to_owned())?;
            return Ok((base, new));
        }
        let name = format!("merge base of {from} and {to}");
        let base = self.parting((&old, from), (&new, to), name)?;
        Ok((base, new))
    }

    /// Where the histories of two commits parted.
    fn parting(
        &self,
        (old, old_name): (&Commit, &str),
        (new, new_name): (&Commit, &str),
        name: String,
    ) -> Result<Base, GitError> {
        // Most ranges are one commit long, and no history has to be walked to see that.
        if old.id == new.id || new.parents == [old.id] {
            return Ok(Base {
                commit: Some(old.id),
                tree: Some(old.tree),
                others: Vec::new(),
                name,
            });
        }
        let bases = self.merge_bases((old.id, old_name), (new.id, new_name))?;
        self.merge_base(&bases, name)
    }

    fn merge_base(&self, bases: &[Id], name: String) -> Result<Base, GitError> {
        let trees = bases.iter().map(|&commit| self.tree_of(commit));
        let trees = trees.collect::<Result<Vec<_>, _>>();
        let mut trees = trees
            .map_err(GitError::while_trying("read the merge base"))?
            .into_iter();
        Ok(Base {
            commit: bases.first().copied(),
            tree: trees.next(),
            others: trees.collect(),
            name,
        })
    }

    fn named_base(&self, base: Option<&str>, name: &str) -> Result<Base, GitError> {
        let commit = base.map(|base| self.commit(base)).transpose()?;
        Ok(Base {
            commit: commit.as_ref().map(|commit| commit.id),
            tree: commit.map(|commit| commit.tree),
            others: Vec::new(),
            name: name.to_owned(),
        })
    }

    fn between(&self, base: &Base, new: &Commit) -> Result<Vec<Delta>, GitError> {
        let objects = self.objects.as_ref();
        let deltas = tree::differences(objects, base.tree, Some(new.tree), &self.wanted);
        deltas.map_err(GitError::while_trying("read its trees"))
    }

    fn against_worktree(&self, base: &Base) -> Result<Vec<Delta>, GitError> {
        let reader = self.reader("worktree")?;
        let ((old, index), survey) = self.surveyed(base, reader)?;
        self.worktree_differences(old, &index, survey)
    }

    /// The deltas that are this change's own: a new side that equals another parent's came with the merge.
    fn own(&self, deltas: Vec<Delta>, others: &[Id]) -> Result<Vec<Delta>, GitError> {
        if others.is_empty() {
            return Ok(deltas);
        }
        let mut own = Vec::new();
        for delta in deltas {
            if !self.came_from(&delta, others)? {
                own.push(delta);
            }
        }
        Ok(own)
    }

    fn came_from(&self, delta: &Delta, others: &[Id]) -> Result<bool, GitError> {
        for &other in others {
            let theirs = tree::file(self.objects.as_ref(), other, &delta.path);
            let theirs = theirs.map_err(GitError::while_trying("read its trees"))?;
            let is_theirs = match (delta.new, theirs) {
                (Some(Side::Blob(id)), Some(theirs)) => id == theirs,
                (Some(Side::Disk), Some(theirs)) => self.content_id(&delta.path)?.is(theirs),
                (None, None) => true,
                _ => false,
            };
            if is_theirs {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// All blobs that will be read.
    fn expect(&self, deltas: &[Delta]) {
        let new = deltas.iter().filter_map(|delta| match delta.new {
            Some(Side::Blob(id)) => Some(id),
            _ => None,
        });
        let old = deltas.iter().filter_map(|delta| delta.old);
        self.objects.expect(&old.chain(new).collect::<Vec<Id>>());
    }

    /// The bytes of one side of the file at `path`.
    #[expect(
        clippy::disallowed_methods,
        reason = "renamed files are compared by content"
    )]
    fn bytes(&self, path: &[u8], side: Side) -> Result<Vec<u8>, GitError> {
        match side {
            Side::Blob(id) => {
                let blob = self.objects.read(id, Kind::Blob);
                blob.map_err(GitError::while_trying("read a renamed file"))
            }
            Side::Disk => {
                let path = on_disk(&self.root, path);
                std::fs::read(&path).map_err(|source| {
                    let path = super::path::slashed(&path);
                    GitError::Disk { path, source }
                })
            }
        }
    }

    /// `others` are the trees of further old sides.
    fn change(&self, file: &Paired, others: &[Id]) -> Result<Change, GitError> {
        let objects = self.objects.as_ref();
        let other = |&tree: &Id| tree::file(objects, tree, &file.path).transpose();
        let others = others
            .iter()
            .filter_map(other)
            .collect::<Result<Vec<_>, _>>();
        let others = others.map_err(GitError::while_trying("read its trees"))?;
        Ok(Change {
            path: self.shown(&file.path),
            module_path: lossy(&file.path),
            old_module_path: file.old_path.as_deref().map(lossy),
            old: file.old.map(Content::Blob),
            others: others.into_iter().map(Content::Blob).collect(),
            new: match file.new {
                Side::Blob(id) => Content::Blob(id),
                Side::Disk => Content::Disk(on_disk(&self.root, &file.path)),
            },
        })
    }

    /// A file that is gone.
    fn removal(&self, path: &[u8], old: Id) -> Change {
        Change {
            path: self.shown(path),
            module_path: lossy(path),
            old_module_path: None,
            old: Some(Content::Blob(old)),
            others: Vec::new(),
            new: Content::Bytes(Vec::new()),
        }
    }
}

fn lossy(path: &[u8]) -> String {
    String::from_utf8_lossy(path).into_owned()
}

fn comparison(base: &Base, kind: &'static str, head: String, scope: &Scope) -> Comparison {
    let id = base.commit.map(Id::abbreviated);
    let old = match (&id, scope) {
        (Some(id), _) => format!("{id} ({})", base.name),
        (None, Scope::Named { name, .. }) => format!("the empty tree ({name})"),
        (None, _) => "the empty tree (no commit yet)".to_owned(),
    };
    let new = match scope {
        Scope::Range { to, .. } | Scope::Named { to, .. } => format!("{head} ({to})"),
        _ => format!("the {head}"),
    };
    Comparison {
        kind,
        base: id,
        head: Some(head),
        sentence: format!("{old} with {new}"),
    }
}
