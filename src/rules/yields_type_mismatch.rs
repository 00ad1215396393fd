//! DG403: a documented type of the yielded values that is not the annotated one.

use super::returns_type_mismatch;
use super::{Needs, Reporter, Rule, Severity, Subject, typing, value};
use crate::contract::{types_disagree, yielded_type};
use crate::docstring::SectionKind;
use crate::text::Applicability;

pub(super) static RULE: Rule = Rule {
    code: "DG403",
    name: "yields-type-mismatch",
    severity: Severity::Warning,
    default: true,
    facets: value::FACETS,
    aliases: &["DOC404"],
    page: include_str!("yields_type_mismatch.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let (Some((written, docstring)), Some(declared)) = (subject.written(), subject.returns())
    else {
        return;
    };
    let told = returns_type_mismatch::only_type(docstring, SectionKind::Yields);
    let (Some((told, _)), Some(yielded)) = (told, yielded_type(subject.text(declared))) else {
        return;
    };
    if types_disagree(told.of(docstring.value), yielded, false) {
        let at = written.place(told);
        let title = subject.title();
        let message = format!("{title} is documented to yield another type than it is annotated");
        reporter
            .report(at, message)
            .label(at, format!("not `{yielded}`"))
            .context(declared, "annotated here")
            .mend(
                typing::corrected(subject, written, told, yielded),
                Applicability::Safe,
            );
    }
}
