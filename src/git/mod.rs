//! Which files there are and which changed: the walk, the repository, where old and new text lie.
//!
//! libgit2 reads objects and the index; nothing here writes.

mod change;
mod delta;
mod error;
mod index;
mod path;
mod provenance;
mod rename;
mod repository;
mod revision;
mod scope;
mod staged;
mod texts;
mod tree;
mod untracked;
mod walk;
mod wanted;
mod worktree;

pub use change::{Change, Changes, Comparison, Content, ReadError, Reader};
pub use error::GitError;
pub use provenance::Provenance;
pub use repository::{Environment, Repository};
pub use scope::Scope;
pub use texts::Texts;
pub use walk::{Exclude, SKIPPED_FOLDERS, WalkError, Walked, walk};
