//! Parts of a rule's page, for formats that carry rules.

use crate::rules::Rule;

/// The first paragraph behind the title: what the rule finds, in one sentence.
pub(super) fn summary(rule: &Rule) -> String {
    paragraph(rule.page.split("\n\n").nth(1).unwrap_or_default())
}

/// The first paragraph of `## Why`; the summary where there is none.
pub(super) fn reason(rule: &Rule) -> String {
    let why = rule.page.split_once("\n## Why\n\n");
    match why.and_then(|(_, behind)| behind.split("\n\n").next()) {
        Some(text) => paragraph(text),
        None => summary(rule),
    }
}

/// The page, its links to other pages as plain names: they lead nowhere outside the project.
pub(super) fn markdown(rule: &Rule) -> String {
    let mut page = String::with_capacity(rule.page.len());
    let mut rest = rule.page;
    while let Some((before, behind)) = rest.split_once(".md)") {
        let link = before.rfind("](").and_then(|end| {
            let start = before[..end].rfind('[')?;
            // A `)` on the way to `.md)` ends another link.
            (!before[end..].contains(')')).then_some((start, end))
        });
        if let Some((start, end)) = link {
            page.push_str(&before[..start]);
            page.push_str(&before[start + 1..end]);
        } else {
            page.push_str(before);
            page.push_str(".md)");
        }
        rest = behind;
    }
    page.push_str(rest);
    page
}

/// Where the page of this version can be read, once the project says in `Cargo.toml` where it lives.
pub(super) fn address(rule: &Rule) -> Option<String> {
    let version = env!("CARGO_PKG_VERSION");
    home().map(|home| format!("{home}/blob/v{version}/docs/rules/{}.md", rule.name))
}

/// Where the project lives.
pub(super) fn home() -> Option<&'static str> {
    Some(env!("CARGO_PKG_REPOSITORY").trim_end_matches('/')).filter(|home| !home.is_empty())
}

/// `missing-param` as `MissingParam`.
pub(super) fn pascal_case(name: &str) -> String {
    name.split('-')
        .flat_map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            [first.to_ascii_uppercase(), rest.to_owned()]
        })
        .collect()
}

fn paragraph(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RULES;

    #[test]
    fn every_page_has_a_sentence_that_sums_it_up_and_a_reason() {
        for rule in RULES {
            let (summary, reason) = (summary(rule), reason(rule));
            assert!(summary.ends_with('.') && summary.len() < 200, "{summary}");
            assert!(
                reason.ends_with(['.', '?']) && reason != summary,
                "{reason}"
            );
            assert!(!markdown(rule).contains(".md)"), "{}", rule.code);
        }
    }

    #[test]
    fn links_to_other_pages_are_names() {
        let mut rule = Rule { ..*RULES[0] };
        rule.page = "See [a](a.md) and [b](https://b.example), not c.md). [d](d.md)";
        assert_eq!(
            markdown(&rule),
            "See a and [b](https://b.example), not c.md). d"
        );
        assert_eq!(pascal_case("missing-param"), "MissingParam");
    }
}
