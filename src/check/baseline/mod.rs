//! A baseline: the findings that were there when a team began, and are to be told of no more.
//!
//! A finding is known by its file, its symbol, its rule and what it is about, never by its line. Where the file is gone, or
//! the symbol from it, the code itself tells: a renamed file or a moved or renamed function brings its findings along. Each
//! row answers for as many findings as it counts, so that a second fault of the same name is a new one.

mod file;
mod matcher;
mod moved;

pub use file::{BaselineError, Row, parse, write};
pub use matcher::{Known, Matcher};

/// The JSON Schema of a baseline.
pub fn schema() -> serde_json::Value {
    file::schema()
}
