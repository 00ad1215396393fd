//! Figures as JSON (`schemas/metrics.schema.json`).

use schemars::JsonSchema;
use serde::Serialize;

use super::rounded;
use crate::meter::{
    Effort, Fault, Machine, Outcomes, Process, Record, Served, SymbolRecord, Timing, Tokens, moment,
};

/// What `--metrics FILE.json` writes.
#[derive(Serialize, JsonSchema)]
pub(super) struct Run<'r> {
    /// Of this form.
    version: u8,
    tool: Tool<'r>,
    #[serde(rename = "run")]
    head: Head<'r>,
    symbols: Fates,
    score: Scores,
    /// What was done how often, and how long it took.
    operations: Vec<OperationObject<'r>>,
    /// Requests to the provider.
    requests: u64,
    /// Those of them that were made again.
    retries: u64,
    tokens: TokensObject,
    cost_usd: f64,
    cache: Cache,
    /// The most frequent first.
    errors: Vec<ErrorObject<'r>>,
    process: ProcessObject,
    machine: MachineObject,
    /// What became of each symbol, those that most needs to be said of first.
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Vec<Item<'r>>>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Tool<'r> {
    pub(super) name: &'static str,
    pub(super) version: &'r str,
}

#[derive(Serialize, JsonSchema)]
struct Head<'r> {
    /// What its requests and its lines in a log carry, too.
    id: &'r str,
    command: &'r str,
    project: &'r str,
    provider: Option<&'r str>,
    model: Option<&'r str>,
    /// In UTC, as RFC 3339 writes it.
    began: String,
    seconds: f64,
    exit_code: u8,
    /// Why it ended before its work was done.
    ended_early: Option<&'r str>,
}

/// How many symbols fared how.
#[derive(Serialize, JsonSchema)]
struct Fates {
    /// Nothing was to be done.
    complete: u64,
    /// All that was found is mended.
    mended: u64,
    /// Some of it is.
    partly: u64,
    /// What was tried was not taken, or could not be.
    refused: u64,
    /// Nobody tried.
    untouched: u64,
    /// The share of those that something was found of which are mended; null where nothing was found.
    success_rate: Option<f64>,
}

/// In per cent; null where nothing is asked of any symbol, or nothing was to be changed.
#[derive(Serialize, JsonSchema)]
struct Scores {
    before: Option<f64>,
    after: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
struct OperationObject<'r> {
    name: &'r str,
    count: u64,
    successes: u64,
    success_rate: Option<f64>,
    seconds: Seconds,
}

/// Percentiles are of all values.
#[derive(Serialize, JsonSchema)]
struct Seconds {
    total: f64,
    mean: f64,
    p50: f64,
    p95: f64,
    p99: f64,
    longest: f64,
}

#[derive(Serialize, JsonSchema)]
struct TokensObject {
    /// All of the prompts, those the provider had ready included.
    input: u64,
    cached: u64,
    output: u64,
}

#[derive(Serialize, JsonSchema)]
struct Cache {
    hits: u64,
    misses: u64,
    errors: u64,
    hit_rate: Option<f64>,
}

#[derive(Serialize, JsonSchema)]
struct ErrorObject<'r> {
    kind: &'r str,
    text: &'r str,
    count: u64,
}

/// Null is what the system does not tell.
#[derive(Serialize, JsonSchema)]
struct ProcessObject {
    peak_memory_bytes: Option<u64>,
    cpu_seconds: Option<f64>,
    read_bytes: Option<u64>,
    written_bytes: Option<u64>,
}

/// Null is what the system does not tell.
#[derive(Serialize, JsonSchema)]
struct MachineObject {
    cores: Option<u64>,
    memory_bytes: Option<u64>,
    free_memory_bytes: Option<u64>,
    load: Option<f64>,
    /// Of the disk that the store lies on.
    free_disk_bytes: Option<u64>,
    store_bytes: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
struct Item<'r> {
    path: &'r str,
    qualname: &'r str,
    /// `refused`, `partly`, `untouched`, `mended` or `complete`.
    outcome: &'static str,
    /// Why it was not mended, where it was not.
    reason: &'r str,
    findings_left: u64,
    score: Option<f64>,
    /// How often the AI was asked.
    tries: u64,
    /// Its share of what was billed.
    tokens: TokensObject,
    cost_usd: f64,
    /// How long it waited for answers.
    seconds: f64,
    /// Whether the store had its words.
    from_store: bool,
}

