//! From changes to a report: pure, through the reader it is given.

mod facets;
mod file;
mod pair;
mod report;
mod run;

pub use file::check_file;
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
