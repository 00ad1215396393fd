//! Where settings are written: into `pyproject.toml` where there is one, or else into `docgen.toml`.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: files of settings are read here"
)]

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::super::failure::{Failure, Kind};
use super::draft::Draft;

/// A file as it will be.
#[derive(Debug)]
pub(super) struct Target {
    /// Its name in the folder.
    pub(super) name: &'static str,
    /// Its text now; `None` where there is none.
    pub(super) old: Option<String>,
    /// Its text then.
    pub(super) new: String,
    /// Whether settings of docgen go for it.
    pub(super) replaces: bool,
}

/// The file in `folder` that `draft` goes into.
pub(super) fn choose(folder: &Path, draft: &Draft) -> Result<Target, Failure> {
    for name in ["docgen.toml", ".docgen.toml"] {
        if let Some(old) = read(folder, name)? {
            return Ok(Target {
                name,
                new: whole(draft),
                replaces: old.parse::<toml::Table>().map_or(true, |it| !it.is_empty()),
                old: Some(old),
            });
        }
    }
    if let Some(old) = read(folder, "pyproject.toml")? {
        let (rest, replaces) = without_ours(&old);
        let end = if old.contains("\r\n") { "\r\n" } else { "\n" };
        let table = draft.toml("tool.docgen").replace('\n', end);
        let kept = rest.trim_end_matches(['\n', '\r']);
        let gap = if kept.is_empty() {
            String::new()
        } else {
            end.repeat(2)
        };
        let new = format!("{kept}{gap}{table}");
        // Tables may be written in ways that leave no room for one more: then the other file serves.
        if same_but_ours(&old, &new) {
            return Ok(Target {
                name: "pyproject.toml",
                old: Some(old),
                new,
                replaces,
            });
        }
        if replaces {
            let message = "`[tool.docgen]` in pyproject.toml cannot be replaced without a change to other tables";
            return Err(Failure::new(Kind::Usage, message)
                .hint("take it out by hand, and run `docgen init` again"));
        }
    }
    Ok(Target {
        name: "docgen.toml",
        old: None,
        new: whole(draft),
        replaces: false,
    })
}

fn whole(draft: &Draft) -> String {
    let text = draft.toml("");
    if text.is_empty() {
        "# The defaults hold: `docgen config show` prints them.\n".to_owned()
    } else {
        text.trim_start().to_owned()
    }
}

fn read(folder: &Path, name: &str) -> Result<Option<String>, Failure> {
    match fs::read_to_string(folder.join(name)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::new(
            Kind::Machine,
            format!("cannot read {name}: {error}"),
        )),
    }
}

/// A text without the tables of `tool.docgen`, and whether there were any.
fn without_ours(text: &str) -> (String, bool) {
    let mut kept = String::with_capacity(text.len());
    let (mut is_ours, mut found) = (false, false);
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.starts_with('[') {
            let name = trimmed.trim_start_matches('[').trim_start();
            let rest = name.strip_prefix("tool.docgen");
            is_ours = rest.is_some_and(|it| it.starts_with([']', '.', ' ']));
            found |= is_ours;
        }
        if !is_ours {
            kept.push_str(line);
        }
    }
    (kept, found)
}

/// Whether two texts say the same but for `tool.docgen`, and the second one is TOML.
fn same_but_ours(old: &str, new: &str) -> bool {
    let read = |text: &str| {
        let mut table = text.parse::<toml::Table>().ok()?;
        if let Some(tool) = table.get_mut("tool").and_then(|it| it.as_table_mut()) {
            tool.remove("docgen");
        }
        // A table that only held ours is as good as none.
        if table
            .get("tool")
            .and_then(|it| it.as_table())
            .is_some_and(toml::Table::is_empty)
        {
            table.remove("tool");
        }
        Some(table)
    };
    let (old, new) = (read(old), read(new));
    old.is_some() && old == new
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_tables_are_taken_out() {
        let text = "[project]\nname = \"a\"\n\n[tool.docgen]\nstyle = \"numpy\"\n\n[tool.docgen.score]\nfail-under = 3\n\n[tool.docgenerator]\nx = 1\n";
        let (rest, found) = without_ours(text);
        assert!(found);
        assert_eq!(
            rest,
            "[project]\nname = \"a\"\n\n[tool.docgenerator]\nx = 1\n"
        );
        assert!(same_but_ours(text, &rest));
        assert!(!same_but_ours(text, "[project]\nname = \"b\"\n"));
        assert!(!same_but_ours(
            "tool = {ruff = {}}\n",
            "tool = {ruff = {}}\n[tool.docgen]\n"
        ));
    }
}
