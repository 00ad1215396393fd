//! From changes to a report: pure, through the reader it is given.

pub mod baseline;
mod cause;
mod digest;
mod file;
mod introduced;
mod moves;
mod old;
mod pointer;
mod project;
mod quality;
mod report;
mod run;
mod scope;

#[cfg(test)]
mod tests;

pub use file::check_file;
pub use project::Project;
pub use quality::Quality;
pub use report::{FileReport, Summary, SymbolReport};
pub use run::{Job, run};

use crate::{contract, rules};

/// What `check` needs to know of the settings.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which rules run, and how hard they judge.
    pub rules: rules::Settings,
    /// What is asked of whom.
    pub contract: contract::Settings,
    /// Whether `# noqa` codes of other tools that mean the same are honoured.
    pub noqa_aliases: bool,
    /// What of a change counts.
    pub gate: Gate,
    /// The least severity that fails; `None` where nothing does.
    pub fail_on: Option<rules::Severity>,
    /// Whether the quality of each docstring is measured, too.
    pub measures: bool,
    /// Whether each symbol's code is hashed, so that a baseline knows it again.
    pub digests: bool,
}

impl Settings {
    /// Whether a symbol is in scope where nothing but its body changed.
    fn sees_bodies(&self) -> bool {
        let has_stale = || rules::find("DG901").is_some_and(|it| self.rules.selection.has(it));
        self.gate == Gate::Whole || has_stale()
    }
}

/// What of a change counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Findings of changed facets; those that the old side had are warnings.
    Introduced,
    /// Findings of changed facets.
    Touched,
    /// All findings of every symbol in scope.
    Whole,
}
