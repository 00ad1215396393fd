//! DG203: parameters documented in another order than they are taken.

use super::{Facet, Facets, Needs, Reporter, Rule, Severity, Subject, reordering};
use crate::contract::{ParamsByName, names_of};
use crate::docstring::{Docstring, Entry, SectionKind};
use crate::python::ParamKind;
use crate::text::{Applicability, Span};

pub(super) static RULE: Rule = Rule {
    code: "DG203",
    name: "param-order",
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
    aliases: &["DOC104"],
    page: include_str!("param_order.md"),
    check,
    needs: Needs::Sections,
};

fn check(subject: &Subject<'_>, reporter: &mut Reporter<'_>) {
    let (Some((written, docstring)), Some(signature)) = (subject.written(), subject.signature())
    else {
        return;
    };
    // What `__new__` takes may be what is documented.
    if subject.reading.has_two_constructors(subject.id) {
        return;
    }
    let params = ParamsByName::of(signature);
    let sections = docstring.sections.iter();
    let mut entries: Vec<(usize, &Entry<'_>)> = sections
        .filter(|it| it.kind == SectionKind::Params)
        .flat_map(|it| &it.entries)
        .filter_map(|entry| Some((place(&params, entry)?, entry)))
        .collect();
    let mut seen = vec![false; signature.params.len()];
    entries.retain(|&(place, _)| !std::mem::replace(&mut seen[place], true));
    // Of names that share an entry the first one stands for all.
    entries.dedup_by_key(|it| it.1.span);
    let strays = strays(&entries);
    let Some((_, first)) = strays.first() else {
        return;
    };
    let message = format!(
        "{} documents its parameters in another order",
        subject.title()
    );
    let finding = reporter.report(written.place(first.name_span), message);
    for (place, entry) in &strays {
        let label = match place.checked_sub(1).map(|it| &signature.params[it]) {
            Some(before) if !matches!(before.name, "self" | "cls") => {
                format!("comes after `{}` in the signature", before.name)
            }
            _ => "comes first in the signature".to_owned(),
        };
        finding.label(written.place(entry.name_span), label);
        finding.entry(entry.name.unwrap_or_default());
    }
    let ranked = ranked(docstring, &params).unwrap_or_default();
    finding.mend(
        reordering::sorted(subject, written, &ranked),
        Applicability::Safe,
    );
}

/// The entries of the one section of parameters, each with its parameter's place and with its `:type x:` field; `None`
/// where they cannot change places.
fn ranked(docstring: &Docstring<'_>, params: &ParamsByName<'_, '_>) -> Option<Vec<(usize, Span)>> {
    let sections = docstring.sections.iter();
    let mut sections = sections.filter(|it| it.kind == SectionKind::Params);
    let section = sections.next()?;
    if sections.next().is_some() {
        return None;
    }
    let mut ranked: Vec<(usize, Span)> = Vec::new();
    for entry in &section.entries {
        let span = with_type(docstring.value, entry)?;
        if ranked.last().is_some_and(|it| it.1 == span) {
            continue;
        }
        if let Some(place) = place(params, entry) {
            ranked.push((place, span));
        }
    }
    let spans: Vec<Span> = ranked.iter().map(|it| it.1).collect();
    reordering::are_alike(docstring.value, &spans).then_some(ranked)
}

/// An entry and its `:type x:` field, where that is its neighbour.
fn with_type(value: &str, entry: &Entry<'_>) -> Option<Span> {
    let apart = entry.annotation.filter(|it| !entry.span.contains(it.start));
    let Some(annotation) = apart else {
        return Some(entry.span);
    };
    let before = value.get(..annotation.start as usize)?;
    let line = before.rfind('\n').map_or(0, |it| it + 1);
    let blank = before[line..].len() - before[line..].trim_start().len();
    let field = Span::new((line + blank) as u32, annotation.end);
    let (first, last) = if field.start < entry.span.start {
        (field, entry.span)
    } else {
        (entry.span, field)
    };
    let between = value.get(first.end as usize..last.start as usize)?;
    (between.trim().is_empty() && between.matches('\n').count() == 1).then_some(first.cover(last))
}

/// Where the parameter that `entry` documents stands in the signature, where it can be passed by its place.
fn place(params: &ParamsByName<'_, '_>, entry: &Entry<'_>) -> Option<usize> {
    let name = names_of(entry).next()?;
    let place = params.place(name)?;
    let kind = params.find(name)?.kind;
    matches!(
        kind,
        ParamKind::PositionalOnly | ParamKind::PositionalOrKeyword
    )
    .then_some(place)
}

/// The fewest entries that, put elsewhere, leave the rest in order: all but a longest rising subsequence.
fn strays<'e>(entries: &[(usize, &'e Entry<'e>)]) -> Vec<(usize, &'e Entry<'e>)> {
    if entries.is_sorted_by_key(|it| it.0) {
        return Vec::new();
    }
    // For each length the entry that ends a rising subsequence of it lowest, and each entry's predecessor.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; entries.len()];
    for (at, &(place, _)) in entries.iter().enumerate() {
        let length = ends.partition_point(|&it| entries[it].0 <= place);
        before[at] = length.checked_sub(1).map(|it| ends[it]);
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut kept = vec![false; entries.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        kept[at] = true;
        next = before[at];
    }
    let strays = entries.iter().zip(kept).filter(|(_, kept)| !kept);
    strays.map(|(&entry, _)| entry).collect()
}
