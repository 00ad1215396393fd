//! What a user types of mending.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::args::Check;

/// What is done with mended files.
#[derive(Debug, Args)]
#[command(next_help_heading = "Mending")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag that a user types"
)]
pub(super) struct Mending {
    /// Print a patch that `git apply` takes, and write nothing
    #[arg(long)]
    pub(super) diff: bool,
    /// Write mended copies below this folder, and leave the sources as they are
    #[arg(long, value_name = "DIR", conflicts_with = "diff")]
    pub(super) output: Option<PathBuf>,
    /// Take words away too: entries of parameters and exceptions that are gone
    #[arg(long)]
    pub(super) unsafe_fixes: bool,
    /// Write placeholders where words are missing; `check` goes on finding them (DG802)
    #[arg(long)]
    pub(super) skeleton: bool,
    /// Turn docstrings into this style
    #[arg(long, value_name = "STYLE")]
    pub(super) to_style: Option<StyleChoice>,
    /// Mend what is staged, too: the index and the worktree, where the two agree
    #[arg(long, conflicts_with_all = ["diff", "output"])]
    pub(super) stage: bool,
    /// Show what would become of each file, and ask whether it may
    #[arg(long, conflicts_with_all = ["diff", "quiet"])]
    pub(super) interactive: bool,
    /// Exit 1 when something was mended
    #[arg(long)]
    pub(super) exit_non_zero_on_fix: bool,
    /// Ask no AI; none is asked unless one is chosen
    #[arg(long)]
    pub(super) no_ai: bool,
}

impl Check {
    /// How `--fix` mends.
    pub(super) fn mending(&self) -> Mending {
        Mending {
            diff: false,
            output: None,
            unsafe_fixes: self.unsafe_fixes,
            skeleton: false,
            to_style: None,
            stage: false,
            interactive: false,
            exit_non_zero_on_fix: false,
            no_ai: true,
        }
    }
}

/// The styles that docstrings can be turned into.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum StyleChoice {
    /// `Args:` and an indented block
    Google,
    /// `Parameters` and a line of dashes
    Numpy,
    /// `:param x:`
    Sphinx,
    /// `@param x:`
    Epytext,
}
