//! What an answer says, held against the code it is about.

use std::collections::HashSet;

use super::answer::Words;

/// The code that an answer is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    /// The symbol's own source.
    pub(super) source: String,
    /// All names of its file.
    pub(super) names: std::sync::Arc<HashSet<String>>,
}

/// Names that every module has.
const BUILT_IN: [&str; 44] = [
    "None",
    "True",
    "False",
    "NotImplemented",
    "Ellipsis",
    "int",
    "str",
    "float",
    "bool",
    "bytes",
    "bytearray",
    "list",
    "dict",
    "set",
    "frozenset",
    "tuple",
    "object",
    "type",
    "complex",
    "range",
    "slice",
    "iter",
    "next",
    "len",
    "print",
    "repr",
    "hash",
    "id",
    "open",
    "super",
    "property",
    "classmethod",
    "staticmethod",
    "self",
    "cls",
    "async",
    "await",
    "with",
    "for",
    "yield",
    "return",
    "raise",
    "callable",
    "isinstance",
];

/// Titles of sections, which have no place in a sentence.
const TITLES: [&str; 10] = [
    "Args:",
    "Arguments:",
    "Parameters:",
    "Returns:",
    "Yields:",
    "Raises:",
    "Attributes:",
    "Examples:",
    "Example:",
    "Note:",
];

/// What is wrong with the words; nothing where they may stand.
pub(super) fn fault(words: &Words, evidence: &Evidence) -> Option<String> {
    let told = words.texts().find_map(|text| of_text(text, evidence));
    told.or_else(|| words.types().find_map(|it| of_type(it, evidence)))
}

/// Words of types that no file has to know.
const TYPES: [&str; 24] = [
    "Any",
    "Callable",
    "Generator",
    "Iterable",
    "Iterator",
    "Literal",
    "Mapping",
    "Optional",
    "Sequence",
    "Union",
    "array_like",
    "bool",
    "collections",
    "default",
    "datetime",
    "file",
    "like",
    "of",
    "optional",
    "or",
    "path",
    "scalar",
    "typing",
    "ndarray",
];
/// The longest type.
const LONGEST_TYPE: usize = 80;

/// What is wrong with a type: it has to stand in one line, and name what the file or Python has.
fn of_type(text: &str, evidence: &Evidence) -> Option<String> {
    let is_part = |it: char| it.is_alphanumeric() || it == '_';
    let is_mark = |it: char| is_part(it) || " .,|[](){}'\"-".contains(it);
    if text.len() > LONGEST_TYPE
        || !text.chars().all(is_mark)
        || !text.starts_with(|it: char| is_part(it) || it == '{' || it == '(')
    {
        return Some(format!("`{text}` is no type"));
    }
    let mut words = text
        .split(|it: char| !is_part(it))
        .filter(|it| !it.is_empty());
    let is_known = |it: &str| {
        let is_number = it.starts_with(|it: char| it.is_ascii_digit());
        is_number || evidence.names.contains(it) || BUILT_IN.contains(&it) || TYPES.contains(&it)
    };
    let odd = words.find(|it| !is_known(it))?;
    Some(format!(
        "it tells of the type `{text}`, and the file has no `{odd}`"
    ))
}

fn of_text(text: &str, evidence: &Evidence) -> Option<String> {
    let source = evidence.source.as_str();
    if let Some(odd) = text.chars().find(|&it| is_hidden(it)) {
        return Some(format!(
            "it holds the character U+{:04X}, which cannot be seen",
            u32::from(odd)
        ));
    }
    if text.contains("\"\"\"") || text.contains("'''") {
        return Some("it holds the quotes of a docstring".to_owned());
    }
    for word in text.split_whitespace() {
        let lower = word.to_ascii_lowercase();
        let is_address =
            lower.contains("://") || lower.starts_with("www.") || lower.contains("javascript:");
        if is_address && !source.contains(word.trim_matches(is_around)) {
            return Some(format!(
                "it holds the address `{word}`, which the source does not have"
            ));
        }
        if is_mail(word) && !source.contains(word.trim_matches(is_around)) {
            return Some(format!(
                "it holds the mail address `{word}`, which the source does not have"
            ));
        }
        if TITLES.contains(&word) {
            return Some(format!(
                "it holds `{word}`: sections have places of their own"
            ));
        }
    }
    if let Some(tag) = tag(text)
        && !source.contains(tag)
    {
        return Some(format!(
            "it holds the HTML `{tag}`, which the source does not have"
        ));
    }
    exceptions(text)
        .find(|it| !has_word(source, it))
        .map(|it| format!("it tells of `{it}`, which the source does not have"))
        .or_else(|| unknown_name(text, evidence))
}

fn is_around(c: char) -> bool {
    matches!(
        c,
        '`' | '<' | '>' | '(' | ')' | '"' | '\'' | ',' | '.' | ';' | ':'
    )
}

/// Control characters, those that turn the direction of text, and those without width.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn is_mail(word: &str) -> bool {
    let word = word.trim_matches(is_around);
    word.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && host
                .chars()
                .all(|it| it.is_alphanumeric() || ".-".contains(it))
    })
}

