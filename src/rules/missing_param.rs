//! DG201: a parameter that the docstring leaves out.

use std::borrow::Cow;

use super::{
    Facet, Facets, Needs, Reporter, Rule, Severity, Subject, borrowing, empty_section,
    unknown_param,
};
use crate::contract::Params;
use crate::docstring::{Docstring, Section, SectionKind, Style};
use crate::python::{ParamKind, SymbolKind};
use crate::text::Applicability;

pub(super) static RULE: Rule = Rule {
    code: "DG201",
    name: "missing-param",
    severity: Severity::Error,
    default: true,
    facets: Facets::of(&[
        Facet::Added,
        Facet::Params,
        Facet::Signature,
        Facet::Decorators,
        Facet::Attributes,
        Facet::Docstring,
    ]),
    aliases: &["D417", "DOC101", "DOC103", "DAR101"],
    page: include_str!("missing_param.md"),
    check,
    needs: Needs::Docstring,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.held_to_be_complete() else {
        return;
    };
    if subject.coverage.missing_params.is_empty() {
        return;
    }
    let missing: Params<'_> = if reporter.leaves_to(&unknown_param::RULE) {
        subject.coverage.plainly_missing().collect()
    } else {
        subject.coverage.missing_params.clone()
    };
    let Some(first) = missing.first() else { return };
    if empty_section::speaks_of(subject, SectionKind::Params, reporter) {
        return;
    }
    let wanted = subject.requirement.params.len();
    let message = message(
        &subject.title(),
        first.name,
        wanted,
        subject.coverage.missing_params.len(),
    );
    let place = Place::of(subject, docstring);
    let finding = reporter.report(first.span, message);
    for param in &missing {
        let keys = &subject.coverage.missing_keys;
        if param.kind == ParamKind::VarKeyword && !keys.is_empty() {
            let list = format!("`{}`", keys.join("`, `"));
            let label = format!("{} of its keys {}", list, place.lacks(param.name));
            finding.label(param.span, label);
            for key in keys {
                finding.entry(*key);
            }
            continue;
        }
        finding
            .label(param.span, place.lacks(param.name))
            .entry(param.name);
    }
    if let Some(signature) = subject.signature() {
        let remedy = borrowing::borrowed(subject, written, &missing, signature);
        finding.mend(remedy, Applicability::Safe);
    }
    finding.warn_if(subject.is_doubtful());
}

fn message(title: &str, first: &str, wanted: usize, missing: usize) -> String {
    // Joined, not formatted: the most frequent messages of most projects.
    if missing == wanted && wanted == 1 {
        return [title, " does not document its parameter `", first, "`"].concat();
    }
    let documented = match wanted - missing {
        0 => "none".to_owned(),
        some => some.to_string(),
    };
    let wanted = wanted.to_string();
    let parts = [
        title,
        " documents ",
        &documented,
        " of its ",
        &wanted,
        " parameters",
    ];
    parts.concat()
}

/// Where readers would look for a parameter.
enum Place<'a> {
    Nowhere,
    Section(&'a str),
    /// A field for each parameter, with this mark before its name.
    Fields(char),
}

impl<'a> Place<'a> {
    fn of(subject: &Subject<'a>, own: &'a Docstring<'a>) -> Self {
        let other = subject
            .counterpart()
            .and_then(|it| subject.reading.docstring(it));
        for docstring in [Some(own), other.map(|it| &it.parsed)]
            .into_iter()
            .flatten()
        {
            let has_fields = subject.symbol.kind == SymbolKind::Class && other.is_none();
            let is_list = |it: &&Section<'_>| {
                it.kind.is_params() || (has_fields && it.kind == SectionKind::Attributes)
            };
            if let Some(section) = docstring.sections.iter().find(is_list) {
                return match docstring.style {
                    Some(Style::Sphinx) => Self::Fields(':'),
                    Some(Style::Epytext) => Self::Fields('@'),
                    _ => Self::Section(section.title.of(docstring.value)),
                };
            }
        }
        Self::Nowhere
    }

    fn lacks(&self, name: &str) -> Cow<'static, str> {
        match self {
            Self::Nowhere => "not documented".into(),
            Self::Section(title) => ["not in `", title, "`"].concat().into(),
            Self::Fields(mark) => format!("no `{mark}param {name}:`").into(),
        }
    }
}
