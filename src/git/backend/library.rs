//! libgit2's answers.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use git2::{ErrorCode, ObjectType, Odb, Oid};

use super::Backend;
use super::cat_file::CatFile;
use super::command::Command;
use crate::git::error::GitError;
use crate::git::id::Id;
use crate::git::object::{Kind, Objects};

/// A repository that libgit2 has opened.
pub(in crate::git) struct Library {
    pub(in crate::git) git: git2::Repository,
    /// Who is asked for objects that are not here: git fetches them where the clone is a partial one.
    pub(in crate::git) command: Command,
}

impl Backend for Library {
    fn git_dir(&self) -> &Path {
        self.git.path()
    }

    fn top(&self) -> Option<&Path> {
        self.git.workdir()
    }

    fn id_length(&self) -> usize {
        20
    }

    fn is_shallow(&self) -> bool {
        self.git.is_shallow()
    }

    fn head(&self) -> Result<Option<Id>, GitError> {
        match self.git.refname_to_id("HEAD") {
            Ok(id) => Ok(Some(ours(id))),
            Err(error) if error.code() == ErrorCode::NotFound => self.unborn(),
            Err(error) => Err(failure("read `HEAD`")(error)),
        }
    }

    fn resolve(&self, revision: &str) -> Result<Option<Id>, GitError> {
        let object = self.git.revparse_single(revision);
        match object.and_then(|it| it.peel_to_commit()) {
            Ok(commit) => Ok(Some(ours(commit.id()))),
            Err(error) if error.code() == ErrorCode::UnbornBranch => Err(GitError::Unborn),
            // What is not here, or has no name that libgit2 understands, git may know.
            Err(_) => self.command.resolve(revision).or(Ok(None)),
        }
    }

    fn merge_bases(&self, one: Id, other: Id) -> Result<Vec<Id>, GitError> {
        match self.git.merge_bases(theirs(one)?, theirs(other)?) {
            Ok(bases) => Ok(bases.iter().copied().map(ours).collect()),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(Vec::new()),
            Err(error) => Err(failure("find the merge base")(error)),
        }
    }

    fn is_ignored(&self, path: &[u8]) -> Result<bool, GitError> {
        let path = crate::git::path::on_disk(Path::new(""), path);
        let answer = self.git.is_path_ignored(path);
        answer.map_err(failure("read its ignore files"))
    }

    fn remotes(&self) -> Vec<String> {
        let remotes = self.git.remotes();
        let names = remotes.iter().flatten().flatten().flatten();
        names.map(str::to_owned).collect()
    }

    fn address(&self, remote: &str) -> Option<String> {
        let remote = self.git.find_remote(remote).ok()?;
        remote.url().ok().map(str::to_owned)
    }

    fn branch(&self) -> Option<String> {
        let head = self.git.head().ok().filter(git2::Reference::is_branch)?;
        head.shorthand().ok().map(str::to_owned)
    }

    fn upstream_remote(&self) -> Option<String> {
        let head = self.git.head().ok()?;
        let remote = self.git.branch_upstream_remote(head.name().ok()?).ok()?;
        remote.as_str().ok().map(str::to_owned)
    }

    fn noted_branch(&self, name: &str) -> Option<String> {
        let note = self.git.find_reference(name).ok()?.resolve().ok()?;
        note.shorthand().ok().map(str::to_owned)
    }

    fn objects(&self) -> Result<Arc<dyn Objects>, GitError> {
        let folder = self.git.commondir().join("objects");
        // libgit2 takes this one path as text only.
        let Some(folder) = folder.to_str() else {
            return Ok(Arc::new(CatFile::new(&self.command)));
        };
        let opened = || -> Result<Odb<'static>, git2::Error> {
            let store = Odb::new()?;
            store.add_disk_alternate(folder)?;
            Ok(store)
        };
        // What was damaged on disk is told by a parser that fails, and hashing everything read costs as much as reading.
        git2::opts::strict_hash_verification(false);
        Ok(Arc::new(Store {
            objects: opened().map_err(failure("open its objects"))?,
            command: self.command.clone(),
            fallback: OnceLock::new(),
        }))
    }
}

impl Library {
    /// Whether there is no commit yet, or `HEAD` is broken.
    fn unborn(&self) -> Result<Option<Id>, GitError> {
        match self.git.head() {
            Ok(head) => Ok(head.target().map(ours)),
            Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(None),
            Err(error) => Err(failure("read `HEAD`")(error)),
        }
    }
}

/// libgit2's objects; git's own where one is missing.
struct Store {
    objects: Odb<'static>,
    command: Command,
    fallback: OnceLock<CatFile>,
}

impl Objects for Store {
    fn read(&self, id: Id, kind: Kind) -> Result<Vec<u8>, String> {
        let wanted = match kind {
            Kind::Commit => ObjectType::Commit,
            Kind::Tree => ObjectType::Tree,
            Kind::Blob => ObjectType::Blob,
        };
        let oid = Oid::from_bytes(id.as_bytes()).map_err(|error| error.message().to_owned())?;
        match self.objects.read(oid) {
            Ok(object) if object.kind() == wanted => Ok(object.data().to_vec()),
            Ok(_) => Err(format!("object {id} is of another kind")),
            Err(error) => {
                let fallback = self.fallback.get_or_init(|| CatFile::new(&self.command));
                let found = fallback.read(id, kind);
                found.map_err(|_| error.message().to_owned())
            }
        }
    }

    fn expect(&self, ids: &[Id]) {
        let is_missing = |id: &Id| {
            let id = Oid::from_bytes(id.as_bytes());
            id.is_ok_and(|id| !self.objects.exists(id))
        };
        let missing: Vec<Id> = ids.iter().copied().filter(is_missing).collect();
        // A single one comes when it is read.
        if missing.len() > 1 {
            self.command.fetch(&missing);
        }
    }
}

pub(super) fn ours(id: Oid) -> Id {
    Id::of_sha1(id.as_bytes())
}

fn theirs(id: Id) -> Result<Oid, GitError> {
    Oid::from_bytes(id.as_bytes()).map_err(failure("read an id"))
}

/// For `map_err`: what was tried when libgit2 gave up.
pub(in crate::git) fn failure(action: &'static str) -> impl Fn(git2::Error) -> GitError {
    move |error| GitError::Repository {
        action,
        reason: error.message().to_owned(),
    }
}
