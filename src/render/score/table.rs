//! Scores as a table for people.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::{FileScores, Level, ScoreSheet, ScoreTotal, completed, measures, shown};
use crate::render::harmless::{harmless, width};

/// The columns right of the names, the widest last to go where there is little room.
const HEADS: [&str; 6] = [
    "score",
    "complete",
    "consistency",
    "clarity",
    "complexity",
    "quality",
];
/// Names are not cut below this.
const LEAST_NAME: usize = 16;
const GAP: usize = 2;

/// A row: what it is called, how far in, its score, and its cells as far as there are values.
struct Row {
    name: String,
    indent: usize,
    percent: f64,
    cells: [String; 6],
    is_head: bool,
}

pub(super) fn draw(
    sheet: &ScoreSheet,
    files: &[FileScores],
    total: &ScoreTotal,
    least: f64,
) -> String {
    let mut rows = Vec::new();
    for file in files.iter().filter(|_| sheet.level != Level::Total) {
        if file.total.symbols == 0 && file.total.quality().is_none() {
            continue;
        }
        let mut row = of_total(&file.path, &file.total, least);
        row.is_head = sheet.level == Level::Symbol;
        rows.push(row);
        if sheet.level == Level::Symbol {
            rows.extend(symbols(file));
        }
    }
    let last = of_total("total", total, least);
    let columns = Columns::fit(sheet.width, rows.iter().chain([&last]));
    let paint = Paint(sheet.colour);
    let mut text = String::new();
    columns.head(&mut text, paint);
    for row in &rows {
        columns.row(&mut text, row, paint);
    }
    if !rows.is_empty() {
        columns.rule(&mut text, paint);
    }
    columns.row(&mut text, &last, paint);
    text.push('\n');
    let mut column = 0;
    for part in [completed(total)].into_iter().chain(facts(total)) {
        let joint = match column {
            0 => "",
            _ if column + 2 + part.len() >= sheet.width => ";\n",
            _ => "; ",
        };
        column = if joint.ends_with('\n') {
            0
        } else {
            column + joint.len()
        };
        column += part.len();
        let _ = write!(text, "{joint}{part}");
    }
    text.push('\n');
    text
}

fn facts(total: &ScoreTotal) -> Vec<String> {
    if total.measured == 0 {
        return Vec::new();
    }
    let [examples, types] = total.facts;
    vec![
        format!("{examples} with examples"),
        format!("{types} with all types"),
    ]
}

fn of_total(name: &str, total: &ScoreTotal, least: f64) -> Row {
    let percent = shown(total.score, least);
    let complete = format!("{}/{}", total.complete, total.symbols);
    let mut cells = [String::new(), String::new()].map(|_| String::new());
    cells[0] = format!("{percent:.1}");
    cells[1] = complete;
    Row {
        name: name.to_owned(),
        indent: 0,
        percent: total.score.percent(),
        cells: with_quality(cells, total.quality()),
        is_head: false,
    }
}

fn symbols(file: &FileScores) -> impl Iterator<Item = Row> {
    file.symbols.iter().map(|symbol| {
        let quality = symbol.quality.map(|it| (measures(it), it.mean()));
        let (score, complete) = if symbol.score.possible == 0 {
            ("-".to_owned(), String::new())
        } else {
            let weights = format!("{}/{}", symbol.score.earned, symbol.score.possible);
            (format!("{:.1}", shown(symbol.score, 0.0)), weights)
        };
        Row {
            name: format!("{}:{}", symbol.qualname, symbol.line),
            indent: 2,
            percent: symbol.score.percent(),
            cells: with_quality([score, complete], quality),
            is_head: false,
        }
    })
}

fn with_quality(cells: [String; 2], quality: Option<([f64; 4], f64)>) -> [String; 6] {
    let [score, complete] = cells;
    let Some((each, mean)) = quality else {
        return [
            score,
            complete,
            String::new(),
            String::new(),
            String::new(),
            String::new(),
        ];
    };
    let shown = |value: f64| format!("{value:.2}");
    [
        score,
        complete,
        shown(each[1]),
        shown(each[2]),
        shown(each[3]),
        shown(mean),
    ]
}

