//! `:type x: int`, `:rtype: int`: fields that give an entry its type.

use std::collections::HashMap;

use super::{Entry, Section, SectionKind};
use crate::text::Span;

/// A field that says the type of another.
#[derive(Clone, Copy, Debug)]
pub(super) struct TypeField<'v> {
    /// Index of the section it stands in.
    pub(super) section: usize,
    /// What it is the type of: parameters, attributes, returned or yielded values.
    pub(super) kind: SectionKind,
    /// The name it is the type of.
    pub(super) name: Option<&'v str>,
    /// Where the name stands.
    pub(super) name_span: Span,
    /// The type.
    pub(super) annotation: Option<Span>,
    /// The whole field.
    pub(super) span: Span,
}

/// Gives each type to the entry that it is of, before or behind it; where there is none, the type is an entry
/// without a text.
pub(super) fn merge<'v>(types: &[TypeField<'v>], sections: &mut [Section<'v>]) {
    if types.is_empty() {
        return;
    }
    let mut places = HashMap::new();
    for (section, it) in sections.iter().enumerate() {
        for (entry, named) in it.entries.iter().enumerate() {
            places
                .entry((family(it.kind), named.name))
                .or_insert((section, entry));
        }
    }
    let mut added = Vec::new();
    for field in types {
        let place = families(field.kind)
            .into_iter()
            .find_map(|it| places.get(&(it, field.name)).copied());
        let entry =
            place.and_then(|(section, entry)| sections.get_mut(section)?.entries.get_mut(entry));
        match entry {
            Some(entry) if entry.annotation.is_none() => entry.annotation = field.annotation,
            Some(_) => {}
            None => {
                add(field, sections);
                added.push(field.section);
            }
        }
    }
    added.dedup();
    for section in added {
        if let Some(section) = sections.get_mut(section) {
            section.entries.sort_by_key(|it| it.span.start);
        }
    }
}

/// Drops the sections that held nothing but types of entries elsewhere.
pub(super) fn drop_spent(types: &[TypeField<'_>], sections: &mut Vec<Section<'_>>) {
    let mut types = types.iter().map(|it| it.section).peekable();
    let mut index = 0;
    sections.retain(|it| {
        while types.next_if(|&section| section < index).is_some() {}
        let spent = it.entries.is_empty() && types.peek() == Some(&index);
        index += 1;
        !spent
    });
}

/// Adds the field as an entry of its section.
fn add<'v>(field: &TypeField<'v>, sections: &mut [Section<'v>]) {
    let Some(section) = sections.get_mut(field.section) else {
        return;
    };
    section.entries.push(Entry {
        name: field.name,
        name_span: field.name_span,
        annotation: field.annotation,
        text: None,
        span: field.span,
    });
}

/// Whose types a field can give, the likeliest first: `@type x:` is an attribute's too, `:rtype:` a generator's.
const fn families(kind: SectionKind) -> [SectionKind; 2] {
    match kind {
        SectionKind::Returns => [SectionKind::Returns, SectionKind::Yields],
        SectionKind::Params => [SectionKind::Params, SectionKind::Attributes],
        other => [other, other],
    }
}

/// One kind for all that is documented under one name.
fn family(kind: SectionKind) -> SectionKind {
    if kind.is_params() {
        SectionKind::Params
    } else {
        kind
    }
}
