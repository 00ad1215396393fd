//! `docgen rule`: a rule's page, or the table of all.

use super::adoption::{self, RuleFormat};
use super::failure::{Failure, Kind};
use super::screen::Screen;
use crate::render::{self, PageStyle};
use crate::rules::{RULES, Rule, Selection};

/// Print the page of the rule asked for, or the table.
pub(super) fn run(args: &adoption::Rule, screen: &Screen) -> Result<u8, Failure> {
    let rule = args.rule.as_deref().map(find).transpose()?;
    let style = PageStyle {
        width: screen.width(),
        colour: screen.colored(),
    };
    let text = match (args.output_format, rule) {
        (RuleFormat::Text, Some(rule)) => render::rule_screen(rule, style),
        (RuleFormat::Text, None) => render::rules_screen(RULES, style),
        (RuleFormat::Markdown, Some(rule)) => render::rule_markdown(rule),
        (RuleFormat::Markdown, None) => render::rules_markdown(RULES),
        (RuleFormat::Json, Some(rule)) => render::rules_json(&[rule]),
        (RuleFormat::Json, None) => render::rules_json(RULES),
    };
    Screen::write(text.as_bytes())
        .map_err(|error| Failure::new(Kind::Machine, format!("cannot write: {error}")))?;
    Ok(0)
}

fn find(name: &str) -> Result<&'static Rule, Failure> {
    let same = |rule: &&&Rule| rule.code.eq_ignore_ascii_case(name) || rule.name == name;
    RULES.iter().find(same).copied().ok_or_else(|| {
        let failure = Failure::new(Kind::Usage, format!("there is no rule `{name}`"));
        let nearest = Selection::parse(name).err().and_then(|it| it.nearest);
        failure.hint(match nearest {
            Some(nearest) => format!("did you mean `{nearest}`? `docgen rule` lists them all"),
            None => "`docgen rule` lists codes and names".to_owned(),
        })
    })
}
