//! What the commands of the AI need to know of the settings and of the environment.

use std::path::{Path, PathBuf};
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use super::field::Field;
use super::options::{CacheBackend, RetrievalBackend, Rewrite, SecretsChoice};
use super::retrieval::{self, RetrievalChoice};
use super::{ConfigError, Options, Origin, Settings, account};
use crate::ai::{self, Account, Backoff, Limits};

/// All that the commands of the AI need to know.
#[derive(Clone, Debug)]
pub struct WordSettings {
    /// The account; `None` where nobody chose a provider.
    pub account: Option<Account>,
    /// What a run may use.
    pub client: ai::Settings,
    /// Where answers and budgets are kept.
    pub store: StoreChoice,
    /// How long an answer is kept, in seconds; 0 where none is.
    pub ttl: u64,
    /// The cost, in US dollars, from which a terminal is asked first.
    pub confirm_above: f64,
    /// How often a symbol is asked for, the first time included.
    pub attempts: u8,
    /// How often a request is made again for reasons that pass, for one symbol.
    pub retries: u32,
    /// Whether a docstring that lacks words is written anew, and not only added to.
    pub anew: bool,
    /// Width of written docstrings, in columns.
    pub line_length: usize,
    /// The most tokens of an answer.
    pub max_tokens: Option<u32>,
    /// Tokens of a prompt that stay unused.
    pub token_buffer: u64,
    /// How many similar functions a prompt shows.
    pub similar: usize,
    /// How they are found.
    pub retrieval: RetrievalChoice,
    /// Whether a symbol that holds a secret is skipped, not asked for with the secret masked.
    pub skip_secrets: bool,
    /// A file with more models.
    pub models: Option<PathBuf>,
    /// What was wrong with variables that are only warned of.
    pub warnings: Vec<String>,
}

/// Where answers and budgets are kept.
#[derive(Clone, Debug)]
pub enum StoreChoice {
    /// In a file of this folder; `None` where the user has no folder for it.
    File(Option<PathBuf>),
    /// On a server; in the file of this folder where it fails.
    Redis(SecretString, Option<PathBuf>),
    /// In this process's memory.
    Memory,
}

/// The longest a run may take, and one answer.
const LONGEST_RUN: u64 = 3600;
const LONGEST_ANSWER: Duration = Duration::from_mins(2);
const DAY: f64 = 86_400.0;

impl WordSettings {
    /// What `settings`, the environment's `variables` and the flag `timeout` (seconds) come to.
    ///
    /// # Errors
    /// Where the chosen provider cannot be asked, or an address is none.
    pub fn new(
        settings: &Settings,
        variables: &[(String, String)],
        timeout: Option<u64>,
    ) -> Result<Self, ConfigError> {
        let options = settings.options();
        let mut field = Field::new(variables);
        let account = account::account(&options.ai, &mut field)?;
        let client = client(settings, &options, &mut field, timeout);
        let (store, ttl) = store(settings, &options, &mut field)?;
        let similar = match options.retrieval.backend {
            Some(RetrievalBackend::Off) => 0,
            _ => usize::from(options.retrieval.top_k.unwrap_or(3)),
        };
        let retrieval = retrieval::choice(&options, account.as_ref(), &mut field);
        Ok(Self {
            account,
            client,
            store,
            ttl,
            confirm_above: options.ai.confirm_above.unwrap_or(1.0),
            attempts: options.fix.attempts.unwrap_or(3),
            retries: field.number(&["MAX_RETRIES"], 0, 20).unwrap_or(5),
            anew: options.fix.rewrite == Some(Rewrite::All),
            line_length: usize::from(options.fix.line_length.unwrap_or(88)),
            max_tokens: field.number(&["MAX_TOKENS"], 64, 1_000_000),
            token_buffer: field.number(&["TOKEN_BUFFER"], 0, 1_000_000).unwrap_or(0),
            similar,
            retrieval,
            skip_secrets: options.ai.secrets == Some(SecretsChoice::Skip),
            models: field.text(&["DOCGEN_MODELS"]).map(PathBuf::from),
            warnings: field.warnings,
        })
    }
}

