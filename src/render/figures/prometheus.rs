//! Figures as Prometheus reads them: for the collector of text files of its node exporter.
//!
//! Names and units follow <https://prometheus.io/docs/practices/naming/>. The run's own name is no label of the
//! others, so that each run goes on with the same series.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::rounded;
use crate::meter::{Fate, Record};

pub(super) fn run(record: &Record) -> String {
    let mut page = Page::default();
    about(&mut page, record);
    symbols(&mut page, record);
    operations(&mut page, record);
    words(&mut page, record);
    system(&mut page, record);
    page.text
}

fn about(page: &mut Page, record: &Record) {
    page.family(
        "docgen_run_info",
        "gauge",
        "The run that these figures are of.",
    );
    let or_none = |it: &Option<String>| it.clone().unwrap_or_default();
    let labels = [
        ("id", record.id.clone()),
        ("command", record.command.clone()),
        ("project", record.project.clone()),
        ("provider", or_none(&record.provider)),
        ("model", or_none(&record.model)),
        ("version", record.version.clone()),
    ];
    let labels: Vec<(&str, &str)> = labels.iter().map(|it| (it.0, it.1.as_str())).collect();
    page.sample("docgen_run_info", &labels, 1.0);
    let began = count(record.began);
    let gauge = "gauge";
    page.one(
        "docgen_run_start_timestamp_seconds",
        gauge,
        "When it began.",
        began,
    );
    page.one(
        "docgen_run_duration_seconds",
        gauge,
        "How long it took.",
        record.seconds,
    );
    let code = f64::from(record.exit_code);
    page.one("docgen_run_exit_code", gauge, "Its exit code.", code);
}

fn symbols(page: &mut Page, record: &Record) {
    page.family(
        "docgen_symbols_total",
        "counter",
        "Symbols, by what became of them.",
    );
    for fate in Fate::ALL {
        let value = count(record.outcomes.count(fate));
        page.sample("docgen_symbols_total", &[("outcome", fate.word())], value);
    }
    if let Some(rate) = record.success_rate() {
        let help = "The share of symbols that something was found of which are mended.";
        page.one("docgen_success_ratio", "gauge", help, rate);
    }
    let scores = [("before", record.score_before), ("after", record.score)];
    if scores.iter().any(|it| it.1.is_some()) {
        page.family(
            "docgen_score_ratio",
            "gauge",
            "How complete docstrings are.",
        );
        for (when, score) in scores {
            if let Some(score) = score {
                page.sample("docgen_score_ratio", &[("when", when)], score / 100.0);
            }
        }
    }
}

fn operations(page: &mut Page, record: &Record) {
    if record.timings.is_empty() {
        return;
    }
    let name = "docgen_operations_total";
    page.family(name, "counter", "What was done, by how it went.");
    for it in &record.timings {
        for (result, value) in [
            ("success", it.successes),
            ("failure", it.count - it.successes.min(it.count)),
        ] {
            let labels = [("operation", it.name.as_str()), ("result", result)];
            page.sample(name, &labels, count(value));
        }
    }
    let name = "docgen_operation_duration_seconds";
    page.family(name, "summary", "How long what was done took.");
    for it in &record.timings {
        let own = ("operation", it.name.as_str());
        for (quantile, value) in [("0.5", it.p50), ("0.95", it.p95), ("0.99", it.p99)] {
            page.sample(name, &[own, ("quantile", quantile)], value);
        }
        page.sample(&format!("{name}_sum"), &[own], it.total);
        page.sample(&format!("{name}_count"), &[own], count(it.count));
    }
}

