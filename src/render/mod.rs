//! Reports as bytes, one renderer a format.
//!
//! A run can be large and several formats can be asked for at once, so nothing here holds a whole
//! report: [`Renderer::file`] turns one file into bytes, in parallel and without shared state, and a
//! [`Stream`] puts these pieces together in order. What a format prints is its own, apart from the
//! types it is made from: the format can stay while the code moves.
//!
//! A new format is one file with a [`Renderer`], its line in [`Format`], and its screens in
//! `expected/`, which the tests compare on one shared sample.

mod checkstyle;
mod closing;
mod compact;
mod concise;
mod excerpt;
mod figures;
mod fingerprint;
mod format;
mod full;
#[cfg(test)]
mod full_tests;
mod github;
mod gitlab;
mod grouped;
mod harmless;
mod json;
mod json_lines;
mod json_model;
mod junit;
mod line_hash;
mod link;
mod markdown;
mod pages;
mod paint;
mod put;
mod rdjson;
mod recount;
mod region;
mod renderer;
mod rule_page;
mod rules;
#[cfg(test)]
mod sample;
mod sarif;
mod score;
mod sheet;
mod statistics;
mod stream;
mod symbols;
#[cfg(test)]
mod tests;
mod underline;
mod uri;
mod xml;

pub use closing::{closing_line, comparison_line, counted, duration};
pub use figures::{FigureFormat, HistoryFormat, history, history_schema, schema as figures_schema};
pub use format::Format;
pub use pages::{Look, MARK, Origin, Page, Site, SourceUrl, Web, is_same, module_name};
pub use recount::{Recount, RecountFormat};
pub use renderer::{Renderer, Run, Tally};
pub use rules::{PageStyle, rule_markdown, rule_screen, rules_json, rules_markdown, rules_screen};
pub use score::{
    FileScores, Level, ScoreFormat, ScoreSheet, ScoreTotal, badge, badge_text,
    schema as score_schema, too_low,
};
pub use sheet::Sheet;
pub use statistics::Statistics;
pub use stream::Stream;
pub use symbols::Source;

/// The JSON Schema of the JSON report.
pub const fn report_schema() -> &'static str {
    include_str!("../../schemas/report.schema.json")
}
