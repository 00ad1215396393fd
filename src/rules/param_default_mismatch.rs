//! DG207: a documented default that is not the declared one.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject};
use crate::contract::{ParamsByName, defaults_disagree, told_default};
use crate::text::Applicability;

pub(super) static RULE: Rule = Rule {
    code: "DG207",
    name: "param-default-mismatch",
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
    aliases: &[],
    page: include_str!("param_default_mismatch.md"),
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
        let Some(param) = entry.name.and_then(|it| params.find(it)) else {
            continue;
        };
        let (Some(told), Some(declared)) = (told_default(entry, docstring), param.default) else {
            continue;
        };
        let declared_text = subject.text(declared);
        if defaults_disagree(told.of(docstring.value), declared_text) {
            let at = written.place(told);
            let message = format!(
                "`{}` is documented with another default than it has",
                param.name
            );
            reporter
                .report(at, message)
                .label(at, format!("not `{declared_text}`"))
                .context(declared, "declared here")
                .mend(
                    (!declared_text.contains(['\n', '\r']))
                        .then(|| subject.rewrite(written, told, declared_text)),
                    Applicability::Safe,
                )
                .entry(param.name);
        }
    }
}
