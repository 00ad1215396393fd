//! What is taken out of whatever is shown, logged or kept: one place that all of it passes.

use std::fmt;
use std::ops::Range;

use super::secrets::masked;

/// What stands in place of a secret.
const HIDDEN: &str = "***";
/// What is shorter is no secret: it would be found everywhere.
const SHORTEST: usize = 6;
/// Words of variables' names whose values nobody tells.
const NAMES: [&str; 6] = ["KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD", "CREDENTIAL"];

/// Takes secrets out of texts: those of the environment, wherever they stand, and what looks like one.
#[derive(Clone, Default)]
pub struct Redactor {
    /// In every spelling, the longest first.
    known: Vec<String>,
}

impl fmt::Debug for Redactor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Redactor").finish_non_exhaustive()
    }
}

impl Redactor {
    /// One that knows the secrets among these variables: by their names, and the passwords of addresses.
    pub fn new(variables: &[(String, String)]) -> Self {
        let mut known = Vec::new();
        for (name, value) in variables {
            let name = name.to_ascii_uppercase();
            if NAMES.iter().any(|it| name.contains(it)) {
                know(value, &mut known);
            }
            for user in users(value) {
                if let Some((_, password)) = value[user].split_once(':') {
                    know(password, &mut known);
                }
            }
        }
        known.sort_by_key(|it| std::cmp::Reverse(it.len()));
        known.dedup();
        Self { known }
    }

    /// The text without the secrets of the environment.
    pub fn without_known(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.known {
            if text.contains(secret.as_str()) {
                text = text.replace(secret.as_str(), HIDDEN);
            }
        }
        text
    }

    /// The text without secrets, also without what only looks like one.
    pub fn redacted(&self, text: &str) -> String {
        let text = self.without_known(text);
        let text = without(&text, &users(&text));
        let text = without(&text, &bearers(&text));
        masked(&text).0.into_owned()
    }
}

/// Adds a secret as it is, as addresses write it, and as JSON does.
fn know(value: &str, known: &mut Vec<String>) {
    let value = value.trim();
    // A limit of tokens is no token.
    let is_number = value.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    if value.len() < SHORTEST || is_number {
        return;
    }
    let json = serde_json::Value::from(value).to_string();
    known.push(json.trim_matches('"').to_owned());
    let in_address: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
    known.push(in_address.replace('+', "%20"));
    if let Some(plain) = unescaped(value) {
        known.push(plain);
    }
    known.push(value.to_owned());
}

/// What `%40` and its like stand for, where there are any.
fn unescaped(text: &str) -> Option<String> {
    text.contains('%').then(|| {
        let pair = format!("k={}", text.replace('+', "%2B"));
        let pairs = url::form_urlencoded::parse(pair.as_bytes());
        pairs.map(|it| it.1.into_owned()).collect()
    })
}

fn without(text: &str, ranges: &[Range<usize>]) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for range in ranges {
        out.push_str(&text[at..range.start]);
        out.push_str(HIDDEN);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Who signs in, in addresses: what stands between `://` and `@`.
fn users(text: &str) -> Vec<Range<usize>> {
    let ends = |it: char| it.is_whitespace() || matches!(it, '/' | '"' | '\'' | '<' | '>' | '`');
    let user = |(at, mark): (usize, &str)| {
        let start = at + mark.len();
        let end = text[start..].find(ends).map_or(text.len(), |it| start + it);
        let user = text[start..end].rfind('@')?;
        Some(start..start + user)
    };
    text.match_indices("://").filter_map(user).collect()
}

/// What follows the words that introduce a credential in headers.
fn bearers(text: &str) -> Vec<Range<usize>> {
    const MARKS: [&str; 6] = [
        "bearer ",
        "basic ",
        "api-key: ",
        "api-key\":\"",
        "x-goog-api-key=",
        "?key=",
    ];
    let lower = text.to_ascii_lowercase();
    let is_part = |it: char| it.is_ascii_alphanumeric() || "-._~+/=".contains(it);
    let mut found: Vec<Range<usize>> = Vec::new();
    for mark in MARKS {
        for (at, _) in lower.match_indices(mark) {
            let start = at + mark.len();
            let rest = &text[start..];
            let length = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
            // `basic words` introduces nothing.
            let is_word =
                mark == "basic " && rest[..length].bytes().all(|it| it.is_ascii_lowercase());
            if length >= SHORTEST && !is_word {
                found.push(start..start + length);
            }
        }
    }
    found.sort_by_key(|it| it.start);
    found.dedup_by(|next, last| next.start < last.end);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redactor(variables: &[(&str, &str)]) -> Redactor {
        let owned = |it: &(&str, &str)| (it.0.to_owned(), it.1.to_owned());
        let variables: Vec<_> = variables.iter().map(owned).collect();
        Redactor::new(&variables)
    }

    #[test]
    fn what_the_environment_holds_is_known_in_every_spelling() {
        let redactor = redactor(&[
            ("OPENAI_API_KEY", "plain words"),
            ("REDIS_PASSWORD", "p@ss/w:rd\"x"),
            ("DOCGEN_REDIS_URL", "rediss://team:h%40rd-one@cache:6379"),
            ("MAX_TOKENS_PER_MINUTE", "100000000"),
            ("SHORT_KEY", "abc"),
            ("EDITOR", "editor-of-choice"),
        ]);
        for text in [
            "it said plain words",
            "at plain%20words?",
            "p@ss/w:rd\"x",
            "p%40ss%2Fw%3Ard%22x",
            "p@ss/w:rd\\\"x",
            "h%40rd-one",
            "h@rd-one",
        ] {
            let told = redactor.redacted(text);
            assert!(told.contains(HIDDEN), "{text}: {told}");
            assert!(!told.contains("words") && !told.contains("rd"), "{told}");
        }
        let plain = "abc 100000000 editor-of-choice";
        assert_eq!(redactor.redacted(plain), plain);
        assert!(!format!("{redactor:?}").contains("plain"));
    }

    #[test]
    fn bearers_and_users_are_hidden_whoever_they_are() {
        let redactor = Redactor::default();
        for (text, told) in [
            (
                "Authorization: Bearer abc.def-1",
                "Authorization: Bearer ***",
            ),
            (
                "authorization: basic QWxhZGRpbjpvcGVu",
                "authorization: basic ***",
            ),
            ("api-key: 0123abcd", "api-key: ***"),
            (
                "at http://a:b@host/x and s://u@h",
                "at http://***@host/x and s://***@h",
            ),
            ("GET /models?key=0123abcd&x=1", "GET /models?key=***&x=1"),
            ("the basic idea of a bearer", "the basic idea of a bearer"),
            ("mail a@b.c", "mail a@b.c"),
        ] {
            assert_eq!(redactor.redacted(text), told);
        }
        let key: String = "sk-"
            .chars()
            .chain("aB3dE5gH7jK9".chars().cycle().take(40))
            .collect();
        assert!(
            !redactor
                .redacted(&format!("bad key {key}"))
                .contains(&key[5..])
        );
    }
}
