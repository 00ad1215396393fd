//! Other words in the place of some.

use super::super::lines::Lines;
use super::super::{Docstring, Style, parse};
use super::error::UnwritableError;
use super::{Change, layout, page, place};
use crate::text::Span;

/// What puts other words where `texts` stand: summary, description, texts and types of entries, each with what is to
/// stand there, its lines without an indentation. `indent` is the indentation of the statements beside the docstring.
/// The changes are in order and apart; what says the same already stays.
///
/// # Errors
/// Where the words would be read as something else.
pub fn reword(
    docstring: &Docstring<'_>,
    texts: &[(Span, String)],
    indent: &str,
) -> Result<Vec<Change>, UnwritableError> {
    let value = docstring.value;
    let lines = Lines::new(value);
    let margin = layout::margin(&lines, indent);
    let mut changes: Vec<Change> = Vec::new();
    for (span, said) in texts {
        if is_same(span.of(value), said) {
            continue;
        }
        let below = indentation(docstring, *span, margin);
        let mut words = page::margined(said, &below);
        let is_last = value[span.range().end..].trim().is_empty();
        if is_last && words.contains('\n') && !value.contains('\n') {
            words.push('\n');
            words.push_str(margin);
        }
        let within = *span;
        changes.push(Change { within, words });
    }
    changes.sort_by_key(|it| it.within);
    is_meant(docstring, texts, &changes)?;
    Ok(changes)
}

/// What further lines of the text at `span` begin with.
fn indentation(docstring: &Docstring<'_>, span: Span, margin: &str) -> String {
    let value = docstring.value;
    let blanks = |line: &str| line[..line.len() - line.trim_start().len()].to_owned();
    let mut further = span.of(value).lines().skip(1);
    if let Some(line) = further.find(|it| !it.trim().is_empty()) {
        return blanks(line);
    }
    let before = layout::before(value, span.start);
    let is_first = !value[..span.range().start].contains('\n');
    match (before.trim().is_empty(), is_first) {
        (true, true) => margin.to_owned(),
        (true, false) => before.to_owned(),
        (false, true) => format!("{margin}{}", place::unit(docstring, margin)),
        (false, false) => format!("{}{}", blanks(before), place::unit(docstring, margin)),
    }
}

/// Whether two texts are the same words.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

/// Declines where the docstring would not be read as the same one with other words.
fn is_meant(
    docstring: &Docstring<'_>,
    texts: &[(Span, String)],
    changes: &[Change],
) -> Result<(), UnwritableError> {
    let after = super::changed(docstring.value, changes);
    let after = parse(&after, docstring.style);
    let meant = |span: Span| {
        let other = texts.iter().find(|it| it.0 == span);
        other.map_or_else(|| span.of(docstring.value), |it| it.1.as_str())
    };
    let is = all(docstring).len() == all(&after).len()
        && all(docstring).into_iter().zip(all(&after)).all(|pair| {
            let ((kind, span), (own, now)) = pair;
            kind == own && is_same(meant(span), now.of(after.value))
        });
    let is_style = after.style == docstring.style;
    if is && is_style {
        return Ok(());
    }
    Err(UnwritableError::Misread(
        docstring.style.unwrap_or(Style::Google),
    ))
}

/// All texts of a docstring, each with what it is: summary, description, the title of a section, name, type and text of
/// its entries.
fn all(docstring: &Docstring<'_>) -> Vec<(u8, Span)> {
    let mut all = Vec::new();
    all.extend(docstring.summary.map(|it| (0, it)));
    all.extend(docstring.description.map(|it| (1, it)));
    for section in &docstring.sections {
        all.push((2, section.title));
        if section.entries.is_empty() {
            all.push((3, section.body));
        }
        for entry in &section.entries {
            all.push((4, entry.name_span));
            all.extend(entry.annotation.map(|it| (5, it)));
            all.extend(entry.text.map(|it| (6, it)));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value with other words for the texts that read `old`.
    fn reworded(value: &str, style: Style, pairs: &[(&str, &str)]) -> String {
        let docstring = parse(value, Some(style));
        let texts = pairs.iter().map(|(old, new)| {
            let start = value.find(old).unwrap() as u32;
            (
                Span::new(start, start + old.len() as u32),
                (*new).to_owned(),
            )
        });
        let texts: Vec<_> = texts.collect();
        let changes = reword(&docstring, &texts, "    ").unwrap();
        super::super::changed(value, &changes)
    }

    #[test]
    fn words_take_the_place_of_others_and_the_rest_stays() {
        let value = "Old.\n\n    More of\n    it.\n\n    Args:\n      a: Old a.\n      b: Old\n          b.\n\n    Note:\n      Kept.\n    ";
        let pairs = [
            ("Old.", "New one\nof two."),
            ("More of\n    it.", "Much less."),
            ("Old a.", "New a\nin two."),
            ("Old\n          b.", "New b\nin two."),
        ];
        assert_eq!(
            reworded(value, Style::Google, &pairs),
            "New one\n    of two.\n\n    Much less.\n\n    Args:\n      a: New a\n        in two.\n      b: New b\n          in two.\n\n    \
             Note:\n      Kept.\n    "
        );
        let field = "Old.\n\n    :param a: Old a.\n    :returns: It.\n    ";
        let pairs = [("Old a.", "New a\nin two."), ("It.", "What it is.")];
        assert_eq!(
            reworded(field, Style::Sphinx, &pairs),
            "Old.\n\n    :param a: New a\n        in two.\n    :returns: What it is.\n    "
        );
        let numpy = "Old.\n\n    Returns\n    -------\n    TODO\n        TODO it.\n    ";
        let pairs = [("TODO it.", "What it is\nin two."), ("TODO", "int")];
        assert_eq!(
            reworded(numpy, Style::Numpy, &pairs),
            "Old.\n\n    Returns\n    -------\n    int\n        What it is\n        in two.\n    "
        );
    }

    #[test]
    fn a_line_that_becomes_several_ends_as_several_do() {
        assert_eq!(
            reworded("Old.", Style::Google, &[("Old.", "New one\nof two.")]),
            "New one\n    of two.\n    "
        );
        assert_eq!(reworded("Old.", Style::Google, &[("Old.", "Old.")]), "Old.");
    }

    #[test]
    fn words_that_would_be_more_than_words_are_declined() {
        let value = "Old.\n\n    Args:\n        a: Old a.\n    ";
        let docstring = parse(value, Some(Style::Google));
        for words in ["New.\n\nReturns:\n    Odd.", ""] {
            let texts = [(docstring.summary.unwrap(), words.to_owned())];
            assert!(reword(&docstring, &texts, "    ").is_err(), "{words}");
        }
    }
}
