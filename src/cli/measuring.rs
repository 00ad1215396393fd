//! What a user types of the figures of a run.

use std::path::PathBuf;

use clap::Args;

use crate::render::FigureFormat;

/// What is done with the figures of a run.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Figures")]
pub(super) struct Measuring {
    /// Write what this run did and took to a file: .json, .csv, or .prom for Prometheus
    #[arg(long, value_name = "FILE", value_parser = figures)]
    pub(super) metrics: Option<Figures>,
    /// Keep what this run did and took for `docgen metrics` and `docgen report`; a run that asks an AI does so anyway
    #[arg(long)]
    pub(super) history: bool,
}

/// A file of figures.
#[derive(Clone, Debug)]
pub(super) struct Figures {
    pub(super) format: FigureFormat,
    pub(super) path: PathBuf,
}

/// Reads the name of a file, whose ending says what is written.
fn figures(text: &str) -> Result<Figures, String> {
    let path = PathBuf::from(text);
    let ending = path.extension().and_then(|it| it.to_str());
    let mut known = FigureFormat::ALL.into_iter();
    match known.find(|it| ending == Some(it.1)) {
        Some((format, _)) => Ok(Figures { format, path }),
        None => Err("its name ends in .json, .csv or .prom, which says what is written".to_owned()),
    }
}
