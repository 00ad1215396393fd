//! Files of settings: which one is nearest to a folder, and what it says.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: files of settings are read here"
)]

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Table;

use super::layers::{Layer, Origin};
use super::{ConfigError, Options};

/// `pyproject.toml`, as far as it is ours.
#[derive(Deserialize)]
struct Pyproject {
    tool: Option<Tool>,
}

#[derive(Deserialize)]
struct Tool {
    docgen: Option<Options>,
}

/// The names of files of settings, in the order in which they are looked for in a folder.
pub const FILES: &[&str] = &["docgen.toml", ".docgen.toml", "pyproject.toml"];

/// The file of settings in `folder` itself: `docgen.toml`, `.docgen.toml`, or a `pyproject.toml` that
/// has a `[tool.docgen]`.
///
/// # Errors
/// When the file cannot be read or says something it may not.
pub(super) fn in_folder(folder: &Path) -> Result<Option<Layer>, ConfigError> {
    for name in FILES {
        let path = folder.join(name);
        match fs::read_to_string(&path) {
            Ok(text) => {
                if let Some(layer) = read(path, text)? {
                    return Ok(Some(layer));
                }
            }
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            Err(source) => return Err(ConfigError::Unreadable { path, source }),
        }
    }
    Ok(None)
}

/// The file of settings named by `--config`.
///
/// # Errors
/// When it cannot be read, says something it may not, or is a `pyproject.toml` without our table.
pub(super) fn named(path: &Path) -> Result<Layer, ConfigError> {
    let text = fs::read_to_string(path).map_err(|source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    read(path.to_owned(), text)?.ok_or_else(|| ConfigError::Value {
        message: format!("{} has no [tool.docgen] table", path.display()),
        hint: Some("add one, or name a `docgen.toml`".into()),
    })
}

fn read(path: PathBuf, text: String) -> Result<Option<Layer>, ConfigError> {
    let is_pyproject = path
        .file_name()
        .is_some_and(|name| name == "pyproject.toml");
    // A pyproject.toml that never names us is not ours to judge, not even its syntax.
    if is_pyproject && !text.contains("docgen") {
        return Ok(None);
    }
    let options = if is_pyproject {
        toml::from_str::<Pyproject>(&text).map(|file| file.tool.and_then(|tool| tool.docgen))
    } else {
        toml::from_str::<Options>(&text).map(Some)
    };
    match options {
        // What was read once as options is a table, too.
        Ok(options) => Ok(options.map(|options| Layer {
            origin: Origin::File(path),
            table: Table::try_from(options).unwrap_or_default(),
        })),
        Err(error) => Err(ConfigError::from_toml(path, text, &error)),
    }
}
