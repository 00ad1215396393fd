//! The lines on standard error: what was compared, and how it ended.

use std::time::Duration;

use crate::check::Summary;
use crate::contract::Score;
use crate::git::Comparison;

/// `comparing 3f2a1c9 (merge base of origin/main) with the index: 4 files, 7 symbols`.
pub fn comparison_line(comparison: &Comparison, summary: &Summary) -> String {
    let scope = if comparison.kind == "all" {
        match comparison.sentence.as_str() {
            "" => "checking every symbol".to_owned(),
            of => format!("checking every symbol of {of}"),
        }
    } else {
        format!("comparing {}", comparison.sentence)
    };
    format!(
        "{scope}: {}, {}",
        counted(summary.files, "file"),
        counted(summary.symbols, "symbol")
    )
}

/// `3 of 7 changed symbols incomplete, score 71.4 (2 errors, 1 warning) in 9 ms`.
pub fn closing_line(comparison: &Comparison, summary: &Summary, took: Duration) -> String {
    let changed = if comparison.kind == "all" {
        "symbol"
    } else {
        "changed symbol"
    };
    let incomplete = summary.symbols.saturating_sub(summary.complete);
    let counts: Vec<String> = [
        (summary.errors, "error"),
        (summary.warnings, "warning"),
        (summary.unreadable, "unreadable file"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, noun)| counted(count, noun))
    .collect();
    let counts = if counts.is_empty() {
        String::new()
    } else {
        format!(" ({})", counts.join(", "))
    };
    format!(
        "{incomplete} of {} incomplete, score {:.1}{counts} in {}",
        counted(summary.symbols, changed),
        percent(summary.score),
        duration(took)
    )
}

/// A score in per cent, to one decimal; never 100 for what is not complete.
pub(super) fn percent(score: Score) -> f64 {
    let rounded = (score.percent() * 10.0).round() / 10.0;
    if score.is_complete() {
        rounded
    } else {
        rounded.min(99.9)
    }
}

/// `1 file`, `2 files`.
pub fn counted(count: u32, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// `9 ms`, `1.8 s`.
pub fn duration(took: Duration) -> String {
    if took < Duration::from_secs(1) {
        format!("{} ms", took.as_millis())
    } else {
        format!("{:.1} s", took.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comparison(kind: &'static str) -> Comparison {
        Comparison {
            kind,
            base: Some("3f2a1c9".to_owned()),
            head: Some("index".to_owned()),
            sentence: "3f2a1c9 (merge base of origin/main) with the index".to_owned(),
        }
    }

    const SUMMARY: Summary = Summary {
        files: 4,
        symbols: 7,
        complete: 4,
        errors: 2,
        warnings: 1,
        failing: 2,
        unreadable: 0,
        score: Score {
            earned: 10,
            possible: 14,
        },
    };

    #[test]
    fn both_lines_are_those_of_the_contract() {
        assert_eq!(
            comparison_line(&comparison("staged"), &SUMMARY),
            "comparing 3f2a1c9 (merge base of origin/main) with the index: 4 files, 7 symbols"
        );
        assert_eq!(
            closing_line(&comparison("staged"), &SUMMARY, Duration::from_millis(9)),
            "3 of 7 changed symbols incomplete, score 71.4 (2 errors, 1 warning) in 9 ms"
        );
    }

    #[test]
    fn with_all_no_symbol_is_called_changed() {
        let line = closing_line(&comparison("all"), &SUMMARY, Duration::from_millis(1250));
        assert_eq!(
            line,
            "3 of 7 symbols incomplete, score 71.4 (2 errors, 1 warning) in 1.2 s"
        );
        let of = |sentence: &str| {
            let comparison = Comparison {
                sentence: sentence.to_owned(),
                ..comparison("all")
            };
            comparison_line(&comparison, &SUMMARY)
        };
        assert_eq!(of(""), "checking every symbol: 4 files, 7 symbols");
        let by_url = "checking every symbol of https://h/it at 3f2a1c9: 4 files, 7 symbols";
        assert_eq!(of("https://h/it at 3f2a1c9"), by_url);
    }

    #[test]
    fn counts_of_one_none_and_the_unreadable() {
        let summary = Summary {
            files: 1,
            symbols: 1,
            complete: 1,
            unreadable: 1,
            ..Summary::default()
        };
        assert_eq!(
            closing_line(&comparison("staged"), &summary, Duration::ZERO),
            "0 of 1 changed symbol incomplete, score 100.0 (1 unreadable file) in 0 ms"
        );
    }

    #[test]
    fn what_is_not_complete_never_scores_a_hundred() {
        let score = Score {
            earned: 99_999,
            possible: 100_000,
        };
        assert!((percent(score) - 99.9).abs() < 1e-9);
    }
}