pub(super) fn run(record: &Record) -> String {
    let run = Run::new(record, Some(&record.symbols));
    // Numbers and texts always make JSON.
    let mut text = serde_json::to_string_pretty(&run).unwrap_or_default();
    text.push('\n');
    text
}

impl<'r> Run<'r> {
    pub(super) fn new(record: &'r Record, symbols: Option<&'r [SymbolRecord]>) -> Self {
        Self {
            version: 1,
            tool: Tool {
                name: "docgen",
                version: &record.version,
            },
            head: Head {
                id: &record.id,
                command: &record.command,
                project: &record.project,
                provider: record.provider.as_deref(),
                model: record.model.as_deref(),
                began: moment(record.began),
                seconds: rounded(record.seconds),
                exit_code: record.exit_code,
                ended_early: record.ended_early.as_deref(),
            },
            symbols: Fates::of(record.outcomes, record.success_rate()),
            score: Scores {
                before: record.score_before.map(percent),
                after: record.score.map(percent),
            },
            operations: record.timings.iter().map(Into::into).collect(),
            requests: record.requests,
            retries: record.retries,
            tokens: record.tokens.into(),
            cost_usd: rounded(record.dollars()),
            cache: record.cache.into(),
            errors: record.faults.iter().map(Into::into).collect(),
            process: record.process.into(),
            machine: record.machine.into(),
            items: symbols.map(|it| it.iter().map(Into::into).collect()),
        }
    }
}

/// To one decimal, as scores are shown everywhere; 100 is only what is complete.
fn percent(score: f64) -> f64 {
    let rounded = (score * 10.0).round() / 10.0;
    if score < 100.0 {
        rounded.min(99.9)
    } else {
        rounded
    }
}

impl Fates {
    fn of(it: Outcomes, success_rate: Option<f64>) -> Self {
        Self {
            complete: it.complete,
            mended: it.mended,
            partly: it.partly,
            refused: it.refused,
            untouched: it.untouched,
            success_rate: success_rate.map(rounded),
        }
    }
}

impl<'r> From<&'r Timing> for OperationObject<'r> {
    fn from(it: &'r Timing) -> Self {
        Self {
            name: &it.name,
            count: it.count,
            successes: it.successes,
            success_rate: it.success_rate().map(rounded),
            seconds: Seconds {
                total: rounded(it.total),
                mean: rounded(it.mean),
                p50: it.p50,
                p95: it.p95,
                p99: it.p99,
                longest: it.longest,
            },
        }
    }
}

impl From<Tokens> for TokensObject {
    fn from(it: Tokens) -> Self {
        Self {
            input: it.input,
            cached: it.cached,
            output: it.output,
        }
    }
}

impl From<Served> for Cache {
    fn from(it: Served) -> Self {
        Self {
            hits: it.hits,
            misses: it.misses,
            errors: it.errors,
            hit_rate: it.hit_rate().map(rounded),
        }
    }
}

impl<'r> From<&'r Fault> for ErrorObject<'r> {
    fn from(it: &'r Fault) -> Self {
        Self {
            kind: &it.kind,
            text: &it.text,
            count: it.count,
        }
    }
}

impl From<Process> for ProcessObject {
    fn from(it: Process) -> Self {
        Self {
            peak_memory_bytes: it.peak_memory,
            cpu_seconds: it.cpu.map(rounded),
            read_bytes: it.read,
            written_bytes: it.written,
        }
    }
}

impl From<Machine> for MachineObject {
    fn from(it: Machine) -> Self {
        Self {
            cores: it.cores,
            memory_bytes: it.memory,
            free_memory_bytes: it.free_memory,
            load: it.load,
            free_disk_bytes: it.free_disk,
            store_bytes: it.store,
        }
    }
}

impl<'r> From<&'r SymbolRecord> for Item<'r> {
    fn from(it: &'r SymbolRecord) -> Self {
        let Effort {
            tries,
            tokens,
            micros,
            seconds,
            is_kept,
        } = it.effort;
        Self {
            path: &it.path,
            qualname: &it.qualname,
            outcome: it.fate.word(),
            reason: &it.reason,
            findings_left: it.left,
            score: it.score.map(percent),
            tries,
            tokens: tokens.into(),
            cost_usd: rounded(micros_in_dollars(micros)),
            seconds: rounded(seconds),
            from_store: is_kept,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "amounts of money")]
fn micros_in_dollars(micros: u64) -> f64 {
    micros as f64 / 1e6
}
