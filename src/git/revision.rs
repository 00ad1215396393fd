//! Commits by name, where two histories parted, and what to fetch where they are not there.

use git2::{Commit, ErrorCode, Oid};

use super::error::GitError;
use super::repository::Repository;

impl Repository {
    /// The commit of `HEAD`; `None` before the first one.
    pub(super) fn head(&self) -> Result<Option<Commit<'_>>, GitError> {
        let head = match self.git.head() {
            Ok(head) => head,
            Err(error) if error.code() == ErrorCode::UnbornBranch => return Ok(None),
            Err(error) => return Err(GitError::while_trying("read `HEAD`")(error)),
        };
        head.peel_to_commit()
            .map(Some)
            .map_err(GitError::while_trying("read the commit of `HEAD`"))
    }

    /// The commit that `revision` names.
    pub(super) fn commit(&self, revision: &str) -> Result<Commit<'_>, GitError> {
        let object = self.git.revparse_single(revision);
        object.and_then(|it| it.peel_to_commit()).map_err(|error| {
            if error.code() == ErrorCode::UnbornBranch {
                return GitError::Unborn;
            }
            GitError::UnknownRevision {
                revision: revision.to_owned(),
                hint: self.fetch_of(revision),
            }
        })
    }

    /// Where the histories of two commits parted: several where they were merged crosswise, best first.
    pub(super) fn merge_bases(
        &self,
        (one, one_name): (Oid, &str),
        (other, other_name): (Oid, &str),
    ) -> Result<Vec<Oid>, GitError> {
        match self.git.merge_bases(one, other) {
            Ok(bases) if !bases.is_empty() => Ok(bases.to_vec()),
            Err(error) if error.code() != ErrorCode::NotFound => {
                Err(GitError::while_trying("find the merge base")(error))
            }
            _ if self.git.is_shallow() => Err(GitError::Shallow {
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
    pub(super) fn merge_heads(&self) -> Result<Vec<Oid>, GitError> {
        let path = self.git.path().join("MERGE_HEAD");
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
        ids.map(|id| self.tree_of(Oid::from_str(id)))
            .collect::<Result<_, _>>()
            .map_err(GitError::while_trying(
                "read the commit that is being merged",
            ))
    }

    /// The tree of a commit.
    pub(super) fn tree_of(&self, commit: Result<Oid, git2::Error>) -> Result<Oid, git2::Error> {
        Ok(self.git.find_commit(commit?)?.tree_id())
    }

    /// The command that brings a revision which is not here.
    fn fetch_of(&self, revision: &str) -> Option<String> {
        let remotes = self.git.remotes().ok()?;
        let names: Vec<&str> = remotes.iter().flatten().flatten().collect();
        let fetch = if self.git.is_shallow() {
            "git fetch --unshallow"
        } else {
            "git fetch"
        };
        let is_id = revision.len() >= 7 && revision.bytes().all(|it| it.is_ascii_hexdigit());
        let behind = |name: &&&str| {
            let rest = revision.strip_prefix(**name);
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        if let Some(remote) = names.iter().find(behind) {
            let branch = revision.get(remote.len() + 1..)?;
            return Some(format!(
                "{fetch} {remote} +refs/heads/{branch}:refs/remotes/{revision}"
            ));
        }
        let remote = names
            .iter()
            .find(|name| **name == "origin")
            .or(names.first())?;
        if is_id || revision.contains(['~', '^', ':', '@', ' ']) {
            return Some(format!("{fetch} {remote}"));
        }
        Some(format!(
            "{fetch} {remote} +refs/heads/{revision}:refs/heads/{revision}"
        ))
    }

    fn deepening(&self) -> String {
        let remotes = self.git.remotes();
        let names: Vec<&str> = remotes.iter().flatten().flatten().flatten().collect();
        let remote = names
            .iter()
            .find(|name| **name == "origin")
            .or(names.first());
        format!("git fetch --unshallow {}", remote.unwrap_or(&"origin"))
    }
}

/// The first seven digits of an id, as git shows it.
pub(super) fn abbreviated(id: Oid) -> String {
    let mut text = id.to_string();
    text.truncate(7);
    text
}