/// The first tag of HTML.
fn tag(text: &str) -> Option<&str> {
    for (start, _) in text.match_indices('<') {
        let rest = &text[start + 1..];
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let is_name =
            name.starts_with(|it: char| it.is_ascii_alphabetic()) || name.starts_with('!');
        if is_name && let Some(end) = rest.find('>') {
            return Some(&text[start..start + end + 2]);
        }
    }
    None
}

/// Words that name exceptions.
fn exceptions(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|it: char| !(it.is_alphanumeric() || it == '_'));
    words.filter(|it| {
        let ends = ["Error", "Exception", "Warning"]
            .iter()
            .any(|end| it.len() > end.len() && it.ends_with(end));
        ends && it.starts_with(char::is_uppercase)
    })
}

fn has_word(source: &str, word: &str) -> bool {
    let is_part = |it: char| it.is_alphanumeric() || it == '_';
    source.match_indices(word).any(|(at, _)| {
        !source[..at].ends_with(is_part) && !source[at + word.len()..].starts_with(is_part)
    })
}

/// The first name in backquotes that neither the file nor Python has.
fn unknown_name(text: &str, evidence: &Evidence) -> Option<String> {
    let quoted = text.split('`').skip(1).step_by(2);
    for code in quoted {
        let call = code.trim_end_matches("()");
        let is_dotted = !call.is_empty()
            && call
                .split('.')
                .all(|it| it.starts_with(|c: char| c.is_alphabetic() || c == '_'))
            && call
                .chars()
                .all(|it| it.is_alphanumeric() || it == '_' || it == '.');
        if !is_dotted {
            continue;
        }
        for name in call.split('.') {
            let is_known = evidence.names.contains(name) || BUILT_IN.contains(&name);
            if !is_known {
                return Some(format!(
                    "it tells of `{code}`, and the file has no `{name}`"
                ));
            }
        }
    }
    None
}

/// All names of a text.
pub(super) fn names(text: &str) -> HashSet<String> {
    let words = text.split(|it: char| !(it.is_alphanumeric() || it == '_'));
    let names = words.filter(|it| it.starts_with(|c: char| c.is_alphabetic() || c == '_'));
    names.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str =
        "def fetch(url):\n    # see https://docs.example.org/x\n    raise FetchError(url)\n";

    fn told(text: &str) -> Option<String> {
        let evidence = Evidence {
            source: SOURCE.to_owned(),
            names: std::sync::Arc::new(names(SOURCE)),
        };
        let words = Words {
            summary: Some(text.to_owned()),
            ..Words::default()
        };
        fault(&words, &evidence)
    }

    #[test]
    fn what_the_code_has_may_be_told() {
        for text in [
            "Fetch `url`, or `None`.",
            "See https://docs.example.org/x for more.",
            "Raise `FetchError` if a < b > c.",
            "Values such as `url=3` or `{}` are fine; a 5 < 6 too.",
            "An error of the server; see the Example of it.",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn what_the_code_does_not_have_is_refused() {
        for (text, part) in [
            ("Fetch\u{202e} it.", "U+202E"),
            ("Fetch\u{200b} it.", "U+200B"),
            ("Fetch\u{7} it.", "U+0007"),
            ("\"\"\"; import os", "quotes of a docstring"),
            ("See https://evil.example.com/?q=1.", "address"),
            ("See www.example.com.", "address"),
            ("Mail me@example.com.", "mail"),
            ("Click <a href=x>here</a>.", "HTML `<a href=x>`"),
            ("<!-- x --> Fetch.", "HTML"),
            ("Raises KeyError at times.", "`KeyError`"),
            ("Uses `timeout` to wait.", "no `timeout`"),
            ("Calls `os.system()`.", "no `os`"),
            ("Fetch. Args: url", "`Args:`"),
        ] {
            let fault = told(text).unwrap_or_default();
            assert!(fault.contains(part), "{text}: {fault}");
        }
    }

    #[test]
    fn types_name_what_the_file_or_python_has() {
        let told = |text: &str| {
            let evidence = Evidence {
                source: SOURCE.to_owned(),
                names: std::sync::Arc::new(names(SOURCE)),
            };
            of_type(text, &evidence)
        };
        for text in [
            "int",
            "list of str",
            "dict[str, FetchError]",
            "{'a', 'b'}".replace("'a', 'b'", "0, 1").as_str(),
            "int or None",
            "tuple (int, str)",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
        for text in [
            "The page.",
            "Page",
            "",
            "int\n\nReturns",
            "int : x",
            "`int`",
        ] {
            assert!(told(text).is_some(), "{text}");
        }
    }
    #[test]
    fn the_type_of_a_value_is_held_to_the_file() {
        let evidence = Evidence {
            source: SOURCE.to_owned(),
            names: std::sync::Arc::new(names(SOURCE)),
        };
        let told = |annotation: &str| {
            let returns = super::super::answer::Described {
                annotation: Some(annotation.to_owned()),
                description: "What came.".to_owned(),
            };
            let words = Words {
                returns: Some(returns),
                ..Words::default()
            };
            fault(&words, &evidence)
        };
        assert_eq!(told("list of str"), None);
        assert!(told("list of Page").is_some());
    }
}
