//! What a layer of settings may say: one optional field a key of `docgen.toml`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

/// The keys of `docgen.toml`, or of `[tool.docgen]` in `pyproject.toml`. A key that is absent leaves
/// the layer below as it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Options {
    /// The style to expect and to write.
    pub style: Option<StyleChoice>,
    /// The set of demands to start from.
    pub preset: Option<Preset>,
    /// Patterns of files and folders never looked at, relative to the file that names them.
    pub exclude: Option<Vec<String>>,
    /// The rules to run: codes, prefixes, names, `default`, `ALL`.
    pub select: Option<Vec<String>>,
    /// Rules to run besides.
    pub extend_select: Option<Vec<String>>,
    /// Rules not to run.
    pub ignore: Option<Vec<String>>,
    /// Rules not to run on files that match a pattern.
    pub per_file_ignores: Option<BTreeMap<String, Vec<String>>>,
    /// The least severity that fails.
    pub fail_on: Option<FailOn>,
    /// What of a change fails.
    pub gate: Option<Gate>,
    /// Whether private symbols have to be complete too.
    pub private: Option<bool>,
    /// Whether nested functions and classes have to be complete too.
    pub nested: Option<bool>,
    /// Whether magic methods have to be complete too.
    pub magic: Option<bool>,
    /// Whether tests have to be complete too.
    pub tests: Option<bool>,
    /// What an override of a documented method wants.
    pub overrides: Option<Overrides>,
    /// Whether `# noqa` codes of other tools that mean the same are honoured.
    pub noqa_aliases: Option<bool>,
    /// A team's own contract of completeness, relative to the file that names it.
    pub schema: Option<String>,
    /// `[tool.docgen.score]`.
    pub score: ScoreOptions,
    /// `[tool.docgen.fix]`.
    pub fix: FixOptions,
    /// `[tool.docgen.ai]`.
    pub ai: AiOptions,
    /// `[tool.docgen.cache]`.
    pub cache: CacheOptions,
    /// `[tool.docgen.retrieval]`.
    pub retrieval: RetrievalOptions,
}

/// The keys of `[tool.docgen.score]`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ScoreOptions {
    /// Missing parts of a symbol that scores at least this, in per cent, are warnings.
    #[schemars(range(min = 0, max = 100))]
    #[serde(deserialize_with = "percent")]
    pub min_symbol: Option<f64>,
    /// The total score, in per cent, below which a run fails.
    #[schemars(range(min = 0, max = 100))]
    #[serde(deserialize_with = "percent")]
    pub fail_under: Option<f64>,
}

/// The keys of `[tool.docgen.fix]`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct FixOptions {
    /// `missing` or `all`.
    pub rewrite: Option<Rewrite>,
    /// Width of written docstrings, in columns.
    #[schemars(range(min = 40, max = 320))]
    #[serde(deserialize_with = "width")]
    pub line_length: Option<u16>,
    /// How often the AI may try.
    #[schemars(range(min = 1, max = 10))]
    #[serde(deserialize_with = "attempts")]
    pub attempts: Option<u8>,
}

/// The keys of `[tool.docgen.ai]`. There is none for an endpoint or the variable of a key: a
/// checked-out repository must not be able to send a key elsewhere.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct AiOptions {
    /// The provider, once the user asked for one.
    pub provider: Option<ProviderChoice>,
    /// The model.
    pub model: Option<String>,
    /// Requests in flight.
    #[schemars(range(min = 1))]
    #[serde(deserialize_with = "at_least_one")]
    pub concurrency: Option<u16>,
    /// Requests a minute.
    #[schemars(range(min = 1))]
    #[serde(deserialize_with = "at_least_one")]
    pub requests_per_minute: Option<u32>,
    /// Requests at once.
    #[schemars(range(min = 1))]
    #[serde(deserialize_with = "at_least_one")]
    pub burst: Option<u32>,
    /// Tokens a minute.
    #[schemars(range(min = 1))]
    #[serde(deserialize_with = "at_least_one")]
    pub tokens_per_minute: Option<u64>,
    /// Tokens an hour.
    #[schemars(range(min = 1))]
    #[serde(deserialize_with = "at_least_one")]
    pub tokens_per_hour: Option<u64>,
    /// Tokens a day.
    #[schemars(range(min = 1))]
    #[serde(deserialize_with = "at_least_one")]
    pub tokens_per_day: Option<u64>,
    /// The most a run may cost, in US dollars.
    #[schemars(range(min = 0))]
    #[serde(deserialize_with = "cost")]
    pub max_cost: Option<f64>,
    /// The cost from which a terminal is asked first, in US dollars.
    #[schemars(range(min = 0))]
    #[serde(deserialize_with = "cost")]
    pub confirm_above: Option<f64>,
    /// What becomes of symbols whose source holds a secret.
    pub secrets: Option<SecretsChoice>,
}

