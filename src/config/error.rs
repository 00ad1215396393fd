//! A wrong setting: where it stands, what is wrong with it, what was probably meant.

use std::ops::Range;
use std::path::PathBuf;

/// Why the settings could not be resolved: always the fault of whoever wrote them.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file of settings that says something it may not.
    #[error("{}: {message}", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// Its text.
        text: String,
        /// The bytes at fault, where they are known.
        span: Option<Range<usize>>,
        /// What is wrong.
        message: String,
        /// What was probably meant.
        hint: Option<String>,
    },
    /// A file of settings that cannot be read.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A flag or variable whose value makes no sense.
    #[error("{message}")]
    Value {
        /// What is wrong, with the name of the flag or variable.
        message: String,
        /// What was probably meant.
        hint: Option<String>,
    },
}

impl ConfigError {
    /// From what the TOML reader says of `text`; serde's list of known names becomes a suggestion.
    pub(super) fn from_toml(path: PathBuf, text: String, error: &toml::de::Error) -> Self {
        let span = error.span();
        let said = error.message().lines().next().unwrap_or_default();
        let (message, hint) = explain(said);
        Self::Wrong {
            path,
            text,
            span,
            message,
            hint,
        }
    }
}

/// Splits serde's "unknown field `x`, expected one of `a`, `b`" into what is wrong and a suggestion.
fn explain(said: &str) -> (String, Option<String>) {
    let mut quoted = said.split('`').skip(1).step_by(2);
    let kind = if said.starts_with("unknown field") {
        "setting"
    } else if said.starts_with("unknown variant") {
        "value"
    } else {
        return (said.to_owned(), None);
    };
    let Some(given) = quoted.next() else {
        return (said.to_owned(), None);
    };
    let known: Vec<&str> = quoted.collect();
    let hint = match nearest(given, &known) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("known here: {}", known.join(", ")),
    };
    (format!("unknown {kind} `{given}`"), Some(hint))
}

/// The name most like `given`, where one is like it at all.
fn nearest<'n>(given: &str, known: &[&'n str]) -> Option<&'n str> {
    known
        .iter()
        .map(|&name| (strsim::damerau_levenshtein(given, name), name))
        .filter(|&(distance, name)| distance <= 2.max(name.len() / 3))
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_is_answered_with_the_nearest() {
        let said = "unknown field `stile`, expected one of `style`, `preset`, `exclude`";
        let expected = (
            "unknown setting `stile`".into(),
            Some("did you mean `style`?".into()),
        );
        assert_eq!(explain(said), expected);
    }

    #[test]
    fn a_name_like_none_is_answered_with_all() {
        let said = "unknown variant `zzzzzzzz`, expected `error` or `warning`";
        let expected = (
            "unknown value `zzzzzzzz`".into(),
            Some("known here: error, warning".into()),
        );
        assert_eq!(explain(said), expected);
    }
}
