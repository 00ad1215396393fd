//! `docgen rule`: pages on a terminal and as Markdown, and the table of all rules.

mod code;
mod screen;
mod table;

use super::rule_page::summary;
use crate::rules::{Rule, Severity};

/// How pages are shown.
#[derive(Clone, Copy, Debug)]
pub struct PageStyle {
    /// Columns to keep to.
    pub width: usize,
    /// Whether escape sequences for colours are wanted.
    pub colour: bool,
}

/// A rule's page for a terminal.
pub fn rule_screen(rule: &Rule, style: PageStyle) -> String {
    screen::page(rule, style)
}

/// All rules for a terminal.
pub fn rules_screen(rules: &[&Rule], style: PageStyle) -> String {
    table::screen(rules, style)
}

/// A rule's page as Markdown; its links lead to the pages beside it.
pub fn rule_markdown(rule: &Rule) -> String {
    let mut page = String::with_capacity(rule.page.len() + 100);
    let (title, rest) = rule.page.split_once('\n').unwrap_or((rule.page, ""));
    page.push_str(title);
    page.push_str("\n\n");
    page.push_str(&standing(rule));
    page.push('\n');
    let mut rest = rest;
    // In `src/rules` a page has its file's name, elsewhere its rule's.
    while let Some((before, behind)) = rest.split_once("](") {
        page.push_str(before);
        page.push_str("](");
        rest = behind;
        let Some((link, behind)) = behind.split_once(')') else {
            break;
        };
        match link.strip_suffix(".md") {
            Some(name) => {
                page.push_str(&name.replace('_', "-"));
                page.push_str(".md");
            }
            None => page.push_str(link),
        }
        page.push(')');
        rest = behind;
    }
    page.push_str(rest);
    page
}

/// All rules as a Markdown table that links to their pages.
pub fn rules_markdown(rules: &[&Rule]) -> String {
    table::markdown(rules)
}

/// All rules as JSON.
pub fn rules_json(rules: &[&Rule]) -> String {
    let each = rules.iter().map(|rule| {
        serde_json::json!({
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity.word(),
            "default": rule.default,
            "summary": summary(rule),
            "aliases": rule.aliases,
            "page": rule_markdown(rule),
        })
    });
    format!("{:#}\n", serde_json::Value::Array(each.collect()))
}

/// `Error, on by default.`
fn standing(rule: &Rule) -> String {
    let severity = match rule.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
    };
    let default = if rule.default {
        "on by default"
    } else {
        "off unless selected"
    };
    let fixed = match rule.aliases {
        [] => String::new(),
        aliases => format!("; `# noqa: {}` silences it, too", aliases.join(", ")),
    };
    format!("{severity}, {default}{fixed}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::harmless::width;
    use crate::rules::{RULES, find};

    #[test]
    fn no_line_of_prose_is_wider_than_the_screen() {
        for rule in RULES {
            for columns in [40, 60, 100, 200] {
                let style = PageStyle {
                    width: columns,
                    colour: false,
                };
                let page = rule_screen(rule, style);
                // Code is shown as it is: it is indented.
                for line in page.lines().filter(|it| !it.starts_with("    ")) {
                    assert!(width(line) <= columns, "{} {columns}: {line}", rule.code);
                }
            }
        }
    }

    #[test]
    fn colours_take_the_place_of_marks() {
        let rule = find("DG201").unwrap();
        let of = |colour| rule_screen(rule, PageStyle { width: 80, colour });
        let (plain, coloured) = (of(false), of(true));
        assert!(plain.contains("`Args`") && !plain.contains('\u{1b}'));
        assert!(coloured.contains('\u{1b}') && !coloured.contains("`Args`"));
        let bare = anstream::adapter::strip_str(&coloured).to_string();
        let is_rule = |word: &&str| word.trim_matches(['=', '-']).is_empty();
        let count = |text: &str| text.split_whitespace().filter(|it| !is_rule(it)).count();
        assert_eq!(count(&bare), count(&plain));
        for text in [&plain, &bare] {
            assert!(!text.contains("```") && !text.contains("](") && !text.contains("## "));
        }
    }

    #[test]
    fn the_table_keeps_to_the_screen_and_names_every_rule() {
        for columns in [40, 60, 100, 200] {
            let style = PageStyle {
                width: columns,
                colour: false,
            };
            let table = rules_screen(RULES, style);
            assert_eq!(table.lines().count(), RULES.len());
            for (line, rule) in table.lines().zip(RULES) {
                assert!(line.starts_with(rule.code) && line.contains(rule.name));
                assert!(width(line) <= columns.max(48), "{columns}: {line}");
            }
        }
    }

    #[test]
    fn links_lead_to_the_pages_beside() {
        let page = rule_markdown(find("DG201").unwrap());
        assert!(page.contains("[empty-section](empty-section.md)"), "{page}");
        assert!(page.starts_with("# missing-param (DG201)\n\nError, on by default; `# noqa: D417, DOC101, DOC103, DAR101`"));
    }
}