/// The keys of `[tool.docgen.cache]`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct CacheOptions {
    /// Where answers are kept.
    pub backend: Option<CacheBackend>,
    /// How long, as `30d`, `12h`.
    pub ttl: Option<String>,
}

/// The keys of `[tool.docgen.retrieval]`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct RetrievalOptions {
    /// How similar functions are found.
    pub backend: Option<RetrievalBackend>,
    /// The model that gives vectors; Azure's name of the deployment.
    pub model: Option<String>,
    /// How many.
    #[schemars(range(min = 1))]
    #[serde(deserialize_with = "at_least_one")]
    pub top_k: Option<u8>,
}

/// A number within bounds; what is outside is refused where it stands.
fn bounded<'de, D, N>(deserializer: D, least: &N, most: Option<&N>) -> Result<Option<N>, D::Error>
where
    D: Deserializer<'de>,
    N: Deserialize<'de> + PartialOrd + std::fmt::Display,
{
    let value = Option::<N>::deserialize(deserializer)?;
    let is_outside = |value: &N| value < least || most.is_some_and(|most| value > most);
    match (value, most) {
        (Some(value), Some(most)) if is_outside(&value) => Err(serde::de::Error::custom(format!(
            "{value} is not from {least} to {most}"
        ))),
        (Some(value), None) if is_outside(&value) => Err(serde::de::Error::custom(format!(
            "{value} is less than {least}"
        ))),
        (value, _) => Ok(value),
    }
}

fn percent<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    bounded(deserializer, &0.0, Some(&100.0))
}

fn cost<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    bounded(deserializer, &0.0, None)
}

fn attempts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u8>, D::Error> {
    bounded(deserializer, &1, Some(&10))
}

fn width<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u16>, D::Error> {
    bounded(deserializer, &40, Some(&320))
}

fn at_least_one<'de, D, N>(deserializer: D) -> Result<Option<N>, D::Error>
where
    D: Deserializer<'de>,
    N: Deserialize<'de> + PartialOrd + std::fmt::Display + From<u8>,
{
    bounded(deserializer, &N::from(1), None)
}

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, clap::ValueEnum)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }
    )+};
}

choices! {
    /// `style`.
    StyleChoice {
        /// Checked per docstring, written as the file's or project's majority.
        Auto,
        /// Google.
        Google,
        /// NumPy.
        Numpy,
        /// Sphinx fields.
        Sphinx,
        /// Epytext fields.
        Epytext,
    }
    /// `preset`.
    Preset {
        /// What most teams mean.
        Standard,
        /// A summary is enough; what is there must be right.
        Lenient,
        /// Everything, private symbols too.
        Strict,
    }
    /// `fail-on`.
    FailOn {
        /// Errors fail.
        Error,
        /// Warnings too.
        Warning,
        /// Nothing fails.
        Never,
    }
    /// `gate`.
    Gate {
        /// Findings that this change made fail.
        Introduced,
        /// All findings of changed facets fail.
        Touched,
        /// All findings of each symbol in scope fail.
        Whole,
    }
    /// `overrides`.
    Overrides {
        /// The overridden method's docstring counts.
        Inherit,
        /// Each override is documented itself.
        Require,
    }
    /// `fix.rewrite`.
    Rewrite {
        /// Keep what people wrote, add what is missing.
        Missing,
        /// Write anew.
        All,
    }
    /// `ai.provider`.
    ProviderChoice {
        /// Azure `OpenAI`.
        Azure,
        /// `OpenAI`.
        Openai,
        /// Anthropic.
        Anthropic,
        /// Gemini.
        Gemini,
        /// Ollama.
        Ollama,
        /// Anything that speaks `OpenAI`'s chat completions.
        OpenaiCompatible,
    }
    /// `ai.secrets`.
    SecretsChoice {
        /// They are asked for with the secret masked.
        Mask,
        /// They are not asked for.
        Skip,
    }
    /// `cache.backend`.
    CacheBackend {
        /// A file in the user's cache folder.
        Sqlite,
        /// A server that a team shares.
        Redis,
        /// This process only.
        Memory,
        /// None.
        Off,
    }
    /// `retrieval.backend`.
    RetrievalBackend {
        /// In process, by words.
        Bm25,
        /// By vectors.
        Embeddings,
        /// An Azure AI Search index.
        AzureSearch,
        /// None.
        Off,
    }
}
