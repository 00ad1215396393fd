//! How similar functions are found: the backend that the settings name, with the addresses and keys that the environment
//! holds for it.

use secrecy::SecretString;

use super::field::Field;
use super::options::RetrievalBackend;
use super::{Options, RetrievalOptions};
use crate::ai::{Account, Kind, checked_endpoint, is_index_name};

/// How similar functions are found.
#[derive(Clone, Debug)]
pub enum RetrievalChoice {
    /// They are not shown.
    Off,
    /// By their words.
    Words,
    /// By vectors that this account gives.
    Vectors(Account),
    /// In an index, by words and by vectors that this account gives.
    Index(Account, IndexChoice),
}

/// An index of Azure AI Search.
#[derive(Clone, Debug)]
pub struct IndexChoice {
    /// The address of the service.
    pub endpoint: String,
    /// The key.
    pub key: SecretString,
    /// The index.
    pub name: String,
}

/// The model of `OpenAI`'s that is asked unless one is named.
const USUAL: &str = "text-embedding-3-small";

/// How similar functions are found. What is missing or wrong is a warning, and words are what they are found by.
pub(super) fn choice(
    options: &Options,
    account: Option<&Account>,
    field: &mut Field<'_>,
) -> RetrievalChoice {
    let own = &options.retrieval;
    let chosen = match own.backend {
        Some(RetrievalBackend::Off) => return RetrievalChoice::Off,
        None | Some(RetrievalBackend::Bm25) => return RetrievalChoice::Words,
        // Nothing is sought where nobody is asked.
        _ if account.is_none() => return RetrievalChoice::Words,
        Some(RetrievalBackend::Embeddings) => {
            embeddings(own, account, field).map(RetrievalChoice::Vectors)
        }
        Some(RetrievalBackend::AzureSearch) => index(field).and_then(|index| {
            embeddings(own, account, field).map(|it| RetrievalChoice::Index(it, index))
        }),
    };
    chosen.unwrap_or_else(|trouble| {
        let warning = format!("{trouble}; similar functions are found by bm25");
        field.warnings.push(warning);
        RetrievalChoice::Words
    })
}

/// The account that gives vectors: one of its own, or the one that is asked for words where it has the same interface.
fn embeddings(
    own: &RetrievalOptions,
    account: Option<&Account>,
    field: &Field<'_>,
) -> Result<Account, String> {
    let kind = account.map_or(Kind::Compatible, |it| it.kind);
    let asked = account.filter(|it| {
        use Kind::{Azure, Compatible, Ollama, OpenAi};
        matches!(it.kind, Azure | Compatible | Ollama | OpenAi)
    });
    let named = own.model.clone().filter(|it| !it.trim().is_empty());
    let key = field.text(&["DOCGEN_EMBEDDINGS_KEY"]);
    let key = key.map(SecretString::from);
    let blank = |kind, endpoint, key, model| Account {
        kind,
        endpoint,
        key,
        model,
        base_model: None,
        organization: None,
        project: None,
        version: None,
        temperature: None,
    };
    if let Some(url) = field.text(&["DOCGEN_EMBEDDINGS_URL"]) {
        let endpoint = checked_endpoint(url)
            .map_err(|it| format!("the address in `DOCGEN_EMBEDDINGS_URL` is refused: {it}"))?;
        let model = named.ok_or(
            "no model for embeddings is named (`retrieval.model`, or `DOCGEN_RETRIEVAL_MODEL`)",
        )?;
        // A key that was set for another address stays away from this one.
        return Ok(blank(Kind::Compatible, endpoint, key, model));
    }
    let Some(asked) = asked else {
        let word = kind.word();
        return Err(format!(
            "{word} gives no embeddings in OpenAI's way, and `DOCGEN_EMBEDDINGS_URL` is not set"
        ));
    };
    let usual = (kind == Kind::OpenAi).then(|| USUAL.to_owned());
    let model = named.or(usual).ok_or(
        "no model for embeddings is named (`retrieval.model`, or `DOCGEN_RETRIEVAL_MODEL`)",
    )?;
    let endpoint = match kind {
        // Its own interface is another one.
        Kind::Ollama => format!("{}/v1", asked.endpoint),
        _ => asked.endpoint.clone(),
    };
    Ok(Account {
        version: asked.version.clone(),
        ..blank(kind, endpoint, key.or_else(|| asked.key.clone()), model)
    })
}

