//! DG206: a documented parameter without a type.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject};
use crate::contract::ParamsByName;
use crate::docstring::Entry;

pub(super) static RULE: Rule = Rule {
    code: "DG206",
    name: "missing-param-type",
    severity: Severity::Warning,
    default: false,
    facets: Facets::of(&[
        Facet::Added,
        Facet::Params,
        Facet::Signature,
        Facet::Decorators,
        Facet::Attributes,
        Facet::Docstring,
    ]),
    aliases: &["DOC109", "DAR104"],
    page: include_str!("missing_param_type.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let (Some((written, docstring)), Some(signature)) =
        (subject.held_to_be_complete(), subject.signature())
    else {
        return;
    };
    let params = ParamsByName::of(signature);
    let is_untyped = |entry: &&Entry<'_>| {
        let param = entry.name.and_then(|it| params.find(it));
        entry.annotation.is_none() && param.is_some_and(|it| it.annotation.is_none())
    };
    let untyped: Vec<_> = docstring.params().filter(is_untyped).collect();
    let Some(first) = untyped.first() else { return };
    let title = subject.title();
    let message = match untyped.len() {
        1 => format!(
            "`{}` of {title} has no type",
            first.name.unwrap_or_default()
        ),
        count => format!("{count} parameters of {title} have no type"),
    };
    let finding = reporter.report(written.place(first.name_span), message);
    for entry in untyped {
        let name = entry.name.unwrap_or_default();
        finding.label(
            written.place(entry.name_span),
            "no type, here or in the signature",
        );
        finding.entry(name);
    }
}
