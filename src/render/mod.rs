//! Reports as bytes, one renderer a format.
//!
//! A run can be large and several formats can be asked for at once, so nothing here holds a whole
//! report: [`Renderer::file`] turns one file into bytes, in parallel and without shared state, and a
//! [`Stream`] puts these pieces together in order. What a format prints is its own, apart from the
//! types it is made from: the format can stay while the code moves.
//!
//! A new format is one file with a [`Renderer`], its line in [`Format`], and its screens in
//! `expected/`, which the tests compare on one shared sample.

mod closing;
mod concise;
mod excerpt;
mod format;
mod full;
#[cfg(test)]
mod full_tests;
mod grouped;
mod harmless;
mod json;
mod json_lines;
mod json_model;
mod paint;
mod renderer;
#[cfg(test)]
mod sample;
mod statistics;
mod stream;
mod symbols;
#[cfg(test)]
mod tests;
mod underline;

pub use closing::{closing_line, comparison_line};
pub use format::Format;
pub use renderer::{Renderer, Run};
pub use statistics::Statistics;
pub use stream::Stream;
pub use symbols::write_symbols;
