//! Entries added to a docstring; every byte that is there stays.

use std::collections::BTreeMap;

use super::super::lines::Lines;
use super::super::{Docstring, Entry, QuirkKind, Section, SectionKind, Style, parse};
use super::draft::{Draft, DraftEntry};
use super::error::UnwritableError;
use super::manner::Manner;
use super::place::{Form, Place};
use super::{Change, fit, google, layout, page, parts};
use crate::text::Span;

/// An entry to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addition {
    /// The section it belongs to.
    pub kind: SectionKind,
    /// What it says. Its type is left out where the entries beside it have none.
    pub entry: DraftEntry,
}

/// What adds entries to `docstring`, which says something already. Each goes behind the nearest one before it in `order`
/// (the names as the code has them), or before the nearest one behind it, or to the end of its section; it is laid out as
/// that one is. A section that is missing is added where its style has it, `style` where the docstring has none.
/// `indent` is the indentation of the statements beside the docstring. The changes are in order and apart.
///
/// # Errors
/// Where there is no plain place, or what is there would be read as something else.
pub fn insert(
    docstring: &Docstring<'_>,
    additions: &[Addition],
    order: &[&str],
    style: Style,
    indent: &str,
) -> Result<Vec<Change>, UnwritableError> {
    let lines = Lines::new(docstring.value);
    let mut inserting = Inserting {
        docstring,
        margin: layout::margin(&lines, indent),
        lines,
        order,
        style: docstring.style.unwrap_or(style),
        words: BTreeMap::new(),
    };
    let mut missing: Vec<(SectionKind, Vec<DraftEntry>)> = Vec::new();
    for addition in inserting.in_order(additions) {
        let found = docstring.sections_of(addition.kind).count() > 0;
        match missing.iter_mut().find(|it| it.0 == addition.kind) {
            _ if found => inserting.entry(addition)?,
            Some((_, entries)) => entries.push(addition.entry.clone()),
            None => missing.push((addition.kind, vec![addition.entry.clone()])),
        }
    }
    missing.sort_by_key(|it| super::place::rank(it.0, inserting.style));
    for (kind, entries) in missing {
        inserting.section(kind, entries)?;
    }
    let changes = inserting.changes();
    is_added(docstring, &changes, additions)?;
    Ok(changes)
}

struct Inserting<'d, 'v> {
    docstring: &'d Docstring<'v>,
    lines: Lines<'v>,
    margin: &'d str,
    order: &'d [&'d str],
    style: Style,
    /// Words to put in, by the offset in the value.
    words: BTreeMap<u32, String>,
}

