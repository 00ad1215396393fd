//! An index of Azure AI Search: made, filled and asked over REST.
//! <https://learn.microsoft.com/rest/api/searchservice/>, version 2024-07-01.

use std::time::Duration;

use reqwest::Method;
use secrecy::SecretString;
use serde_json::{Value, json};

use super::account::{Account, Kind};
use super::exchange::{Request, Response};
use super::fault;
use super::retry::{Backoff, Tries};
use super::secrets;
use super::stop::Stop;
use super::transport::{Transport, TransportError};
use crate::meter::run_id;

/// The version of the interface that is spoken.
const VERSION: &str = "2024-07-01";
/// Documents of a request: a thousand may go, and 16 MB; vectors are long.
pub const AT_ONCE: usize = 200;
/// So many neighbours of a vector take part before both rankings become one, as the service's pages advise.
const NEIGHBOURS: usize = 50;
/// The most words of a question.
const WORDS: usize = 200;

/// An index on a service, and the key to it.
#[derive(Debug)]
pub struct SearchIndex {
    account: Account,
    transport: Transport,
    backoff: Backoff,
    retries: u32,
}

/// What is kept of a documented symbol, and found again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Its key: letters, digits, `_`, `-` and `=` only.
    pub id: String,
    /// The name of its project.
    pub project: String,
    /// Its file.
    pub path: String,
    /// Its qualified name.
    pub qualname: String,
    /// Its header.
    pub header: String,
    /// Its docstring.
    pub docstring: String,
    /// Its vector.
    pub vector: Vec<f32>,
}

/// Whether a text is the name of an index: lower-case letters, digits and dashes, none at its ends, no two in a row.
pub fn is_index_name(name: &str) -> bool {
    let is_part = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    let ends = name.starts_with('-') || name.ends_with('-') || name.contains("--");
    (2..=128).contains(&name.len()) && name.chars().all(is_part) && !ends
}

impl SearchIndex {
    /// The index `name` of the service at `endpoint`.
    ///
    /// # Errors
    /// Where there is no way to send anything.
    pub fn new(
        endpoint: String,
        key: SecretString,
        name: String,
        patience: (u32, Duration, Backoff),
    ) -> Result<Self, TransportError> {
        let account = Account {
            kind: Kind::Azure,
            endpoint,
            key: Some(key),
            model: name,
            base_model: None,
            organization: None,
            project: None,
            version: None,
            temperature: None,
        };
        let (retries, timeout, backoff) = patience;
        let transport = Transport::new(&account, ("api-key", ""), run_id(), timeout)?;
        Ok(Self {
            account,
            transport,
            backoff,
            retries,
        })
    }

    /// Where it is and what it is called.
    pub fn place(&self) -> (&str, &str) {
        (&self.account.endpoint, &self.account.model)
    }

    /// Makes the index for vectors of so many numbers where there is none; whether there was none.
    ///
    /// # Errors
    /// Where it cannot be made, or is of another shape.
    pub(super) async fn make(&self, dimension: usize, stop: &Stop) -> Result<bool, String> {
        let (status, body) = self.call(Method::GET, "", Value::Null, stop).await?;
        if status == 200 {
            let fields = body["fields"].as_array().into_iter().flatten();
            let vector = fields.into_iter().find(|it| it["name"] == "vector");
            let found = vector.and_then(|it| it["dimensions"].as_u64());
            return match found {
                Some(found) if found == dimension as u64 => Ok(false),
                Some(found) => Err(format!(
                    "its vectors have {found} numbers, and the model's {dimension}: name another index"
                )),
                None => Err("it was not made by docgen: name another index".to_owned()),
            };
        }
        if status != 404 {
            return Err(refused(status, &body));
        }
        let shape = shape(&self.account.model, dimension);
        match self.call(Method::PUT, "", shape, stop).await? {
            (200..=204, _) => Ok(true),
            (status, body) => Err(refused(status, &body)),
        }
    }

    /// Puts documents into the index, over those of the same keys.
    ///
    /// # Errors
    /// Where one of them was not taken.
    pub(super) async fn put(&self, documents: &[Document], stop: &Stop) -> Result<(), String> {
        let mut open: Vec<&Document> = documents.iter().collect();
        let tries = Tries::new(self.retries);
        loop {
            let value: Vec<Value> = open.iter().map(|it| action(it)).collect();
            let body = json!({ "value": value });
            let (status, body) = self.call(Method::POST, "/docs/index", body, stop).await?;
            if status != 200 && status != 207 {
                return Err(refused(status, &body));
            }
            let results = body["value"].as_array().ok_or("what came is no answer")?;
            let bad: Vec<&Value> = results.iter().filter(|it| it["status"] != true).collect();
            if bad.is_empty() {
                return Ok(());
            }
            // Some are taken and some are not: a service that is busy says so of each.
            let code = |it: &Value| it["statusCode"].as_u64().unwrap_or(400) as u16;
            let lasting = bad.iter().find(|it| !fault::passes(code(it)));
            let wait = tries.take();
            let wait = wait.and_then(|it| self.backoff.wait(it, None, fastrand::f64()));
            let (Some(wait), None) = (wait, lasting) else {
                let it = lasting.unwrap_or(&bad[0]);
                let what = it["errorMessage"].as_str().unwrap_or("a document");
                return Err(self.shown(&format!("{what} (status {})", code(it))));
            };
            open.retain(|it| bad.iter().any(|bad| bad["key"] == it.id.as_str()));
            if open.is_empty() || !stop.sleep(wait).await {
                return Err("the run is over".to_owned());
            }
        }
    }

