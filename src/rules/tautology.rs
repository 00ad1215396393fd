//! DG803: a description that only says the name again.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject};
use crate::docstring::{Docstring, Entry, SectionKind};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "DG803",
    name: "tautology",
    severity: Severity::Warning,
    default: true,
    facets: Facets::of(&[Facet::Added, Facet::Docstring]),
    aliases: &[],
    page: include_str!("tautology.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    let entries = docstring.params().chain(attributes(docstring));
    let hollow: Vec<(Span, &str)> = entries
        .filter_map(|entry| {
            let (name, text) = (entry.name?, entry.text?);
            says_nothing_more(text.of(docstring.value), name).then_some((text, name))
        })
        .collect();
    let Some(&(first, name)) = hollow.first() else {
        return;
    };
    let title = subject.title();
    let message = match hollow.len() {
        1 => format!("{title} says of `{name}` no more than its name does"),
        count => format!("{title} says of {count} names no more than they do"),
    };
    let finding = reporter.report(subject.first_line(written.place(first)), message);
    for (span, name) in hollow {
        finding
            .label(subject.first_line(written.place(span)), "the name again")
            .entry(name);
    }
}

fn attributes<'d>(docstring: &'d Docstring<'d>) -> impl Iterator<Item = &'d Entry<'d>> {
    let sections = docstring
        .sections
        .iter()
        .filter(|it| it.kind == SectionKind::Attributes);
    sections.flat_map(|it| &it.entries)
}

/// Whether the words of `text` are those of `name`, articles and "the ... parameter" left out.
fn says_nothing_more(text: &str, name: &str) -> bool {
    const FILLERS: [&str; 9] = [
        "a",
        "an",
        "the",
        "this",
        "parameter",
        "param",
        "argument",
        "arg",
        "attribute",
    ];
    let name = words(name);
    let text: Vec<String> = words(text)
        .into_iter()
        .filter(|it| !FILLERS.contains(&it.as_str()))
        .collect();
    let is_in = |some: &[String], others: &[String]| some.iter().all(|it| others.contains(it));
    is_in(&text, &name) && (text.is_empty() || is_in(&name, &text))
}

/// The words of a text or name in lower case: `maxRetries`, `max_retries`, "max retries".
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in text.chars() {
        let starts = !c.is_alphanumeric() || (c.is_uppercase() && was_lower);
        if starts && words.last().is_some_and(|it| !it.is_empty()) {
            words.push(String::new());
        }
        was_lower = c.is_lowercase();
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|it| !it.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::says_nothing_more;

    #[test]
    fn the_name_again_is_nothing_more() {
        for (text, name) in [
            ("The width.", "width"),
            ("width", "width"),
            ("The max retries parameter", "maxRetries"),
            ("Max retries", "max_retries"),
            ("The parameter.", "x"),
        ] {
            assert!(says_nothing_more(text, name), "{text}");
        }
        for (text, name) in [
            ("The width in meters.", "width"),
            ("The user.", "user_name"),
            ("Width or height.", "width"),
            ("5", "width"),
        ] {
            assert!(!says_nothing_more(text, name), "{text}");
        }
    }
}
