//! `docgen report`: what a run did, what it took, and how it compares with those before it.

mod chart;
mod html;
mod markdown;
pub(super) mod words;

use crate::meter::{Fate, Record, SymbolRecord};

/// How a run is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum RecountFormat {
    /// For a comment or a step summary.
    Markdown,
    /// A page by itself, with charts.
    Html,
}

/// A run, and those before it.
#[derive(Clone, Debug)]
pub struct Recount {
    /// The run; with its symbols, where these are still known.
    pub run: Record,
    /// Earlier runs of the same command in the same project, the newest first.
    pub earlier: Vec<Record>,
}

/// So many runs are drawn side by side.
const TREND: usize = 40;

impl Recount {
    /// The page.
    pub fn draw(&self, format: RecountFormat) -> String {
        match format {
            RecountFormat::Markdown => markdown::draw(self),
            RecountFormat::Html => html::draw(self),
        }
    }

    /// The runs that make a trend, the oldest first.
    fn trend(&self) -> Vec<&Record> {
        let earlier = self.earlier.iter().take(TREND - 1).rev();
        earlier.chain([&self.run]).collect()
    }

    /// The symbols that fared so.
    fn symbols(&self, fate: Fate) -> Vec<&SymbolRecord> {
        let all = self.run.symbols.iter();
        all.filter(|it| it.fate == fate).collect()
    }

    /// The files that lacked something, those that lack the most first, with how their symbols fared.
    fn files(&self) -> Vec<(&str, Vec<&SymbolRecord>)> {
        let mut files: Vec<(&str, Vec<&SymbolRecord>)> = Vec::new();
        let mut symbols: Vec<&SymbolRecord> = self.run.symbols.iter().collect();
        symbols.retain(|it| it.fate != Fate::Complete);
        symbols.sort_by(|one, other| one.path.cmp(&other.path));
        for it in symbols {
            match files.last_mut().filter(|last| last.0 == it.path) {
                Some((_, own)) => own.push(it),
                None => files.push((&it.path, vec![it])),
            }
        }
        files.sort_by_key(|it| std::cmp::Reverse(it.1.len()));
        files
    }
}
