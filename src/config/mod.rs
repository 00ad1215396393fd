//! The settings: defaults, the nearest file, the environment, flags.

mod account;
mod build;
mod environment;
mod error;
mod field;
mod file;
mod layers;
mod options;
mod resolver;
mod retrieval;
mod schema_file;
mod settings;
mod variables;
mod verbosity;
mod word_place;
mod words;

pub use build::{Build, Push, Request, build};
pub use environment::{Environment, read_env_file};
pub use error::ConfigError;
pub use file::FILES;
pub use layers::Origin;
pub use options::{
    AiOptions, CacheBackend, CacheOptions, FailOn, FixOptions, Gate, Options, Overrides, Preset,
    ProviderChoice, RetrievalBackend, RetrievalOptions, Rewrite, ScoreOptions, SecretsChoice,
    StyleChoice,
};
pub use resolver::{Resolver, Sources};
pub use retrieval::{IndexChoice, RetrievalChoice};
pub use settings::Settings;
pub use verbosity::{LogSettings, Verbosity};
pub use words::{StoreChoice, WordSettings};

/// The JSON Schema of `docgen.toml` and of `[tool.docgen]`.
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Options).to_value();
    schema["title"] = "Settings of docgen".into();
    schema
}
