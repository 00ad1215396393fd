//! The settings of other tools that lie in a folder.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: other tools' settings are read here"
)]

use std::fs;
use std::path::Path;

use super::draft::Found;
use super::ini;
use super::tools::Tool;

/// Where a tool's settings lie: the file, the way to the table.
const TABLES: [(&str, &[&str], Tool); 9] = [
    ("pyproject.toml", &["tool", "ruff"], Tool::Ruff),
    ("pyproject.toml", &["tool", "ruff", "lint"], Tool::RuffLint),
    ("ruff.toml", &[], Tool::Ruff),
    ("ruff.toml", &["lint"], Tool::RuffLint),
    (".ruff.toml", &[], Tool::Ruff),
    (".ruff.toml", &["lint"], Tool::RuffLint),
    ("pyproject.toml", &["tool", "pydoclint"], Tool::Pydoclint),
    (
        "pyproject.toml",
        &["tool", "interrogate"],
        Tool::Interrogate,
    ),
    (
        "pyproject.toml",
        &["tool", "numpydoc_validation"],
        Tool::Numpydoc,
    ),
];

/// The same for files of sections.
const SECTIONS: [(&str, &str, Tool); 7] = [
    (".darglint", "darglint", Tool::Darglint),
    ("setup.cfg", "darglint", Tool::Darglint),
    ("tox.ini", "darglint", Tool::Darglint),
    ("setup.cfg", "tool:interrogate", Tool::Interrogate),
    ("setup.cfg", "interrogate", Tool::Interrogate),
    ("tox.ini", "interrogate", Tool::Interrogate),
    ("setup.cfg", "tool:numpydoc_validation", Tool::Numpydoc),
];

/// What is found in `folder`, each with its tool; and files that are no TOML.
pub(super) fn find(folder: &Path) -> (Vec<(Tool, Found)>, Vec<String>) {
    let mut found = Vec::new();
    let mut broken = Vec::new();
    for (file, path, tool) in TABLES {
        let Ok(text) = fs::read_to_string(folder.join(file)) else {
            continue;
        };
        match text.parse::<toml::Table>() {
            Ok(root) => {
                if let Some(table) = inner(&root, path) {
                    let place = match path {
                        [] => file.to_owned(),
                        path => format!("{file} [{}]", path.join(".")),
                    };
                    let table = table.clone();
                    found.push((tool, Found { place, table }));
                }
            }
            Err(_) if !broken.iter().any(|it| it == file) => broken.push(file.to_owned()),
            Err(_) => {}
        }
    }
    for (file, name, tool) in SECTIONS {
        let text = fs::read_to_string(folder.join(file)).unwrap_or_default();
        if let Some(table) = ini::section(&text, name) {
            let place = format!("{file} [{name}]");
            found.push((tool, Found { place, table }));
        }
    }
    (found, broken)
}

fn inner<'t>(root: &'t toml::Table, path: &[&str]) -> Option<&'t toml::Table> {
    let mut table = root;
    for part in path {
        table = table.get(*part)?.as_table()?;
    }
    Some(table)
}
