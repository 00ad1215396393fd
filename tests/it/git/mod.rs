//! Changes as the real git makes them, seen by docgen.

mod against_git;
mod corners;
mod hooks;
mod kinds;
mod range;
mod sandbox;
mod staged;
mod worktree;