/// How wide each column is, and which there is room for.
struct Columns {
    name: usize,
    cells: [usize; 6],
    /// Which cells are shown.
    shown: Vec<usize>,
}

impl Columns {
    fn fit<'r>(screen: usize, rows: impl Iterator<Item = &'r Row>) -> Self {
        let mut cells = HEADS.map(str::len);
        let mut name = LEAST_NAME;
        for row in rows {
            name = name.max(row.indent + width(&harmless(&row.name)));
            for (wide, cell) in cells.iter_mut().zip(&row.cells) {
                *wide = (*wide).max(cell.len());
            }
        }
        // What says least beside the others goes first.
        let mut shown = vec![0, 1, 2, 3, 4, 5];
        for least in [4, 3, 2, 5, 1] {
            let taken: usize = shown.iter().map(|&at| cells[at] + GAP).sum();
            if LEAST_NAME.max(name.min(screen / 2)) + taken <= screen {
                break;
            }
            shown.retain(|&at| at != least);
        }
        let taken: usize = shown.iter().map(|&at| cells[at] + GAP).sum();
        let room = screen.saturating_sub(taken).max(LEAST_NAME);
        Self {
            name: name.min(room),
            cells,
            shown,
        }
    }

    fn head(&self, text: &mut String, paint: Paint) {
        let style = paint.faint();
        let _ = write!(text, "{style}{:name$}", "", name = self.name);
        for &at in &self.shown {
            let _ = write!(
                text,
                "{:GAP$}{:>wide$}",
                "",
                HEADS[at],
                wide = self.cells[at]
            );
        }
        let _ = writeln!(text, "{style:#}");
    }

    fn rule(&self, text: &mut String, paint: Paint) {
        let style = paint.faint();
        let taken: usize = self.shown.iter().map(|&at| self.cells[at] + GAP).sum();
        let _ = writeln!(text, "{style}{}{style:#}", "-".repeat(self.name + taken));
    }

    fn row(&self, text: &mut String, row: &Row, paint: Paint) {
        let name = cut(&harmless(&row.name), self.name.saturating_sub(row.indent));
        let blank = self.name.saturating_sub(row.indent + width(&name));
        let strong = if row.is_head {
            paint.strong()
        } else {
            Style::new()
        };
        let _ = write!(
            text,
            "{:indent$}{strong}{name}{strong:#}{:blank$}",
            "",
            "",
            indent = row.indent
        );
        for &at in &self.shown {
            let style = if at == 0 { paint.of(row) } else { Style::new() };
            let (cell, wide) = (&row.cells[at], self.cells[at]);
            let _ = write!(text, "{:GAP$}{style}{cell:>wide$}{style:#}", "");
        }
        let trimmed = text.trim_end_matches(' ').len();
        text.truncate(trimmed);
        text.push('\n');
    }
}

/// The end of a name that is too long: what tells paths apart stands there.
fn cut(name: &str, room: usize) -> String {
    if width(name) <= room {
        return name.to_owned();
    }
    let mut from = name.char_indices().map(|it| it.0);
    let fits = from.find(|&at| width(&name[at..]) + 3 <= room);
    format!("...{}", &name[fits.unwrap_or(name.len())..])
}

#[derive(Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn faint(self) -> Style {
        if self.0 {
            Style::new().dimmed()
        } else {
            Style::new()
        }
    }

    fn strong(self) -> Style {
        if self.0 {
            Style::new().bold()
        } else {
            Style::new()
        }
    }

    fn of(self, row: &Row) -> Style {
        if !self.0 || row.cells[0] == "-" {
            return Style::new();
        }
        let colour = match row.percent {
            90.0.. => AnsiColor::Green,
            60.0.. => AnsiColor::Yellow,
            _ => AnsiColor::Red,
        };
        colour.on_default().bold()
    }
}
