//! What a user types to see where a team stands, and to bring docgen to it.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::args::Request;
use super::measuring::Measuring;
use super::remote::Remote;
use crate::render::Level;

/// `docgen score`.
#[derive(Debug, Args)]
pub(super) struct Score {
    #[command(flatten)]
    pub(super) request: Request,
    #[command(flatten)]
    pub(super) remote: Remote,
    /// Exit 1 when the total is below this many per cent
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub(super) fail_under: Option<f64>,
    /// Write the total as a badge (SVG); what is there stays when it says the same
    #[arg(long, value_name = "FILE")]
    pub(super) badge: Option<PathBuf>,
    /// How fine the rows are
    #[arg(long, value_name = "LEVEL")]
    pub(super) per: Option<Level>,
    /// The format of the output
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(super) output_format: ScoreFormat,
    #[command(flatten)]
    pub(super) measuring: Measuring,
    /// Print nothing but faults of the run itself; the exit code tells
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// The formats of `docgen score`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ScoreFormat {
    /// For people
    Table,
    /// For programs: every symbol
    Json,
    /// For a comment or a step summary
    Markdown,
}

/// Reads a number from 0 to 100.
fn percent(text: &str) -> Result<f64, String> {
    let number = text.trim_end_matches('%').parse::<f64>();
    let number = number.ok().filter(|it| (0.0..=100.0).contains(it));
    number.ok_or_else(|| "a number from 0 to 100".to_owned())
}

/// `docgen baseline`.
#[derive(Debug, Args)]
pub(super) struct BaselineArgs {
    #[command(subcommand)]
    pub(super) what: BaselineCommand,
}

/// What is done with a baseline.
#[derive(Debug, Subcommand)]
pub(super) enum BaselineCommand {
    /// Write all that is found now to FILE; `check --baseline FILE` is silent about it
    Write(BaselineTarget),
    /// Drop what was mended since from FILE, and add nothing
    Prune(BaselineTarget),
}

/// A baseline, and what is held against it.
#[derive(Debug, Args)]
pub(super) struct BaselineTarget {
    /// The baseline
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) request: Request,
}

/// `docgen init`.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Replace settings of docgen that are there
    #[arg(long)]
    pub(super) force: bool,
    /// Where docgen is installed from, for the snippets: the address of its repository
    #[arg(long, value_name = "URL")]
    pub(super) repository: Option<String>,
}

/// `docgen rule`.
#[derive(Debug, Args)]
pub(super) struct Rule {
    /// Its code or name; without one, the table
    #[arg(value_name = "RULE")]
    pub(super) rule: Option<String>,
    /// The format of the output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) output_format: RuleFormat,
}

/// The formats of `docgen rule`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum RuleFormat {
    /// For people
    Text,
    /// As in `docs/rules/`
    Markdown,
    /// For programs
    Json,
}
