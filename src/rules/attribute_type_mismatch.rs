//! DG603: a documented type of an attribute that is not the annotated one.

use std::collections::HashMap;

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, typing};
use crate::contract::{self, types_disagree};
use crate::docstring::SectionKind;
use crate::python::{self, Attribute, SymbolKind};
use crate::text::{Applicability, Span};

pub(super) static RULE: Rule = Rule {
    code: "DG603",
    name: "attribute-type-mismatch",
    severity: Severity::Warning,
    default: true,
    facets: Facets::of(&[
        Facet::Added,
        Facet::Decorators,
        Facet::Attributes,
        Facet::Docstring,
    ]),
    aliases: &["DOC605"],
    page: include_str!("attribute_type_mismatch.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    let sections = docstring.sections_of(SectionKind::Attributes);
    let entries = sections.flat_map(|it| &it.entries);
    let typed = entries.filter_map(|it| Some((it, it.name?, it.annotation?)));
    let mut typed = typed.peekable();
    if subject.symbol.kind != SymbolKind::Class || typed.peek().is_none() {
        return;
    }
    let attributes = python::attributes(subject.reading.module, subject.id);
    let attributes: HashMap<&str, &Attribute<'_>> =
        attributes.iter().map(|it| (it.name, it)).collect();
    for (entry, name, told) in typed {
        let attribute = attributes.get(name);
        let Some(declared) = attribute.and_then(|it| held(subject, it.annotation?)) else {
            continue;
        };
        let says_none = entry
            .text
            .is_some_and(|it| it.of(docstring.value).contains("None"));
        let declared_text = subject.text(declared);
        if types_disagree(told.of(docstring.value), declared_text, says_none) {
            let at = written.place(told);
            let message = format!("`{name}` is documented as another type than it is annotated");
            reporter
                .report(at, message)
                .label(at, format!("not `{declared_text}`"))
                .context(declared, "annotated here")
                .mend(
                    typing::corrected(subject, written, told, declared_text),
                    Applicability::Safe,
                )
                .entry(name);
        }
    }
}

/// The type that the attribute holds by its annotation: `int` of `ClassVar[int]`. `None` where it does not tell.
fn held(subject: &Subject<'_>, annotation: Span) -> Option<Span> {
    let text = subject.text(annotation);
    let wraps = [
        "ClassVar",
        "Final",
        "InitVar",
        "Required",
        "NotRequired",
        "ReadOnly",
    ];
    if !wraps.iter().any(|it| contract::is_named(text, it)) {
        return Some(annotation);
    }
    let start = text.find('[')? + 1;
    let end = text.rfind(']')?;
    let inner = Span::new(
        annotation.start + start as u32,
        annotation.start + end as u32,
    );
    let is_plain = !wraps
        .iter()
        .any(|it| contract::is_named(subject.text(inner), it));
    (start < end && is_plain && !text.starts_with(['"', '\''])).then_some(inner)
}
