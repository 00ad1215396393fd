//! What a docstring lacks and another one of the file has: the same parameter, documented by an overload or a parent.

use super::Subject;
use super::placeholder_text::is_placeholder;
use crate::contract::Written;
use crate::docstring::{self, Addition, DraftEntry, Entry, SectionKind, Style};
use crate::python::{Param, Signature};
use crate::text::{Edit, Span};

/// The edits that take over the entries of the `missing` parameters that others document, none where nobody does; or
/// the reason why there is no place for them.
pub(super) fn borrowed(
    subject: &Subject<'_>,
    written: &Written<'_>,
    missing: &[&Param<'_>],
    signature: &Signature<'_>,
) -> Vec<Result<Edit, String>> {
    let kin: Vec<&Written<'_>> = subject.reading.kin(subject.id).collect();
    let found = missing.iter().filter_map(|param| {
        let entry = kin.iter().find_map(|it| told(it, param))?;
        let kind = SectionKind::Params;
        Some(Addition { kind, entry })
    });
    let additions: Vec<Addition> = found.collect();
    if additions.is_empty() {
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

/// What a docstring says of a parameter, where it says something of that one alone.
fn told(written: &Written<'_>, param: &Param<'_>) -> Option<DraftEntry> {
    let docstring = &written.parsed;
    let is_own = |it: &&Entry<'_>| it.name == Some(param.name);
    let entry = docstring.params().find(is_own)?;
    let shares = |it: &Entry<'_>| it.span == entry.span && it.name != entry.name;
    let text = entry.text?.of(docstring.value);
    if docstring.params().any(shares) || is_placeholder(text) {
        return None;
    }
    let annotation = entry.annotation.map(|it: Span| it.of(docstring.value));
    let name = format!("{}{}", param.kind.stars(), param.name);
    Some(DraftEntry::named(name).typed(annotation).said(flush(text)))
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
