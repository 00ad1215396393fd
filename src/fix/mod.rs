//! From a report to mended files: plan, patch, verify, and one door to the disk.
//!
//! Nothing is written that was not judged: a second parser finds the code unchanged, each docstring reads as it was
//! meant to, and the same rules find the cause gone and nothing new.

mod diff;
mod mend;
mod patch;
mod plan;
mod tree;
mod verify;
mod write;

pub use diff::unified;
pub use mend::{Mended, Note, mend};
pub use write::{Door, WriteError};
