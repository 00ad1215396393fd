//! Which files there are and which changed: the walk, the repository, where old and new text lie.
//!
//! libgit2 reads objects and the index; nothing here writes.

mod change;

pub use change::{Change, Comparison, Content, ReadError, Reader};
