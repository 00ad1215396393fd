//! The settings that are to be written, and what became of each setting of another tool.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use toml::Value;

use crate::rules::{RULES, Rule};

/// Settings to be written: what differs from the defaults.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// `style`, and why.
    pub(super) style: Option<(&'static str, String)>,
    pub(super) lenient: bool,
    pub(super) private: bool,
    pub(super) exclude: BTreeSet<String>,
    pub(super) ignore: BTreeSet<&'static str>,
    pub(super) extend_select: BTreeSet<&'static str>,
    pub(super) per_file: BTreeMap<String, BTreeSet<String>>,
    pub(super) fail_under: Option<f64>,
    pub(super) line_length: Option<i64>,
    pub(super) notes: Vec<Note>,
}

/// What became of one setting of another tool.
#[derive(Debug)]
pub(super) struct Note {
    /// The file and the table: `pyproject.toml [tool.ruff.lint]`.
    pub(super) place: String,
    /// The setting, as it was said.
    pub(super) said: String,
    pub(super) outcome: Outcome,
}

/// What became of it.
#[derive(Debug)]
pub(super) enum Outcome {
    /// This setting says the same.
    Taken(String),
    /// Nothing has to be said: why.
    Idle(String),
    /// Nothing says the same: why.
    Lost(String),
}

/// A table of another tool's settings.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) place: String,
    pub(super) table: toml::Table,
}

impl Found {
    /// A value's text, as people would say it.
    pub(super) fn said(&self, key: &str) -> String {
        let shown = match self.table.get(key) {
            Some(Value::Array(all)) => all.iter().map(word).collect::<Vec<_>>().join(", "),
            Some(value) => word(value),
            None => String::new(),
        };
        let line = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{key} = {line}")
    }

