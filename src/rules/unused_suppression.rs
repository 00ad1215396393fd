//! DG002: a comment that suppresses nothing.

use super::suppression::{Directive, Reach};
use super::{Facets, Finding, Needs, Rule, Selection, Severity, Suppressions};
use crate::python::SymbolId;

pub(super) static RULE: Rule = Rule {
    code: "DG002",
    name: "unused-suppression",
    severity: Severity::Warning,
    default: true,
    facets: Facets::ALL,
    aliases: &["RUF100"],
    page: include_str!("unused_suppression.md"),
    // It is about what the other rules found: see `Suppressions::unused`.
    check: |_, _| {},
    needs: Needs::Code,
};

impl Suppressions<'_> {
    /// The comments that suppressed nothing, each with the symbol it stands on, once all findings went through
    /// [`Suppressions::apply`]. It speaks of symbols on which all of the `selection` ran (`is_checked`), and of
    /// other places where it ran on the whole file.
    pub fn unused(
        &self,
        selection: Selection,
        is_checked: impl Fn(SymbolId) -> bool,
        is_whole_file: bool,
    ) -> Vec<(SymbolId, Finding)> {
        if !selection.has(&RULE) {
            return Vec::new();
        }
        let unused = self.directives().iter().filter_map(|directive| {
            let (id, is_checked) = match directive.reach {
                Reach::Symbol(id) => (id, is_checked(id)),
                Reach::File | Reach::Nothing => (SymbolId::MODULE, is_whole_file),
            };
            let finding = is_checked.then(|| judge(directive, selection)).flatten();
            Some((id, finding?))
        });
        unused.collect()
    }
}

fn judge(directive: &Directive<'_>, selection: Selection) -> Option<Finding> {
    let is_idle = |rules: Selection| rules.meets(selection) && !rules.meets(directive.used);
    let names = directive.names.iter();
    let idle: Vec<&str> = names
        .filter(|it| it.1.is_empty() || is_idle(it.1))
        .map(|it| it.0)
        .collect();
    let message = if directive.is_blanket {
        directive
            .used
            .is_empty()
            .then(|| "this comment suppresses nothing".to_owned())?
    } else {
        let unknown = directive.names.iter().find(|it| it.1.is_empty());
        match (unknown, idle.as_slice()) {
            (_, []) => return None,
            (Some((name, _)), _) => format!("`{name}` is no rule"),
            (None, [name]) => format!("there is no `{name}` to suppress here"),
            (None, names) => format!("there is none of {} rules to suppress here", names.len()),
        }
    };
    let mut finding = Finding::new(&RULE, directive.span, message);
    finding.label(directive.span, "suppresses nothing");
    for name in idle {
        finding.entry(name);
    }
    Some(finding)
}
