//! Which unknown entry means which missing parameter.

use super::names;
use crate::docstring::{Docstring, Entry};
use crate::python::{Param, Signature};

/// An entry that seems to mean a parameter of another name.
#[derive(Clone, Copy, Debug)]
pub struct Renamed<'a> {
    /// The entry.
    pub entry: &'a Entry<'a>,
    /// The parameter.
    pub param: &'a Param<'a>,
    /// Whether the names are alike; if not, they stand in the same place.
    pub is_similar: bool,
}

/// With more on either side nobody renamed one parameter.
const MOST: usize = 16;

/// Pair unknown `entries` with `missing` parameters: alike names first, then those between the same neighbours.
pub(super) fn pair<'a>(
    signature: &'a Signature<'a>,
    docstring: &Docstring<'_>,
    entries: &[&'a Entry<'a>],
    unknown: &[&'a Entry<'a>],
    missing: &[&'a Param<'a>],
) -> Vec<Renamed<'a>> {
    let mut pairs: Vec<Renamed<'a>> = Vec::new();
    if unknown.is_empty() || missing.is_empty() || unknown.len().max(missing.len()) > MOST {
        return pairs;
    }
    let mut candidates: Vec<(f64, Renamed<'a>)> = Vec::new();
    for &entry in unknown {
        for &param in missing {
            let name = entry.name.unwrap_or_default();
            // Stars tell as much as a name.
            let stars = names::stars(entry, docstring);
            let likeness = if stars > 0 && stars == param.kind.stars().len() {
                1.0
            } else {
                likeness(name, param.name)
            };
            let is_similar = likeness >= ALIKE;
            if is_similar || same_neighbours(signature, entries, entry, param) {
                candidates.push((
                    likeness,
                    Renamed {
                        entry,
                        param,
                        is_similar,
                    },
                ));
            }
        }
    }
    candidates.sort_by(|a, b| {
        b.1.is_similar
            .cmp(&a.1.is_similar)
            .then(b.0.total_cmp(&a.0))
    });
    for (_, candidate) in candidates {
        let taken = |it: &Renamed<'_>| {
            it.entry.name_span == candidate.entry.name_span || it.param.span == candidate.param.span
        };
        if !pairs.iter().any(taken) {
            pairs.push(candidate);
        }
    }
    pairs.sort_by_key(|it| it.entry.name_span);
    pairs
}

/// From here on two names are taken for one that was misspelt: one letter in three may be wrong.
const ALIKE: f64 = 0.66;

/// How alike two names are, from 0 to 1. A word more or less (`timeout_seconds`) and a plural are as good as alike.
fn likeness(documented: &str, declared: &str) -> f64 {
    let (documented, declared) = (documented.to_lowercase(), declared.to_lowercase());
    let words = |name: &str| {
        name.split('_')
            .filter(|it| !it.is_empty())
            .map(stem)
            .collect::<Vec<_>>()
    };
    let (some, others) = (words(&documented), words(&declared));
    let holds = |more: &[String], fewer: &[String]| {
        fewer.iter().all(|it| more.contains(it)) && fewer.concat().len() >= 3
    };
    if some.concat() == others.concat() {
        return 1.0;
    }
    if holds(&some, &others) || holds(&others, &some) {
        return 0.9;
    }
    if documented.len().min(declared.len()) < 3 {
        return 0.0;
    }
    strsim::normalized_damerau_levenshtein(&documented, &declared)
}

/// A word without its plural.
fn stem(word: &str) -> String {
    match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}

/// Whether what is documented before and behind `entry` is what is declared before and behind `param`.
fn same_neighbours(
    signature: &Signature<'_>,
    entries: &[&Entry<'_>],
    entry: &Entry<'_>,
    param: &Param<'_>,
) -> bool {
    let params = &signature.params;
    let (Some(at), Some(place)) = (
        entries
            .iter()
            .position(|it| it.name_span == entry.name_span),
        params.iter().position(|it| it.span == param.span),
    ) else {
        return false;
    };
    let documents = |entry: Option<&&Entry<'_>>, param: Option<&Param<'_>>| match (entry, param) {
        (Some(entry), Some(param)) => names::of(entry).any(|name| name == param.name),
        (None, param) => param.is_none_or(|it| matches!(it.name, "self" | "cls")),
        (Some(_), None) => false,
    };
    documents(
        entries.get(at.wrapping_sub(1)),
        params.get(place.wrapping_sub(1)),
    ) && documents(entries.get(at + 1), params.get(place + 1))
}
