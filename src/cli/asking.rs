//! What a user types of the AI.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::config::{AiOptions, ProviderChoice};

/// How the AI is asked for words.
#[derive(Debug, Args)]
#[command(next_help_heading = "AI")]
pub(super) struct Asking {
    /// The provider that is asked for what needs words; its key comes from the environment
    #[arg(long, value_name = "PROVIDER", conflicts_with_all = ["no_ai", "skeleton"])]
    pub(super) provider: Option<ProviderChoice>,
    /// The model
    #[arg(long, value_name = "MODEL")]
    pub(super) model: Option<String>,
    /// Ask in jobs that the provider works off within a day, at half the price: print their ids and write nothing;
    /// `docgen batch apply` does that once they are done
    #[arg(long, conflicts_with_all = [
        "no_ai", "skeleton", "diff", "output", "stage", "interactive", "exit_non_zero_on_fix",
    ])]
    pub(super) batch: bool,
    /// Print what would be asked and what it would cost; ask and write nothing
    #[arg(long, conflicts_with = "no_ai")]
    pub(super) estimate: bool,
    /// The most that this run may cost, in US dollars
    #[arg(long, value_name = "USD", value_parser = dollars)]
    pub(super) max_cost: Option<f64>,
    /// The most seconds that this run may take
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) timeout: Option<u64>,
    /// Write the symbols that got no words, and why, to this file
    #[arg(long, value_name = "FILE")]
    pub(super) failed: Option<PathBuf>,
    /// No line on the terminal that tells how far the run is
    #[arg(long)]
    pub(super) no_progress: bool,
    /// Ask only for the symbols in this file, which `--failed` wrote
    #[arg(long, value_name = "FILE")]
    pub(super) retry_failed: Option<PathBuf>,
}

impl Asking {
    /// What is asked of this provider, and nothing else.
    pub(super) const fn of(provider: Option<ProviderChoice>) -> Self {
        Self {
            provider,
            model: None,
            batch: false,
            estimate: false,
            max_cost: None,
            timeout: None,
            failed: None,
            no_progress: true,
            retry_failed: None,
        }
    }

    /// The flags as a layer of settings.
    pub(super) fn options(&self) -> AiOptions {
        AiOptions {
            provider: self.provider,
            model: self.model.clone(),
            max_cost: self.max_cost,
            ..AiOptions::default()
        }
    }
}

/// Reads an amount of money.
fn dollars(text: &str) -> Result<f64, String> {
    let amount = text.trim_start_matches('$').parse::<f64>().ok();
    let amount = amount.filter(|it| it.is_finite() && *it >= 0.0);
    amount.ok_or_else(|| "an amount in US dollars, such as 0.50".to_owned())
}

/// `docgen cache`.
#[derive(Debug, Args)]
pub(super) struct Cache {
    #[command(subcommand)]
    pub(super) what: CacheCommand,
}

/// What of the kept answers.
#[derive(Debug, Subcommand)]
pub(super) enum CacheCommand {
    /// How many there are, and how they served
    Stats,
    /// Forget them
    Clear {
        /// Only those with this tag: `file:PATH`, `symbol:NAME`, `model:NAME`, `project:NAME`
        #[arg(long, value_name = "TAG")]
        tag: Option<String>,
    },
}
