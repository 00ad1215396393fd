//! DG802: a text that stands for one to be written.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject};
use crate::docstring::Docstring;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "DG802",
    name: "placeholder-text",
    severity: Severity::Error,
    default: true,
    facets: Facets::of(&[Facet::Added, Facet::Docstring]),
    aliases: &[],
    page: include_str!("placeholder_text.md"),
    check,
    needs: Needs::Docstring,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    let mut places: Vec<(Span, &str)> = Vec::new();
    for (span, name) in texts(docstring) {
        let text = span.of(docstring.value);
        let is_entry = !matches!(name, "summary" | "description");
        if is_unwritten(text, is_entry) && places.last().is_none_or(|it| it.0 != span) {
            places.push((span, name));
        }
    }
    let Some(&(first, _)) = places.first() else {
        return;
    };
    let message = format!("the docstring of {} holds placeholders", subject.title());
    let finding = reporter.report(subject.first_line(written.place(first)), message);
    for (span, name) in places {
        finding
            .label(subject.first_line(written.place(span)), "to be written")
            .entry(name);
    }
}

/// Every text of a docstring that somebody has to write, and what it is about.
fn texts<'d>(docstring: &'d Docstring<'d>) -> impl Iterator<Item = (Span, &'d str)> {
    let summary = docstring.summary.map(|it| (it, "summary"));
    let description = docstring.description.map(|it| (it, "description"));
    let sections = docstring.sections.iter().flat_map(|section| {
        let title = section.title.of(docstring.value);
        let entries = section.entries.iter().flat_map(move |entry| {
            let name = entry.name.unwrap_or(title);
            [entry.annotation, entry.text]
                .into_iter()
                .flatten()
                .map(move |it| (it, name))
        });
        let is_text = section.entries.is_empty() && !section.body.is_empty();
        entries.chain(is_text.then_some((section.body, title)))
    });
    summary.into_iter().chain(description).chain(sections)
}

/// Marks that say that something is to be done.
const MARKS: [&str; 6] = ["todo", "fixme", "xxx", "tbd", "...", "\u{2026}"];
/// What editors write for people to replace, in braces or capitals of some kind.
const TEMPLATES: [&str; 8] = [
    "description",
    "summary",
    "type",
    "type_description",
    "extended summary",
    "extended_summary",
    "docstring",
    "placeholder",
];

/// Whether `text` stands for one to be written: a placeholder as a whole, or of an entry what is to be done about it.
pub fn is_unwritten(text: &str, is_entry: bool) -> bool {
    is_placeholder(text) || (is_entry && is_note(text))
}

/// Whether `text` is a placeholder as a whole; a default that an editor added to one does not make it a text.
pub(super) fn is_placeholder(text: &str) -> bool {
    const LONGEST: usize = 60;
    if !may_be_placeholder(text) {
        return false;
    }
    let whole = text.split("Defaults to").next().unwrap_or_default().trim();
    let whole = whole
        .trim_end_matches([',', ' '])
        .trim_end_matches("optional")
        .trim_end_matches([',', ' ']);
    if whole.is_empty() || whole.len() > LONGEST {
        return false;
    }
    let lower = whole.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let is_mark = MARKS.contains(&lower.as_str()) || MARKS.contains(&bare);
    let is_framed = ["__", "[]", "<>", "{}"].iter().any(|frame| {
        let inner = whole.trim_end_matches('.');
        inner.len() > 2 && inner.starts_with(&frame[..1]) && inner.ends_with(&frame[1..])
    });
    let is_loud = whole == "DESCRIPTION" || whole == "SUMMARY";
    is_mark || is_loud || (is_framed && TEMPLATES.contains(&bare))
}

/// Whether `text` begins with no letter, or with a word that placeholders begin with: all but a few texts do not.
fn may_be_placeholder(text: &str) -> bool {
    const WORDS: [&str; 6] = ["todo", "fixme", "xxx", "tbd", "description", "summary"];
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_alphanumeric());
    let word = &text[..end.unwrap_or(text.len())];
    word.is_empty() || WORDS.iter().any(|it| word.eq_ignore_ascii_case(it))
}

/// Whether all that is said of an entry is what is to be done about it: `TODO: in which unit?`
fn is_note(text: &str) -> bool {
    let text = text.trim_start().as_bytes();
    ["todo:", "fixme:", "xxx:"].iter().any(|it| {
        let head = text.get(..it.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(it.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn what_editors_and_people_leave() {
        for text in [
            "TODO",
            "todo.",
            "...",
            "_description_",
            "_summary_",
            "[summary]",
            "[description]",
            "DESCRIPTION",
            "tbd",
            "xxx",
            "_description_. Defaults to 3.",
            "_type_, optional",
            "[type], optional",
            "<description>",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "",
            "The description.",
            "Todos of the day.",
            "description",
            "...and more",
            "_private_",
            "{}",
            "dict[str, int]",
            "type",
            "Summary",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
