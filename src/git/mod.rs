//! Which files there are and which changed: the walk, the repository, where old and new text lie.
//!
//! libgit2 reads objects, and the `git` command reads what libgit2 cannot; it alone writes: the index, where `fix --stage`
//! asks for it, and a temporary folder of what a URL names.

mod backend;
mod change;
mod clone;
mod committed;
mod delta;
mod environment;
mod error;
mod folder;
mod history;
mod id;
mod index;
mod message;
mod object;
mod path;
mod provenance;
mod reading;
mod rename;
mod repository;
mod revision;
mod scope;
mod stage;
mod staged;
mod stash;
mod survey;
mod texts;
mod tree;
mod walk;
mod wanted;
mod worktree;

pub use change::{Change, Changes, Comparison, Content, ReadError, Reader};
pub use clone::{Address, AddressError, CloneError, Cloned};
pub use committed::Committed;
pub use environment::Environment;
pub use error::GitError;
pub use history::{History, HistoryEnd, Past};
pub use id::Id;
pub use provenance::Provenance;
pub use repository::Repository;
pub use scope::Scope;
pub use stage::{StageError, Staged, Stager};
pub use stash::Stash;
pub use texts::Texts;
pub use walk::{Guide, SKIPPED_FOLDERS, WalkError, Walked, walk};
