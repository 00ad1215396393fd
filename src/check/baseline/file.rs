//! A baseline as a file: JSON, a row a line, so that two branches' changes merge.

use std::fmt::Write as _;
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::text::{JsonPlace, json_complaint};

/// The form that is read and written.
const VERSION: u64 = 1;
/// The key that only a baseline has.
const MARK: &str = "docgen-baseline";

/// Findings that are told of no more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The file, relative to the baseline's folder, `/` between its parts.
    pub path: String,
    /// The symbol's qualified name; `<module>` for the file itself.
    pub symbol: String,
    /// The rule's code.
    pub code: String,
    /// What the finding is about: a parameter, an exception, a section; absent where it is the symbol itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// A hash of the symbol's code, by which it is known under another name; absent where the code is too short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// How many such findings there are.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    #[schemars(range(min = 1))]
    pub count: u32,
}

/// A whole baseline.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Baseline of docgen")]
struct File {
    /// The version of this form: 1.
    #[serde(rename = "docgen-baseline")]
    #[schemars(range(min = 1, max = 1))]
    #[expect(dead_code, reason = "read before the rows are")]
    version: u64,
    /// The findings, sorted.
    findings: Vec<Row>,
}

const fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_one(count: &u32) -> bool {
    *count == 1
}

/// A file that is no baseline: what is wrong, the bytes at fault, what to do.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct BaselineError {
    /// What is wrong.
    pub message: String,
    /// The bytes at fault.
    pub span: Range<usize>,
    /// What to do.
    pub hint: String,
}

const WRITE: &str = "`docgen baseline write FILE` writes one";

/// The rows of a baseline.
///
/// # Errors
/// When `text` is none.
pub fn parse(text: &str) -> Result<Vec<Row>, BaselineError> {
    let wrong = |message: String, span: Range<usize>, hint: &str| BaselineError {
        message,
        span,
        hint: hint.to_owned(),
    };
    let said = |error: &serde_json::Error| {
        let said = error.to_string();
        let said = said
            .split(" at line ")
            .next()
            .unwrap_or_default()
            .to_owned();
        (said, json_complaint(text, error.line(), error.column()))
    };
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        // The baselines of other tools are no JSON: a list of messages below each path.
        Err(error) if !text.trim_start().starts_with(['{', '[']) => {
            let span = 0..text.lines().next().unwrap_or_default().len();
            let message = format!("not a baseline of docgen: {}", said(&error).0);
            return Err(wrong(message, span, WRITE));
        }
        Err(error) => {
            let (said, span) = said(&error);
            let hint = "each row is one line; a merge may have left its marks";
            return Err(wrong(
                format!("the baseline is no JSON: {said}"),
                span,
                hint,
            ));
        }
    };
    let at = |path: &[&str]| JsonPlace::find(text, path.iter().copied()).shown(text);
    let Some(version) = value.get(MARK) else {
        let message = format!("not a baseline of docgen: it has no `{MARK}`");
        return Err(wrong(message, at(&[]), WRITE));
    };
    if version.as_u64() != Some(VERSION) {
        let message = format!("this docgen reads baselines of version {VERSION}, not {version}");
        let hint = "a newer docgen wrote it; use that one";
        return Err(wrong(message, at(&[MARK]), hint));
    }
    serde_json::from_str::<File>(text)
        .map(|it| it.findings)
        .map_err(|error| {
            let (said, span) = said(&error);
            wrong(format!("a wrong baseline: {said}"), span, WRITE)
        })
}

/// The text of a baseline of `rows`: sorted, equal ones counted.
pub fn write(rows: Vec<Row>) -> String {
    let mut sorted = rows;
    sorted.sort();
    let mut merged: Vec<Row> = Vec::with_capacity(sorted.len());
    for row in sorted {
        match merged.last_mut() {
            Some(last)
                if Row {
                    count: last.count,
                    ..row.clone()
                } == *last =>
            {
                last.count += row.count;
            }
            _ => merged.push(row),
        }
    }
    let mut text = format!("{{\n  \"{MARK}\": {VERSION},\n  \"findings\": [");
    for (at, row) in merged.iter().enumerate() {
        let separator = if at == 0 { "" } else { "," };
        // Texts and numbers always make JSON.
        let row = serde_json::to_string(row).unwrap_or_default();
        let _ = write!(text, "{separator}\n    {row}");
    }
    text.push_str(if merged.is_empty() {
        "]\n}\n"
    } else {
        "\n  ]\n}\n"
    });
    text
}

pub(super) fn schema() -> Value {
    schemars::schema_for!(File).to_value()
}
