//! DG901: a docstring that stayed while the code changed.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject};

pub(super) static RULE: Rule = Rule {
    code: "DG901",
    name: "stale-docstring",
    severity: Severity::Warning,
    default: false,
    facets: Facets::of(&[
        Facet::Added,
        Facet::Params,
        Facet::Signature,
        Facet::Raises,
        Facet::Yields,
        Facet::Returns,
        Facet::Warns,
        Facet::Attributes,
        Facet::Body,
    ]),
    aliases: &[],
    page: include_str!("stale_docstring.md"),
    check,
    needs: Needs::Docstring,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let changed = reporter.changed();
    let is_edit = !changed.is_empty() && !changed.has(Facet::Added);
    if let Some((written, _)) = subject
        .written()
        .filter(|_| is_edit && !changed.has(Facet::Docstring))
    {
        let at = subject.first_line(written.slot.span);
        let message = format!("{} changed, and its docstring did not", subject.title());
        reporter.report(at, message).label(at, "as it was");
    }
}
