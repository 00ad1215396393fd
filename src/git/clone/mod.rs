//! Repositories by their address: one commit's files in a temporary folder, for as long as they are looked at.
//!
//! A repository that nobody checked out is somebody else's word. git gets no hook, no filter, no submodule and no link of
//! it to follow; no name or password is handed on but to the server that the address names; and what is left on disk goes
//! when the run ends, by a signal too.

mod address;
#[cfg(test)]
mod address_tests;
mod error;
mod fetch;
mod leash;
mod said;
mod scratch;
mod secret;

use std::path::{Path, PathBuf};
use std::time::Duration;

pub use self::address::{Address, AddressError};
pub use self::error::CloneError;

use self::fetch::Fetch;
use self::leash::Leash;
use self::scratch::Scratch;
use super::path::slashed;
use super::provenance::{Provenance, public_address};

/// A cloned repository's files; they are gone when this is dropped, and when a signal ends the process.
#[derive(Debug)]
pub struct Cloned {
    /// Its worktree, without links and submodules.
    root: PathBuf,
    address: Address,
    provenance: Provenance,
    _scratch: Scratch,
}

impl Cloned {
    /// Clones what `address` names, in at most so much time. `at_end` is called when a signal ends the process, before
    /// the files go.
    ///
    /// # Errors
    /// When it cannot be had; nothing is left on disk then.
    pub fn new(address: Address, limit: Duration, at_end: fn()) -> Result<Self, CloneError> {
        let scratch = Scratch::new(at_end)?;
        let leash = Leash::new(&scratch, limit);
        let fetched = Fetch::new(&address, &scratch, &leash).run()?;
        let root = fetched.root;
        let provenance = Provenance {
            root: String::new(),
            prefix: String::new(),
            address: public_address(address.shown()),
            revision: Some(fetched.revision),
            branch: fetched.branch,
        };
        Ok(Self {
            root,
            address,
            provenance,
            _scratch: scratch,
        })
    }

    /// The top of its worktree.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where it comes from. It has no root: that is gone before anybody reads of it.
    pub const fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    /// The file or folder that is looked at, below the top.
    pub fn folder(&self) -> Option<&str> {
        self.address.folder()
    }

    /// The commit, abbreviated as git does.
    pub fn commit(&self) -> &str {
        let id = self.provenance.revision.as_deref().unwrap_or_default();
        id.get(..7).unwrap_or(id)
    }

    /// `https://example.org/shapes at 3f2a1c9`.
    pub fn sentence(&self) -> String {
        format!("{} at {}", self.address.shown(), self.commit())
    }

    /// `text` without the folder that the files lie in: what it says of them is said from the repository's top.
    pub fn public(&self, text: &str) -> String {
        let root = slashed(&self.root);
        let text = text.replace(&format!("{root}/"), "");
        text.replace(&root, self.address.shown())
    }
}
