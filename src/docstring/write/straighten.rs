//! Entries put right that are not written as their style wants them.

use super::super::lines::Lines;
use super::super::{Docstring, Entry, QuirkKind, Section, Style, parse};
use super::manner::is_underlined;
use super::place::Form;
use super::{Change, layout, place};
use crate::text::Span;

/// What writes the malformed entries of `docstring` as its style wants them: marks that are missing between a name, its
/// type and its text, indentation that is missing before further lines. Every word stays. None where that would be read
/// as something else. `indent` is the indentation of the statements beside the docstring. The changes are in order and
/// apart.
pub fn straighten(docstring: &Docstring<'_>, indent: &str) -> Vec<Change> {
    let straightening = Straightening {
        docstring,
        lines: Lines::new(docstring.value),
        unit: place::unit(docstring, indent),
        margin: indent,
    };
    let mut changes = straightening.changes();
    changes.sort_by_key(|it| it.within);
    let is_apart = changes
        .windows(2)
        .all(|it| it[0].within.end <= it[1].within.start && it[0].within != it[1].within);
    if is_apart && says_the_same(docstring, &changes) {
        return changes;
    }
    Vec::new()
}

struct Straightening<'d, 'v> {
    docstring: &'d Docstring<'v>,
    lines: Lines<'v>,
    /// One level of indentation.
    unit: &'d str,
    margin: &'d str,
}

impl Straightening<'_, '_> {
    fn changes(&self) -> Vec<Change> {
        let mut heads: Vec<(&Section<'_>, &Entry<'_>)> = Vec::new();
        for section in &self.docstring.sections {
            heads.extend(section.entries.iter().map(|it| (section, it)));
        }
        heads.sort_by_key(|it| it.1.span.start);
        let mut changes = Vec::new();
        let quirks = self.docstring.quirks.iter();
        for quirk in quirks.filter(|it| it.kind == QuirkKind::MalformedEntry) {
            self.straighten(quirk.span, &heads, &mut changes);
        }
        changes
    }

    /// The lines of one quirk: heads of entries, and what goes on with an entry at the level of its head.
    fn straighten(
        &self,
        quirk: Span,
        heads: &[(&Section<'_>, &Entry<'_>)],
        changes: &mut Vec<Change>,
    ) {
        let from = self.lines.index_of(quirk.start);
        let to = self.lines.index_of(quirk.end.saturating_sub(1));
        let base = self.lines.get(from).indent;
        let mut is_head = false;
        for line in (from..=to).map(|it| self.lines.get(it)) {
            if line.is_blank() {
                continue;
            }
            if line.indent <= base {
                let at = heads.partition_point(|it| it.1.span.start < line.start);
                let head = heads.get(at).filter(|it| it.1.span.start == line.start);
                is_head = head.is_some();
                if let Some(&(section, entry)) = head {
                    self.head(section, entry, changes);
                }
            }
            if !is_head {
                changes.push(Change {
                    within: Span::empty(line.start),
                    words: self.unit.to_owned(),
                });
            }
        }
    }

    /// The marks around an entry's type and before its text.
    fn head(&self, section: &Section<'_>, entry: &Entry<'_>, changes: &mut Vec<Change>) {
        let value = self.docstring.value;
        let is_below = is_underlined(value, section);
        let name_end = entry.name_span.end;
        let mut is_marked = false;
        if let Some(told) = entry.annotation.filter(|it| it.start > name_end)
            && Form::of(value, section) == Form::Header
            && Span::new(name_end, told.start).of(value).trim().is_empty()
        {
            let words = if is_below { " : " } else { " (" };
            changes.push(Change {
                within: Span::new(name_end, told.start),
                words: words.to_owned(),
            });
            if !is_below {
                changes.push(Change {
                    within: Span::empty(told.end),
                    words: ")".to_owned(),
                });
                is_marked = true;
            }
        }
        let line_end = self.lines.get(self.lines.index_of(entry.span.start)).end;
        let Some(text) = entry.text.filter(|it| it.start < line_end && !is_marked) else {
            return;
        };
        let before = &value[..text.start as usize];
        let is_mark = |c: char| matches!(c, ' ' | '\t' | ':' | '-' | '–' | '—');
        let start = before.trim_end_matches(is_mark).len() as u32;
        let words = if is_below {
            let own = layout::before(value, entry.span.start);
            let own = if own.trim().is_empty() {
                own
            } else {
                self.margin
            };
            format!("\n{own}{}", self.unit)
        } else {
            ": ".to_owned()
        };
        changes.push(Change {
            within: Span::new(start, text.start),
            words,
        });
    }
}

/// Whether with `changes` made nothing is malformed, and all that was said is said still.
fn says_the_same(docstring: &Docstring<'_>, changes: &[Change]) -> bool {
    let value = super::changed(docstring.value, changes);
    let after = parse(&value, docstring.style);
    let is_whole = |it: &super::super::Quirk| it.kind != QuirkKind::MalformedEntry;
    after.quirks.iter().all(is_whole) && said(&after) == said(docstring)
}

type Said<'d> = (Option<Style>, Vec<Option<&'d str>>, Vec<Vec<&'d str>>);

/// What a docstring says, word by word, and of what.
fn said<'d>(docstring: &'d Docstring<'_>) -> Said<'d> {
    let words = |span: Option<Span>| -> Vec<&'d str> {
        let text = span.unwrap_or_default().of(docstring.value);
        text.split_whitespace().collect()
    };
    let mut names = Vec::new();
    let mut texts = vec![words(docstring.summary), words(docstring.description)];
    for section in &docstring.sections {
        names.push(Some(section.title.of(docstring.value)));
        if section.entries.is_empty() {
            texts.push(words(Some(section.body)));
        }
        for entry in &section.entries {
            names.push(entry.name);
            texts.push(words(entry.annotation));
            texts.push(words(entry.text));
        }
    }
    (docstring.style, names, texts)
}
