//! The symbols that got no words, in a file: `--failed` writes it, `--retry-failed` reads it.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: lists of symbols are read and written here"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::failure::{Failure, Kind};
use crate::fix::Refused;

/// A line of what `--failed` writes.
#[derive(Serialize, Deserialize)]
struct Line {
    path: String,
    qualname: String,
    reason: String,
}

/// Writes the symbols that got no words.
pub(super) fn write(path: &Path, refused: &[Refused]) -> Result<(), Failure> {
    let mut text = String::new();
    for it in refused {
        let line = Line {
            path: it.path.clone(),
            qualname: it.qualname.clone(),
            reason: it.reason.clone(),
        };
        // Strings always become JSON.
        text.push_str(&serde_json::to_string(&line).unwrap_or_default());
        text.push('\n');
    }
    let failed = |error| {
        Failure::new(
            Kind::Machine,
            format!("cannot write {}: {error}", path.display()),
        )
    };
    fs::write(path, text).map_err(failed)
}

/// The symbols in such a file, by path and qualified name.
pub(super) fn read(path: &Path) -> Result<BTreeSet<(String, String)>, Failure> {
    let wrong = |error: &dyn std::fmt::Display| {
        let failure = Failure::new(Kind::Usage, format!("{}: {error}", path.display()));
        failure.hint("`--failed FILE` writes such files")
    };
    let text = fs::read_to_string(path).map_err(|it| wrong(&it))?;
    let lines = text.lines().filter(|it| !it.trim().is_empty());
    let read = lines.map(|it| {
        let line: Line = serde_json::from_str(it).map_err(|it| wrong(&it))?;
        Ok((line.path, line.qualname))
    });
    read.collect()
}
