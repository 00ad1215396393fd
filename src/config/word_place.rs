//! Where a word stands in a file of settings: what merged settings no longer know.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: a file that was read is read again to show what is wrong with it"
)]

use std::fs;
use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::ConfigError;
use super::layers::{Merged, Origin};

/// A complaint about `word` in the value of one of `keys`, at its place in the file that says it; or else with the name of
/// the variable or flag.
pub(super) fn complaint(
    merged: &Merged,
    keys: &[&'static str],
    word: &str,
    message: String,
    hint: Option<String>,
) -> ConfigError {
    let said = keys.iter().find_map(|key| {
        let (value, origin) = merged.value(key)?;
        holds(value, word).then_some((*key, origin))
    });
    let Some((key, origin)) = said else {
        return ConfigError::Value { message, hint };
    };
    match origin {
        Origin::File(path) => match found(path, key, word) {
            Some((text, span)) => ConfigError::Wrong {
                path: path.clone(),
                text,
                span: Some(span),
                message,
                hint,
            },
            None => value(&path.display().to_string(), &message, hint),
        },
        Origin::Variable(name) => value(&format!("`{name}`"), &message, hint),
        Origin::Flag => value(&format!("`--{key}`"), &message, hint),
        Origin::Default => ConfigError::Value { message, hint },
    }
}

fn value(place: &str, message: &str, hint: Option<String>) -> ConfigError {
    ConfigError::Value {
        message: format!("{place}: {message}"),
        hint,
    }
}

/// Whether a value is the word, or has it among its items or keys.
fn holds(value: &toml::Value, word: &str) -> bool {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            toml::Value::String(text) if text == word => return true,
            toml::Value::Array(items) => open.extend(items),
            toml::Value::Table(table) if table.contains_key(word) => return true,
            toml::Value::Table(table) => open.extend(table.iter().map(|it| it.1)),
            _ => {}
        }
    }
    false
}

/// The file's text, and the bytes of the word in the value of `key`.
fn found(path: &Path, key: &str, word: &str) -> Option<(String, Range<usize>)> {
    let text = fs::read_to_string(path).ok()?;
    let span = {
        let root = DeTable::parse(&text).ok()?;
        let mut table = root.get_ref();
        if path.file_name()? == "pyproject.toml" {
            table = table.get("tool")?.get_ref().as_table()?;
            table = table.get("docgen")?.get_ref().as_table()?;
        }
        let mut parts = key.split('.');
        let mut value = table.get(parts.next()?)?;
        for part in parts {
            value = value.get_ref().as_table()?.get(part)?;
        }
        span(value, word)?
    };
    Some((text, span))
}

fn span(value: &Spanned<DeValue<'_>>, word: &str) -> Option<Range<usize>> {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value.get_ref() {
            DeValue::String(text) if text == word => return Some(value.span()),
            DeValue::Array(items) => open.extend(items.iter().rev()),
            DeValue::Table(table) => {
                for (key, value) in table {
                    if key.get_ref() == word {
                        return Some(key.span());
                    }
                    open.push(value);
                }
            }
            _ => {}
        }
    }
    None
}
