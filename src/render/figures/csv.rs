//! Figures as CSV (RFC 4180).

use std::fmt::Write as _;

use super::rounded;
use crate::meter::{Fate, Record, moment};

/// A line a figure: what it is of, which of them, what is counted, and the value.
pub(super) fn run(record: &Record) -> String {
    let mut sheet = Sheet::new(record);
    let of_run = |it: &mut Sheet<'_>, figure, value: f64| it.line("run", "", figure, value);
    of_run(&mut sheet, "seconds", record.seconds);
    of_run(&mut sheet, "exit_code", f64::from(record.exit_code));
    of_run(&mut sheet, "requests", count(record.requests));
    of_run(&mut sheet, "retries", count(record.retries));
    of_run(&mut sheet, "cost_usd", record.dollars());
    sheet.some("run", "", "success_rate", record.success_rate());
    for fate in Fate::ALL {
        let value = count(record.outcomes.count(fate));
        sheet.line("symbols", fate.word(), "count", value);
    }
    sheet.some("score", "before", "percent", record.score_before);
    sheet.some("score", "after", "percent", record.score);
    for it in &record.timings {
        let name = it.name.as_str();
        sheet.line("operation", name, "count", count(it.count));
        sheet.line("operation", name, "successes", count(it.successes));
        for (figure, value) in [
            ("mean_seconds", it.mean),
            ("p50_seconds", it.p50),
            ("p95_seconds", it.p95),
            ("p99_seconds", it.p99),
            ("longest_seconds", it.longest),
            ("total_seconds", it.total),
        ] {
            sheet.line("operation", name, figure, value);
        }
    }
    let tokens = record.tokens;
    for (name, value) in [
        ("input", tokens.input),
        ("cached", tokens.cached),
        ("output", tokens.output),
    ] {
        sheet.line("tokens", name, "count", count(value));
    }
    let cache = record.cache;
    for (name, value) in [
        ("hits", cache.hits),
        ("misses", cache.misses),
        ("errors", cache.errors),
    ] {
        sheet.line("cache", name, "count", count(value));
    }
    sheet.some("cache", "", "hit_rate", cache.hit_rate());
    for it in &record.faults {
        let name = format!("{}: {}", it.kind, it.text);
        sheet.line("error", &name, "count", count(it.count));
    }
    system(&mut sheet, record);
    sheet.text
}

fn system(sheet: &mut Sheet<'_>, record: &Record) {
    let (process, machine) = (record.process, record.machine);
    let bytes = |it: Option<u64>| it.map(count);
    for (of, figure, value) in [
        ("process", "peak_memory_bytes", bytes(process.peak_memory)),
        ("process", "cpu_seconds", process.cpu),
        ("process", "read_bytes", bytes(process.read)),
        ("process", "written_bytes", bytes(process.written)),
        ("machine", "cores", bytes(machine.cores)),
        ("machine", "memory_bytes", bytes(machine.memory)),
        ("machine", "free_memory_bytes", bytes(machine.free_memory)),
        ("machine", "load", machine.load),
        ("machine", "free_disk_bytes", bytes(machine.free_disk)),
        ("machine", "store_bytes", bytes(machine.store)),
    ] {
        sheet.some(of, "", figure, value);
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts below 2^53")]
fn count(number: u64) -> f64 {
    number as f64
}

/// Lines that all begin with the run's own cells.
struct Sheet<'r> {
    record: &'r Record,
    began: String,
    text: String,
}

impl<'r> Sheet<'r> {
    fn new(record: &'r Record) -> Self {
        Self {
            record,
            began: moment(record.began),
            text: "run,began,command,project,of,name,figure,value\r\n".to_owned(),
        }
    }

    fn line(&mut self, of: &str, name: &str, figure: &str, value: f64) {
        let (id, command) = (&self.record.id, &self.record.command);
        let (project, name) = (cell(&self.record.project), cell(name));
        // Writing to a string cannot fail.
        let _ = write!(
            self.text,
            "{id},{},{command},{project},{of},{name},{figure},{}\r\n",
            self.began,
            rounded(value)
        );
    }

    fn some(&mut self, of: &str, name: &str, figure: &str, value: Option<f64>) {
        if let Some(value) = value {
            self.line(of, name, figure, value);
        }
    }
}

/// A text as a cell: what a spreadsheet would take for a formula is no longer one.
pub(super) fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let mark = if is_formula { "'" } else { "" };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{mark}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{mark}{text}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_any_text_and_no_formula() {
        assert_eq!(cell("a b"), "a b");
        assert_eq!(cell("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("@a,b"), "\"'@a,b\"");
        assert_eq!(cell("two\nlines"), "\"two\nlines\"");
    }
}
