//! `docgen models`: the AI's models with their limits and prices.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::failure::{Failure, Kind};
use super::screen::Screen;
use super::scribe;

/// Run the command; the exit code.
pub(super) fn run(screen: &Screen) -> Result<u8, Failure> {
    let mut variables = screen.environment.variables.iter();
    let over = variables
        .find(|it| it.0 == "DOCGEN_MODELS")
        .map(|it| PathBuf::from(&it.1));
    let table = scribe::models(over.as_deref())?;
    let widest = table
        .models
        .iter()
        .map(|it| it.name.len())
        .max()
        .unwrap_or(0);
    let mut text = format!(
        "As of {}, from {}. US dollars per million tokens.\n\n",
        table.date, table.source
    );
    let _ = writeln!(
        text,
        "{:widest$}  {:9}  {:>9}  {:>8}  {:>7}  {:>7}  {:>7}  {:>7}",
        "model", "provider", "context", "answer", "input", "cached", "output", "batch"
    );
    for model in &table.models {
        let prices = model.prices;
        let price = |it: Option<f64>| it.map_or_else(|| "-".to_owned(), |it| format!("{it:.3}"));
        let _ = write!(
            text,
            "{:widest$}  {:9}  {:>9}  {:>8}  {:>7}  {:>7}  {:>7}  {:>7}",
            model.name,
            model.provider,
            model.context,
            model.output,
            price(Some(prices.input)),
            price(prices.cached),
            price(Some(prices.output)),
            price(prices.batch),
        );
        if let Some(above) = model.above {
            let (tokens, input, output) = (above.tokens, above.input, above.output);
            let _ = write!(text, "  prompts over {tokens}: {input:.3}, {output:.3}");
        }
        if let Some(day) = &model.retires {
            let _ = write!(text, "  switched off {day}");
        }
        text.push('\n');
    }
    Screen::write(text.as_bytes())
        .map_err(|error| Failure::new(Kind::Machine, format!("cannot write: {error}")))?;
    Ok(0)
}
