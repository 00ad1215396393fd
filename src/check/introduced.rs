//! Which findings a change made, and which were there before.

use std::collections::HashSet;

use super::{Gate, Settings};
use crate::contract::Reading;
use crate::python::SymbolId;
use crate::rules::{self, Facets, Finding, Severity, Subject, Suppressions};

/// Marks what an old side of the symbol had already: the same rule, the same entries. By default it no longer fails.
pub(super) fn mark<'o, 'a: 'o>(
    findings: &mut [Finding],
    olds: impl Iterator<Item = (&'o Reading<'a>, SymbolId)>,
    settings: &Settings,
) {
    let mut known: HashSet<(&str, Option<String>)> = HashSet::new();
    for (reading, id) in olds {
        for finding in before(reading, id, settings) {
            let code = finding.rule.code;
            known.insert((code, None));
            known.extend(finding.entries.into_iter().map(|it| (code, Some(it))));
        }
    }
    for finding in findings {
        let code = finding.rule.code;
        let was_there = if finding.entries.is_empty() {
            known.contains(&(code, None))
        } else {
            let mut entries = finding.entries.iter();
            entries.all(|it| known.contains(&(code, Some(it.clone()))))
        };
        finding.introduced = !was_there;
        if was_there && settings.gate == Gate::Introduced {
            finding.severity = Severity::Warning;
        }
    }
}

/// What all rules find in a symbol of an old side.
fn before(reading: &Reading<'_>, id: SymbolId, settings: &Settings) -> Vec<Finding> {
    let subject = Subject::new(reading, id);
    let mut findings = rules::check(&subject, Facets::NONE, Facets::ALL, &settings.rules);
    if subject.symbol.kind.is_module() {
        findings.extend(rules::syntax_errors(reading.module));
    }
    Suppressions::new(reading.module, settings.noqa_aliases).apply(id, &mut findings);
    findings
}