    /// The documents most like a text and its vector, best first.
    ///
    /// # Errors
    /// Where nothing was answered.
    pub(super) async fn find(
        &self,
        (text, vector): (&str, &[f32]),
        count: usize,
        stop: &Stop,
    ) -> Result<Vec<Document>, String> {
        let body = json!({
            "search": plain(text),
            "searchFields": "qualname,header,docstring",
            "queryType": "simple",
            "searchMode": "any",
            "select": "path,qualname,header,docstring",
            "top": count,
            "vectorQueries": [{
                "kind": "vector",
                "vector": vector,
                "fields": "vector",
                "k": NEIGHBOURS.max(count),
            }],
        });
        let (status, body) = self.call(Method::POST, "/docs/search", body, stop).await?;
        if status == 404 {
            // Nobody has put anything there yet.
            return Ok(Vec::new());
        }
        // 206: a part of the service did not answer in time, and the others have.
        if status != 200 && status != 206 {
            return Err(refused(status, &body));
        }
        let found = body["value"].as_array().ok_or("what came is no answer")?;
        let text = |it: &Value, name: &str| it[name].as_str().unwrap_or_default().to_owned();
        let documents = found.iter().map(|it| Document {
            path: text(it, "path"),
            qualname: text(it, "qualname"),
            header: text(it, "header"),
            docstring: text(it, "docstring"),
            ..Document::default()
        });
        Ok(documents.filter(|it| !it.docstring.is_empty()).collect())
    }

    /// Sends a request, and again where that helps: its status and its body.
    async fn call(
        &self,
        method: Method,
        path: &str,
        body: Value,
        stop: &Stop,
    ) -> Result<(u16, Value), String> {
        let (endpoint, name) = self.place();
        let mut headers = Vec::new();
        if method == Method::PUT {
            headers.push(("prefer", "return=representation".to_owned()));
        }
        let request = Request {
            url: format!("{endpoint}/indexes/{name}{path}?api-version={VERSION}"),
            headers,
            body,
        };
        let tries = Tries::new(self.retries);
        loop {
            let sent = tokio::select! {
                sent = self.transport.call(method.clone(), &request) => sent,
                () = stop.gone() => return Err("the run is over".to_owned()),
            };
            let (asked, what) = match sent {
                Ok(response) if fault::passes(response.status) => (
                    response.wait(),
                    refused(response.status, &response.json().unwrap_or_default()),
                ),
                Ok(response) => return self.read(&response),
                Err(error) if error.passes() => (None, error.to_string()),
                Err(error) => return Err(self.shown(&error.to_string())),
            };
            let wait = tries.take();
            let wait = wait.and_then(|it| self.backoff.wait(it, asked, fastrand::f64()));
            let Some(wait) = wait else {
                return Err(self.shown(&what));
            };
            if !stop.sleep(wait).await {
                return Err("the run is over".to_owned());
            }
        }
    }

    fn read(&self, response: &Response) -> Result<(u16, Value), String> {
        let body = response.json();
        if response.status == 200 && body.is_none() {
            let what = format!("what came is no JSON: {}", response.excerpt());
            return Err(self.shown(&what));
        }
        Ok((response.status, body.unwrap_or_default()))
    }

    /// A message as it may be shown.
    pub(super) fn shown(&self, what: &str) -> String {
        secrets::masked(&self.account.hidden(what)).0.into_owned()
    }
}

/// What a refusal says.
fn refused(status: u16, body: &Value) -> String {
    let what = body["error"]["message"].as_str().unwrap_or("it refuses");
    let short: String = what.chars().take(200).collect();
    format!("{short} (HTTP {status})")
}

/// The words of a text: what is left has no meaning in the language of questions (`+ | - * ~ " ( )`).
fn plain(text: &str) -> String {
    let words = text.split(|it: char| !(it.is_alphanumeric() || it == '_'));
    let words = words.filter(|it| !it.is_empty()).take(WORDS);
    words.collect::<Vec<_>>().join(" ")
}

fn action(document: &Document) -> Value {
    json!({
        "@search.action": "upload",
        "id": document.id,
        "project": document.project,
        "path": document.path,
        "qualname": document.qualname,
        "header": document.header,
        "docstring": document.docstring,
        "vector": document.vector,
    })
}

/// The index as it is made.
fn shape(name: &str, dimension: usize) -> Value {
    let field = |name: &str, key: bool, searchable: bool| {
        json!({
            "name": name, "type": "Edm.String", "key": key, "searchable": searchable,
            "filterable": !searchable, "retrievable": true, "sortable": false, "facetable": false,
        })
    };
    json!({
        "name": name,
        "fields": [
            field("id", true, false),
            field("project", false, false),
            field("path", false, false),
            field("qualname", false, true),
            field("header", false, true),
            field("docstring", false, true),
            {
                "name": "vector", "type": "Collection(Edm.Single)", "searchable": true,
                "retrievable": false, "stored": false,
                "dimensions": dimension, "vectorSearchProfile": "nearest",
            },
        ],
        "vectorSearch": {
            "algorithms": [{"name": "graph", "kind": "hnsw", "hnswParameters": {"metric": "cosine"}}],
            "profiles": [{"name": "nearest", "algorithm": "graph"}],
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_indexes() {
        for good in ["docgen", "a1", "my-docs-2"] {
            assert!(is_index_name(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "Docs",
            "-a",
            "a-",
            "a--b",
            "a_b",
            "a/b",
            &"a".repeat(129),
        ] {
            assert!(!is_index_name(bad), "{bad}");
        }
    }

    #[test]
    fn questions_are_words_alone() {
        assert_eq!(
            plain("def f(self, *, x: int | None = -1) -> \"a\":"),
            "def f self x int None 1 a"
        );
        assert_eq!(plain(&"w ".repeat(999)).len(), 2 * WORDS - 1);
    }
}
