//! From a report to mended files: plan, patch, verify, and one door to the disk.
//!
//! Nothing is written that was not judged: a second parser finds the code unchanged, each docstring reads as it was
//! meant to, and the same rules find the cause gone and nothing new.

mod diff;
mod mend;
mod patch;
mod plan;
mod transplant;
mod tree;
mod verify;
mod write;

pub use diff::unified;
pub use mend::{Mended, Note, mend};
pub use transplant::{changed_lines, transplanted};
pub use verify::is_same_code;
pub use write::{Door, WriteError};
