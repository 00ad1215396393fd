//! What each model takes and costs: a dated file, over which a user may lay another.

use serde::{Deserialize, Serialize};

/// The table that comes with docgen.
const BUILT_IN: &str = include_str!("models.toml");

/// Limits and prices of models.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelTable {
    /// The day of the prices.
    pub date: String,
    /// Where they come from.
    #[serde(default)]
    pub source: String,
    /// The models.
    #[serde(default, rename = "model")]
    pub models: Vec<Model>,
}

/// One model.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Its name, without the date of a version.
    pub name: String,
    /// Who serves it first; Azure serves those of `openai`.
    pub provider: String,
    /// The most tokens of a prompt.
    pub context: u64,
    /// The most tokens of an answer.
    pub output: u64,
    /// What it costs.
    pub prices: Prices,
    /// What it costs where the prompt is long.
    pub above: Option<Above>,
    /// The day it is switched off.
    pub retires: Option<String>,
}

/// US dollars per million tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Prices {
    /// Of the prompt.
    pub input: f64,
    /// Of the part of it that the provider had ready.
    pub cached: Option<f64>,
    /// Of the part of it that the provider made ready.
    pub written: Option<f64>,
    /// Of the answer.
    pub output: f64,
    /// Of the prompt, in a batch.
    pub batch: Option<f64>,
}

/// Other prices from a length of the prompt on.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Above {
    /// The length, in tokens.
    pub tokens: u64,
    /// Of the prompt.
    pub input: f64,
    /// Of the answer.
    pub output: f64,
}

/// A table that cannot be read: the fault of who wrote it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ModelTableError(#[from] toml::de::Error);

impl ModelTable {
    /// The table that comes with docgen.
    pub fn built_in() -> Self {
        // A test reads the file.
        toml::from_str(BUILT_IN).unwrap_or_default()
    }

    /// The same with the models of `text`, a file of the same shape, over it.
    ///
    /// # Errors
    /// Where it has another shape.
    pub fn overlaid(mut self, text: &str) -> Result<Self, ModelTableError> {
        let over: Self = toml::from_str(text)?;
        for model in over.models {
            self.models.retain(|it| it.name != model.name);
            self.models.push(model);
        }
        self.date = over.date;
        self.source = over.source;
        Ok(self)
    }

    /// The model of this name, which may end with a version's date (`-2026-03-01`, `-20260301`, `@20260301`) or `-latest`
    /// and begin with a vendor (`openai/`).
    pub fn find(&self, name: &str) -> Option<&Model> {
        let name = name.rsplit('/').next().unwrap_or(name);
        self.models.iter().find(|it| {
            let rest = name.strip_prefix(it.name.as_str());
            rest.is_some_and(|it| it.is_empty() || it == "-latest" || is_date(it))
        })
    }

    /// The dearest prices of all: what a model may cost of which nothing is known.
    pub fn dearest(&self) -> Prices {
        let most = |price: fn(&Prices) -> f64| {
            let prices = self.models.iter().map(|it| price(&it.prices));
            prices.fold(0.0, f64::max)
        };
        Prices {
            input: most(|it| it.input),
            output: most(|it| it.output),
            ..Prices::default()
        }
    }
}

/// Whether a name's end is the date of a version.
fn is_date(end: &str) -> bool {
    let Some(digits) = end.strip_prefix(['-', '@']) else {
        return false;
    };
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    count >= 4 && digits.bytes().all(|it| it.is_ascii_digit() || it == b'-')
}

impl Model {
    /// The prices of a prompt of so many tokens.
    pub fn prices(&self, input: u64) -> Prices {
        match self.above {
            Some(above) if input > above.tokens => Prices {
                input: above.input,
                output: above.output,
                cached: None,
                written: None,
                batch: None,
            },
            _ => self.prices,
        }
    }
}