impl StoreChoice {
    /// Where these settings and variables have answers kept, and what is to be warned of.
    ///
    /// # Errors
    /// Where an address is none, or a length of time.
    pub fn new(
        settings: &Settings,
        variables: &[(String, String)],
    ) -> Result<(Self, Vec<String>), ConfigError> {
        let mut field = Field::new(variables);
        let (choice, _) = store(settings, &settings.options(), &mut field)?;
        Ok((choice, field.warnings))
    }

    /// The folder of its file.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::File(folder) | Self::Redis(_, folder) => folder.as_deref(),
            Self::Memory => None,
        }
    }
}

fn client(
    settings: &Settings,
    options: &Options,
    field: &mut Field<'_>,
    timeout: Option<u64>,
) -> ai::Settings {
    // The field's names lie over files of settings, and below `DOCGEN_...` and flags.
    let gives_way = |key: &str| {
        matches!(
            settings.origin(key),
            Some(Origin::Default | Origin::File(_))
        )
    };
    let per_minute = field.number(&["MAX_TOKENS_PER_MINUTE"], 1, u64::MAX >> 2);
    let per_minute = per_minute.filter(|_| gives_way("ai.tokens-per-minute"));
    let batch = field.number(&["BATCH_SIZE"], 1_u16, 1000);
    let batch = batch.filter(|_| gives_way("ai.concurrency"));
    let own = &options.ai;
    let limits = Limits {
        requests_per_minute: own.requests_per_minute.unwrap_or(60),
        burst: own.burst.unwrap_or(10),
        tokens_per_minute: per_minute.or(own.tokens_per_minute).unwrap_or(90_000),
        tokens_per_hour: own.tokens_per_hour.unwrap_or(3_600_000),
        tokens_per_day: own.tokens_per_day.unwrap_or(80_000_000),
    };
    let answer = field.seconds(&["REQUEST_TIMEOUT", "TIMEOUT"], DAY);
    let first = field.seconds(&["RETRY_DELAY"], 600.0);
    ai::Settings {
        limits,
        concurrency: usize::from(batch.or(own.concurrency).unwrap_or(5)),
        max_cost: own.max_cost.unwrap_or(5.0),
        timeout: answer.filter(|it| !it.is_zero()).unwrap_or(LONGEST_ANSWER),
        overall: Duration::from_secs(timeout.unwrap_or(LONGEST_RUN)),
        backoff: Backoff {
            first: first.unwrap_or(Duration::from_secs(1)),
            longest: Duration::from_mins(2),
        },
    }
}

