//! Scores as Markdown: for a comment or a step summary.

use std::fmt::Write as _;

use super::{FileScores, Level, ScoreSheet, ScoreTotal, completed, measures, shown};

pub(super) fn draw(
    sheet: &ScoreSheet,
    files: &[FileScores],
    total: &ScoreTotal,
    least: f64,
) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "## Docstrings: {:.1} %\n\n{}",
        shown(total.score, least),
        completed(total)
    );
    if total.score.percent() < least {
        let _ = write!(text, "; at least {least} % is asked for");
    }
    text.push_str(".\n");
    if sheet.level == Level::Total && total.quality().is_none() {
        return text;
    }
    text.push_str(
        "\n| | Score | Complete | Consistency | Clarity | Complexity match | Quality |\n\
         |---|---:|---:|---:|---:|---:|---:|\n",
    );
    for file in files.iter().filter(|_| sheet.level != Level::Total) {
        row(&mut text, &code(&file.path), &file.total, least);
        if sheet.level == Level::Symbol {
            symbols(&mut text, file);
        }
    }
    row(&mut text, "**Total**", total, least);
    text
}

fn row(text: &mut String, name: &str, total: &ScoreTotal, least: f64) {
    if total.symbols == 0 && total.quality().is_none() {
        return;
    }
    let _ = write!(
        text,
        "| {name} | {:.1} % | {} of {} |",
        shown(total.score, least),
        total.complete,
        total.symbols
    );
    cells(text, total.quality());
}

fn symbols(text: &mut String, file: &FileScores) {
    for symbol in &file.symbols {
        let quality = symbol.quality.map(|it| (measures(it), it.mean()));
        let name = code(&symbol.qualname);
        let _ = write!(
            text,
            "| &emsp;{name}:{} | {:.1} % | {} of {} |",
            symbol.line,
            shown(symbol.score, 0.0),
            symbol.score.earned,
            symbol.score.possible
        );
        cells(text, quality);
    }
}

fn cells(text: &mut String, quality: Option<([f64; 4], f64)>) {
    if let Some((each, mean)) = quality {
        for value in each[1..].iter().chain([&mean]) {
            let _ = write!(text, " {value:.2} |");
        }
    } else {
        text.push_str(" | | | |");
    }
    text.push('\n');
}

/// A name as code; `|` would end the cell, and a backquote the code.
fn code(name: &str) -> String {
    let name = name.replace('|', "\\|");
    if name.contains('`') {
        format!("`` {name} ``")
    } else {
        format!("`{name}`")
    }
}
