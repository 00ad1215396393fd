//! Section names: napoleon's, numpydoc's and a few more, and what a misspelt one means.

use super::SectionKind;

/// Longer titles are prose.
const LONGEST: usize = 40;

/// Words one letter away from a section's name that are words of their own.
const WORDS: [&str; 9] = [
    "raised", "raiser", "raisers", "rises", "reruns", "received", "receiver", "returned", "yielded",
];

/// Names that a misspelt title is held against: those of sections whose entries are checked.
const SPELLINGS: [(&str, SectionKind); 12] = [
    ("Returns", SectionKind::Returns),
    ("Return", SectionKind::Returns),
    ("Raises", SectionKind::Raises),
    ("Yields", SectionKind::Yields),
    ("Arguments", SectionKind::Params),
    ("Parameters", SectionKind::Params),
    ("Attributes", SectionKind::Attributes),
    ("Examples", SectionKind::Examples),
    ("Example", SectionKind::Examples),
    ("Keyword Args", SectionKind::KeywordParams),
    ("Keyword Arguments", SectionKind::KeywordParams),
    ("Other Parameters", SectionKind::OtherParams),
];

/// The kind of the section that is called `title`, in any case.
pub(super) fn section_kind(title: &str) -> Option<SectionKind> {
    let mut lower = [0; LONGEST];
    let lower = lowercase(title, &mut lower)?;
    Some(match lower {
        "args" | "arguments" | "parameters" | "params" => SectionKind::Params,
        "keyword args" | "keyword arguments" | "keyword parameters" | "kwargs" => {
            SectionKind::KeywordParams
        }
        "other parameters" | "other args" | "other arguments" | "other params" => {
            SectionKind::OtherParams
        }
        "attributes" | "attrs" => SectionKind::Attributes,
        "methods" => SectionKind::Methods,
        "return" | "returns" => SectionKind::Returns,
        "yield" | "yields" => SectionKind::Yields,
        "receive" | "receives" => SectionKind::Receives,
        "raise" | "raises" | "exceptions" | "except" => SectionKind::Raises,
        "warn" | "warns" => SectionKind::Warns,
        "example" | "examples" => SectionKind::Examples,
        "note" | "notes" => SectionKind::Notes,
        "reference" | "references" => SectionKind::References,
        "see also" => SectionKind::SeeAlso,
        "deprecated" => SectionKind::Deprecated,
        "attention" | "caution" | "danger" | "error" | "hint" | "important" | "tip" | "todo"
        | "warning" | "warnings" => SectionKind::Admonition,
        _ => return None,
    })
}

/// What a title means that is a section's name with one letter wrong, missing or too many, or two letters
/// exchanged.
pub(super) fn misspelt(title: &str) -> Option<(&'static str, SectionKind)> {
    let mut lower = [0; LONGEST];
    let lower = lowercase(title, &mut lower)?;
    if lower == "arg" || lower == "agrs" {
        return Some(("Args", SectionKind::Params));
    }
    if lower == "param" {
        return Some(("Params", SectionKind::Params));
    }
    if lower.len() < 5 || WORDS.contains(&lower) {
        return None;
    }
    SPELLINGS.into_iter().find(|(name, _)| {
        name.as_bytes()[0].eq_ignore_ascii_case(&lower.as_bytes()[0])
            && is_one_slip(lower.as_bytes(), name.as_bytes())
    })
}

/// `text` in lower case, in `buffer`; `None` where it is too long or not ASCII.
fn lowercase<'b>(text: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    let buffer = buffer.get_mut(..text.len())?;
    buffer.copy_from_slice(text.as_bytes());
    buffer.make_ascii_lowercase();
    std::str::from_utf8(buffer).ok().filter(|it| it.is_ascii())
}

/// Whether one insertion, deletion, substitution or transposition makes `one` of `other`, case aside.
fn is_one_slip(one: &[u8], other: &[u8]) -> bool {
    let same = |a: &[u8], b: &[u8]| a.eq_ignore_ascii_case(b);
    let start = one
        .iter()
        .zip(other)
        .take_while(|(a, b)| a.eq_ignore_ascii_case(b))
        .count();
    let (one, other) = (&one[start..], &other[start..]);
    match (one, other) {
        ([], [_]) | ([_], []) => true,
        ([a, b, rest @ ..], [c, d, other_rest @ ..])
            if same(&[*a, *b], &[*d, *c]) && same(rest, other_rest) =>
        {
            true
        }
        ([_, rest @ ..], [_, other_rest @ ..]) => {
            same(rest, other_rest) || same(rest, other) || same(one, other_rest)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_any_case() {
        assert_eq!(section_kind("ARGS"), Some(SectionKind::Params));
        assert_eq!(section_kind("See also"), Some(SectionKind::SeeAlso));
        assert_eq!(section_kind("Usage"), None);
        assert_eq!(section_kind("Árgs"), None);
        assert_eq!(section_kind(&"x".repeat(1000)), None);
    }

    #[test]
    fn one_slip_is_forgiven() {
        for (title, name) in [
            ("Retruns", "Returns"),
            ("Retuns", "Returns"),
            ("Rasies", "Raises"),
            ("Argument", "Arguments"),
            ("Parmeters", "Parameters"),
            ("Parameter", "Parameters"),
            ("Yeilds", "Yields"),
            ("Arg", "Args"),
            ("Exmaples", "Examples"),
            ("Keyword Argument", "Keyword Arguments"),
        ] {
            assert_eq!(misspelt(title).map(|it| it.0), Some(name), "{title}");
        }
    }

    #[test]
    fn other_words_are_not_misspellings() {
        for title in [
            "Fields", "Nodes", "Hints", "Tests", "Raised", "Reruns", "Receiver", "Method",
            "Errors", "Results", "Argmax",
        ] {
            assert_eq!(misspelt(title), None, "{title}");
        }
    }
}