fn words(page: &mut Page, record: &Record) {
    let counter = "counter";
    let requests = count(record.requests);
    page.one(
        "docgen_requests_total",
        counter,
        "Requests to the provider.",
        requests,
    );
    let retries = count(record.retries);
    page.one(
        "docgen_retries_total",
        counter,
        "Requests made again.",
        retries,
    );
    let tokens = record.tokens;
    page.family("docgen_tokens_total", counter, "Tokens that were billed.");
    for (kind, value) in [
        ("input", tokens.input),
        ("cached_input", tokens.cached),
        ("output", tokens.output),
    ] {
        page.sample("docgen_tokens_total", &[("kind", kind)], count(value));
    }
    let help = "What was paid, in US dollars.";
    page.one("docgen_cost_dollars_total", counter, help, record.dollars());
    page.family(
        "docgen_cache_lookups_total",
        counter,
        "How the store of answers served.",
    );
    let cache = record.cache;
    for (result, value) in [
        ("hit", cache.hits),
        ("miss", cache.misses),
        ("error", cache.errors),
    ] {
        page.sample(
            "docgen_cache_lookups_total",
            &[("result", result)],
            count(value),
        );
    }
    page.family("docgen_errors_total", counter, "What went wrong, by kind.");
    let mut kinds: BTreeMap<&str, u64> = BTreeMap::new();
    for it in &record.faults {
        *kinds.entry(&it.kind).or_default() += it.count;
    }
    for (kind, value) in kinds {
        page.sample("docgen_errors_total", &[("kind", kind)], count(value));
    }
}

fn system(page: &mut Page, record: &Record) {
    let (process, machine) = (record.process, record.machine);
    let bytes = |it: Option<u64>| it.map(count);
    let figures: [(&str, &str, Option<f64>); 10] = [
        (
            "process_peak_memory_bytes",
            "The most memory at once.",
            bytes(process.peak_memory),
        ),
        ("process_cpu_seconds_total", "CPU time.", process.cpu),
        (
            "process_read_bytes_total",
            "Bytes read from disks.",
            bytes(process.read),
        ),
        (
            "process_written_bytes_total",
            "Bytes written to disks.",
            bytes(process.written),
        ),
        (
            "machine_cores",
            "Cores that it may use.",
            bytes(machine.cores),
        ),
        ("machine_memory_bytes", "Memory.", bytes(machine.memory)),
        (
            "machine_free_memory_bytes",
            "Free memory.",
            bytes(machine.free_memory),
        ),
        (
            "machine_load",
            "What wanted to run, over a minute.",
            machine.load,
        ),
        (
            "machine_free_disk_bytes",
            "Free on the store's disk.",
            bytes(machine.free_disk),
        ),
        (
            "store_bytes",
            "The size of the store.",
            bytes(machine.store),
        ),
    ];
    for (name, help, value) in figures {
        let kind = if name.ends_with("_total") {
            "counter"
        } else {
            "gauge"
        };
        if let Some(value) = value {
            page.one(&format!("docgen_{name}"), kind, help, value);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts below 2^53")]
fn count(number: u64) -> f64 {
    number as f64
}

#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    /// What the next samples are.
    fn family(&mut self, name: &str, kind: &str, help: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: f64) {
        self.text.push_str(name);
        for (at, (label, text)) in labels.iter().enumerate() {
            let start = if at == 0 { '{' } else { ',' };
            let _ = write!(self.text, "{start}{label}=\"{}\"", escaped(text));
        }
        let end = if labels.is_empty() { "" } else { "}" };
        let _ = writeln!(self.text, "{end} {}", rounded(value));
    }

    /// A family of one sample without labels.
    fn one(&mut self, name: &str, kind: &str, help: &str, value: f64) {
        self.family(name, kind, help);
        self.sample(name, &[], value);
    }
}

/// A label's value: nothing in it ends it.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_hold_any_text() {
        let mut page = Page::default();
        page.sample("a", &[("b", "\"x\\\n"), ("c", "")], 0.5);
        page.sample("a", &[], 3.0);
        assert_eq!(page.text, "a{b=\"\\\"x\\\\\\n\",c=\"\"} 0.5\na 3\n");
    }
}
