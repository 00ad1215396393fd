//! DG303: a documented type of the returned value that is not the annotated one.

use super::{Needs, Reporter, Rule, Severity, Subject, typing, value};
use crate::contract::types_disagree;
use crate::docstring::{Docstring, Entry, SectionKind};
use crate::text::{Applicability, Span};

pub(super) static RULE: Rule = Rule {
    code: "DG303",
    name: "returns-type-mismatch",
    severity: Severity::Warning,
    default: true,
    facets: value::FACETS,
    aliases: &["DOC203", "DAR203"],
    page: include_str!("returns_type_mismatch.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let (Some((written, docstring)), Some(declared)) = (subject.written(), subject.returns())
    else {
        return;
    };
    let requirement = &subject.requirement;
    if requirement.either || subject.symbol.facts.yields.is_some() {
        return;
    }
    let Some((told, entry)) = only_type(docstring, SectionKind::Returns) else {
        return;
    };
    let tells_none = entry
        .text
        .is_some_and(|it| it.of(docstring.value).contains("None"));
    let declared_text = subject.text(declared);
    if types_disagree(told.of(docstring.value), declared_text, tells_none) {
        let at = written.place(told);
        let title = subject.title();
        let message = format!("{title} is documented to return another type than it is annotated");
        reporter
            .report(at, message)
            .label(at, format!("not `{declared_text}`"))
            .context(declared, "annotated here")
            .mend(
                typing::corrected(subject, written, told, declared_text),
                Applicability::Safe,
            );
    }
}

/// The type of the one value that the sections of a kind tell of, and its entry.
pub(super) fn only_type<'d>(
    docstring: &'d Docstring<'d>,
    kind: SectionKind,
) -> Option<(Span, &'d Entry<'d>)> {
    let sections = docstring.sections.iter().filter(|it| it.kind == kind);
    let mut entries = sections.flat_map(|it| &it.entries);
    let only = entries.next().filter(|_| entries.next().is_none())?;
    // `int, str` may be a tuple or a choice.
    let told = only
        .annotation
        .filter(|it| !it.of(docstring.value).contains(','));
    Some((told?, only))
}
