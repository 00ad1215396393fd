//! `docgen batch`, and `docgen fix --batch`: jobs that a provider works off when it has the time.

mod apply;
mod parcel;
mod status;
mod submit;

use std::sync::Arc;

use clap::{Args, Subcommand, ValueEnum};

pub(super) use self::apply::{Applying, told};
pub(super) use self::submit::submit;

use super::args::{self, Global};
use super::asking::Asking;
use super::failure::{Failure, Kind};
use super::fix;
use super::log::Logging;
use super::measuring::Measuring;
use super::mending::Mending;
use super::screen::Screen;
use super::scribe;
use super::session;
use crate::ai::{self, Session};
use crate::config::ProviderChoice;

/// `docgen batch`.
#[derive(Debug, Args)]
pub(super) struct Batch {
    #[command(subcommand)]
    what: BatchCommand,
}

/// What of jobs.
#[derive(Debug, Subcommand)]
enum BatchCommand {
    /// Tell how far jobs are
    Status(Jobs),
    /// Write what jobs have brought, as far as it is right: mend as `fix` does, and ask nobody
    Apply(Box<Apply>),
    /// End jobs before their time; what was answered until then can be applied
    Cancel(Jobs),
}

/// Jobs, and whose they are.
#[derive(Debug, Args)]
struct Jobs {
    /// The jobs, by the ids that `docgen fix --batch` printed
    #[arg(value_name = "ID", required = true, value_delimiter = ',', value_parser = id)]
    ids: Vec<String>,
    /// The provider that has them
    #[arg(long, value_name = "PROVIDER")]
    provider: Option<ProviderChoice>,
    /// How they are told of
    #[arg(long = "output-format", value_name = "FORMAT", default_value = "text")]
    format: FormatChoice,
}

/// How jobs are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatChoice {
    /// A line a job
    Text,
    /// A list of objects
    Json,
}

/// `docgen batch apply`.
#[derive(Debug, Args)]
struct Apply {
    /// The job, by the id that `docgen fix --batch` printed; several with commas between
    #[arg(value_name = "ID", value_parser = ids)]
    ids: Ids,
    #[command(flatten)]
    request: args::Request,
    #[command(flatten)]
    mending: Mending,
    #[command(flatten)]
    measuring: Measuring,
    #[command(flatten)]
    logging: Logging,
    /// The provider that has it
    #[arg(long, value_name = "PROVIDER", conflicts_with_all = ["no_ai", "skeleton"], help_heading = "AI")]
    provider: Option<ProviderChoice>,
    /// The model that was asked
    #[arg(long, value_name = "MODEL", help_heading = "AI")]
    model: Option<String>,
    /// Write the symbols that got no words, and why, to this file
    #[arg(long, value_name = "FILE", help_heading = "AI")]
    failed: Option<std::path::PathBuf>,
    /// No line on the terminal that tells how far the run is
    #[arg(long, help_heading = "AI")]
    no_progress: bool,
    /// Print nothing but faults of the run itself; the exit code tells
    #[arg(long, short)]
    quiet: bool,
}

/// Run the command; the exit code.
pub(super) fn run(args: Batch, global: &Global, screen: &Screen) -> Result<u8, Failure> {
    match args.what {
        BatchCommand::Status(jobs) => status::run(&jobs, global, screen, Session::job),
        BatchCommand::Cancel(jobs) => status::run(&jobs, global, screen, Session::cancel),
        BatchCommand::Apply(apply) => {
            let Apply {
                ids,
                request,
                mending,
                measuring,
                logging,
                provider,
                model,
                failed,
                no_progress,
                quiet,
            } = *apply;
            let asking = Asking {
                model,
                failed,
                no_progress,
                batch: true,
                ..Asking::of(provider)
            };
            let fix = args::Fix {
                request,
                mending,
                asking,
                measuring,
                logging,
                quiet,
            };
            fix::run_with(&fix, global, screen, Some(&ids.0))
        }
    }
}

/// The ids of jobs.
#[derive(Clone, Debug)]
struct Ids(Vec<String>);

/// Reads ids with commas between.
fn ids(text: &str) -> Result<Ids, String> {
    let read: Result<Vec<String>, String> = text.split(',').map(id).collect();
    read.map(Ids)
}

/// Reads the id of a job.
fn id(text: &str) -> Result<String, String> {
    let text = text.trim();
    if ai::is_plain_id(text) {
        return Ok(text.to_owned());
    }
    Err("an id that `docgen fix --batch` printed".to_owned())
}

/// The session with the provider of `asking`, who has jobs.
fn opened(asking: &Asking, global: &Global, screen: &Screen) -> Result<Session, Failure> {
    let settings = scribe::settings(global, screen, Some(asking))?;
    let Some(account) = settings.account.clone() else {
        return Err(without_provider());
    };
    let session = session::begin(account, &settings, screen, true, &Arc::default())?;
    with_jobs(&session)?;
    Ok(session)
}

/// Nobody chose a provider.
pub(super) fn without_provider() -> Failure {
    let failure = Failure::new(Kind::Usage, "`docgen batch` needs a provider");
    failure.hint("give `--provider`, or set `ai.provider`")
}

/// Whether the provider has jobs.
fn with_jobs(session: &Session) -> Result<(), Failure> {
    let client = session.client();
    if client.batching().is_some() {
        return Ok(());
    }
    let kind = client.account().kind.word();
    let failure = Failure::new(Kind::Usage, format!("`{kind}` has no batch API here"));
    Err(failure.hint(
        "`openai`, `azure` and `anthropic` have one; `docgen fix` without `--batch` asks at once",
    ))
}

/// What the provider or the way to it is to blame for.
fn failed(id: &str, error: &ai::AskError) -> Failure {
    Failure::new(Kind::Machine, format!("{id}: {error}"))
}

/// What is kept of a job in the store, to give back what it did not use.
fn record(id: &str) -> String {
    format!("batch-job:{id}")
}

/// What the questions of a job are tagged with while their answers are waited for.
fn tag(id: &str) -> String {
    format!("batch:{id}")
}
