//! Text and positions in it: what every other room stands on.

mod edit;
mod line_index;
mod source_file;
mod span;

pub use edit::{Applicability, Edit};
pub use line_index::{LineIndex, Position};
pub use source_file::SourceFile;
pub use span::Span;
