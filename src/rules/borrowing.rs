//! What a docstring lacks and another one of the file has: the same parameter, documented by an overload or a parent.

use std::collections::HashMap;

use super::Subject;
use super::placeholder_text::is_placeholder;
use crate::contract::Written;
use crate::docstring::{self, Addition, DraftEntry, Entry, SectionKind, Style};
use crate::python::{Param, Signature};
use crate::text::{Edit, Span};

/// Nobody left out more parameters than these; each is put in its place with a look at the whole section.
const MOST: usize = 64;

/// The edits that take over the entries of the `missing` parameters that others document, none where nobody does; or
/// the reason why there is no place for them.
pub(super) fn borrowed(
    subject: &Subject<'_>,
    written: &Written<'_>,
    missing: &[&Param<'_>],
    signature: &Signature<'_>,
) -> Vec<Result<Edit, String>> {
    let kin: Vec<&Written<'_>> = subject.reading.kin(subject.id).collect();
    let own: Vec<Own<'_>> = kin.iter().map(|it| Own::of(it)).collect();
    let found = missing.iter().filter_map(|param| {
        let entry = own.iter().find_map(|it| it.told(param))?;
        let kind = SectionKind::Params;
        Some(Addition { kind, entry })
    });
    let additions: Vec<Addition> = found.collect();
    if additions.is_empty() || additions.len() > MOST {
        return Vec::new();
    }
    let order: Vec<&str> = signature.params.iter().map(|it| it.name).collect();
    let indent = written.indent(subject.reading.module.text);
    let style = kin.iter().find_map(|it| it.parsed.style);
    let style = style.unwrap_or(Style::Google);
    match docstring::insert(&written.parsed, &additions, &order, style, indent) {
        Ok(changes) => {
            let edits = subject.changed(written, changes).into_iter();
            edits.map(|it| it.map_err(|it| it.to_string())).collect()
        }
        Err(error) => vec![Err(error.to_string())],
    }
}

/// What a docstring says of parameters, of each by itself.
struct Own<'a> {
    value: &'a str,
    /// The first entry of each name; `None` where it shares its words with another one.
    entries: HashMap<&'a str, Option<&'a Entry<'a>>>,
}

impl<'a> Own<'a> {
    fn of(written: &'a Written<'_>) -> Self {
        let params: Vec<_> = written.parsed.params().collect();
        let mut entries = HashMap::new();
        for (at, entry) in params.iter().enumerate() {
            // Names that share an entry follow one another.
            let shares = |it: Option<&&Entry<'_>>| {
                it.is_some_and(|it| it.span == entry.span && it.name != entry.name)
            };
            let is_shared = shares(params.get(at.wrapping_sub(1))) || shares(params.get(at + 1));
            let name = entry.name.unwrap_or_default();
            entries
                .entry(name)
                .or_insert((!is_shared).then_some(*entry));
        }
        Self {
            value: written.parsed.value,
            entries,
        }
    }

    /// What it says of a parameter, if anything.
    fn told(&self, param: &Param<'_>) -> Option<DraftEntry> {
        let entry = (*self.entries.get(param.name)?)?;
        let text = entry.text?.of(self.value);
        if is_placeholder(text) {
            return None;
        }
        let annotation = entry.annotation.map(|it: Span| it.of(self.value));
        let name = format!("{}{}", param.kind.stars(), param.name);
        Some(DraftEntry::named(name).typed(annotation).said(flush(text)))
    }
}

/// A text with its further lines as deep as the least deep of them.
fn flush(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let further = text.lines().skip(1).filter(|it| !it.trim().is_empty());
    let least = further.map(indent).min().unwrap_or(0);
    let mut flush = String::with_capacity(text.len());
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            flush.push('\n');
        }
        flush.push_str(
            if at == 0 {
                line
            } else {
                line.get(least..).unwrap_or_default()
            }
            .trim_end(),
        );
    }
    flush
}
