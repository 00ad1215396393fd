//! DG205: a documented type that is not the annotated one.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, typing};
use crate::contract::{ParamsByName, types_disagree};
use crate::python::Param;
use crate::text::{Applicability, Span};

pub(super) static RULE: Rule = Rule {
    code: "DG205",
    name: "param-type-mismatch",
    severity: Severity::Warning,
    default: true,
    facets: Facets::of(&[
        Facet::Added,
        Facet::Params,
        Facet::Signature,
        Facet::Decorators,
        Facet::Attributes,
        Facet::Docstring,
    ]),
    aliases: &["DOC105", "DAR103"],
    page: include_str!("param_type_mismatch.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let (Some((written, docstring)), Some(signature)) = (subject.written(), subject.signature())
    else {
        return;
    };
    let params = ParamsByName::of(signature);
    for entry in docstring.params() {
        let (Some(told), Some(name)) = (entry.annotation, entry.name) else {
            continue;
        };
        let Some((param, declared)) = annotated(&params, name) else {
            continue;
        };
        let accepts_none = param.default.is_some_and(|it| subject.text(it) == "None")
            || entry
                .text
                .is_some_and(|it| it.of(docstring.value).contains("None"));
        let declared_text = subject.text(declared);
        if types_disagree(told.of(docstring.value), declared_text, accepts_none) {
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

/// The parameter called `name` and its annotation; starred ones are documented as what they hold or what they are.
fn annotated<'s, 't>(params: &ParamsByName<'s, 't>, name: &str) -> Option<(&'s Param<'t>, Span)> {
    let param = params.find(name)?;
    let annotation = param.annotation.filter(|_| param.kind.stars().is_empty())?;
    Some((param, annotation))
}
