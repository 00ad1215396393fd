//! A file's text under the name that people know it by.

use std::sync::{Arc, OnceLock};

use super::{LineIndex, Position, Span};

/// A path and its text; cheap to clone, its lines are indexed when first asked for.
#[derive(Clone, Debug)]
pub struct SourceFile {
    path: Arc<str>,
    text: Arc<String>,
    index: Arc<OnceLock<LineIndex>>,
}

impl SourceFile {
    /// `path` as it is shown (`/` between its parts), `text` decoded.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: Arc::new(text.into()),
            index: Arc::default(),
        }
    }

    /// The path as it is shown.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The index of its lines.
    pub fn lines(&self) -> &LineIndex {
        self.index.get_or_init(|| LineIndex::new(&self.text))
    }

    /// Line and column of the byte at `offset`.
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(&self.text, offset)
    }

    /// The text at `span`.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }
}
