//! Changes as the real git makes them, seen by docgen.

mod corners;
mod hooks;
mod range;
mod sandbox;
mod staged;
mod worktree;
