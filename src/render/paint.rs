//! The colours of screens: rustc's, or none.

use anstyle::{AnsiColor, Style};

use super::Run;
use crate::rules::Severity;

/// The styles of one run. `{style}text{style:#}` writes nothing around the text where the run has no
/// colours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paint {
    error: Style,
    warning: Style,
    /// Line numbers, the frame, context.
    pub frame: Style,
    /// A message, the word `help`.
    pub strong: Style,
}

impl Paint {
    /// The styles of `run`.
    pub(super) fn new(run: &Run) -> Self {
        if !run.colour {
            let none = Style::new();
            return Self {
                error: none,
                warning: none,
                frame: none,
                strong: none,
            };
        }
        Self {
            error: AnsiColor::BrightRed.on_default().bold(),
            warning: AnsiColor::Yellow.on_default().bold(),
            frame: AnsiColor::BrightBlue.on_default().bold(),
            strong: Style::new().bold(),
        }
    }

    /// The style of a severity.
    pub(super) const fn severity(self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
        }
    }
}
