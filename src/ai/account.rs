//! Whose account pays: provider, address, key, model.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

/// The kinds of provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Azure `OpenAI`.
    Azure,
    /// `OpenAI`.
    OpenAi,
    /// Anthropic.
    Anthropic,
    /// Gemini.
    Gemini,
    /// Ollama, by its own interface.
    Ollama,
    /// Anything that speaks `OpenAI`'s chat completions: vLLM, llama.cpp, `LiteLLM`.
    Compatible,
}

impl Kind {
    /// Its word in settings and output.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Azure => "azure",
            Self::OpenAi => "openai",
            Self::Anthropic => "anthropic",
            Self::Gemini => "gemini",
            Self::Ollama => "ollama",
            Self::Compatible => "openai-compatible",
        }
    }

    /// Where it is found unless somebody says otherwise.
    pub const fn endpoint(self) -> Option<&'static str> {
        match self {
            Self::OpenAi => Some("https://api.openai.com/v1"),
            Self::Anthropic => Some("https://api.anthropic.com"),
            Self::Gemini => Some("https://generativelanguage.googleapis.com"),
            Self::Ollama => Some("http://127.0.0.1:11434"),
            Self::Azure | Self::Compatible => None,
        }
    }

    /// Whether it answers nobody without a key.
    pub const fn wants_key(self) -> bool {
        !matches!(self, Self::Ollama | Self::Compatible)
    }
}

/// An account with a provider. Its `Debug` shows no key.
#[derive(Clone)]
pub struct Account {
    /// The provider.
    pub kind: Kind,
    /// Where it is, without a slash at the end.
    pub endpoint: String,
    /// The key.
    pub key: Option<SecretString>,
    /// The model, as this provider names it; Azure's name of the deployment.
    pub model: String,
    /// The model behind it, where `model` is a name that somebody made up.
    pub base_model: Option<String>,
    /// `OpenAI`'s organization.
    pub organization: Option<String>,
    /// Google's project, which pays.
    pub project: Option<String>,
    /// Azure's `api-version`; without one its newer path is taken. Anthropic's `anthropic-version`.
    pub version: Option<String>,
    /// A temperature, where somebody asked for one and the provider takes it.
    pub temperature: Option<f64>,
}

impl Account {
    /// The name of the model that limits, prices and tokens go by.
    pub fn priced_model(&self) -> &str {
        self.base_model.as_deref().unwrap_or(&self.model)
    }

    /// A text without the key: providers repeat it in their complaints.
    pub(super) fn hidden(&self, text: &str) -> String {
        match &self.key {
            Some(key) if !key.expose_secret().is_empty() => {
                text.replace(key.expose_secret(), "***")
            }
            _ => text.to_owned(),
        }
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Account")
            .field("kind", &self.kind)
            .field("model", &self.model)
            .finish_non_exhaustive()
    }
}
