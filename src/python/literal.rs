//! Where a docstring stands in the text, and the value Python gives it.

use std::borrow::Cow;

use crate::text::Span;

/// The string literal that is a symbol's docstring: one literal, or several implicitly concatenated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocstringSlot {
    /// From the first literal's prefix to the last one's closing quotes (parentheses around them left out).
    pub span: Span,
    /// The literals, first to last; hardly ever more than one.
    pub parts: Vec<LiteralPart>,
}

/// One string literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiteralPart {
    /// Prefix, quotes and all.
    pub span: Span,
    /// What stands between the quotes.
    pub content: Span,
    /// Whether its prefix holds `r` or `R`, so that backslashes are plain.
    pub raw: bool,
}

/// The value of a docstring (escapes resolved, parts joined, line endings `\n`), and the way back from
/// a place in it to the text.
#[derive(Clone, Debug)]
pub struct Value<'t> {
    /// What Python would give, not cleaned.
    pub text: Cow<'t, str>,
    /// `(offset in the value, offset in the text)`, ascending: from each on, both advance alike until
    /// the next. Holds at least one entry.
    pub(super) steps: Vec<(u32, u32)>,
}

impl Value<'_> {
    /// The place in the module's text from which the value's byte at `offset` came.
    pub fn source_offset(&self, offset: u32) -> u32 {
        let after = self.steps.partition_point(|&(value, _)| value <= offset);
        let (value, source) = self
            .steps
            .get(after.wrapping_sub(1))
            .copied()
            .unwrap_or_default();
        source + (offset - value.min(offset))
    }

    /// The range in the module's text from which the value's range `span` came.
    pub fn source_span(&self, span: Span) -> Span {
        let start = self.source_offset(span.start);
        let last = self.source_offset(span.end.max(1) - 1) + 1;
        Span::new(
            start,
            if span.is_empty() {
                start
            } else {
                last.max(start)
            },
        )
    }
}
