//! Figures as people read them.

use crate::meter::{Fate, Record};

/// `87.5 %`; a dash of nothing. Only what is whole is 100 %.
pub(in crate::render) fn rate(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |it| percent(it * 100.0))
}

/// `87.5 %`.
pub(in crate::render) fn percent(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    let shown = if value < 100.0 {
        rounded.min(99.9)
    } else {
        rounded
    };
    if shown.fract() == 0.0 {
        format!("{shown:.0} %")
    } else {
        format!("{shown:.1} %")
    }
}

/// `$0.0031`, `$12.40`.
pub(in crate::render) fn dollars(amount: f64) -> String {
    match amount {
        ..0.000_000_5 => "$0".to_owned(),
        ..0.01 => format!("${amount:.4}"),
        _ => format!("${amount:.2}"),
    }
}

/// `340 µs`, `12 ms`, `1.8 s`, `3 min 20 s`.
#[expect(clippy::cast_sign_loss, reason = "no time is less than nothing")]
pub(in crate::render) fn seconds(time: f64) -> String {
    match time {
        ..0.001 => format!("{:.0} µs", time * 1e6),
        ..0.01 => format!("{:.1} ms", time * 1e3),
        ..1.0 => format!("{:.0} ms", time * 1e3),
        ..100.0 => format!("{time:.1} s"),
        _ => {
            let whole = time.round() as u64;
            format!("{} min {} s", whole / 60, whole % 60)
        }
    }
}

/// `12,345`.
pub(in crate::render) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `640 MB`.
#[expect(clippy::cast_precision_loss, reason = "sizes for people")]
pub(in crate::render) fn bytes(size: u64) -> String {
    let size = size as f64;
    match size {
        ..1e4 => format!("{size:.0} bytes"),
        ..1e6 => format!("{:.0} kB", size / 1e3),
        ..1e10 => format!("{:.0} MB", size / 1e6),
        _ => format!("{:.0} GB", size / 1e9),
    }
}

/// `1 symbol`, `2 symbols`.
pub(in crate::render) fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(count))
}

/// What became of symbols, for a heading.
pub(super) const fn title(fate: Fate) -> &'static str {
    match fate {
        Fate::Refused => "Not mended",
        Fate::Partly => "Mended in part",
        Fate::Untouched => "Left as they were",
        Fate::Mended => "Mended",
        Fate::Complete => "Complete before",
    }
}

/// In a sentence, how the run went.
pub(in crate::render) fn verdict(run: &Record) -> String {
    let outcomes = run.outcomes;
    if run.command == "score" {
        let incomplete = outcomes.wanting();
        let all = counted(outcomes.all(), "symbol");
        return format!(
            "{} of {all} complete.",
            grouped(outcomes.all() - incomplete)
        );
    }
    let wanting = outcomes.wanting();
    if wanting == 0 {
        return format!(
            "Nothing was to be done in {}.",
            counted(outcomes.all(), "symbol")
        );
    }
    let mended = grouped(outcomes.mended);
    let mut text = format!(
        "{mended} of {} mended",
        counted(wanting, "incomplete symbol")
    );
    if let Some(reason) = &run.ended_early {
        text.push_str("; the run ended early: ");
        text.push_str(reason);
    }
    text.push('.');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_well() {
        assert_eq!(rate(Some(0.99999)), "99.9 %");
        assert_eq!((rate(Some(1.0)), rate(None)), ("100 %".into(), "–".into()));
        assert_eq!(percent(33.33), "33.3 %");
        assert_eq!(
            [0.0, 0.0031, 12.4].map(dollars),
            ["$0", "$0.0031", "$12.40"]
        );
        let told = [0.000_34, 0.0123, 0.4, 1.84, 200.0].map(seconds);
        assert_eq!(told, ["340 µs", "12 ms", "400 ms", "1.8 s", "3 min 20 s"]);
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(grouped),
            ["0", "999", "1,000", "1,234,567"]
        );
        assert_eq!([999, 640_000_000].map(bytes), ["999 bytes", "640 MB"]);
    }
}
