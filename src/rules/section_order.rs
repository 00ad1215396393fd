//! DG701: sections in an unusual order.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, reordering};
use crate::contract::Written;
use crate::docstring::{Section, SectionKind, Style};
use crate::python::RewriteError;
use crate::text::{Applicability, Edit, Span};

pub(super) static RULE: Rule = Rule {
    code: "DG701",
    name: "section-order",
    severity: Severity::Warning,
    default: false,
    facets: Facets::of(&[Facet::Added, Facet::Docstring]),
    aliases: &["D420"],
    page: include_str!("section_order.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let Some((written, docstring)) = subject.written() else {
        return;
    };
    let order: &[SectionKind] = match docstring.style {
        Some(Style::Google) => &GOOGLE,
        Some(Style::Numpy) => &NUMPY,
        _ => return,
    };
    let mut latest: Option<(usize, &Section<'_>)> = None;
    for section in &docstring.sections {
        let Some(rank) = order.iter().position(|it| *it == section.kind) else {
            continue;
        };
        match latest {
            Some((highest, before)) if rank < highest => {
                let (name, other) = (section.title, before.title);
                let (name, other) = (name.of(docstring.value), other.of(docstring.value));
                let at = written.place(section.title);
                let message = format!(
                    "section `{name}` of {} stands behind `{other}`",
                    subject.title()
                );
                reporter
                    .report(at, message)
                    .label(at, format!("belongs before `{other}`"))
                    .context(written.place(before.title), "")
                    .mend(sorted(subject, written, order), Applicability::Safe)
                    .entry(name);
                return;
            }
            _ => latest = Some((rank, section)),
        }
    }
}

/// The edits that put the sections whose place is known into `order`.
fn sorted(
    subject: &Subject<'_>,
    written: &Written<'_>,
    order: &[SectionKind],
) -> Vec<Result<Edit, RewriteError>> {
    let sections = written.parsed.sections.iter();
    let rank = |it: &Section<'_>| order.iter().position(|kind| *kind == it.kind);
    let ranked: Vec<_> = sections
        .filter_map(|it| Some((rank(it)?, it.span)))
        .collect();
    let spans: Vec<Span> = ranked.iter().map(|it| it.1).collect();
    if !reordering::are_alike(written.parsed.value, &spans) {
        return Vec::new();
    }
    reordering::sorted(subject, written, &ranked)
}

/// The order of the sections that Google's style guide names.
const GOOGLE: [SectionKind; 4] = [
    SectionKind::Params,
    SectionKind::Returns,
    SectionKind::Yields,
    SectionKind::Raises,
];

/// The order of numpydoc's guide.
const NUMPY: [SectionKind; 12] = [
    SectionKind::Params,
    SectionKind::Attributes,
    SectionKind::Methods,
    SectionKind::Returns,
    SectionKind::Yields,
    SectionKind::Receives,
    SectionKind::OtherParams,
    SectionKind::Raises,
    SectionKind::Warns,
    SectionKind::SeeAlso,
    SectionKind::Notes,
    SectionKind::Examples,
];
