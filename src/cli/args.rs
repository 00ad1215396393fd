//! What a user types.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::adoption::{BaselineArgs, Init, Rule, Score};
use super::asking::{Asking, Cache};
use super::batch::Batch;
use super::completions::Completions;
use super::deferred::Deferred;
use super::docs::Docs;
use super::log::Logging;
use super::man::Manual;
use super::measuring::Measuring;
use super::mending::Mending;
use super::metrics::Metrics;
use super::recount::Report;
use super::remote::Remote;
use super::symbols::Symbols;
use crate::config::{FailOn, Gate, Options};
use crate::render::Format;

/// Hold Python docstrings to what the code says.
#[derive(Debug, Parser)]
#[command(
    name = "docgen",
    version,
    max_term_width = 100,
    disable_help_subcommand = true
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) global: Global,
}

/// Flags of every command.
#[derive(Debug, Args)]
pub(super) struct Global {
    /// When to colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
    /// Use this file of settings for every file, instead of the nearest
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "isolated")]
    pub(super) config: Option<PathBuf>,
    /// Heed no file of settings
    #[arg(long, global = true)]
    pub(super) isolated: bool,
    /// Read settings from the variables of this file, too; the environment's come before them
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) env_file: Option<PathBuf>,
}

/// When output is coloured.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Keep silent about what is found today
    Baseline(Deferred<Box<BaselineArgs>>),
    /// Follow the AI's jobs, and write what they have brought
    Batch(Deferred<Batch>),
    /// Show or forget the AI's kept answers
    Cache(Deferred<Cache>),
    /// Find what docstrings lack or get wrong
    Check(Deferred<Box<Check>>),
    /// Print what a shell needs to complete docgen's arguments
    Completions(Deferred<Completions>),
    /// Show the settings that hold, or what they may be
    Config(Deferred<Config>),
    /// Write Markdown pages of what the code declares and its docstrings say
    Docs(Deferred<Docs>),
    /// Mend what `check` finds, as far as the code tells the answer
    Fix(Deferred<Box<Fix>>),
    /// Write settings to start from, out of what other tools are told here
    Init(Deferred<Init>),
    /// Print a manual page
    Man(Deferred<Manual>),
    /// Show the runs that are kept of this project, in numbers
    Metrics(Deferred<Metrics>),
    /// Show the AI's models with their limits and prices
    Models,
    /// Tell of a run: what became of each symbol, what it took, how it compares with those before it
    Report(Deferred<Report>),
    /// Explain a rule, or list them all
    Rule(Deferred<Rule>),
    /// Tell how complete and how good the docstrings are
    Score(Deferred<Box<Score>>),
    /// Print what is read of every symbol
    Symbols(Deferred<Symbols>),
    /// Show what of the AI's budgets is used and left
    Usage,
}

/// `docgen check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) request: Request,
    #[command(flatten)]
    pub(super) remote: Remote,
    #[command(flatten)]
    pub(super) output: Output,
    /// Exit 0 whatever was found
    #[arg(long)]
    pub(super) exit_zero: bool,
    /// Mend what can be mended first, and report what is left
    #[arg(long)]
    pub(super) fix: bool,
    /// With `--fix`: take words away too
    #[arg(long, requires = "fix")]
    pub(super) unsafe_fixes: bool,
    /// Keep silent about the findings of this baseline
    #[arg(long, value_name = "FILE", conflicts_with = "fix")]
    pub(super) baseline: Option<PathBuf>,
}

/// `docgen fix`.
#[derive(Debug, Args)]
pub(super) struct Fix {
    #[command(flatten)]
    pub(super) request: Request,
    #[command(flatten)]
    pub(super) mending: Mending,
    #[command(flatten)]
    pub(super) asking: Asking,
    #[command(flatten)]
    pub(super) measuring: Measuring,
    #[command(flatten)]
    pub(super) logging: Logging,
    /// Print nothing but faults of the run itself; the exit code tells
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// What is to be looked at, and by which rules: the same for all that find.
#[derive(Debug, Args)]
pub(super) struct Request {
    /// Files and folders; `-` is standard input, which `fix` mends to standard output; `check` and `score` take one
    /// repository by its URL
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) scope: Scope,
    #[command(flatten)]
    pub(super) selection: Selection,
    /// The name under which standard input is known
    #[arg(long, value_name = "FILE")]
    pub(super) stdin_filename: Option<String>,
}

/// Which symbols.
#[derive(Debug, Args)]
#[command(next_help_heading = "Scope")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag that a user types"
)]
pub(super) struct Scope {
    /// What would be committed: HEAD against the index
    #[arg(long, group = "scope")]
    pub(super) staged: bool,
    /// What happened since REV: its merge base with HEAD against the worktree
    #[arg(long, value_name = "REV", group = "scope")]
    pub(super) since: Option<String>,
    /// The older end of a range of commits
    #[arg(long, value_name = "A", requires = "to_ref", conflicts_with_all = ["staged", "since", "all"])]
    pub(super) from_ref: Option<String>,
    /// The newer end of a range of commits
    #[arg(long, value_name = "B", requires = "from_ref", conflicts_with_all = ["staged", "since", "all"])]
    pub(super) to_ref: Option<String>,
    /// Compare the ends of the range themselves, not B with the merge base
    #[arg(long, requires = "from_ref")]
    pub(super) direct: bool,
    /// Every symbol of every file
    #[arg(long, group = "scope")]
    pub(super) all: bool,
    /// All rules on each symbol in scope, whatever changed of it
    #[arg(long)]
    pub(super) whole_symbols: bool,
}

