//! The runs of a project, one below the other: `docgen metrics`.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::csv::cell;
use super::{json, rounded};
use crate::meter::{Fate, Record, moment};
use crate::render::harmless::harmless;
use crate::render::recount::words::{dollars, grouped, percent, rate, seconds};

/// How a history is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum HistoryFormat {
    /// For people
    Table,
    /// For programs
    Json,
    /// For spreadsheets: a line a run
    Csv,
}

/// What `docgen metrics --output-format json` prints.
#[derive(Serialize, JsonSchema)]
pub(super) struct Runs<'r> {
    /// Of this form.
    version: u8,
    tool: json::Tool<'r>,
    project: &'r str,
    /// The newest first; `items` is in none.
    #[serde(rename = "runs")]
    all: Vec<json::Run<'r>>,
}

/// The runs of a project, the newest first.
pub fn history(format: HistoryFormat, project: &str, version: &str, runs: &[Record]) -> String {
    match format {
        HistoryFormat::Table => table(runs),
        HistoryFormat::Csv => csv(runs),
        HistoryFormat::Json => {
            let all = Runs {
                version: 1,
                tool: json::Tool {
                    name: "docgen",
                    version,
                },
                project,
                all: runs.iter().map(|it| json::Run::new(it, None)).collect(),
            };
            // Numbers and texts always make JSON.
            let mut text = serde_json::to_string_pretty(&all).unwrap_or_default();
            text.push('\n');
            text
        }
    }
}

const HEADS: [&str; 12] = [
    "run",
    "began (UTC)",
    "command",
    "model",
    "mended",
    "success",
    "score",
    "requests",
    "tokens",
    "cost",
    "p95",
    "time",
];

fn table(runs: &[Record]) -> String {
    let rows: Vec<[String; 12]> = runs.iter().map(row).collect();
    let mut widths = HEADS.map(|it| it.chars().count());
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for row in [HEADS.map(str::to_owned)].iter().chain(&rows) {
        let mut line = String::new();
        for (at, (cell, width)) in row.iter().zip(widths).enumerate() {
            let gap = if at == 0 { "" } else { "  " };
            // Names stand left, numbers right. Writing to a string cannot fail.
            let _ = if at < 4 {
                write!(line, "{gap}{cell:width$}")
            } else {
                write!(line, "{gap}{cell:>width$}")
            };
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn row(run: &Record) -> [String; 12] {
    let began = moment(run.began);
    let asked = |it: String| {
        if run.model.is_some() {
            it
        } else {
            "–".to_owned()
        }
    };
    let tokens = run.tokens.input + run.tokens.output;
    let mends = run.command != "score";
    let mended = format!("{} of {}", run.outcomes.mended, run.outcomes.wanting());
    [
        run.id.chars().take(8).collect(),
        began.get(..16).unwrap_or_default().replace('T', " "),
        harmless(&run.command).into_owned(),
        run.model
            .as_deref()
            .map_or_else(|| "–".to_owned(), |it| harmless(it).into_owned()),
        if mends { mended } else { "–".to_owned() },
        if mends {
            rate(run.success_rate())
        } else {
            "–".to_owned()
        },
        run.score.map_or_else(|| "–".to_owned(), percent),
        asked(grouped(run.requests)),
        asked(grouped(tokens)),
        asked(dollars(run.dollars())),
        waits(run).map_or_else(|| "–".to_owned(), seconds),
        seconds(run.seconds),
    ]
}

/// What 95 of 100 requests took no longer than.
fn waits(run: &Record) -> Option<f64> {
    let mut requests = run.timings.iter().filter(|it| it.name == "request");
    requests.next().map(|it| it.p95)
}

fn csv(runs: &[Record]) -> String {
    let mut text = "run,began,command,project,provider,model,version,seconds,exit_code,".to_owned();
    for fate in Fate::ALL {
        let _ = write!(text, "symbols_{},", fate.word());
    }
    text.push_str(
        "success_rate,score_before,score,requests,retries,tokens_input,tokens_cached,tokens_output,cost_usd,\
         cache_hits,cache_misses,cache_errors,request_p50_seconds,request_p95_seconds,request_p99_seconds,\
         errors,peak_memory_bytes,cpu_seconds\r\n",
    );
    for run in runs {
        let mut cells: Vec<String> = vec![run.id.clone(), moment(run.began)];
        cells.extend([&run.command, &run.project].map(|it| cell(it)));
        cells.extend([&run.provider, &run.model].map(|it| cell(it.as_deref().unwrap_or_default())));
        cells.push(cell(&run.version));
        cells.extend([rounded(run.seconds).to_string(), run.exit_code.to_string()]);
        cells.extend(Fate::ALL.map(|it| run.outcomes.count(it).to_string()));
        let some = |it: Option<f64>| it.map_or_else(String::new, |it| rounded(it).to_string());
        cells.extend([run.success_rate(), run.score_before, run.score].map(some));
        let (tokens, cache) = (run.tokens, run.cache);
        let counts = [
            run.requests,
            run.retries,
            tokens.input,
            tokens.cached,
            tokens.output,
        ];
        cells.extend(counts.map(|it| it.to_string()));
        cells.push(rounded(run.dollars()).to_string());
        cells.extend([cache.hits, cache.misses, cache.errors].map(|it| it.to_string()));
        let request = run.timings.iter().find(|it| it.name == "request");
        let times = request.map_or([None; 3], |it| [it.p50, it.p95, it.p99].map(Some));
        cells.extend(times.map(some));
        let errors: u64 = run.faults.iter().map(|it| it.count).sum();
        cells.push(errors.to_string());
        cells.push(
            run.process
                .peak_memory
                .map_or_else(String::new, |it| it.to_string()),
        );
        cells.push(some(run.process.cpu));
        let _ = write!(text, "{}\r\n", cells.join(","));
    }
    text
}
