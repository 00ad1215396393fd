//! The rules, and the one loop that runs them.

mod facet;
mod finding;
mod presence;
mod rule;
mod selection;
mod suppression;

mod duplicate_param;
mod empty_description;
mod empty_docstring;
mod empty_section;
mod missing_class_docstring;
mod missing_function_docstring;
mod missing_method_docstring;
mod missing_param;
mod missing_raises;
mod missing_returns;
mod missing_summary;
mod missing_yields;
mod param_order;
mod syntax_error;
mod unknown_param;
mod unknown_returns;
mod unknown_yields;
mod unused_suppression;

pub use facet::{Facet, Facets};
pub use finding::{Finding, Label, Severity};
pub use rule::{Reporter, Rule, Subject};
pub use selection::{Selection, SelectorError};
pub use suppression::Suppressions;
pub use syntax_error::{in_module as syntax_errors, undecodable};

use crate::contract::{Asked, Schema};

/// Every rule, in the order of its code.
pub static RULES: &[&Rule] = &[
    &syntax_error::RULE,
    &unused_suppression::RULE,
    &missing_class_docstring::RULE,
    &missing_method_docstring::RULE,
    &missing_function_docstring::RULE,
    &empty_docstring::RULE,
    &missing_param::RULE,
    &unknown_param::RULE,
    &param_order::RULE,
    &duplicate_param::RULE,
    &empty_description::RULE,
    &missing_returns::RULE,
    &unknown_returns::RULE,
    &missing_yields::RULE,
    &unknown_yields::RULE,
    &missing_raises::RULE,
    &empty_section::RULE,
    &missing_summary::RULE,
];

/// What runs, and how hard it judges.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The rules that run.
    pub selection: Selection,
    /// Findings of what is missing are warnings in a symbol that scores at least this, in per cent; 100: never.
    pub min_symbol: u8,
    /// What a complete docstring is.
    pub schema: Schema,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            selection: Selection::default(),
            min_symbol: 100,
            schema: Schema::built_in().clone(),
        }
    }
}

/// What the selected rules whose facets are among the `changed` ones find in one symbol, in the order of the text.
#[must_use]
pub fn check(subject: &Subject<'_>, changed: Facets, settings: &Settings) -> Vec<Finding> {
    let mut found = Vec::new();
    if subject.docstring.is_none() && subject.requirement.presence == Asked::No {
        return found;
    }
    for (at, &rule) in RULES.iter().enumerate() {
        if settings.selection.has_at(at) && rule.facets.meets(changed) {
            (rule.check)(
                subject,
                &mut Reporter::new(rule, settings.selection, &mut found),
            );
        }
    }
    if !found.is_empty() {
        found.sort_by_key(|it| (it.at, it.rule.code));
        soften(subject, settings, &mut found);
    }
    found
}

/// What is missing in a symbol that is complete enough is a warning.
fn soften(subject: &Subject<'_>, settings: &Settings, found: &mut [Finding]) {
    if settings.min_symbol < 100
        && subject.score(&settings.schema).percent() >= f64::from(settings.min_symbol)
    {
        for finding in found
            .iter_mut()
            .filter(|it| it.rule.name.starts_with("missing-"))
        {
            finding.severity = Severity::Warning;
        }
    }
}

/// The rule of this code or name.
pub fn find(code_or_name: &str) -> Option<&'static Rule> {
    let named = |rule: &&&'static Rule| rule.code == code_or_name || rule.name == code_or_name;
    RULES.iter().find(named).copied()
}
