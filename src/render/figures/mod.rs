//! Figures of a run: as JSON, as CSV, as Prometheus reads them.

mod csv;
mod history;
mod json;
mod prometheus;

use crate::meter::Record;

pub use history::{HistoryFormat, history};

/// How figures are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureFormat {
    /// For programs: all there is.
    Json,
    /// For spreadsheets: a line a figure.
    Csv,
    /// For Prometheus' collector of text files.
    Prometheus,
}

impl FigureFormat {
    /// Every format, with the ending of its files.
    pub const ALL: [(Self, &str); 3] = [
        (Self::Json, "json"),
        (Self::Csv, "csv"),
        (Self::Prometheus, "prom"),
    ];

    /// A run's figures.
    pub fn draw(self, record: &Record) -> String {
        match self {
            Self::Json => json::run(record),
            Self::Csv => csv::run(record),
            Self::Prometheus => prometheus::run(record),
        }
    }
}

/// The JSON Schema of a run's figures as JSON.
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(json::Run<'_>).to_value();
    schema["title"] = "Figures of a run of docgen".into();
    schema
}

/// The JSON Schema of the runs of a project as JSON.
pub fn history_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(history::Runs<'_>).to_value();
    schema["title"] = "Runs of docgen".into();
    schema
}

/// To six decimals: a millionth of a second, or of a dollar.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
