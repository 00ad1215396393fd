//! A run as Markdown: for a comment, a step summary, a mail.

use std::fmt::Write as _;

use super::Recount;
use super::words::{bytes, counted, dollars, grouped, percent, rate, seconds, title, verdict};
use crate::meter::{Fate, Record, SymbolRecord, moment};
use crate::render::harmless::harmless;

/// So many symbols of a kind are listed: GitHub refuses a step summary of more than one megabyte.
const LISTED: usize = 200;
/// A trend in characters.
const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

pub(super) fn draw(recount: &Recount) -> String {
    let run = &recount.run;
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "## docgen {}: {}\n\n{}\n",
        code_free(&run.command),
        code_free(&run.project),
        code_free(&verdict(run))
    );
    figures(&mut text, run);
    for fate in Fate::ALL.into_iter().filter(|it| *it != Fate::Complete) {
        symbols(&mut text, fate, &recount.symbols(fate), run);
    }
    operations(&mut text, run);
    faults(&mut text, run);
    trend(&mut text, recount);
    let _ = writeln!(
        text,
        "\n<sub>Run {} of {}, docgen {}.</sub>",
        run.id,
        moment(run.began),
        run.version
    );
    text
}

fn figures(text: &mut String, run: &Record) {
    let mut rows: Vec<(&str, String)> = Vec::new();
    if run.command != "score" {
        rows.push(("Success rate", rate(run.success_rate())));
    }
    for fate in Fate::ALL {
        let count = run.outcomes.count(fate);
        if count > 0 {
            rows.push((title(fate), grouped(count)));
        }
    }
    let score = match (run.score_before, run.score) {
        (Some(before), Some(after)) if run.command != "score" => {
            Some(format!("{} → {}", percent(before), percent(after)))
        }
        (_, after) => after.map(percent),
    };
    rows.extend(score.map(|it| ("Score", it)));
    if let Some(model) = &run.model {
        let provider = run.provider.as_deref().unwrap_or_default();
        rows.push((
            "Model",
            format!("{} ({})", code(model), code_free(provider)),
        ));
        let retries = counted(run.retries, "retry").replace("retrys", "retries");
        rows.push(("Requests", format!("{}, {retries}", grouped(run.requests))));
        let tokens = run.tokens;
        let told = format!(
            "{} in ({} cached), {} out",
            grouped(tokens.input),
            grouped(tokens.cached),
            grouped(tokens.output)
        );
        rows.push(("Tokens", told));
        rows.push(("Cost", dollars(run.dollars())));
        rows.push(("Answers from the store", rate(run.cache.hit_rate())));
    }
    rows.push(("Time", seconds(run.seconds)));
    if let Some(peak) = run.process.peak_memory {
        rows.push(("Peak memory", bytes(peak)));
    }
    text.push_str("| | |\n|---|---:|\n");
    for (name, value) in rows {
        let _ = writeln!(text, "| {name} | {value} |");
    }
}

fn symbols(text: &mut String, fate: Fate, symbols: &[&SymbolRecord], run: &Record) {
    if symbols.is_empty() {
        return;
    }
    let (has_words, is_score) = (run.model.is_some(), run.command == "score");
    let _ = writeln!(text, "\n### {}\n", heading(fate, run));
    let mut heads = vec!["Symbol"];
    let mut ends = vec!["---"];
    if is_score {
        heads.push("Score");
        ends.push("---:");
    } else if fate != Fate::Mended {
        heads.extend(["Left", "Why"]);
        ends.extend(["---:", "---"]);
    }
    if has_words {
        heads.extend(["Tries", "Tokens", "Cost"]);
        ends.extend(["---:", "---:", "---:"]);
    }
    let _ = writeln!(text, "| {} |\n|{}|", heads.join(" | "), ends.join("|"));
    for it in symbols.iter().take(LISTED) {
        let mut cells = vec![format!("{} {}", code(&it.path), code(&it.qualname))];
        if is_score {
            cells.push(it.score.map_or_else(String::new, percent));
        } else if fate != Fate::Mended {
            cells.push(grouped(it.left));
            cells.push(code_free(&it.reason));
        }
        if has_words {
            cells.extend(effort(it));
        }
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    if let Some(more) = symbols.len().checked_sub(LISTED).filter(|it| *it > 0) {
        let _ = writeln!(text, "\n{} more are not shown.", grouped(more as u64));
    }
}

/// What a section of symbols is called.
fn heading(fate: Fate, run: &Record) -> &'static str {
    if run.command == "score" {
        "Incomplete"
    } else {
        title(fate)
    }
}

