//! docgen holds Python docstrings to what the code says.
//!
//! The map, from the ground up; a module uses only floors below its own
//! (`ARCHITECTURE.md` tells the whole story, `tests/it/architecture.rs` holds it):
//!
//! | floor | rooms |
//! |---|---|
//! | 8 | [`cli`] |
//! | 7 | [`config`] |
//! | 6 | [`render`] |
//! | 5 | [`fix`] |
//! | 4 | [`check`] |
//! | 3 | [`rules`] |
//! | 2 | [`contract`], [`ai`] |
//! | 1 | [`python`], [`docstring`], [`git`], [`store`], [`meter`] |
//! | 0 | [`text`] |

pub mod ai;
pub mod check;
pub mod cli;
pub mod config;
pub mod contract;
pub mod docstring;
pub mod fix;
pub mod git;
pub mod meter;
pub mod python;
pub mod render;
pub mod rules;
pub mod store;
pub mod text;