fn index(field: &Field<'_>) -> Result<IndexChoice, String> {
    let of = |name: &'static str| field.text(&[name]).ok_or(format!("`{name}` is not set"));
    let endpoint = checked_endpoint(of("AZURE_SEARCH_ENDPOINT")?)
        .map_err(|it| format!("the address in `AZURE_SEARCH_ENDPOINT` is refused: {it}"))?;
    let name = of("AZURE_SEARCH_INDEX")?.to_owned();
    if !is_index_name(&name) {
        let what =
            "`AZURE_SEARCH_INDEX` is no name of an index: lower-case letters, digits, dashes";
        return Err(what.to_owned());
    }
    Ok(IndexChoice {
        endpoint,
        key: SecretString::from(of("AZURE_SEARCH_KEY")?),
        name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(kind: Kind) -> Account {
        Account {
            kind,
            endpoint: "https://api.example.org/v1".to_owned(),
            key: Some("chat".into()),
            model: "m".to_owned(),
            base_model: None,
            organization: None,
            project: None,
            version: None,
            temperature: None,
        }
    }

    fn read(
        backend: RetrievalBackend,
        model: Option<&str>,
        kind: Kind,
        variables: &[(&str, &str)],
    ) -> (RetrievalChoice, Vec<String>) {
        let pair = |it: &(&str, &str)| (it.0.to_owned(), it.1.to_owned());
        let variables: Vec<_> = variables.iter().map(pair).collect();
        let mut options = Options::default();
        options.retrieval.backend = Some(backend);
        options.retrieval.model = model.map(str::to_owned);
        let mut field = Field::new(&variables);
        let choice = choice(&options, Some(&account(kind)), &mut field);
        (choice, field.warnings)
    }

    #[test]
    fn an_account_of_the_same_interface_gives_vectors_too() {
        use RetrievalBackend::Embeddings;
        let (choice, warnings) = read(Embeddings, None, Kind::OpenAi, &[]);
        let RetrievalChoice::Vectors(account) = choice else {
            panic!("{choice:?} {warnings:?}");
        };
        assert_eq!(account.model, "text-embedding-3-small");
        assert_eq!(account.endpoint, "https://api.example.org/v1");
        assert!(account.key.is_some());
        let url = [("DOCGEN_EMBEDDINGS_URL", "http://127.0.0.1:8080/v1/")];
        let (choice, _) = read(Embeddings, Some("minilm"), Kind::Anthropic, &url);
        let RetrievalChoice::Vectors(account) = choice else {
            panic!("{choice:?}");
        };
        assert_eq!(account.endpoint, "http://127.0.0.1:8080/v1");
        assert!(account.key.is_none(), "the other account's key stays away");
    }

    #[test]
    fn what_is_missing_or_refused_is_one_warning() {
        use RetrievalBackend::{AzureSearch, Embeddings};
        let search = [
            ("AZURE_SEARCH_ENDPOINT", "https://x.search.windows.net"),
            ("AZURE_SEARCH_KEY", "k"),
            ("AZURE_SEARCH_INDEX", "docs"),
        ];
        let bad = [search[0], search[1], ("AZURE_SEARCH_INDEX", "My_Docs")];
        let plain = [
            ("AZURE_SEARCH_ENDPOINT", "http://example.org"),
            search[1],
            search[2],
        ];
        let away = [("DOCGEN_EMBEDDINGS_URL", "https://169.254.169.254/v1")];
        for (backend, kind, variables, why) in [
            (Embeddings, Kind::Gemini, &[][..], "gives no embeddings"),
            (Embeddings, Kind::Ollama, &[][..], "no model"),
            (Embeddings, Kind::OpenAi, &away[..], "is refused"),
            (
                AzureSearch,
                Kind::OpenAi,
                &search[..1],
                "`AZURE_SEARCH_INDEX` is not set",
            ),
            (AzureSearch, Kind::OpenAi, &bad[..], "no name of an index"),
            (AzureSearch, Kind::OpenAi, &plain[..], "is refused"),
        ] {
            let (choice, warnings) = read(backend, None, kind, variables);
            assert!(matches!(choice, RetrievalChoice::Words), "{choice:?}");
            assert_eq!(warnings.len(), 1, "{why}: {warnings:?}");
            assert!(warnings[0].contains(why), "{why}: {warnings:?}");
        }
        let (choice, _) = read(AzureSearch, None, Kind::OpenAi, &search);
        assert!(matches!(choice, RetrievalChoice::Index(..)));
        assert!(!format!("{choice:?}").contains("\"k\""));
    }
}
