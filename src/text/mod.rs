//! Text and positions in it: what every other room stands on.

mod edit;
mod fnv;
mod json_place;
mod line_index;
mod source_file;
mod span;

pub use edit::{Applicability, Edit};
pub use fnv::Fnv;
pub use json_place::{JsonPlace, json_complaint};
pub use line_index::{LineIndex, Position};
pub use source_file::SourceFile;
pub use span::Span;