impl Prices {
    /// The prices in a batch: the table says what a prompt costs there, and an answer costs half. What a provider has ready
    /// is not counted on.
    #[must_use]
    pub fn in_batch(self) -> Self {
        Self {
            input: self.batch.unwrap_or(self.input / 2.0),
            output: self.output / 2.0,
            cached: None,
            written: None,
            batch: self.batch,
        }
    }

    /// What tokens cost, in millionths of a dollar, rounded up. `cached` and `written` are parts of `input`.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "counts of tokens are far below 2^52, prices are not negative"
    )]
    pub fn micros(&self, input: u64, cached: u64, written: u64, output: u64) -> u64 {
        let plain = input.saturating_sub(cached).saturating_sub(written) as f64;
        let cost = plain * self.input
            + cached as f64 * self.cached.unwrap_or(self.input)
            + written as f64 * self.written.unwrap_or(self.input)
            + output as f64 * self.output;
        cost.max(0.0).ceil() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_table_is_read_and_sound() {
        let table: ModelTable = toml::from_str(BUILT_IN).unwrap();
        assert!(table.models.len() > 15);
        assert_eq!(table.date.len(), 10);
        for model in &table.models {
            // What gives vectors gives no answers.
            let answers = model.output > 0;
            assert!(model.prices.input > 0.0, "{model:?}");
            assert_eq!(model.prices.output > 0.0, answers, "{model:?}");
            assert!(model.output <= model.context, "{model:?}");
            let count = table
                .models
                .iter()
                .filter(|it| it.name == model.name)
                .count();
            assert_eq!(count, 1, "{}", model.name);
        }
    }

    #[test]
    fn versions_are_found_and_other_models_are_not() {
        let table = ModelTable::built_in();
        let name = |name| table.find(name).map(|it| it.name.as_str());
        assert_eq!(name("gpt-4o-mini-2024-07-18"), Some("gpt-4o-mini"));
        assert_eq!(name("gpt-4o-mini"), Some("gpt-4o-mini"));
        assert_eq!(name("claude-haiku-4-5-20251001"), Some("claude-haiku-4-5"));
        assert_eq!(name("claude-sonnet-5"), Some("claude-sonnet-5"));
        assert_eq!(name("openai/gpt-6-luna"), Some("gpt-6-luna"));
        assert_eq!(name("gpt-5"), None);
        assert_eq!(name("gpt-4o-audio-preview"), None);
        assert_eq!(name("my-deployment"), None);
    }

    #[test]
    fn what_tokens_cost() {
        let table = ModelTable::built_in();
        let mini = table.find("gpt-4o-mini").unwrap();
        assert_eq!(mini.prices(1000).micros(1_000_000, 0, 0, 0), 150_000);
        assert_eq!(mini.prices(1000).micros(1_000_000, 1_000_000, 0, 0), 75_000);
        assert_eq!(mini.prices(1000).micros(0, 0, 0, 1_000_000), 600_000);
        assert_eq!(
            mini.prices(1000).micros(1, 0, 0, 0),
            1,
            "never a silent zero"
        );
        let haiku = table.find("claude-haiku-5-5").unwrap();
        assert_eq!(haiku.prices(100_001).micros(1000, 0, 0, 0), 500);
        assert_eq!(haiku.prices(100_000).micros(1000, 0, 0, 0), 100);
        assert_eq!(table.dearest().micros(0, 0, 0, 1000), 20_000);
    }

    #[test]
    fn a_users_table_lies_over_it() {
        let text = "date = \"2027-01-01\"\n[[model]]\nname = \"gpt-4o-mini\"\nprovider = \"openai\"\ncontext = 1\n\
                    output = 1\nprices = { input = 9.0, output = 9.0 }\n";
        let table = ModelTable::built_in().overlaid(text).unwrap();
        let prices = table.find("gpt-4o-mini").unwrap().prices;
        assert_eq!(prices.micros(1000, 0, 0, 0), 9000);
        assert!(table.find("gpt-6-luna").is_some());
        assert_eq!(table.date, "2027-01-01");
        assert!(ModelTable::built_in().overlaid("model = 3").is_err());
    }
}