fn effort(it: &SymbolRecord) -> [String; 3] {
    let effort = it.effort;
    if effort.is_kept && effort.tries == 0 {
        return ["kept".to_owned(), "0".to_owned(), "$0".to_owned()];
    }
    #[expect(clippy::cast_precision_loss, reason = "amounts of money")]
    let cost = dollars(effort.micros as f64 / 1e6);
    let tokens = effort.tokens.input + effort.tokens.output;
    [grouped(effort.tries), grouped(tokens), cost]
}

fn operations(text: &mut String, run: &Record) {
    if run.timings.is_empty() {
        return;
    }
    text.push_str("\n### What took how long\n\n| | Times | Went well | Mean | p50 | p95 | p99 |\n|---|---:|---:|---:|---:|---:|---:|\n");
    for it in &run.timings {
        let times = [it.mean, it.p50, it.p95, it.p99].map(seconds).join(" | ");
        let well = rate(it.success_rate());
        let _ = writeln!(
            text,
            "| {} | {} | {well} | {times} |",
            it.name,
            grouped(it.count)
        );
    }
}

fn faults(text: &mut String, run: &Record) {
    if run.faults.is_empty() {
        return;
    }
    text.push_str("\n### What went wrong\n\n| Times | | |\n|---:|---|---|\n");
    for it in run.faults.iter().take(10) {
        let (kind, told) = (code_free(&it.kind), code_free(&it.text));
        let _ = writeln!(text, "| {} | {kind} | {told} |", grouped(it.count));
    }
}

fn trend(text: &mut String, recount: &Recount) {
    let runs = recount.trend();
    if runs.len() < 2 {
        return;
    }
    let _ = writeln!(
        text,
        "\n### Trend\n\nThe last {} runs in this project, the newest at the right.\n\n| | | Now |\n|---|---|---:|",
        runs.len()
    );
    let mut row =
        |name: &str, value: fn(&Record) -> Option<f64>, now: String, most: Option<f64>| {
            let values: Vec<Option<f64>> = runs.iter().map(|it| value(it)).collect();
            if values.iter().any(Option::is_some) {
                let _ = writeln!(text, "| {name} | {} | {now} |", spark(&values, most));
            }
        };
    let run = &recount.run;
    if run.command != "score" {
        row(
            "Success rate",
            Record::success_rate,
            rate(run.success_rate()),
            Some(1.0),
        );
    }
    let score = run.score.map_or_else(String::new, percent);
    row("Score", |it| it.score, score, Some(100.0));
    if run.model.is_some() {
        row(
            "Cost",
            |it| Some(it.dollars()),
            dollars(run.dollars()),
            None,
        );
    }
    row("Time", |it| Some(it.seconds), seconds(run.seconds), None);
}

/// Values as bars of characters, from 0 to `most` or to the largest.
#[expect(clippy::cast_sign_loss, reason = "values are not less than 0")]
fn spark(values: &[Option<f64>], most: Option<f64>) -> String {
    let largest = values.iter().flatten().copied().fold(0.0, f64::max);
    let most = most.unwrap_or(largest).max(f64::MIN_POSITIVE);
    let bar = |it: &Option<f64>| match it {
        Some(value) => STEPS[((value / most).clamp(0.0, 1.0) * 7.0).round() as usize],
        None => ' ',
    };
    values.iter().map(bar).collect()
}

/// A name as code; `|` would end the cell, and a backquote the code.
fn code(name: &str) -> String {
    let name = harmless(name).replace('|', "\\|");
    if name.contains('`') {
        format!("`` {name} ``")
    } else {
        format!("`{name}`")
    }
}

/// A text of unknown origin, of which nothing is markup.
fn code_free(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in harmless(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '!' | '~' | '@' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trend_is_drawn_in_characters() {
        assert_eq!(
            spark(&[Some(0.0), None, Some(0.5), Some(1.0)], Some(1.0)),
            "▁ ▅█"
        );
        assert_eq!(spark(&[Some(0.0), Some(2.0)], None), "▁█");
        assert_eq!(spark(&[Some(0.0)], None), "▁");
    }

    #[test]
    fn names_are_no_markup() {
        assert_eq!(code("a|b`c"), "`` a\\|b`c ``");
        assert_eq!(code_free("<b>|*x*\n"), "&lt;b&gt;\\|\\*x\\*␊");
    }
}
