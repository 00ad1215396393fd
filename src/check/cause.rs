//! The changed line that made a finding: code hosts show what they are told only where its line is in the diff.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::old::Olds;
use crate::python::Symbol;
use crate::rules::Finding;
use crate::text::Span;

/// The lines of a file's old sides, cut when they are first asked for.
pub(super) struct OldLines<'o> {
    olds: &'o Olds,
    lines: OnceCell<HashSet<&'o str>>,
}

impl<'o> OldLines<'o> {
    pub(super) const fn new(olds: &'o Olds) -> Self {
        Self {
            olds,
            lines: OnceCell::new(),
        }
    }

    /// Notes in each of a symbol's `findings` that does not point at a new line itself the line that made it: that of one of
    /// its labels, or else one of the symbol's header. `text` is the new side's.
    pub(super) fn note(&self, text: &str, symbol: &Symbol<'_>, findings: &mut [Finding]) {
        for finding in findings {
            if self.is_new(text, finding.at) {
                continue;
            }
            let labels = finding.labels.iter().map(|it| it.span);
            let mut places = labels.chain(headline(text, symbol));
            finding.cause = places.find(|it| self.is_new(text, *it));
        }
    }

    /// Whether the line on which `span` begins is on no old side. A line that stood elsewhere in the file counts as old:
    /// then the finding points where it points.
    fn is_new(&self, text: &str, span: Span) -> bool {
        let lines = self.lines.get_or_init(|| {
            let own = self.olds.all.iter().take(self.olds.parents);
            own.flat_map(|it| it.text.lines()).collect()
        });
        !lines.contains(line(text, span.start))
    }
}

/// The lines of a symbol's header, as far as there is something on them.
fn headline<'t>(text: &'t str, symbol: &Symbol<'_>) -> impl Iterator<Item = Span> + use<'t> {
    let header = symbol.header;
    let lines = header.of(text).split_inclusive('\n');
    lines.scan(header.start, |start, line| {
        let indent = line.len() - line.trim_start().len();
        let from = *start + indent as u32;
        *start += line.len() as u32;
        Some(Span::new(from, from + line.trim().len() as u32))
    })
}

/// The line in which the byte `at` stands, without its end.
fn line(text: &str, at: u32) -> &str {
    let (before, behind) = text.split_at(at as usize);
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    let end = behind.find('\n').map_or(text.len(), |it| at as usize + it);
    text[start..end].trim_end_matches('\r')
}
