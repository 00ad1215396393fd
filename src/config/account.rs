//! Whose AI is asked: the provider that the user chose, and the address and key that the environment holds for it.
//!
//! No file of settings names an address or a key: a checked-out repository could send the key elsewhere.

use secrecy::SecretString;

use super::field::Field;
use super::{AiOptions, ConfigError, ProviderChoice};
use crate::ai::{Account, Kind, checked_endpoint};

/// The account that is asked; `None` where nobody chose a provider: a key alone never starts the AI.
///
/// # Errors
/// Where the chosen provider cannot be asked: no key, no address, one that no key may be sent to.
pub(super) fn account(
    options: &AiOptions,
    field: &mut Field<'_>,
) -> Result<Option<Account>, ConfigError> {
    let Some(kind) = kind(options, field) else {
        return Ok(None);
    };
    let names = Names::of(kind);
    let wrong = |message: String, hint: String| ConfigError::Value {
        message,
        hint: Some(hint),
    };
    let word = kind.word();
    let (variable, endpoint) = endpoint(kind, field)?;
    let endpoint = checked_endpoint(&endpoint).map_err(|error| {
        let hint =
            "addresses are https://, or http:// on this machine, without a password".to_owned();
        wrong(
            format!("the address in `{variable}` is refused: {error}"),
            hint,
        )
    })?;
    let key = field.text(names.keys).map(SecretString::from);
    if key.is_none() && kind.wants_key() {
        let message = format!("there is no key for {word}");
        return Err(wrong(
            message,
            format!("set `{}`", names.keys.join("` or `")),
        ));
    }
    let (model, base_model) = models(kind, options, field, &names)?;
    let is_openai = kind == Kind::OpenAi;
    Ok(Some(Account {
        kind,
        endpoint,
        key,
        model,
        base_model,
        organization: field
            .text(&["OPENAI_ORG_ID"])
            .filter(|_| is_openai)
            .map(str::to_owned),
        project: field
            .text(&["GOOGLE_PROJECT_ID"])
            .filter(|_| kind == Kind::Gemini)
            .map(str::to_owned),
        version: match kind {
            Kind::Azure => field.text(&["AZURE_OPENAI_VERSION"]).map(str::to_owned),
            _ => None,
        },
        temperature: field.number(&["TEMPERATURE"], 0.0, 1.0),
    }))
}

/// The model that is asked, and the one behind it where that is another.
fn models(
    kind: Kind,
    options: &AiOptions,
    field: &Field<'_>,
    names: &Names,
) -> Result<(String, Option<String>), ConfigError> {
    let word = kind.word();
    let deployment = (kind == Kind::Azure)
        .then(|| field.text(&["AZURE_OPENAI_DEPLOYMENT"]))
        .flatten();
    let asked = options.model.as_deref();
    let model = deployment
        .or(asked)
        .or_else(|| field.text(names.models))
        .or(names.usual);
    let Some(model) = model else {
        let hint = match names.models.first() {
            Some(variable) => format!("give `--model`, or set `{variable}`"),
            None => "give `--model`".to_owned(),
        };
        return Err(ConfigError::Value {
            message: format!("no model is named for {word}"),
            hint: Some(hint),
        });
    };
    let base_model = match kind {
        Kind::Azure => field.text(&["MODEL_NAME"]).or(deployment.and(asked)),
        _ => None,
    };
    Ok((model.to_owned(), base_model.map(str::to_owned)))
}

fn kind(options: &AiOptions, field: &mut Field<'_>) -> Option<Kind> {
    if let Some(choice) = options.provider {
        return Some(match choice {
            ProviderChoice::Azure => Kind::Azure,
            ProviderChoice::Openai => Kind::OpenAi,
            ProviderChoice::Anthropic => Kind::Anthropic,
            ProviderChoice::Gemini => Kind::Gemini,
            ProviderChoice::Ollama => Kind::Ollama,
            ProviderChoice::OpenaiCompatible => Kind::Compatible,
        });
    }
    match field.text(&["DEFAULT_MODEL"])? {
        "azure" => Some(Kind::Azure),
        "openai" => Some(Kind::OpenAi),
        "claude" | "anthropic" => Some(Kind::Anthropic),
        "gemini" => Some(Kind::Gemini),
        "ollama" => Some(Kind::Ollama),
        _ => {
            let warning =
                "`DEFAULT_MODEL` is ignored: it is none of azure, openai, claude, gemini, ollama";
            field.warnings.push(warning.to_owned());
            None
        }
    }
}

/// The variables of a provider, and the model that is asked unless one is named.
struct Names {
    keys: &'static [&'static str],
    models: &'static [&'static str],
    usual: Option<&'static str>,
}

