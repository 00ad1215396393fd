//! Defaults that docstrings tell, held against those that signatures declare. Only literals are compared.

use crate::docstring::{Docstring, Entry};
use crate::text::Span;

/// Words behind which a default stands in a type, the longest first.
const IN_TYPES: [&str; 6] = [
    "defaults to",
    "default is",
    "default:",
    "default=",
    "default =",
    "default",
];
/// Words behind which a default stands in a text.
const IN_TEXTS: [&str; 7] = [
    "defaults to",
    "default is",
    "default:",
    "default=",
    "default =",
    "(default",
    "[default",
];

/// Where the docstring tells the default of the parameter that `entry` documents, as a literal.
pub fn told_default(entry: &Entry<'_>, docstring: &Docstring<'_>) -> Option<Span> {
    let in_type = entry
        .annotation
        .and_then(|it| find(it, docstring.value, &IN_TYPES));
    in_type.or_else(|| {
        entry
            .text
            .and_then(|it| find(it, docstring.value, &IN_TEXTS))
    })
}

fn find(span: Span, value: &str, marks: &[&str]) -> Option<Span> {
    let text = span.of(value);
    let lower = text.to_ascii_lowercase();
    // A text that tells several defaults tells when which of them holds.
    let at = lower
        .find("default")
        .filter(|at| !lower[at + 1..].contains("default"))?;
    let mark = marks.iter().find(|mark| {
        let start = at.saturating_sub(mark.len() - mark.trim_start_matches(['(', '[']).len());
        lower[start..].starts_with(**mark)
    })?;
    let behind = at + mark.trim_start_matches(['(', '[']).len();
    let is_word_on = text[behind..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let rest = text[behind..].trim_start_matches([' ', '\t', '\n', '`', '=', ':']);
    let start = text.len() - rest.len();
    let length = literal_length(rest).filter(|_| !is_word_on)?;
    let start = span.start + start as u32;
    Some(Span::new(start, start + length as u32))
}

/// The length of the literal that `text` begins with, where nothing follows that could change what it means.
fn literal_length(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let length = match first {
        '"' | '\'' => text[1..].find(first)? + 2,
        '(' | '[' | '{' => ["()", "[]", "{}"]
            .iter()
            .find(|it| text.starts_with(**it))?
            .len(),
        _ => {
            let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "+-._".contains(c)));
            text[..end.unwrap_or(text.len())]
                .trim_end_matches('.')
                .len()
        }
    };
    let rest = text[length..].trim_start_matches('`');
    let goes_on = rest
        .trim_start()
        .starts_with(|c: char| c.is_alphanumeric() || "%/*^+-\"'".contains(c));
    let ends = rest.is_empty() || rest.starts_with(['.', ',', ';', ')', ']', '\n', ' ']);
    (ends && (!goes_on || rest.starts_with(['.', ',', ';', '\n']))).then_some(length)
}

/// Whether the default told by a docstring disagrees with the one that the signature declares. A declared `None`
/// often stands for what is told.
pub fn defaults_disagree(told: &str, declared: &str) -> bool {
    match (Literal::of(told), Literal::of(declared)) {
        (_, Some(Literal::None) | None) | (None, _) => false,
        (Some(Literal::Truth(told)), Some(Literal::Number(declared)))
        | (Some(Literal::Number(declared)), Some(Literal::Truth(told))) => {
            f64::from(u8::from(told)).to_bits() != declared.to_bits()
        }
        (Some(told), Some(declared)) => told != declared,
    }
}

#[derive(Debug, PartialEq)]
enum Literal<'t> {
    None,
    Truth(bool),
    Number(f64),
    Text(&'t str),
    Empty(char),
}

impl<'t> Literal<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let text = text.trim();
        match text {
            "None" => return Some(Self::None),
            "True" => return Some(Self::Truth(true)),
            "False" => return Some(Self::Truth(false)),
            "()" | "[]" | "{}" => return text.chars().next().map(Self::Empty),
            _ => {}
        }
        for quote in ['"', '\''] {
            let inner = text
                .strip_prefix(quote)
                .and_then(|it| it.strip_suffix(quote));
            if let Some(inner) = inner.filter(|it| !it.contains([quote, '\\'])) {
                return Some(Self::Text(inner));
            }
        }
        let digits = text.replace('_', "");
        let number = match digits.strip_prefix("0x") {
            Some(hex) => u32::from_str_radix(hex, 16).ok().map(f64::from),
            None => digits.parse().ok(),
        };
        let is_number = text.ends_with(|c: char| c.is_ascii_hexdigit() || c == '.')
            && text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
        number.filter(|_| is_number).map(Self::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<&str> {
        find(Span::new(0, text.len() as u32), text, &IN_TEXTS).map(|it| it.of(text))
    }

    #[test]
    fn literals_are_found() {
        for (text, literal) in [
            ("Seconds. Defaults to 5.", "5"),
            ("Seconds. Defaults to `0.5`.", "0.5"),
            ("Defaults to -1e-3, which is little.", "-1e-3"),
            ("A name (default: 'a b').", "'a b'"),
            ("A name (default None).", "None"),
            ("Whether. Default is True", "True"),
            ("Them. Defaults to ().\n  More.", "()"),
            ("It defaults to ``\"x\"``.", "\"x\""),
        ] {
            assert_eq!(told(text), Some(literal), "{text}");
        }
    }

    #[test]
    fn what_is_no_literal_or_goes_on_is_left() {
        for text in [
            "Defaults to 5 minutes.",
            "Defaults to the value of x.",
            "Defaults to None if x is given.",
            "By default 3 are taken.",
            "The default value is 3.",
            "Defaults to 1 for a, defaults to 2 for b.",
            "Defaults to 2 * x.",
            "Defaults to 50%.",
            "A defaultdict: 3.",
        ] {
            let found = told(text).filter(|it| Literal::of(it).is_some());
            assert_eq!(found, None, "{text}");
        }
    }

    #[test]
    fn literals_are_compared_by_value() {
        for (told, declared) in [
            ("5", "5.0"),
            ("1_000", "1000"),
            ("'a'", "\"a\""),
            ("5", "None"),
            ("1", "True"),
            ("x", "1"),
            ("5", "FIVE"),
        ] {
            assert!(!defaults_disagree(told, declared), "{told} and {declared}");
        }
        for (told, declared) in [
            ("5", "6"),
            ("None", "5"),
            ("True", "False"),
            ("'a'", "'b'"),
            ("'5'", "5"),
            ("()", "[]"),
        ] {
            assert!(defaults_disagree(told, declared), "{told} and {declared}");
        }
    }
}
