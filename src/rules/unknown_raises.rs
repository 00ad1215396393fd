//! DG502: a documented exception that is never raised.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, removal};
use crate::contract::exception_names;
use crate::docstring::SectionKind;
use crate::python::is_inert;
use crate::text::Applicability;

pub(super) static RULE: Rule = Rule {
    code: "DG502",
    name: "unknown-raises",
    severity: Severity::Warning,
    default: true,
    facets: Facets::of(&[Facet::Added, Facet::Raises, Facet::Docstring]),
    aliases: &["DOC502", "DOC503", "DAR402"],
    page: include_str!("unknown_raises.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    if !subject.symbol.kind.is_function() {
        return;
    }
    let sections = docstring
        .sections
        .iter()
        .filter(|it| it.kind == SectionKind::Raises);
    for entry in sections.flat_map(|it| &it.entries) {
        let names: Vec<&str> = exception_names(entry).collect();
        if !names.is_empty() && names.iter().all(|name| is_gone(subject, name)) {
            let at = written.place(entry.name_span);
            let name = entry.name.unwrap_or_default();
            let message = format!(
                "{} documents `{name}`, which it does not raise",
                subject.title()
            );
            let spans = removal::entries(docstring, &[entry]).unwrap_or_default();
            let edits = spans.into_iter().map(|it| subject.rewrite(written, it, ""));
            reporter
                .report(at, message)
                .label(at, "never raised")
                .mend(edits, Applicability::Unsafe)
                .entry(name);
        }
    }
}

/// Whether the function certainly does not raise `name`: the change removed the last statement that did, or nothing
/// in its body can raise anything else than it says. What callees raise is rightly documented.
fn is_gone(subject: &Subject<'_>, name: &str) -> bool {
    let raises = &subject.symbol.facts.raises;
    if raises
        .iter()
        .any(|it| subject.reading.is_exception_ancestor(name, it.name))
    {
        return false;
    }
    let removed = || subject.no_longer_raised.contains(&name);
    removed()
        || (!subject.requirement.is_promise
            && is_inert(subject.reading.module.text, subject.symbol))
}