/// Which rules; what fails.
#[derive(Debug, Args)]
#[command(next_help_heading = "Rules")]
pub(super) struct Selection {
    /// Rules to run: codes, prefixes, names, `default`, `ALL`
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Option<Vec<String>>,
    /// Rules to run besides
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    extend_select: Option<Vec<String>>,
    /// Rules not to run
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Option<Vec<String>>,
    /// Patterns of files and folders never looked at
    #[arg(long, value_name = "PATTERN", value_delimiter = ',')]
    exclude: Option<Vec<String>>,
    /// The least severity that fails
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// What of a change fails
    #[arg(long, value_name = "GATE")]
    gate: Option<Gate>,
}

/// What is printed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag that a user types"
)]
pub(super) struct Output {
    /// The format of the report
    #[arg(long = "output-format", value_name = "FORMAT", default_value = "full", value_parser = format)]
    pub(super) format: Format,
    /// Write the report to a file too, as FORMAT=FILE; may be given more than once
    #[arg(long = "output", value_name = "FORMAT=FILE", value_parser = sink)]
    pub(super) files: Vec<(Format, PathBuf)>,
    /// Print how often each rule spoke instead of each finding
    #[arg(long)]
    pub(super) statistics: bool,
    /// Print the files that would be looked at, and stop
    #[arg(long)]
    pub(super) show_files: bool,
    /// Print nothing but faults of the run itself; the exit code tells
    #[arg(long, short)]
    pub(super) quiet: bool,
    /// No progress on the terminal
    #[arg(long)]
    pub(super) no_progress: bool,
}

/// `docgen config`.
#[derive(Debug, Args)]
pub(super) struct Config {
    #[command(subcommand)]
    pub(super) what: ConfigCommand,
}

/// What of the settings.
#[derive(Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// The settings of a file or folder, each with where it comes from
    Show {
        /// The file or folder
        #[arg(value_name = "PATH", default_value = ".")]
        path: PathBuf,
    },
    /// A JSON Schema: of the settings, of a complete docstring, or of what docgen writes
    Schema {
        /// Of what
        #[arg(value_name = "WHAT", default_value = "settings")]
        what: SchemaChoice,
    },
}

/// What there are schemas of.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SchemaChoice {
    /// `docgen.toml`, `[tool.docgen]`
    Settings,
    /// A complete docstring: what `schema = "FILE"` replaces
    Docstring,
    /// `docgen check --output-format json`
    Report,
    /// `docgen score --output-format json`
    Score,
    /// `docgen fix --metrics FILE.json`
    Metrics,
    /// `docgen metrics --output-format json`
    History,
    /// `docgen baseline write`
    Baseline,
}

impl Scope {
    /// Whether the user said which symbols are meant.
    pub(super) const fn is_told(&self) -> bool {
        self.staged || self.all || self.since.is_some() || self.from_ref.is_some()
    }

    /// Every symbol of every file: the scope of commands that compare nothing.
    pub(super) fn everything() -> Self {
        Self {
            staged: false,
            since: None,
            from_ref: None,
            to_ref: None,
            direct: false,
            all: true,
            whole_symbols: false,
        }
    }
}

/// Reads the name of a format.
fn format(name: &str) -> Result<Format, String> {
    let found = Format::ALL.iter().copied().find(|it| it.name() == name);
    found.ok_or_else(|| {
        let known: Vec<&str> = Format::ALL.iter().map(|it| it.name()).collect();
        format!("there are {}", known.join(", "))
    })
}

/// Reads `FORMAT=FILE`.
fn sink(text: &str) -> Result<(Format, PathBuf), String> {
    let (name, file) = text
        .split_once('=')
        .ok_or("say FORMAT=FILE, as in json=report.json")?;
    let format = format(name).map_err(|known| format!("no format `{name}`; {known}"))?;
    match file {
        "" => Err("the file's name is missing behind `=`".into()),
        file => Ok((format, PathBuf::from(file))),
    }
}

impl Selection {
    /// The flags as a layer of settings.
    pub(super) fn options(&self, whole_symbols: bool) -> Options {
        Options {
            select: self.select.clone(),
            extend_select: self.extend_select.clone(),
            ignore: self.ignore.clone(),
            exclude: self.exclude.clone(),
            fail_on: self.fail_on,
            gate: whole_symbols.then_some(Gate::Whole).or(self.gate),
            ..Options::default()
        }
    }
}
