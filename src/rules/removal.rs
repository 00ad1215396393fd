//! What goes with an entry or a section that is removed: whole lines, and the blank ones that set it off.

use std::collections::BTreeSet;

use crate::docstring::{Docstring, Entry, Section};
use crate::text::{Applicability, Span};

/// The ranges of the value to remove so that `gone` go and nothing else does; `None` where other entries
/// share their lines. A section of which nothing would be left goes with them.
pub(super) fn entries(docstring: &Docstring<'_>, gone: &[&Entry<'_>]) -> Option<Vec<Span>> {
    let gone: BTreeSet<Span> = gone.iter().map(|it| it.name_span).collect();
    let goes = |entry: &&Entry<'_>| gone.contains(&entry.name_span);
    let mut spans = Vec::new();
    for section in &docstring.sections {
        if !section.entries.iter().any(|it| goes(&it)) {
            continue;
        }
        let (going, kept): (Vec<_>, Vec<_>) = section.entries.iter().partition(goes);
        let Some(last) = going.last() else { continue };
        let kept: BTreeSet<Span> = kept.iter().map(|it| it.span).collect();
        let is_shared = |it: &Entry<'_>| kept.contains(&it.span);
        if going.iter().any(|it| has_type_apart(it) || is_shared(it)) {
            return None;
        }
        if going.len() == section.entries.len() && last.span.end >= section.span.end {
            is_all_entries(docstring.value, section).then_some(())?;
            spans.push(lines(docstring.value, section.span)?);
            continue;
        }
        for span in runs(docstring.value, going.iter().map(|it| it.span)) {
            spans.push(lines(docstring.value, span)?);
        }
    }
    spans.sort_unstable();
    spans.dedup();
    let apart = spans.windows(2).all(|it| it[0].end <= it[1].start);
    apart.then_some(spans)
}

/// As [`entries`] of the one at `at` of `section`, which is all that is looked at.
pub(super) fn entry(docstring: &Docstring<'_>, section: &Section<'_>, at: usize) -> Option<Span> {
    let (before, behind) = section.entries.split_at_checked(at)?;
    let (gone, behind) = behind.split_first()?;
    let shares = |it: Option<&Entry<'_>>| it.is_some_and(|it| it.span == gone.span);
    if has_type_apart(gone) || shares(before.last()) || shares(behind.first()) {
        return None;
    }
    let is_all = section.entries.len() == 1 && gone.span.end >= section.span.end;
    if !is_all {
        return lines(docstring.value, gone.span);
    }
    is_all_entries(docstring.value, section).then_some(())?;
    lines(docstring.value, section.span)
}

/// Ranges in the order of the text, those that follow one another made one.
fn runs(value: &str, spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    for span in spans {
        let is_next = |it: &&mut Span| {
            let between = value.get(it.end as usize..span.start as usize);
            between.is_none_or(|it| it.trim().is_empty())
        };
        match runs.last_mut().filter(is_next) {
            Some(last) => *last = last.cover(span),
            None => runs.push(span),
        }
    }
    runs
}

/// A `:type x:` field lies elsewhere.
fn has_type_apart(entry: &Entry<'_>) -> bool {
    entry
        .annotation
        .is_some_and(|it| !entry.span.contains(it.start))
}

/// Whether a section's body holds nothing but its entries.
fn is_all_entries(value: &str, section: &Section<'_>) -> bool {
    let mut at = section.body.start;
    for entry in &section.entries {
        if !Span::new(at, entry.span.start.max(at))
            .of(value)
            .trim()
            .is_empty()
        {
            return false;
        }
        at = at.max(entry.span.end);
    }
    Span::new(at, section.body.end.max(at))
        .of(value)
        .trim()
        .is_empty()
}

/// How sure it is to remove what was said twice: nothing is lost where the same was said.
pub(super) fn of_a_copy(
    docstring: &Docstring<'_>,
    kept: &Entry<'_>,
    gone: &Entry<'_>,
) -> Applicability {
    let said = |entry: &Entry<'_>| {
        let words = |span: Option<Span>| {
            let text = span.unwrap_or_default().of(docstring.value);
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        (words(entry.annotation), words(entry.text))
    };
    if said(kept) == said(gone) {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    }
}

/// The lines of `span`, which must hold nothing else, and the blank ones that would be too many without them.
pub(super) fn lines(value: &str, span: Span) -> Option<Span> {
    let (before, behind) = (
        value.get(..span.start as usize)?,
        value.get(span.end as usize..)?,
    );
    let head = before.trim_end_matches([' ', '\t']);
    let tail = behind.trim_start_matches([' ', '\t']);
    if !head.ends_with('\n') || !(tail.is_empty() || tail.starts_with('\n')) {
        return None;
    }
    if tail.trim().is_empty() {
        // The last of all: what closes the docstring stays where it is.
        let end = before.trim_end().len() as u32;
        return Some(Span::new(end, span.end));
    }
    let is_set_off = head.trim_end_matches([' ', '\t', '\n']).is_empty()
        || head[..head.len() - 1]
            .trim_end_matches([' ', '\t'])
            .ends_with('\n');
    let rest = &tail[1..];
    let blank = if is_set_off { blank_lines(rest) } else { 0 };
    let end = value.len() - rest.len() + blank;
    Some(Span::new(head.len() as u32, end as u32))
}

/// The length of the blank lines that `text` begins with.
fn blank_lines(text: &str) -> usize {
    let indent = text.trim_start_matches([' ', '\t', '\n']);
    let blank = &text[..text.len() - indent.len()];
    blank.rfind('\n').map_or(0, |it| it + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(value: &str, gone: &str) -> Option<String> {
        let start = value.find(gone).unwrap() as u32;
        let span = lines(value, Span::new(start, start + gone.len() as u32))?;
        let mut left = value.to_owned();
        left.replace_range(span.range(), "");
        Some(left)
    }

    #[test]
    fn whole_lines_and_no_blank_one_too_many() {
        let value = "S.\n\n    A:\n        x: X\n        y: Y\n\n    B:\n        z\n    ";
        assert_eq!(
            without(value, "x: X").unwrap(),
            "S.\n\n    A:\n        y: Y\n\n    B:\n        z\n    "
        );
        assert_eq!(
            without(value, "A:\n        x: X\n        y: Y").unwrap(),
            "S.\n\n    B:\n        z\n    "
        );
        assert_eq!(
            without(value, "B:\n        z").unwrap(),
            "S.\n\n    A:\n        x: X\n        y: Y\n    "
        );
        assert_eq!(without("S.\n\n    :x: y", ":x: y").unwrap(), "S.");
        assert_eq!(
            without("S.\n\nx: 1\n\ny: 2\n", "x: 1").unwrap(),
            "S.\n\ny: 2\n"
        );
    }

    #[test]
    fn entries_that_follow_one_another_go_together() {
        let value = "S.\n\n    Args:\n        a: A\n        x: X\n        y: Y\n    ";
        let docstring = crate::docstring::parse(value, None);
        let entries: Vec<&Entry<'_>> = docstring.params().skip(1).collect();
        let gone = super::entries(&docstring, &entries).unwrap();
        let [gone] = gone[..] else { panic!("{gone:?}") };
        let mut left = value.to_owned();
        left.replace_range(gone.range(), "");
        assert_eq!(left, "S.\n\n    Args:\n        a: A\n    ");
    }

    #[test]
    fn a_line_that_holds_more_stays() {
        assert_eq!(without("S.\n\n- x: X\n", "x: X"), None);
        assert_eq!(without("S. x", "x"), None);
    }
}
