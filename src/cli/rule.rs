//! `docgen rule`: a rule's page, or the table of all.

use std::fmt::Write as _;

use super::args;
use super::failure::{Failure, Kind};
use super::screen::Screen;
use crate::rules::{RULES, Rule, Severity};

/// Print the page of the rule asked for, or the table.
pub(super) fn run(args: &args::Rule) -> Result<u8, Failure> {
    let text = match &args.rule {
        Some(name) => find(name)?.page.to_owned(),
        None => table(),
    };
    Screen::write(text.as_bytes())
        .map_err(|error| Failure::new(Kind::Machine, format!("cannot write: {error}")))?;
    Ok(0)
}

fn find(name: &str) -> Result<&'static Rule, Failure> {
    let same = |rule: &&&Rule| rule.code.eq_ignore_ascii_case(name) || rule.name == name;
    RULES.iter().find(same).copied().ok_or_else(|| {
        Failure::new(Kind::Usage, format!("there is no rule `{name}`"))
            .hint("`docgen rule` lists codes and names")
    })
}

fn table() -> String {
    let widest = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for rule in RULES {
        let severity = match (rule.default, rule.severity) {
            (false, _) => "off unless selected",
            (true, Severity::Error) => "error",
            (true, Severity::Warning) => "warning",
        };
        let _ = writeln!(text, "{}  {:widest$}  {severity}", rule.code, rule.name);
    }
    text
}
