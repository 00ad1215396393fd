//! The table of all rules.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::super::rule_page::summary;
use super::PageStyle;
use crate::render::harmless::width;
use crate::rules::{Rule, Severity};

/// Below this many columns a summary says too little.
const LEAST_SUMMARY: usize = 24;

const fn word(rule: &Rule) -> &'static str {
    match (rule.default, rule.severity) {
        (false, _) => "off",
        (true, Severity::Error) => "error",
        (true, Severity::Warning) => "warning",
    }
}

pub(super) fn screen(rules: &[&Rule], style: PageStyle) -> String {
    let widest = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let taken = "DG201  ".len() + widest + "  warning  ".len();
    let room = style.width.saturating_sub(taken);
    let mut text = String::new();
    for rule in rules {
        let (word, paint) = (word(rule), paint(rule, style.colour));
        let _ = write!(
            text,
            "{}  {:widest$}  {paint}{word}{paint:#}",
            rule.code, rule.name
        );
        if room >= LEAST_SUMMARY {
            let _ = write!(
                text,
                "{:gap$}  {}",
                "",
                cut(&summary(rule), room),
                gap = 7 - word.len()
            );
        }
        text.push('\n');
    }
    text
}

fn paint(rule: &Rule, colour: bool) -> Style {
    if !colour {
        return Style::new();
    }
    match word(rule) {
        "error" => AnsiColor::BrightRed.on_default(),
        "warning" => AnsiColor::Yellow.on_default(),
        _ => Style::new().dimmed(),
    }
}

/// As many whole words as there is room for.
fn cut(text: &str, room: usize) -> String {
    let text = text.replace('`', "");
    if width(&text) <= room {
        return text;
    }
    let mut cut = String::new();
    for word in text.split(' ') {
        if width(&cut) + 1 + width(word) + 3 > room {
            break;
        }
        if !cut.is_empty() {
            cut.push(' ');
        }
        cut.push_str(word);
    }
    cut.push_str("...");
    cut
}

pub(super) fn markdown(rules: &[&Rule]) -> String {
    let mut text = String::from(
        "# Rules\n\n\
         An error fails, a warning only with `fail-on = \"warning\"`, and what is off runs where it is selected. Each page shows what\n\
         its rule finds, what it leaves alone, and why; its examples are the rule's tests.\n\n\
         | Code | Name | | Finds |\n|---|---|---|---|\n",
    );
    for rule in rules {
        let sentence = summary(rule).replace('|', "\\|");
        let _ = writeln!(
            text,
            "| {} | [{name}]({name}.md) | {} | {sentence} |",
            rule.code,
            word(rule),
            name = rule.name
        );
    }
    text
}
