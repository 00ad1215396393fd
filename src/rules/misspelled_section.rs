//! DG704: a section whose name is misspelt.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, retitling};
use crate::docstring::QuirkKind;
use crate::text::Applicability;

pub(super) static RULE: Rule = Rule {
    code: "DG704",
    name: "misspelled-section",
    severity: Severity::Warning,
    default: true,
    facets: Facets::of(&[Facet::Added, Facet::Docstring]),
    aliases: &[],
    page: include_str!("misspelled_section.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    for quirk in &docstring.quirks {
        if let QuirkKind::MisspelledSection(meant) = quirk.kind {
            let name = quirk.span.of(docstring.value);
            let at = written.place(quirk.span);
            let message = format!("section `{name}` of {} is misspelt", subject.title());
            reporter
                .report(at, message)
                .label(at, format!("read as `{meant}`"))
                .help(format!("rename `{name}` to `{meant}`"))
                .mend(
                    retitling::retitled(subject, written, quirk.span, meant),
                    Applicability::Safe,
                )
                .entry(name);
        }
    }
}
