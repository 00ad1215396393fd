//! What a docstring tells outside its sections.

use crate::docstring::{Docstring, Entry};

/// What an entry says of what it documents: its text, or what stands in place of a type and is none
/// (`axis : the axis along which to sort`).
pub fn description<'v>(docstring: &Docstring<'v>, entry: &Entry<'_>) -> Option<&'v str> {
    if let Some(text) = entry.text {
        return Some(text.of(docstring.value));
    }
    let annotation = entry.annotation?.of(docstring.value);
    is_prose(annotation).then_some(annotation)
}

/// Whether what stands where a type should is a description.
fn is_prose(annotation: &str) -> bool {
    const OPENINGS: [&str; 6] = ["a ", "an ", "the ", "whether ", "if ", "number of "];
    let lower = annotation.to_ascii_lowercase();
    let is_sentence = |part: &str| part.split_whitespace().count() > 3;
    OPENINGS.iter().any(|it| lower.starts_with(it))
        || lower
            .split([',', '|', ';'])
            .flat_map(|it| it.split(" or "))
            .any(is_sentence)
}

/// Whether the text outside sections says what is returned: a sentence or clause of it begins with "return" or "returns",
/// or something "is returned", or it speaks of "The returned" one. Not only the summary's first word counts: on fifteen large
/// packages that would be 1,272 findings more, and of ninety that were read four are of functions whose text leaves the
/// value out.
pub(super) fn tells_of_returning(docstring: &Docstring<'_>) -> bool {
    texts(docstring).any(|text| {
        let mut before = "";
        words(text).any(|(at, word)| {
            let is_passive = word == "returned" && matches!(before, "is" | "are" | "be" | "The");
            before = word;
            is_passive
                || (is_form(word, "return")
                    && (begins_sentence(&text[..at])
                        || (goes_on(&text[..at]) && !is_noun(&text[at + word.len()..]))))
        })
    })
}

/// Whether the text outside sections says what is yielded. "Yield" is a word of few meanings.
pub(super) fn tells_of_yielding(docstring: &Docstring<'_>) -> bool {
    texts(docstring).any(|text| {
        let begins = |at: usize| text[..at].trim().is_empty();
        words(text).any(|(at, word)| {
            is_form(word, "yield")
                || (begins(at) && (is_form(word, "generate") || is_form(word, "generator")))
        })
    }) || tells_of_returning(docstring)
}

fn texts<'d>(docstring: &'d Docstring<'_>) -> impl Iterator<Item = &'d str> {
    let spans = [docstring.summary, docstring.description];
    spans
        .into_iter()
        .flatten()
        .map(|span| span.of(docstring.value))
}

/// The words of `text`, and where each begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    let words = words.filter(|word| !word.is_empty());
    words.map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Whether `word` is `verb` or ends in an `s` more, in any case.
fn is_form(word: &str, verb: &str) -> bool {
    let head = word.get(..verb.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(verb))
        && matches!(&word[verb.len()..], "" | "s" | "S")
}

/// Whether what follows on `before` begins a sentence.
fn begins_sentence(before: &str) -> bool {
    let trimmed = before.trim_end();
    trimmed.is_empty()
        || trimmed.ends_with(['.', ';', ':', '!', '?', ')'])
        || before[trimmed.len()..].matches('\n').count() > 1
}

/// Whether a verb behind `before` goes on a sentence whose subject is the function: "... and returns".
fn goes_on(before: &str) -> bool {
    let trimmed = before.trim_end();
    let last = words(trimmed).last().map_or("", |(_, word)| word);
    trimmed.ends_with(last) && (CLAUSES.contains(&last) || last.ends_with("ly"))
}

/// Whether "return" before `behind` is no verb: "argument and return types", "checkout and return-to-pool".
fn is_noun(behind: &str) -> bool {
    const NOUNS: [&str; 5] = ["type", "types", "code", "codes", "address"];
    let next = words(behind).next().map_or("", |(_, word)| word);
    behind.starts_with('-') || (behind.trim_start().starts_with(next) && NOUNS.contains(&next))
}

/// Words behind which a verb tells what the function does.
const CLAUSES: [&str; 7] = ["and", "or", "then", "it", "It", "function", "method"];

/// Whether the docstring, which has no section for it, speaks of raising, if only beside a parameter.
pub(super) fn speaks_of_raising(docstring: &Docstring<'_>) -> bool {
    let text = docstring.value;
    text.contains("raise") || text.contains("Raise")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docstring::parse;

    #[test]
    fn what_is_returned_is_told_at_the_head_of_a_clause() {
        for told in [
            "Return it.",
            "Returns it.",
            "Look it up.\n\n    Returns None if there is none.\n    ",
            "Look it up. Returns it.",
            "Look it up and\n    return it.",
            "Look it up; return it.",
            "Recursively return it.",
            "Look it up. It returns None.",
            "Look it up. None is\n    returned where there is none.",
            "Begin it. The returned object is a transaction.",
            "Load it. Parameters and return value are as of dump.",
        ] {
            assert!(tells_of_returning(&parse(told, None)), "{told}");
        }
        for silent in [
            "Set the return value.",
            "Look for what others return.",
            "Returned from the dead.",
            "Wait for its return.",
            "Count what checkout and return-to-pool take.",
            "Infer the argument and return types of it.",
            "",
        ] {
            assert!(!tells_of_returning(&parse(silent, None)), "{silent}");
        }
    }

    #[test]
    fn what_is_yielded_is_told_anywhere() {
        for told in [
            "Recursively yields it.",
            "Find it: yields a bool.",
            "Generator of x.",
        ] {
            assert!(tells_of_yielding(&parse(told, None)), "{told}");
        }
        for silent in ["Iterate over it.", "Use a generator.", "Yielding is fun."] {
            assert!(!tells_of_yielding(&parse(silent, None)), "{silent}");
        }
    }
}
