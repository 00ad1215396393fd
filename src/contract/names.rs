//! The names that entries document.

use std::borrow::Cow;

use hashbrown::{HashMap, HashSet};

use crate::docstring::{Docstring, Entry};
use crate::python::{self, Param, Signature, identifier};

/// A set of names as Python compares them: few are searched faster one after another.
#[derive(Debug)]
pub(super) enum Names<'a> {
    Few(Vec<Cow<'a, str>>),
    Many(HashSet<Cow<'a, str>>),
}

/// With more than these, names are kept in tables.
pub(super) const FEW: usize = 16;

impl<'a> Names<'a> {
    /// Whether `name` is among them.
    pub(super) fn has(&self, name: &str) -> bool {
        let name = identifier(name);
        match self {
            Self::Few(names) => names.contains(&name),
            Self::Many(names) => names.contains(&name),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Few(names) if names.is_empty())
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

/// The parameters of a signature by name: few are searched faster one after another.
#[derive(Debug)]
pub struct ParamsByName<'s, 't> {
    params: &'s [Param<'t>],
    /// Where each stands, where there are many.
    places: Option<HashMap<&'t str, usize>>,
}

impl<'s, 't> ParamsByName<'s, 't> {
    /// Those of `signature`.
    pub fn of(signature: &'s Signature<'t>) -> Self {
        let params = signature.params.as_slice();
        let many = || {
            let mut places = HashMap::with_capacity(params.len());
            for (place, param) in params.iter().enumerate() {
                places.entry(param.name).or_insert(place);
            }
            places
        };
        Self {
            params,
            places: (params.len() > FEW).then(many),
        }
    }

    /// The place of the first parameter of this name, from 0.
    pub fn place(&self, name: &str) -> Option<usize> {
        match &self.places {
            Some(places) => places.get(name).copied(),
            None => self.params.iter().position(|it| it.name == name),
        }
    }

    /// The first parameter of this name.
    pub fn find(&self, name: &str) -> Option<&'s Param<'t>> {
        self.params.get(self.place(name)?)
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

/// How many stars the name of an entry of `docstring` is written with.
pub fn stars(entry: &Entry<'_>, docstring: &Docstring<'_>) -> usize {
    let name = entry.name_span.of(docstring.value).as_bytes();
    let marks = name.iter().take_while(|it| matches!(it, b'*' | b'\\'));
    marks.filter(|&&it| it == b'*').count()
}

/// The exceptions that an entry documents, by the last parts of their names: one, or several (`A, B`, `A or B`).
/// What is no name is left out.
pub fn exception_names<'a>(entry: &'a Entry<'a>) -> impl Iterator<Item = &'a str> {
    of(entry)
        .map(|name| alias(name).unwrap_or_else(|| last_part(name)))
        .filter(|name| is_identifier(name))
}

/// The built-in class that an exception's name as written means: `os.error`.
fn alias(name: &str) -> Option<&'static str> {
    let name = name.trim_end_matches(['`', '(', ')']);
    let (module, last) = name.rsplit_once('.')?;
    python::exception_alias(last_part(module), last)
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

/// The words of `text`: what `has_word` finds in it, where a word is a name.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| c != '_' && !c.is_alphanumeric());
    words.filter(|it| !it.is_empty())
}

/// Whether `name` could be a parameter's.
pub(super) fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c == '_' || c.is_alphabetic())
        && name.chars().all(|c| c == '_' || c.is_alphanumeric())
}

/// Whether `word` stands in `text`, no letter, digit or underscore on either side.
pub(super) fn has_word(text: &str, word: &str) -> bool {
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
        assert_eq!(alias(":exc:`os.error`"), Some("OSError"));
        assert_eq!(alias("struct.error"), None);
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
