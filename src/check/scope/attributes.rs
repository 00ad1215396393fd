//! What a class says of its instances.

use std::collections::{BTreeMap, BTreeSet};

use super::Side;
use super::signature::Header;
use crate::contract::annotation_spelling;
use crate::python::{BodyToken, body_tokens};
use crate::text::Span;

/// What is compared of a class: two that are equal have the same attributes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attributes {
    /// Names bound in the class body, with their annotations.
    fields: BTreeMap<String, Option<String>>,
    /// `self.x` set in `__init__`.
    set: BTreeSet<String>,
    kind: BTreeSet<&'static str>,
}

impl Attributes {
    /// Those of a class.
    pub(super) fn of(class: Side<'_>) -> Self {
        let mut fields = BTreeMap::new();
        for statement in statements(class) {
            let words: Vec<&str> = statement.iter().map(String::as_str).collect();
            for (name, annotation) in bound(&words) {
                let known = fields.entry(name.to_owned()).or_insert(None);
                *known = annotation.or(known.take());
            }
        }
        Self {
            fields,
            set: class.constructor().map(set_by).unwrap_or_default(),
            kind: kind(class),
        }
    }
}

/// Whether a class's constructor takes other parameters.
pub(super) fn has_other_constructor(old: Side<'_>, new: Side<'_>) -> bool {
    match (old.constructor(), new.constructor()) {
        (Some(old), Some(new)) => !Header::of(old).has_equal_params(&Header::of(new)),
        (old, new) => {
            let takes_some =
                |side: Option<Side<'_>>| side.is_some_and(|it| !it.params().is_empty());
            takes_some(old) != takes_some(new)
        }
    }
}

/// Bases that decide what the names in a class's body are.
fn kind(class: Side<'_>) -> BTreeSet<&'static str> {
    let kind = |base| match base {
        "Enum" | "IntEnum" | "StrEnum" | "Flag" | "IntFlag" | "ReprEnum" => Some("Enum"),
        "TypedDict" => Some("TypedDict"),
        "Protocol" => Some("Protocol"),
        "NamedTuple" => Some("NamedTuple"),
        _ => None,
    };
    let bases = class.symbol.base_names(class.module.text);
    bases.filter_map(kind).collect()
}

/// The simple statements and headers of a symbol's own body, as words.
fn statements(side: Side<'_>) -> Vec<Vec<String>> {
    let mut statements = Vec::new();
    let mut words = Vec::new();
    for token in body_tokens(side.module, side.id) {
        match token {
            BodyToken::Text(word) => words.push(word.into_owned()),
            BodyToken::Newline => statements.push(std::mem::take(&mut words)),
            BodyToken::Indent | BodyToken::Dedent => {}
        }
    }
    statements
}

/// The names that a statement binds: `a = b = x`, `a, b = x`, `a: T`, `a: T = x`.
fn bound<'w>(words: &[&'w str]) -> Vec<(&'w str, Option<String>)> {
    if let [name, ":", rest @ ..] = words {
        let end = assignments(rest).next().unwrap_or(rest.len());
        let annotation = rest[..end].join(" ");
        let span = Span::new(0, annotation.len() as u32);
        let annotation = annotation_spelling(&annotation, span);
        return if is_name(name) {
            vec![(*name, Some(annotation))]
        } else {
            Vec::new()
        };
    }
    let mut names = Vec::new();
    let mut start = 0;
    for end in assignments(words) {
        let target = words[start..end].split(|word| matches!(*word, "," | "(" | ")" | "[" | "]"));
        for part in target {
            if let [name] = part
                && is_name(name)
            {
                names.push((*name, None));
            }
        }
        start = end + 1;
    }
    names
}

/// The places of the `=` outside brackets.
fn assignments(words: &[&str]) -> impl Iterator<Item = usize> {
    let mut depth = 0_i32;
    let mut is_lambda = false;
    words.iter().enumerate().filter_map(move |(at, word)| {
        match *word {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            "lambda" => is_lambda = true,
            _ => {}
        }
        (*word == "=" && depth == 0 && !is_lambda).then_some(at)
    })
}

fn is_name(word: &str) -> bool {
    let is_dunder = word.starts_with("__") && word.ends_with("__");
    !is_dunder
        && word.starts_with(|c: char| c == '_' || c.is_alphabetic())
        && word.chars().all(|c| c == '_' || c.is_alphanumeric())
}

/// The attributes of its first parameter that a constructor sets.
fn set_by(constructor: Side<'_>) -> BTreeSet<String> {
    let signature = constructor.symbol.signature.as_ref();
    let Some(this) = signature.and_then(|it| it.params.first()) else {
        return BTreeSet::new();
    };
    let mut set = BTreeSet::new();
    for statement in statements(constructor) {
        let words: Vec<&str> = statement.iter().map(String::as_str).collect();
        let end = assignments(&words).last();
        let is_annotated = matches!(words.as_slice(), [_, ".", _, ":", ..]);
        let end = if is_annotated {
            Some(4)
        } else {
            end.map(|it| it + 1)
        };
        let targets = &words[..end.unwrap_or(0)];
        let is_called = called(targets);
        for (window, is_called) in targets.windows(4).zip(is_called) {
            if let [object, ".", name, "=" | ":" | "," | ")" | "]"] = window
                && *object == this.name
                && !is_called
            {
                set.insert((*name).to_owned());
            }
        }
    }
    set
}

/// Which words stand in the brackets of a call or a subscript, where nothing is set.
fn called(words: &[&str]) -> Vec<bool> {
    let mut open: Vec<bool> = Vec::new();
    let mut before = "=";
    let mut called = Vec::with_capacity(words.len());
    for &word in words {
        match word {
            "(" | "[" | "{" => {
                let is_group = matches!(before, "=" | "," | "(" | "[");
                open.push(!is_group || open.last() == Some(&true));
            }
            ")" | "]" | "}" => {
                open.pop();
            }
            _ => {}
        }
        called.push(open.last() == Some(&true));
        before = word;
    }
    called
}
