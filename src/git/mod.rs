//! Which files there are and which changed: the walk, the repository, where old and new text lie.
//!
//! libgit2 reads objects and the index; nothing here writes.

mod change;
mod path;
mod texts;
mod walk;

pub use change::{Change, Comparison, Content, ReadError, Reader};
pub use texts::Texts;
pub use walk::{Exclude, SKIPPED_FOLDERS, WalkError, Walked, walk};
