//! What a docstring tells outside its sections.

use super::names;
use crate::docstring::Docstring;

/// Whether the summary, or a paragraph behind it, begins with one of `words` (in lower case here).
pub(super) fn tells_of(docstring: &Docstring<'_>, words: [&str; 2]) -> bool {
    let spans = [docstring.summary, docstring.description];
    spans.into_iter().flatten().any(|span| {
        let mut paragraph_starts = true;
        span.of(docstring.value).lines().any(|line| {
            let line = line.trim_start();
            let starts = std::mem::replace(&mut paragraph_starts, line.is_empty());
            let end = line
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(line.len());
            starts
                && words
                    .iter()
                    .any(|word| line[..end].eq_ignore_ascii_case(word))
        })
    })
}

/// Whether the text outside sections speaks of raising `exception`.
pub(super) fn tells_of_raising(docstring: &Docstring<'_>, exception: &str) -> bool {
    let spans = [docstring.summary, docstring.description];
    let mut texts = spans
        .into_iter()
        .flatten()
        .map(|span| span.of(docstring.value));
    texts.any(|text| {
        names::has_word(text, exception) && (text.contains("raise") || text.contains("Raise"))
    })
}

/// Whether `text` speaks of something to iterate over.
pub fn mentions_iteration(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let stems = [
        "iterator",
        "iterable",
        "generator",
        "asyncgenerator",
        "asynciterator",
    ];
    words
        .map(|word| word.trim_end_matches('s'))
        .any(|word| stems.iter().any(|stem| word.eq_ignore_ascii_case(stem)))
}
