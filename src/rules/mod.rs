//! The rules, and the one loop that runs them.

mod borrowing;
mod facet;
mod finding;
mod presence;
mod removal;
mod reordering;
mod restyling;
mod retitling;
mod rule;
mod selection;
mod suppression;
mod typing;
mod value;

mod attribute_type_mismatch;
mod deprecation_mismatch;
mod duplicate_param;
mod duplicate_raises;
mod duplicate_section;
mod empty_description;
mod empty_docstring;
mod empty_section;
mod invalid_doctest;
mod malformed_entry;
mod missing_attribute;
mod missing_class_docstring;
mod missing_description;
mod missing_examples;
mod missing_function_docstring;
mod missing_init_docstring;
mod missing_magic_docstring;
mod missing_method_docstring;
mod missing_module_docstring;
mod missing_nested_docstring;
mod missing_package_docstring;
mod missing_param;
mod missing_param_type;
mod missing_raises;
mod missing_receives;
mod missing_returns;
mod missing_returns_type;
mod missing_summary;
mod missing_warns;
mod missing_yields;
mod misspelled_section;
mod mixed_styles;
mod param_default_mismatch;
mod param_order;
mod param_type_mismatch;
mod placeholder_text;
mod returns_type_mismatch;
mod section_order;
mod stale_docstring;
mod syntax_error;
mod tautology;
mod unknown_attribute;
mod unknown_param;
mod unknown_raises;
mod unknown_returns;
mod unknown_yields;
mod unused_suppression;
mod wrong_style;
mod yields_type_mismatch;

#[cfg(test)]
mod tests;

pub use facet::{Facet, Facets};
pub use finding::{Finding, Label, Remedy, Severity};
pub use placeholder_text::is_unwritten;
pub use rule::{Needs, Reporter, Rule, Subject};
pub use selection::{Selection, SelectorError};
pub use suppression::Suppressions;
pub use syntax_error::{in_module as syntax_errors, undecodable};

use crate::contract::{Asked, Schema};

/// Every rule, in the order of its code.
pub static RULES: &[&Rule] = &[
    &syntax_error::RULE,
    &unused_suppression::RULE,
    &malformed_entry::RULE,
    &missing_module_docstring::RULE,
    &missing_class_docstring::RULE,
    &missing_method_docstring::RULE,
    &missing_function_docstring::RULE,
    &missing_package_docstring::RULE,
    &missing_magic_docstring::RULE,
    &missing_nested_docstring::RULE,
    &missing_init_docstring::RULE,
    &empty_docstring::RULE,
    &missing_param::RULE,
    &unknown_param::RULE,
    &param_order::RULE,
    &duplicate_param::RULE,
    &param_type_mismatch::RULE,
    &missing_param_type::RULE,
    &param_default_mismatch::RULE,
    &empty_description::RULE,
    &missing_returns::RULE,
    &unknown_returns::RULE,
    &returns_type_mismatch::RULE,
    &missing_returns_type::RULE,
    &missing_yields::RULE,
    &unknown_yields::RULE,
    &yields_type_mismatch::RULE,
    &missing_receives::RULE,
    &missing_raises::RULE,
    &unknown_raises::RULE,
    &duplicate_raises::RULE,
    &missing_warns::RULE,
    &missing_attribute::RULE,
    &unknown_attribute::RULE,
    &attribute_type_mismatch::RULE,
    &section_order::RULE,
    &duplicate_section::RULE,
    &empty_section::RULE,
    &misspelled_section::RULE,
    &mixed_styles::RULE,
    &wrong_style::RULE,
    &missing_summary::RULE,
    &placeholder_text::RULE,
    &tautology::RULE,
    &invalid_doctest::RULE,
    &missing_description::RULE,
    &missing_examples::RULE,
    &deprecation_mismatch::RULE,
    &stale_docstring::RULE,
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

/// What the selected rules whose facets are among the `judged` ones find in one symbol, in the order of the text. The
/// `changed` facets are how the symbol came to be as it is: mostly, but not always, those that are judged.
#[must_use]
pub fn check(
    subject: &Subject<'_>,
    changed: Facets,
    judged: Facets,
    settings: &Settings,
) -> Vec<Finding> {
    let mut found = Vec::new();
    if subject.docstring.is_none() && subject.requirement.presence == Asked::No {
        return found;
    }
    let able = settings.selection.and(subject.able());
    for rule in able.iter().filter(|it| it.facets.meets(judged)) {
        let mut reporter = Reporter::new(rule, settings.selection, changed, &mut found);
        (rule.check)(subject, &mut reporter);
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