    /// The items of a list, or of a text of words between commas and line ends.
    pub(super) fn list(&self, key: &str) -> Vec<String> {
        match self.table.get(key) {
            Some(Value::Array(all)) => all.iter().map(word).collect(),
            Some(Value::String(text)) => {
                let words = text.split([',', '\n']).map(str::trim);
                words
                    .filter(|it| !it.is_empty())
                    .map(str::to_owned)
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// A switch.
    pub(super) fn is_on(&self, key: &str) -> Option<bool> {
        match self.table.get(key)? {
            Value::Boolean(on) => Some(*on),
            Value::Integer(number) => Some(*number != 0),
            Value::String(text) => match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" | "1" => Some(true),
                "false" | "no" | "off" | "0" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.table.get(key).map(word)
    }

    pub(super) fn number(&self, key: &str) -> Option<f64> {
        self.text(key)?.parse().ok()
    }
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// The rules that find what others find under `code`, or under codes that begin with it.
pub(super) fn meant(code: &str) -> Vec<&'static Rule> {
    let is_meant = |rule: &&&Rule| rule.aliases.iter().any(|it| it.starts_with(code));
    RULES.iter().filter(is_meant).copied().collect()
}

fn named(rules: &[&'static Rule]) -> String {
    let names: Vec<&str> = rules.iter().map(|it| it.name).collect();
    names.join(", ")
}

impl Draft {
    pub(super) fn taken(&mut self, place: &str, said: impl Into<String>, by: impl Into<String>) {
        self.note(place, said.into(), Outcome::Taken(by.into()));
    }

    pub(super) fn idle(&mut self, place: &str, said: impl Into<String>, why: impl Into<String>) {
        self.note(place, said.into(), Outcome::Idle(why.into()));
    }

    pub(super) fn lost(&mut self, place: &str, said: impl Into<String>, why: impl Into<String>) {
        self.note(place, said.into(), Outcome::Lost(why.into()));
    }

    fn note(&mut self, place: &str, said: String, outcome: Outcome) {
        self.notes.push(Note {
            place: place.to_owned(),
            said,
            outcome,
        });
    }

    /// The style that a tool was told to expect; the first that was told stays.
    pub(super) fn styled(&mut self, place: &str, said: &str, style: &str) {
        let known = ["google", "numpy", "sphinx", "epytext"];
        let found = known.into_iter().find(|it| style.eq_ignore_ascii_case(it));
        match (found, &self.style) {
            (Some(style), Some((other, _))) if style != *other => {
                let why = format!("`style = \"{other}\"` was found before");
                self.lost(place, said, why);
            }
            (Some(style), _) => {
                self.style = Some((style, place.to_owned()));
                self.taken(place, said, format!("style = \"{style}\""));
            }
            (None, _) if style.eq_ignore_ascii_case("pep257") => {
                self.idle(
                    place,
                    said,
                    "a convention without sections is no style of its own",
                );
            }
            (None, _) => self.lost(place, said, "no such style here"),
        }
    }

    /// A code that was not to be reported.
    pub(super) fn ignored(&mut self, place: &str, said: &str, code: &str) {
        let rules = meant(code);
        let on: Vec<_> = rules.iter().copied().filter(|it| it.default).collect();
        match (rules.is_empty(), on.is_empty()) {
            (true, _) => self.idle(place, said, "there is no such rule here to ignore"),
            (_, true) => self.idle(place, said, format!("{} is off by default", named(&rules))),
            _ => {
                self.ignore.extend(on.iter().map(|it| it.name));
                self.taken(place, said, format!("ignore = {}", named(&on)));
            }
        }
    }

    /// A code that was to be reported.
    pub(super) fn selected(&mut self, place: &str, said: &str, code: &str) {
        let rules = meant(code);
        let off: Vec<_> = rules.iter().copied().filter(|it| !it.default).collect();
        let is_exact = code.ends_with(|c: char| c.is_ascii_digit()) && code.len() > 3;
        if rules.is_empty() {
            self.lost(
                place,
                said,
                "there is no such rule here: no layout or wording is judged",
            );
        } else if off.is_empty() || !is_exact {
            self.idle(place, said, "the default rules look for it");
        } else {
            self.extend_select.extend(off.iter().map(|it| it.name));
            self.taken(place, said, format!("extend-select = {}", named(&off)));
        }
    }

    /// The table of settings as TOML, its header included.
    pub(super) fn toml(&self, header: &str) -> String {
        let mut text = String::new();
        let prefix = if header.is_empty() {
            String::new()
        } else {
            let _ = writeln!(text, "[{header}]");
            format!("{header}.")
        };
        let quoted = |text: &str| Value::from(text).to_string();
        let list = |all: &mut dyn Iterator<Item = &str>| {
            let all: Vec<Value> = all.map(Value::from).collect();
            Value::Array(all).to_string()
        };
        // Writing to a string cannot fail.
        if let Some((style, _)) = &self.style {
            let _ = writeln!(text, "style = {}", quoted(style));
        }
        if self.lenient {
            let _ = writeln!(text, "preset = \"lenient\"");
        }
        if self.private {
            let _ = writeln!(text, "private = true");
        }
        for (key, names) in [
            ("extend-select", &self.extend_select),
            ("ignore", &self.ignore),
        ] {
            if !names.is_empty() {
                let _ = writeln!(text, "{key} = {}", list(&mut names.iter().copied()));
            }
        }
        if !self.exclude.is_empty() {
            let all = list(&mut self.exclude.iter().map(String::as_str));
            let _ = writeln!(text, "exclude = {all}");
        }
        if !self.per_file.is_empty() {
            let _ = writeln!(text, "\n[{prefix}per-file-ignores]");
            for (pattern, names) in &self.per_file {
                let names = list(&mut names.iter().map(String::as_str));
                let _ = writeln!(text, "{} = {names}", quoted(pattern));
            }
        }
        if let Some(least) = self.fail_under {
            let _ = writeln!(text, "\n[{prefix}score]\nfail-under = {least}");
        }
        if let Some(length) = self.line_length {
            let _ = writeln!(text, "\n[{prefix}fix]\nline-length = {length}");
        }
        text
    }
}
