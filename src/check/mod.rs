//! From changes to a report: pure, through the reader it is given.

mod report;

pub use report::{FileReport, Summary, SymbolReport};
