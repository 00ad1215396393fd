//! Why a repository could not be asked, whose fault that is, and what mends it.

/// A repository that could not answer.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// The environment's fault: the repository belongs to somebody else, which git distrusts.
    #[error("the repository at {path} belongs to another user, so git does not trust it")]
    Owner {
        /// The repository's folder.
        path: String,
    },
    /// The environment's fault: `GIT_DIR` names a folder that holds no repository.
    #[error("`GIT_DIR` is {path}, and there is no repository")]
    NoGitDir {
        /// The variable's value.
        path: String,
    },
    /// The environment's fault: `GIT_INDEX_FILE` names a file that is not there.
    #[error("`GIT_INDEX_FILE` is {path}, and there is no such file")]
    NoIndexFile {
        /// The file, resolved.
        path: String,
    },
    /// The environment's fault: a repository of a kind that only the `git` command reads, which is not there.
    #[error("only the `git` command can read this repository: {reason}")]
    Unsupported {
        /// Which kind.
        reason: String,
    },
    /// The user's fault: a bare repository has neither index nor worktree.
    #[error("this repository is bare: it has no {what}")]
    Bare {
        /// What was asked for.
        what: &'static str,
    },
    /// The user's fault: there is no commit to compare with yet.
    #[error("`HEAD` has no commit yet")]
    Unborn,
    /// The user's fault, or the checkout's: a revision that is not in the repository.
    #[error("`{revision}` is no commit of this repository")]
    UnknownRevision {
        /// What was asked for.
        revision: String,
        /// The command that brings it.
        hint: Option<String>,
    },
    /// The checkout's fault: the commit that a hook or a CI server names as the old side is not here.
    #[error("{name} is not in this checkout")]
    NoBase {
        /// What it is: `the base of the pull request, 3f2a1c9,`.
        name: String,
        /// The command that brings it.
        command: String,
    },
    /// The checkout's fault: too little history to find where two revisions parted.
    #[error("the history of this shallow clone ends before `{one}` and `{other}` meet")]
    Shallow {
        /// One revision.
        one: String,
        /// The other.
        other: String,
        /// The command that brings the rest.
        hint: String,
    },
    /// The user's fault: the revisions have no history in common.
    #[error("`{one}` and `{other}` have no history in common")]
    Unrelated {
        /// One revision.
        one: String,
        /// The other.
        other: String,
    },
    /// The user's fault: a merge is not finished.
    #[error("unresolved conflicts in {}", paths.join(", "))]
    Unmerged {
        /// The Python files with conflicts, as they are shown.
        paths: Vec<String>,
    },
    /// The repository's fault: its index is damaged.
    #[error("the index {path} is damaged: {reason}")]
    CorruptIndex {
        /// The index.
        path: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The disk's fault: a file that may not be read, a folder that is locked.
    #[error("{path}: {source}")]
    Disk {
        /// The file or folder.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The repository's fault: something is missing or damaged.
    #[error("git cannot {action}: {reason}")]
    Repository {
        /// What was tried.
        action: &'static str,
        /// Why it did not go.
        reason: String,
    },
}

impl GitError {
    /// For `map_err`: what was tried when an object could not be read.
    pub(super) fn while_trying(action: &'static str) -> impl Fn(String) -> Self {
        move |reason| Self::Repository { action, reason }
    }

    /// What the user can do about it, one sentence each.
    pub fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Owner { path } => {
                format!("`git config --global --add safe.directory {path}` trusts it")
            }
            Self::NoGitDir { .. } => "unset `GIT_DIR`, or let it name the `.git` folder".to_owned(),
            Self::NoIndexFile { .. } => {
                "git resolves a relative path against the top of the worktree".to_owned()
            }
            Self::Unsupported { .. } => {
                "the `git` command can read it: install it, or put it on `PATH`".to_owned()
            }
            Self::Bare { .. } => {
                "`--from-ref A --to-ref B` compares two commits without either".to_owned()
            }
            Self::Unborn => "`--staged` and `--all` work without a commit".to_owned(),
            Self::UnknownRevision { hint, .. } => match hint {
                Some(command) => format!("`{command}` may bring it"),
                None => "`git branch --all` lists the names that exist".to_owned(),
            },
            Self::NoBase { command, .. } => format!("`{command}` brings it"),
            Self::Shallow { hint, .. } => format!("`{hint}` brings the rest"),
            Self::Unrelated { .. } => {
                "`--from-ref A --to-ref B --direct` compares them all the same".to_owned()
            }
            Self::Unmerged { .. } => "resolve them first, then `git add` the files".to_owned(),
            Self::CorruptIndex { .. } => {
                "`git status` tells more; without its index, `git reset` writes a new one"
                    .to_owned()
            }
            Self::Disk { .. } => return Vec::new(),
            Self::Repository { .. } => "`git fsck` tells more".to_owned(),
        };
        vec![hint]
    }
}
