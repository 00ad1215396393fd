//! The names that entries document.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::docstring::Entry;
use crate::python::identifier;

/// A set of names as Python compares them: few are searched faster one after another.
#[derive(Debug)]
pub(super) enum Names<'a> {
    Few(Vec<Cow<'a, str>>),
    Many(HashSet<Cow<'a, str>>),
}

const FEW: usize = 16;

impl<'a> Names<'a> {
    pub(super) fn has(&self, name: &str) -> bool {
        let name = identifier(name);
        match self {
            Self::Few(names) => names.contains(&name),
            Self::Many(names) => names.contains(&name),
        }
    }

    /// The names that `entries` document.
    pub(super) fn documented(entries: impl Iterator<Item = &'a Entry<'a>>) -> Self {
        entries.flat_map(of).collect()
    }
}

impl<'a> FromIterator<&'a str> for Names<'a> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        let names: Vec<_> = names.into_iter().map(identifier).collect();
        if names.len() > FEW {
            Self::Many(names.into_iter().collect())
        } else {
            Self::Few(names)
        }
    }
}

/// The names in an entry's: one, or several in one entry (`x, y`, `x / y`, `x and y`); stars left off.
pub fn of<'a>(entry: &'a Entry<'a>) -> impl Iterator<Item = &'a str> {
    let name = entry.name.unwrap_or_default();
    name.split([',', '/', '|'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" or "))
        .map(bare)
        .filter(|part| !part.is_empty())
}

/// The exceptions that an entry documents, by the last parts of their names: one, or several (`A, B`, `A or B`).
/// What is no name is left out.
pub fn exception_names<'a>(entry: &'a Entry<'a>) -> impl Iterator<Item = &'a str> {
    of(entry).map(last_part).filter(|name| is_identifier(name))
}

/// A name without stars, their escapes, and markup around it.
fn bare(name: &str) -> &str {
    name.trim()
        .trim_start_matches(['*', '\\', '`'])
        .trim_end_matches('`')
}

/// The last part of an exception's name as written: `` :class:`~m.E` ``, `m.E`, `E`.
pub(super) fn last_part(name: &str) -> &str {
    let name = name.trim_end_matches(['`', '(', ')']);
    name.rsplit(['.', '`', '~', '!', ':', ' '])
        .next()
        .unwrap_or(name)
}

/// Whether `name` could be a parameter's.
pub(super) fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c == '_' || c.is_alphabetic())
        && name.chars().all(|c| c == '_' || c.is_alphanumeric())
}

/// Whether `word` stands in `text`, no letter, digit or underscore on either side.
pub fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c == '_' || c.is_alphanumeric();
    !word.is_empty()
        && memchr::memmem::find_iter(text.as_bytes(), word).any(|at| {
            let before = text[..at].chars().next_back();
            let after = text[at + word.len()..].chars().next();
            !before.is_some_and(is_part) && !after.is_some_and(is_part)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions_are_compared_by_last_name() {
        for written in [
            "E",
            "m.E",
            "a.b.E",
            ":class:`E`",
            ":exc:`~m.E`",
            "`E`",
            "E()",
        ] {
            assert_eq!(last_part(written), "E", "{written}");
        }
    }

    #[test]
    fn one_name_may_be_written_in_two_ways() {
        let names: Names<'_> = ["\u{b5}", "x"].into_iter().collect();
        assert!(names.has("\u{3bc}") && names.has("\u{b5}") && names.has("𝐱") && !names.has("y"));
    }

    #[test]
    fn words_end_where_names_end() {
        assert!(has_word("raise ValueError.", "ValueError"));
        assert!(!has_word("MyValueErrors", "ValueError"));
        assert!(has_word("é E", "E"));
    }
}
