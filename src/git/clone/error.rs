//! Why a repository could not be cloned, whose fault that is, and what mends it.

use std::io;

/// A repository that is not to be had. Nothing of it is left on disk.
#[derive(Debug, thiserror::Error)]
pub enum CloneError {
    /// The machine's fault: there is no `git`, or it cannot be run.
    #[error("the `git` command, which clones repositories, cannot be run: {0}")]
    NoGit(io::Error),
    /// The machine's fault: a folder for the files cannot be made, or written.
    #[error("cannot make a temporary folder for the repository: {0}")]
    Disk(#[from] io::Error),
    /// Nobody's fault: the server or the line is slow, or the repository large.
    #[error("{address} was not cloned within {seconds} s")]
    TooLong {
        /// The repository.
        address: String,
        /// The limit.
        seconds: u64,
    },
    /// The network's or the server's fault, or a name that is misspelt.
    #[error("{address} cannot be reached: {said}")]
    Unreachable {
        /// The repository.
        address: String,
        /// What git says.
        said: String,
    },
    /// The user's fault: there is no such repository, or it is not shown to this user.
    #[error("there is no repository at {address}, or not for you")]
    Missing {
        /// The repository.
        address: String,
    },
    /// The user's fault: the server wants a name and a password, a token, or a key.
    #[error("{address} wants to know who asks, and was not told what it takes: {said}")]
    Unknown {
        /// The repository.
        address: String,
        /// What git says.
        said: String,
        /// What to do.
        hint: String,
    },
    /// The machine's or the server's fault: nobody can tell whether the server is the one that was meant.
    #[error("{address} cannot be trusted: {said}")]
    Untrusted {
        /// The repository.
        address: String,
        /// What git says.
        said: String,
        /// What to do.
        hint: String,
    },
    /// The user's fault: the repository has moved.
    #[error("{address} sends git on to {other}, another server")]
    Elsewhere {
        /// The repository.
        address: String,
        /// The other address.
        other: String,
    },
    /// The user's fault: a branch, tag or commit that the repository does not have.
    #[error("{address} has no branch, tag or commit `{revision}`")]
    NoRevision {
        /// The repository.
        address: String,
        /// What was asked for.
        revision: String,
    },
    /// The user's fault: there is nothing in the repository yet.
    #[error("{address} has no commit")]
    Empty {
        /// The repository.
        address: String,
    },
    /// The user's fault: a file or folder that is not in the repository.
    #[error("{address} has no `{folder}`")]
    NoFolder {
        /// The repository.
        address: String,
        /// What was asked for.
        folder: String,
    },
    /// The server's or the repository's fault, or git's.
    #[error("{address} cannot be cloned: {said}")]
    Git {
        /// The repository.
        address: String,
        /// What git says.
        said: String,
    },
}

impl CloneError {
    /// What the user can do about it, one sentence each.
    pub fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::NoGit(_) => "install git, or put it on `PATH`",
            Self::Disk(_) => "`TMPDIR` names the folder in which it is made",
            Self::TooLong { .. } => {
                "clone it with `git clone --depth=1` in your own time, and give docgen the folder"
            }
            Self::Unreachable { .. } => "check the spelling, the network and the proxy",
            Self::Missing { .. } => {
                "check the spelling; what is private is found only by who may see it"
            }
            Self::Unknown { hint, .. } | Self::Untrusted { hint, .. } => hint,
            Self::Elsewhere { .. } => "give that address, if it is the one you mean",
            Self::NoRevision { .. } => {
                "`#REV` names a branch, a tag, or a commit by all digits of its id"
            }
            Self::Empty { .. } => "there is nothing to look at yet",
            Self::NoFolder { .. } => {
                "`#REV:PATH` names a file or folder from the repository's top; links are left out"
            }
            Self::Git { .. } => {
                "`git clone --depth=1` may tell more; docgen takes the folder that it makes"
            }
        };
        vec![hint.to_owned()]
    }
}