impl Names {
    const fn of(kind: Kind) -> Self {
        let (keys, models, usual): (&[&str], &[&str], _) = match kind {
            Kind::Azure => (
                &["AZURE_OPENAI_KEY", "AZURE_OPENAI_API_KEY"],
                &["AZURE_OPENAI_DEPLOYMENT"],
                None,
            ),
            Kind::OpenAi => (
                &["OPENAI_API_KEY"],
                &["OPENAI_MODEL_NAME"],
                Some("gpt-6-luna"),
            ),
            Kind::Anthropic => (
                &["ANTHROPIC_API_KEY", "CLAUDE_API_KEY"],
                &["CLAUDE_MODEL_NAME"],
                Some("claude-haiku-5-5"),
            ),
            Kind::Gemini => (
                &["GOOGLE_API_KEY", "GEMINI_API_KEY"],
                &["GEMINI_MODEL_NAME"],
                Some("gemini-3.5-flash-lite"),
            ),
            Kind::Ollama => (&[], &[], None),
            Kind::Compatible => (&["OPENAI_API_KEY"], &["OPENAI_MODEL_NAME"], None),
        };
        Self {
            keys,
            models,
            usual,
        }
    }
}

/// The address, and the variable that holds it.
fn endpoint(kind: Kind, field: &Field<'_>) -> Result<(&'static str, String), ConfigError> {
    let variable = match kind {
        Kind::Azure => "AZURE_OPENAI_ENDPOINT",
        Kind::OpenAi | Kind::Compatible => "OPENAI_BASE_URL",
        Kind::Anthropic => "ANTHROPIC_BASE_URL",
        Kind::Gemini => "GEMINI_BASE_URL",
        Kind::Ollama => "OLLAMA_HOST",
    };
    let given = field.text(&[variable]).map(|text| {
        // Ollama's own variable has no scheme.
        let bare = kind == Kind::Ollama && !text.contains("://");
        let scheme = if bare { "http://" } else { "" };
        let text = text.replace("0.0.0.0", "127.0.0.1");
        let is_local_port = bare && !text.contains(':');
        format!(
            "{scheme}{text}{}",
            if is_local_port { ":11434" } else { "" }
        )
    });
    let known = given.or_else(|| kind.endpoint().map(str::to_owned));
    let known = known.ok_or_else(|| ConfigError::Value {
        message: format!("there is no address for {}", kind.word()),
        hint: Some(format!("set `{variable}`")),
    });
    Ok((variable, known?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        provider: Option<ProviderChoice>,
        variables: &[(&str, &str)],
    ) -> Result<Option<Account>, ConfigError> {
        let variables: Vec<_> = variables
            .iter()
            .map(|it| (it.0.to_owned(), it.1.to_owned()))
            .collect();
        let options = AiOptions {
            provider,
            ..AiOptions::default()
        };
        account(&options, &mut Field::new(&variables))
    }

    #[test]
    fn a_key_alone_starts_nothing() {
        let keys = [("OPENAI_API_KEY", "k"), ("ANTHROPIC_API_KEY", "k")];
        assert!(read(None, &keys).unwrap().is_none());
        let chosen = [("OPENAI_API_KEY", "k"), ("DEFAULT_MODEL", "openai")];
        let account = read(None, &chosen).unwrap().unwrap();
        assert_eq!(
            (account.kind, account.model.as_str()),
            (Kind::OpenAi, "gpt-6-luna")
        );
        assert!(!format!("{account:?}").contains("\"k\""));
    }

    #[test]
    fn azure_has_deployments_and_the_models_behind_them() {
        let variables = [
            ("AZURE_OPENAI_ENDPOINT", "https://x.openai.azure.com/"),
            ("AZURE_OPENAI_KEY", "k"),
            ("AZURE_OPENAI_DEPLOYMENT", "mine"),
            ("AZURE_OPENAI_VERSION", "2024-10-21"),
            ("MODEL_NAME", "gpt-4o-mini"),
        ];
        let account = read(Some(ProviderChoice::Azure), &variables)
            .unwrap()
            .unwrap();
        assert_eq!(
            (account.model.as_str(), account.priced_model()),
            ("mine", "gpt-4o-mini")
        );
        assert_eq!(account.endpoint, "https://x.openai.azure.com");
        assert!(
            read(Some(ProviderChoice::Azure), &variables[1..]).is_err(),
            "no address"
        );
    }

    #[test]
    fn an_address_that_no_key_may_go_to_is_refused() {
        for address in [
            "http://example.org/v1",
            "https://169.254.169.254/v1",
            "https://a:b@example.org",
        ] {
            let variables = [("OPENAI_API_KEY", "k"), ("OPENAI_BASE_URL", address)];
            let error = read(Some(ProviderChoice::Openai), &variables).unwrap_err();
            assert!(
                error.to_string().contains("`OPENAI_BASE_URL` is refused"),
                "{error}"
            );
        }
        let here = [("OLLAMA_HOST", "0.0.0.0")];
        let mut options = AiOptions {
            provider: Some(ProviderChoice::Ollama),
            model: Some("llama3.3".to_owned()),
            ..AiOptions::default()
        };
        let variables: Vec<_> = here
            .iter()
            .map(|it| (it.0.to_owned(), it.1.to_owned()))
            .collect();
        let account = account(&options, &mut Field::new(&variables))
            .unwrap()
            .unwrap();
        assert_eq!(account.endpoint, "http://127.0.0.1:11434");
        options.model = None;
        assert!(
            super::account(&options, &mut Field::new(&[])).is_err(),
            "no model"
        );
    }
}
