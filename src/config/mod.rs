//! The settings: defaults, the nearest file, the environment, flags.

mod environment;
mod error;
mod file;
mod layers;
mod options;
mod resolver;
mod settings;

pub use environment::Environment;
pub use error::ConfigError;
pub use options::{
    AiOptions, CacheBackend, CacheOptions, FailOn, FixOptions, Gate, Options, Overrides, Preset,
    ProviderChoice, RetrievalBackend, RetrievalOptions, Rewrite, ScoreOptions, StyleChoice,
};
pub use resolver::Resolver;
pub use settings::Settings;
