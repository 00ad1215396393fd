//! Commits by name, where two histories parted, and what to fetch where they are not there.

use super::error::GitError;
use super::id::Id;
use super::object::Commit;
use super::repository::Repository;

impl Repository {
    /// The commit of `HEAD`; `None` before the first one.
    pub(super) fn head(&self) -> Result<Option<Commit>, GitError> {
        let head = self
            .backend
            .head()?
            .map(|id| Commit::read(self.objects.as_ref(), id));
        head.transpose()
            .map_err(GitError::while_trying("read the commit of `HEAD`"))
    }

    /// The id of `HEAD`'s commit and those of its parents, as it names them, whether or not they are here; none before
    /// the first commit.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn head_and_parents(&self) -> Result<Vec<String>, GitError> {
        let commit = self.head()?;
        let ids = commit
            .iter()
            .flat_map(|it| std::iter::once(&it.id).chain(&it.parents));
        Ok(ids.map(Id::to_string).collect())
    }

    /// Whether the commit that `revision` names is here, and `HEAD` or one that `HEAD` came from.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn is_in_head(&self, revision: &str) -> Result<bool, GitError> {
        let (Some(head), Some(other)) = (self.backend.head()?, self.backend.resolve(revision)?)
        else {
            return Ok(false);
        };
        Ok(head == other || self.backend.merge_bases(head, other)?.contains(&other))
    }

    /// Whether `revision` names a commit that is here.
    ///
    /// # Errors
    /// When that cannot be found out.
    pub fn has(&self, revision: &str) -> Result<bool, GitError> {
        Ok(self.backend.resolve(revision)?.is_some())
    }

    /// Whether its history ends somewhere because more was not fetched.
    pub fn is_shallow(&self) -> bool {
        self.backend.is_shallow()
    }

    /// The remote that things are fetched from.
    pub fn remote(&self) -> String {
        let names = self.backend.remotes();
        let origin = names.iter().find(|name| *name == "origin");
        let remote = origin.or(names.first()).cloned();
        remote.unwrap_or_else(|| "origin".to_owned())
    }

    /// The address of that remote.
    pub fn address(&self) -> Option<String> {
        self.backend.address(&self.remote())
    }

    /// The commit that `revision` names.
    pub(super) fn commit(&self, revision: &str) -> Result<Commit, GitError> {
        let Some(id) = self.backend.resolve(revision)? else {
            return Err(GitError::UnknownRevision {
                revision: revision.to_owned(),
                hint: self.fetch_of(revision),
            });
        };
        let commit = Commit::read(self.objects.as_ref(), id);
        commit.map_err(GitError::while_trying("read a commit"))
    }

    /// Where the histories of two commits parted: several where they were merged crosswise, best first.
    pub(super) fn merge_bases(
        &self,
        (one, one_name): (Id, &str),
        (other, other_name): (Id, &str),
    ) -> Result<Vec<Id>, GitError> {
        match self.backend.merge_bases(one, other)? {
            bases if !bases.is_empty() => Ok(bases),
            _ if self.is_shallow() => Err(GitError::Shallow {
                one: one_name.to_owned(),
                other: other_name.to_owned(),
                hint: self.deepening(),
            }),
            _ => Err(GitError::Unrelated {
                one: one_name.to_owned(),
                other: other_name.to_owned(),
            }),
        }
    }

    /// The trees that a merge in progress brings in besides `HEAD`'s.
    #[expect(
        clippy::disallowed_methods,
        reason = "libgit2 lists them to those who may change the repository only"
    )]
    pub(super) fn merge_heads(&self) -> Result<Vec<Id>, GitError> {
        let path = self.backend.git_dir().join("MERGE_HEAD");
        let noted = match std::fs::read_to_string(&path) {
            Ok(noted) => noted,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(source) => {
                let path = super::path::slashed(&path);
                return Err(GitError::Disk { path, source });
            }
        };
        let named = self.merged.iter().map(String::as_str);
        let ids = noted.lines().chain(named).filter(|id| !id.is_empty());
        ids.map(|id| {
            let id = Id::from_hex(id.as_bytes()).ok_or_else(|| format!("{id} is no commit"))?;
            self.tree_of(id)
        })
        .collect::<Result<_, _>>()
        .map_err(GitError::while_trying(
            "read the commit that is being merged",
        ))
    }

    /// The tree of a commit.
    pub(super) fn tree_of(&self, commit: Id) -> Result<Id, String> {
        Ok(Commit::read(self.objects.as_ref(), commit)?.tree)
    }

    /// The command that brings a revision which is not here.
    fn fetch_of(&self, revision: &str) -> Option<String> {
        let names = self.backend.remotes();
        let fetch = if self.is_shallow() {
            "git fetch --unshallow"
        } else {
            "git fetch"
        };
        let is_id = revision.len() >= 7 && revision.bytes().all(|it| it.is_ascii_hexdigit());
        let behind = |name: &&String| {
            let rest = revision.strip_prefix(name.as_str());
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        if let Some(remote) = names.iter().find(behind) {
            let branch = revision.get(remote.len() + 1..)?;
            return Some(format!(
                "{fetch} {remote} +refs/heads/{branch}:refs/remotes/{revision}"
            ));
        }
        if names.is_empty() {
            return None;
        }
        let remote = self.remote();
        if is_id || revision.contains(['~', '^', ':', '@', ' ']) {
            return Some(format!("{fetch} {remote}"));
        }
        Some(format!(
            "{fetch} {remote} +refs/heads/{revision}:refs/heads/{revision}"
        ))
    }

    fn deepening(&self) -> String {
        format!("git fetch --unshallow {}", self.remote())
    }
}
