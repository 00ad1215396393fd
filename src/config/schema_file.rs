//! A team's own schema of a complete docstring: found beside the file of settings that names it, read once.
#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: a schema is read here"
)]

use std::fs;
use std::path::Path;

use super::ConfigError;
use super::layers::Origin;
use crate::contract::Schema;

/// The schema at `path`, which `origin` names: relative to its file of settings, or else to the working folder.
///
/// A file of settings below `ground` may name none outside of it: what is wrong in a file is shown.
///
/// # Errors
/// When it cannot be read, or is no schema of a docstring.
pub(super) fn read(
    path: &str,
    origin: &Origin,
    here: &Path,
    ground: Option<&Path>,
) -> Result<Schema, ConfigError> {
    let folder = match origin {
        Origin::File(file) => file.parent().unwrap_or(here),
        _ => here,
    };
    let path = folder.join(path);
    if let (Some(ground), Origin::File(file)) = (ground, origin)
        && file.starts_with(ground)
        && !path.canonicalize().is_ok_and(|it| it.starts_with(ground))
    {
        return Err(ConfigError::Value {
            message: "`schema` names no file of the repository".to_owned(),
            hint: Some(format!("`schema` in {} names it", file.display())),
        });
    }
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            let path = path.display();
            return Err(ConfigError::Value {
                message: format!("cannot read the schema {path}: {error}"),
                hint: Some(match origin {
                    Origin::File(file) => format!("`schema` in {} names it", file.display()),
                    origin => format!("{origin} names it"),
                }),
            });
        }
    };
    Schema::parse(&text).map_err(|error| ConfigError::Wrong {
        path,
        message: error.to_string(),
        hint: error.hint(),
        span: Some(error.span),
        text,
    })
}
