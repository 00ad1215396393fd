//! Work that could not be done: what went wrong, whose fault it is, what to do.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::config::ConfigError;
use crate::git::GitError;

/// A reason for exit code 2.
#[derive(Debug)]
pub(super) struct Failure {
    kind: Kind,
    message: String,
    /// What to do, each a sentence fragment.
    hints: Vec<String>,
    /// The file at fault, its text and the bytes in it.
    source: Option<(String, String, std::ops::Range<usize>)>,
}

/// Whose fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The command line's.
    Usage,
    /// A setting's.
    Config,
    /// The repository's.
    Git,
    /// The machine's: a disk, a permission.
    Machine,
}

impl Failure {
    pub(super) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hints: Vec::new(),
            source: None,
        }
    }

    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same with another text wherever it names a file.
    #[must_use]
    pub(super) fn told(mut self, text: impl Fn(&str) -> String) -> Self {
        self.message = text(&self.message);
        self.hints = self.hints.iter().map(|it| text(it)).collect();
        if let Some((path, ..)) = &mut self.source {
            *path = text(path);
        }
        self
    }

    /// The bytes at fault, in a file of this text.
    #[must_use]
    pub(super) fn at(mut self, path: &Path, text: String, span: std::ops::Range<usize>) -> Self {
        self.source = Some((shown(path), text, span));
        self
    }

    /// The exit code: 2, whatever the kind (`contract.md`: the work could not be done).
    pub(super) const EXIT_CODE: u8 = 2;

    /// Drawn with the renderer that draws findings.
    pub(super) fn draw(&self, renderer: &Renderer) -> String {
        let title = Level::ERROR
            .with_name(Some(self.kind.word()))
            .primary_title(&self.message);
        let mut group = match &self.source {
            Some((path, text, span)) => title.element(
                Snippet::source(text.as_str())
                    .path(path.as_str())
                    .annotation(AnnotationKind::Primary.span(span.clone())),
            ),
            None => Group::with_title(title),
        };
        for hint in &self.hints {
            group = group.element(Level::HELP.message(hint.as_str()));
        }
        let mut drawn = renderer.render(&[group]);
        if !drawn.ends_with('\n') {
            drawn.push('\n');
        }
        drawn
    }
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Usage => "usage error",
            Self::Config => "wrong setting",
            Self::Git => "git error",
            Self::Machine => "error",
        }
    }
}

/// An error and all that caused it, in one line.
pub(super) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let said = error.to_string();
        // Some libraries repeat their cause in their own message.
        if !text.contains(&said) {
            let _ = write!(text, ": {said}");
        }
        cause = error.source();
    }
    text
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        match error {
            ConfigError::Wrong {
                path,
                text,
                span,
                message,
                hint,
            } => {
                let mut failure = Self::new(Kind::Config, message);
                let shown = shown(&path);
                match span {
                    Some(span) => failure.source = Some((shown, text, span)),
                    None => failure.message = format!("{shown}: {}", failure.message),
                }
                failure.hints.extend(hint);
                failure
            }
            ConfigError::Value { message, hint } => {
                let mut failure = Self::new(Kind::Config, message);
                failure.hints.extend(hint);
                failure
            }
            ConfigError::Unreadable { .. } => Self::new(Kind::Config, chain(&error)),
        }
    }
}

impl From<GitError> for Failure {
    fn from(error: GitError) -> Self {
        Self {
            hints: error.hints(),
            ..Self::new(Kind::Git, chain(&error))
        }
    }
}

/// A path with `/` between its parts.
fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
