//! Words for entries that have none.

use super::super::{Docstring, Entry, Style, parse};
use super::error::UnwritableError;
use super::manner::is_underlined;
use super::{Change, layout, page, place, reword};
use crate::text::Span;

/// What says `words` (lines without an indentation) of the parameters called `names` of which `docstring` says nothing: below their line under an
/// underlined title, behind it elsewhere. `indent` is the indentation of the statements beside the docstring. The changes
/// are in order and apart.
///
/// # Errors
/// Where the words would be read as something else.
pub fn describe(
    docstring: &Docstring<'_>,
    names: &[String],
    words: &str,
    indent: &str,
) -> Result<Vec<Change>, UnwritableError> {
    let value = docstring.value;
    let is_meant = |it: &Entry<'_>| {
        let is_named = it.name.is_some_and(|it| names.iter().any(|own| own == it));
        it.text.is_none() && is_named
    };
    let mut changes: Vec<Change> = Vec::new();
    for section in docstring.sections.iter().filter(|it| it.kind.is_params()) {
        let is_below = is_underlined(value, section);
        for entry in section.entries.iter().filter(|it| is_meant(it)) {
            let within = Span::empty(entry.span.end);
            // Names that share an entry share what is said.
            if changes.last().is_some_and(|it| it.within == within) {
                continue;
            }
            let unit = place::unit(docstring, indent);
            let before = layout::before(value, entry.span.start);
            let is_alone = before.trim().is_empty();
            let below = format!("{}{unit}", if is_alone { before } else { indent });
            let words = page::margined(words, &below);
            let words = if is_below {
                format!("\n{below}{words}")
            } else if entry.span.of(value).ends_with(':') {
                format!(" {words}")
            } else {
                format!(": {words}")
            };
            changes.push(Change { within, words });
        }
    }
    changes.sort_by_key(|it| it.within);
    let after = super::changed(value, &changes);
    let after = parse(&after, docstring.style);
    let mut meant = said(docstring);
    let entries = docstring.sections.iter().flat_map(|section| {
        let is_param = section.kind.is_params();
        section.entries.iter().map(move |it| (is_param, it))
    });
    for (entry, said) in entries.zip(&mut meant) {
        if entry.0 && is_meant(entry.1) {
            words.clone_into(&mut said[2]);
        }
    }
    let now = said(&after);
    let mut pairs = now.iter().flatten().zip(meant.iter().flatten());
    if now.len() == meant.len() && pairs.all(|(now, meant)| reword::is_same(now, meant)) {
        return Ok(changes);
    }
    let style = docstring.style.unwrap_or(Style::Google);
    Err(UnwritableError::Misread(style))
}

/// Name, type and text of every entry.
fn said(docstring: &Docstring<'_>) -> Vec<[String; 3]> {
    let of = |span: Option<Span>| span.unwrap_or_default().of(docstring.value).to_owned();
    let entries = docstring.sections.iter().flat_map(|it| &it.entries);
    let said = entries.map(|it| {
        let name = it.name.unwrap_or_default().to_owned();
        [name, of(it.annotation), of(it.text)]
    });
    said.collect()
}
