//! Secrets in texts: found before a prompt leaves, and masked in whatever is shown.

use std::borrow::Cow;
use std::ops::Range;

/// Beginnings of keys and tokens that their makers document, and how long these are at least.
const PREFIXES: [(&str, usize); 19] = [
    ("AKIA", 20),
    ("ASIA", 20),
    ("ghp_", 36),
    ("gho_", 36),
    ("ghu_", 36),
    ("ghs_", 36),
    ("github_pat_", 40),
    ("glpat-", 20),
    ("sk-", 20),
    ("sk_live_", 20),
    ("rk_live_", 20),
    ("AIza", 35),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("xoxa-", 20),
    ("pypi-", 40),
    ("SG.", 60),
    ("npm_", 30),
    ("eyJ", 60),
];

/// Where a text holds what looks like a secret, in order and apart.
fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = private_keys(text);
    for word in words(text) {
        let is_inside = found
            .iter()
            .any(|it| it.start <= word.start && word.end <= it.end);
        if !is_inside && is_secret(text, &word) {
            found.push(word);
        }
    }
    for range in passwords(text).into_iter().chain(named(text)) {
        if !found
            .iter()
            .any(|it| it.start < range.end && range.start < it.end)
        {
            found.push(range);
        }
    }
    found.sort_by_key(|it| it.start);
    found
}

/// The text with every secret masked by a placeholder of its shape; how many there were.
pub fn masked(text: &str) -> (Cow<'_, str>, usize) {
    let found = find(text);
    if found.is_empty() {
        return (Cow::Borrowed(text), 0);
    }
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for range in &found {
        masked.push_str(&text[at..range.start]);
        masked.extend(text[range.clone()].chars().map(shape));
        at = range.end;
    }
    masked.push_str(&text[at..]);
    (Cow::Owned(masked), found.len())
}

fn shape(c: char) -> char {
    match c {
        'A'..='Z' => 'X',
        'a'..='z' => 'x',
        '0'..='9' => '0',
        c => c,
    }
}

/// Stretches of the characters that keys are made of.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_word = |it: u8| {
        it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-' | b'+' | b'/' | b'=' | b'.')
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let length = bytes[at..].iter().take_while(|&&it| is_word(it)).count();
            let start = at;
            at += length.max(1);
            if length >= 16 {
                return Some(start..start + length);
            }
        }
        None
    })
}

fn is_secret(text: &str, range: &Range<usize>) -> bool {
    let word = &text[range.clone()];
    let known = PREFIXES.iter();
    let mut known =
        known.filter(|(prefix, least)| word.starts_with(prefix) && word.len() >= *least);
    if known.any(|(prefix, _)| *prefix != "sk-" || word.bytes().any(|it| it.is_ascii_digit())) {
        return true;
    }
    // Assignments such as `KEY=sk-...` are one word.
    if let Some((name, value)) = word.split_once('=')
        && value.len() >= 16
    {
        let start = range.start + name.len() + 1;
        return is_secret_value(text, &(start..range.end));
    }
    is_in_quotes(text, range) && is_random(word)
}

/// The part behind a `=`: its own word, one level deep.
fn is_secret_value(text: &str, range: &Range<usize>) -> bool {
    let word = &text[range.clone()];
    let is_known = PREFIXES
        .iter()
        .any(|(prefix, least)| word.starts_with(prefix) && word.len() >= *least);
    is_known || (is_in_quotes(text, range) && is_random(word))
}

fn is_in_quotes(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let behind = text[range.end..].chars().next();
    matches!(before, Some('"' | '\'' | '=' | ':')) && matches!(behind, Some('"' | '\'' | '@'))
}

/// Whether a literal is too mixed for words and names: tokens in hexadecimal or base 64.
fn is_random(word: &str) -> bool {
    if word.contains('.') || word.contains('/') && word.matches('/').count() > 2 {
        return false;
    }
    let count = |is: fn(&u8) -> bool| word.bytes().filter(is).count();
    let digits = count(u8::is_ascii_digit);
    let is_hex = word.bytes().all(|it| it.is_ascii_hexdigit());
    if is_hex {
        return word.len() >= 32 && digits >= 4 && entropy(word) > 3.0;
    }
    let kinds = [
        digits,
        count(u8::is_ascii_lowercase),
        count(u8::is_ascii_uppercase),
    ];
    word.len() >= 20 && kinds.iter().all(|&it| it >= 2) && entropy(word) > 4.0
}

/// Bits a character, by Shannon.
#[expect(clippy::cast_precision_loss, reason = "lengths of words")]
fn entropy(word: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in word.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let total = word.len() as f64;
    let shares = counts
        .iter()
        .filter(|it| **it > 0)
        .map(|&it| f64::from(it) / total);
    -shares.map(|it| it * it.log2()).sum::<f64>()
}

/// Blocks of private keys, from their first line to their last.
fn private_keys(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("-----BEGIN ").map(|it| it + at) {
        let line = text[start..].lines().next().unwrap_or_default();
        if !line.contains("PRIVATE KEY") {
            at = start + 11;
            continue;
        }
        let body = start + line.len();
        let end = text[body..]
            .find("-----END ")
            .map_or(text.len(), |it| body + it);
        found.push(body..end);
        at = end;
    }
    found
}

/// Words of names whose values nobody tells.
const NAMES: [&str; 12] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "api_key",
    "apikey",
    "access_key",
    "accountkey",
    "private_key",
    "credential",
];