fn store(
    settings: &Settings,
    options: &Options,
    field: &mut Field<'_>,
) -> Result<(StoreChoice, u64), ConfigError> {
    let is_chosen = !matches!(
        settings.origin("cache.backend"),
        None | Some(Origin::Default)
    );
    let enabled = field.flag(&["CACHE_ENABLED", "USE_CACHE"]);
    let mut backend = options.cache.backend.unwrap_or(CacheBackend::Sqlite);
    if enabled == Some(false) && !is_chosen {
        backend = CacheBackend::Off;
    }
    let ttl = field.number(&["CACHE_TTL"], 1, 10 * 365 * 86_400);
    let own = match &options.cache.ttl {
        Some(text) => Some(span(text).ok_or_else(|| ConfigError::Value {
            message: format!("`cache.ttl` is `{text}`"),
            hint: Some(
                "a whole number of seconds, or with `m`, `h`, `d`, `w` behind it".to_owned(),
            ),
        })?),
        None => None,
    };
    let gives_way = matches!(
        settings.origin("cache.ttl"),
        Some(Origin::Default | Origin::File(_))
    );
    let ttl = ttl.filter(|_| gives_way).or(own).unwrap_or(30 * 86_400);
    let folder = folder(field);
    let address = match field.text(&["DOCGEN_REDIS_URL"]) {
        Some(address) => Some(address.to_owned()),
        None => address(field)?,
    };
    Ok(match (backend, address) {
        (CacheBackend::Off, _) => (StoreChoice::Memory, 0),
        (CacheBackend::Memory, _) => (StoreChoice::Memory, ttl),
        (CacheBackend::Sqlite, Some(address)) if !is_chosen => {
            (StoreChoice::Redis(address.into(), folder), ttl)
        }
        (CacheBackend::Redis, Some(address)) => (StoreChoice::Redis(address.into(), folder), ttl),
        (CacheBackend::Redis, None) => {
            return Err(ConfigError::Value {
                message: "there is no address of a Redis server".to_owned(),
                hint: Some("set `DOCGEN_REDIS_URL`, or `REDIS_HOST`".to_owned()),
            });
        }
        (CacheBackend::Sqlite, _) => (StoreChoice::File(folder), ttl),
    })
}

/// The address of the server that the `REDIS_...` variables tell of.
fn address(field: &mut Field<'_>) -> Result<Option<String>, ConfigError> {
    let Some(host) = field.text(&["REDIS_HOST"]) else {
        return Ok(None);
    };
    let wrong = || ConfigError::Value {
        message: "`REDIS_HOST` is no name of a machine".to_owned(),
        hint: None,
    };
    let port = field.number(&["REDIS_PORT"], 1, u16::MAX).unwrap_or(6379);
    let database = field.number(&["REDIS_DB"], 0_u32, 1_000_000).unwrap_or(0);
    let mut url = Url::parse(&format!("redis://{host}:{port}/{database}")).map_err(|_| wrong())?;
    if let Some(password) = field.text(&["REDIS_PASSWORD"]) {
        // What is special in addresses is escaped here.
        url.set_password(Some(password)).map_err(|()| wrong())?;
    }
    Ok(Some(url.into()))
}

/// Where this user's programs keep what they can make again.
fn folder(field: &Field<'_>) -> Option<PathBuf> {
    if let Some(folder) = field.text(&["DOCGEN_CACHE_DIR"]) {
        return Some(PathBuf::from(folder));
    }
    let below = |name: &str, path: &str| Some(PathBuf::from(field.text(&[name])?).join(path));
    below("XDG_CACHE_HOME", "docgen").or_else(|| {
        if cfg!(windows) {
            below("LOCALAPPDATA", "docgen/cache")
        } else if cfg!(target_os = "macos") {
            below("HOME", "Library/Caches/docgen")
        } else {
            below("HOME", ".cache/docgen")
        }
    })
}

/// `30d`, `12h`, `3600`: seconds.
fn span(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.trim_end_matches(|it: char| it.is_ascii_alphabetic());
    let factor = match &text[digits.len()..] {
        "" | "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        "w" => 7 * 86_400,
        _ => return None,
    };
    digits.trim().parse::<u64>().ok()?.checked_mul(factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_time() {
        assert_eq!(span("30d"), Some(2_592_000));
        assert_eq!(span("12 h"), Some(43_200));
        assert_eq!(span("90"), Some(90));
        assert_eq!(
            (span(""), span("d"), span("3y"), span("-1d")),
            (None, None, None, None)
        );
    }

    #[test]
    fn a_password_of_redis_is_escaped() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let variables = [
            pair("REDIS_HOST", "cache"),
            pair("REDIS_PASSWORD", "p@ss/w:rd"),
            pair("REDIS_DB", "2"),
        ];
        let address = address(&mut Field::new(&variables)).unwrap().unwrap();
        assert_eq!(address, "redis://:p%40ss%2Fw%3Ard@cache:6379/2");
    }
}
