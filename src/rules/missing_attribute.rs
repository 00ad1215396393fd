//! DG601: an attribute that the docstring leaves out.

use std::collections::HashSet;

use super::{
    Facet, Facets, Needs, Reporter, Rule, Severity, Subject, empty_section, missing_param,
};
use crate::contract::{self, names_of};
use crate::docstring::SectionKind;
use crate::python::{self, Attribute, AttributeOrigin, SymbolKind};

pub(super) static RULE: Rule = Rule {
    code: "DG601",
    name: "missing-attribute",
    severity: Severity::Error,
    default: false,
    facets: Facets::of(&[
        Facet::Added,
        Facet::Decorators,
        Facet::Attributes,
        Facet::Docstring,
    ]),
    aliases: &["DOC601", "DOC603"],
    page: include_str!("missing_attribute.md"),
    check,
    needs: Needs::Docstring,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((_, docstring)) = subject.held_to_be_complete() else {
        return;
    };
    if subject.symbol.kind != SymbolKind::Class
        || empty_section::speaks_of(subject, SectionKind::Attributes, reporter)
    {
        return;
    }
    let constructor = subject
        .counterpart()
        .and_then(|it| subject.reading.docstring(it));
    let sections = docstring.sections_of(SectionKind::Attributes);
    let own = sections
        .flat_map(|it| &it.entries)
        .chain(docstring.params());
    let others = constructor.into_iter().flat_map(|it| it.parsed.params());
    let told: HashSet<&str> = own.chain(others).flat_map(names_of).collect();
    let missing = subject.coverage.missing_params.iter();
    let missing = missing.filter(|_| reporter.leaves_to(&missing_param::RULE));
    let told_elsewhere: HashSet<&str> = missing.map(|it| it.name).collect();
    let is_missing = |attribute: &Attribute<'_>| {
        is_wanted(attribute, subject)
            && !told.contains(attribute.name)
            && !told_elsewhere.contains(attribute.name)
    };
    let attributes = python::attributes(subject.reading.module, subject.id);
    let missing: Vec<Attribute<'_>> = attributes.into_iter().filter(is_missing).collect();
    let Some(first) = missing.first() else { return };
    let title = subject.title();
    let message = match missing.len() {
        1 => format!("{title} does not document its attribute `{}`", first.name),
        count => format!("{title} leaves {count} of its attributes undocumented"),
    };
    let finding = reporter.report(first.span, message);
    for attribute in &missing {
        finding
            .label(attribute.span, "not documented")
            .entry(attribute.name);
    }
}

/// Whether readers of the class meet the attribute, and nothing beside it explains it.
fn is_wanted(attribute: &Attribute<'_>, subject: &Subject<'_>) -> bool {
    let annotation = attribute.annotation.map(|it| subject.text(it));
    let is_field = annotation
        .is_none_or(|it| !contract::is_named(it, "InitVar") && !contract::is_named(it, "KW_ONLY"));
    is_field
        && attribute.origin != AttributeOrigin::Method
        && attribute.doc.is_none()
        && !attribute.name.starts_with('_')
        && attribute.name != "model_config"
}