/// Literals given to names that tell of secrets: `password = "..."`, `{"secret_key": "..."}`, `login(passwd="...")`.
fn named(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut behind = 0;
    for (at, quote) in text.match_indices(['"', '\'']) {
        if at < behind {
            continue;
        }
        let line_end = text[at..].find('\n').map_or(text.len(), |it| at + it);
        let start = at + quote.len();
        let Some(end) = text[start..line_end].find(quote).map(|it| start + it) else {
            continue;
        };
        let value = &text[start..end];
        let is_value = value.len() >= 4
            && !value.contains(char::is_whitespace)
            && !value.starts_with(['{', '%', '$', '<']);
        if is_value && is_for_secret(&text[..at]) {
            found.push(start..end);
            behind = end + quote.len();
        }
    }
    found
}

/// Whether a text ends with a name that tells of a secret, and what gives it a value.
fn is_for_secret(before: &str) -> bool {
    let prefixes: &[char] = &['b', 'r', 'f', 'u', 'B', 'R', 'F', 'U'];
    let given = before.trim_end_matches(prefixes).trim_end_matches(' ');
    let Some(target) = given.strip_suffix(['=', ':']) else {
        return false;
    };
    // `==` compares with a value as secret as one that is given; `: str =` has a type before it.
    let target = target.trim_end_matches(['=', '!', ' ']);
    let target = match target.rsplit_once(':') {
        Some((name, annotation))
            if given.ends_with('=') && !annotation.contains(['\n', ',', '(']) =>
        {
            name
        }
        _ => target,
    };
    let target = target.trim_end_matches([' ', '"', '\'', ']']);
    let is_part = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-');
    let name = &target[target.trim_end_matches(is_part).len()..];
    let name = name.to_ascii_lowercase().replace('-', "_");
    NAMES.iter().any(|it| name.contains(it))
}

/// Passwords in addresses: `scheme://user:password@host`.
fn passwords(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("://") {
        let start = at + 3;
        let is_end =
            |it: char| it.is_whitespace() || matches!(it, '/' | '"' | '\'' | '<' | '>' | '`');
        let end = text[start..]
            .find(is_end)
            .map_or(text.len(), |it| start + it);
        let authority = &text[start..end];
        if let Some((user, _)) = authority.rsplit_once('@')
            && let Some(colon) = user.find(':')
            && !user[colon + 1..].starts_with(['{', '%', '$'])
            && colon + 1 < user.len()
        {
            found.push(start + colon + 1..start + user.len());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        masked(text).0.into_owned()
    }

    // Put together here, so that no scanner takes this file for a leak.
    fn token(prefix: &str, length: usize) -> String {
        let letters = "aB3dE5gH7jK9mN1pQ2sT4vW6yZ8".chars().cycle();
        prefix.chars().chain(letters).take(length).collect()
    }

    #[test]
    fn keys_and_tokens_are_masked_in_their_shape() {
        for (prefix, length) in [
            ("ghp_", 40),
            ("sk-", 48),
            ("AIza", 39),
            ("glpat-", 26),
            ("eyJ", 90),
        ] {
            let text = format!("KEY = \"{}\"\n", token(prefix, length));
            let shown = shown(&text);
            assert_eq!(shown.len(), text.len());
            assert!(
                !shown.contains(&token(prefix, length)[prefix.len()..]),
                "{shown}"
            );
        }
        let aws = "AKIA".to_owned() + "IOSFODNN7EXAMPLE";
        assert_eq!(shown(&aws), "XXXXXXXXXXXX0XXXXXXX");
    }

    #[test]
    fn private_keys_passwords_and_random_literals_are_masked() {
        let key = format!(
            "-----BEGIN RSA {}-----\nMIIEow\nabc\n-----END RSA {0}-----",
            "PRIVATE KEY"
        );
        assert!(!shown(&key).contains("MIIEow"));
        let shown_url = shown("db = 'postgres://me:hunter2@db.example.org/x'");
        assert_eq!(shown_url, "db = 'postgres://me:xxxxxx0@db.example.org/x'");
        let random = format!("token = '{}'", token("", 32));
        assert!(!shown(&random).contains("aB3dE5"));
        let random = format!("x = f('{}')", token("", 32));
        assert!(!shown(&random).contains("aB3dE5"));
        let hex = "secret = \"9f86d081884c7d659a2feaa0c55ad015\"";
        assert!(!shown(hex).contains("9f86d0"));
    }

    #[test]
    fn what_is_given_to_a_name_that_tells_of_secrets_is_masked() {
        for text in [
            "password = \"hunter2\"",
            "login(user='ada', passwd='hunter2')",
            "config = {'secret_key': 'hunter2', 'x': 1}",
            "DB_PASSWORD: str = 'hunter2'",
            "self.api_key = b'hunter2'",
            "if token == 'hunter2':",
            "os.environ['AUTH_TOKEN'] = 'hunter2'",
        ] {
            let shown = shown(text);
            assert!(
                shown.contains("xxxxxx0") && !shown.contains("hunter2"),
                "{shown}"
            );
            assert_eq!(
                shown.replace("xxxxxx0", "hunter2"),
                text,
                "and nothing else"
            );
        }
        for text in [
            "password = None",
            "token = read(\"utf-8\")",
            "password = f'{prefix}{word}'",
            "secret = \"\"",
            "name = 'hunter2'",
            "message = 'the password is not right'",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn code_is_left_as_it_is() {
        for text in [
            "def test_something_with_a_rather_long_name_that_goes_on(self): pass",
            "from homeassistant.components.sensor.recorder import SensorDeviceClass",
            "x = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'",
            "NAME = \"CONF_AUTHENTICATION_TIMEOUT_SECONDS\"",
            "path = \"/usr/share/zoneinfo/America/Argentina\"",
            "sk-learn-compatible-estimators-only",
            "url = f'https://{user}:{password}@{host}'",
            "'0123456789' '<a@b.org>'",
        ] {
            assert_eq!(shown(text), text);
        }
    }
}