impl Inserting<'_, '_> {
    /// The additions in the order of the code.
    fn in_order<'a>(&self, additions: &'a [Addition]) -> Vec<&'a Addition> {
        let mut sorted: Vec<&Addition> = additions.iter().collect();
        sorted.sort_by_key(|it| self.rank(it.entry.names.first().map(String::as_str)));
        sorted
    }

    /// The place of a name in the code; behind all others where it has none.
    fn rank(&self, name: Option<&str>) -> usize {
        let name = name.map(|it| it.trim_start_matches('*'));
        let is_it = |it: &&str| Some(it.trim_start_matches('*')) == name;
        let at = self.order.iter().position(is_it);
        at.unwrap_or(self.order.len())
    }

    /// Adds an entry to a section that is there.
    fn entry(&mut self, addition: &Addition) -> Result<(), UnwritableError> {
        let value = self.docstring.value;
        let sections = || self.docstring.sections_of(addition.kind);
        let entries = || sections().flat_map(|it| it.entries.iter().map(move |entry| (it, entry)));
        let name = addition.entry.names.first().map(String::as_str);
        let no_place = || UnwritableError::NoPlace(name.unwrap_or("a value").to_owned());
        if name.is_none() {
            return Err(no_place());
        }
        let own = self.rank(name);
        let known = |it: &(&Section<'_>, &Entry<'_>)| self.rank(it.1.name) < self.order.len();
        let before = entries()
            .filter(|it| known(it) && self.rank(it.1.name) < own)
            .max_by_key(|it| (self.rank(it.1.name), it.1.span.start));
        let behind = entries()
            .filter(|it| known(it) && self.rank(it.1.name) > own)
            .min_by_key(|it| (self.rank(it.1.name), it.1.span.start));
        let last = entries().last();
        let is_known = own < self.order.len();
        let (beside, is_before) = match (before, behind) {
            (Some(it), _) if is_known => (it, false),
            (None, Some(it)) if is_known => (it, true),
            _ => (last.ok_or_else(no_place)?, false),
        };
        let (section, like) = beside;
        let manner = Manner::of(self.docstring, &self.lines, section, like, self.margin)
            .ok_or_else(no_place)?;
        let gap = if manner.is_spread { "\n\n" } else { "\n" };
        let text = manner.written(addition.kind, &addition.entry);
        let (start, end) = manner.extent;
        if is_before {
            // The opening line's indentation is not in the value.
            let own = layout::before(value, start);
            let is_first = own.len() == start as usize;
            let at = start - if is_first { 0 } else { own.len() as u32 };
            let words = self.words.entry(at).or_default();
            words.push_str(if is_first { text.trim_start() } else { &text });
            words.push_str(gap);
            words.push_str(if is_first { self.margin } else { "" });
        } else {
            let words = self.words.entry(end).or_default();
            words.push_str(gap);
            words.push_str(&text);
        }
        Ok(())
    }

    /// Adds a section that is missing.
    fn section(
        &mut self,
        kind: SectionKind,
        entries: Vec<DraftEntry>,
    ) -> Result<(), UnwritableError> {
        let value = self.docstring.value;
        let mut draft = Draft::default();
        draft.push(kind, entries);
        let fitted = fit::fit(draft, self.style)?;
        let unit = super::place::unit(self.docstring, self.margin);
        let text = page::margined(&parts(&fitted.parts, self.style, unit), self.margin);
        if value.trim().is_empty() {
            return Err(UnwritableError::NoPlace(google::title(kind).to_owned()));
        }
        let place = Place::of(self.docstring, &self.lines, kind, self.style);
        let own = if self.style.has_fields() {
            Form::Field
        } else {
            Form::Header
        };
        let gap = |other: Option<Form>| {
            let is_tight = own == Form::Field && other == Some(Form::Field);
            if is_tight { "\n" } else { "\n\n" }
        };
        let words = self.words.entry(place.at).or_default();
        if place.is_before {
            words.push_str(&text);
            words.push_str(gap(place.behind));
            words.push_str(self.margin);
            return Ok(());
        }
        // What was added at the same place stands before it.
        words.truncate(words.trim_end_matches('\n').len());
        let before = if words.is_empty() {
            place.before
        } else {
            Some(own)
        };
        words.push_str(gap(before));
        words.push_str(self.margin);
        words.push_str(&text);
        let rest = &value[place.at as usize..];
        let is_touched = rest.trim_start_matches([' ', '\t']).starts_with('\n')
            && !rest.trim_start().is_empty()
            && rest[..rest.len() - rest.trim_start().len()]
                .matches('\n')
                .count()
                == 1;
        if is_touched && gap(place.behind).len() > 1 {
            words.push('\n');
        }
        Ok(())
    }

    /// All changes; one line that becomes several gets its closing quotes on a line of their own.
    fn changes(self) -> Vec<Change> {
        let value = self.docstring.value;
        let mut changes: Vec<Change> = self
            .words
            .into_iter()
            .map(|(at, words)| Change {
                within: Span::empty(at),
                words,
            })
            .collect();
        let end = value.trim_end().len() as u32;
        if !value.contains('\n')
            && let Some(last) = changes.last_mut()
            && last.within.start == end
        {
            last.within.end = value.len() as u32;
            last.words.push('\n');
            last.words.push_str(self.margin);
        }
        changes
    }
}

/// Declines where, with the changes made, not all that was there reads as before, or what was added does not.
fn is_added(
    docstring: &Docstring<'_>,
    changes: &[Change],
    additions: &[Addition],
) -> Result<(), UnwritableError> {
    let value = super::changed(docstring.value, changes);
    let after = parse(&value, docstring.style);
    let style = after.style.or(docstring.style).unwrap_or(Style::Google);
    let prose = |it: &Docstring<'_>| {
        let text = |span: Option<Span>| span.map(|span| span.of(it.value).to_owned());
        (text(it.summary), text(it.description))
    };
    let faults = |it: &Docstring<'_>| {
        let odd = it
            .quirks
            .iter()
            .filter(|it| it.kind == QuirkKind::MalformedEntry);
        odd.count()
    };
    let is_same = prose(docstring) == prose(&after)
        && faults(docstring) == faults(&after)
        && (docstring.style.is_none() || docstring.style == after.style);
    let mut left: Vec<&Addition> = additions.iter().collect();
    let mut old = said(docstring).into_iter().peekable();
    for new in said(&after) {
        if old.next_if(|it| *it == new).is_some() {
            continue;
        }
        let is_new = |it: &&Addition| {
            let name = it.entry.names.first().map(|it| it.trim_start_matches('*'));
            let same_kind = it.kind == new.0 || it.kind.is_params() && new.0.is_params();
            same_kind && name == new.1
        };
        match left.iter().position(is_new) {
            Some(at) => left.remove(at),
            None => return Err(UnwritableError::Misread(style)),
        };
    }
    if is_same && left.is_empty() && old.next().is_none() {
        return Ok(());
    }
    Err(UnwritableError::Misread(style))
}

type Said<'d> = (SectionKind, Option<&'d str>, &'d str, &'d str);

/// What each entry says; a section without entries says its body.
fn said<'d>(docstring: &'d Docstring<'_>) -> Vec<Said<'d>> {
    let mut all = Vec::new();
    for section in &docstring.sections {
        if section.entries.is_empty() {
            all.push((section.kind, None, "", section.body.of(docstring.value)));
        }
        for entry in &section.entries {
            let of = |span: Option<Span>| span.unwrap_or_default().of(docstring.value);
            all.push((
                section.kind,
                entry.name,
                of(entry.annotation),
                of(entry.text),
            ));
        }
    }
    all
}
