//! Where a docstring stands in the text, and the value Python gives it.

use std::borrow::Cow;

use smallvec::{SmallVec, smallvec};

use super::escape::Resolver;
use super::token::{Kind, Token, span_of};
use crate::text::Span;

/// The string literal that is a symbol's docstring: one literal, or several implicitly concatenated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocstringSlot {
    /// From the first literal's prefix to the last one's closing quotes (parentheses around them left out).
    pub span: Span,
    /// The literals, first to last; hardly ever more than one.
    pub parts: SmallVec<[LiteralPart; 1]>,
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
    pub(super) steps: SmallVec<[(u32, u32); 1]>,
}

impl DocstringSlot {
    /// The literals that make up a whole statement, where it is nothing but plain strings.
    pub(super) fn from_statement(text: &str, statement: &[Token]) -> Option<Self> {
        let mut tokens = statement;
        while let [open, inner @ .., close] = tokens
            && (open.kind, close.kind) == (Kind::OpenParen, Kind::CloseParen)
        {
            tokens = inner;
        }
        if tokens.iter().any(|token| token.kind != Kind::String) {
            return None;
        }
        let part = |token: &Token| LiteralPart::new(text, token.span());
        Some(Self {
            span: span_of(tokens)?,
            parts: tokens.iter().map(part).collect(),
        })
    }

    /// The value that Python gives it.
    pub fn value<'t>(&self, text: &'t str) -> Value<'t> {
        if let [part] = self.parts.as_slice() {
            let content = part.content.of(text);
            if !needs_work(content, part.raw) {
                return Value {
                    text: Cow::Borrowed(content),
                    steps: smallvec![(0, part.content.start)],
                };
            }
        }
        let mut resolver = Resolver::default();
        for part in &self.parts {
            resolver.part(part.content.of(text), part.content.start, part.raw);
        }
        resolver.finish()
    }
}

/// Whether the value differs from what stands between the quotes.
fn needs_work(content: &str, raw: bool) -> bool {
    let bytes = content.as_bytes();
    if raw {
        memchr::memchr(b'\r', bytes).is_some()
    } else {
        memchr::memchr2(b'\\', b'\r', bytes).is_some()
    }
}

impl LiteralPart {
    /// The parts of the literal at `span`, which may lack its closing quotes.
    pub(super) fn new(text: &str, span: Span) -> Self {
        let literal = span.of(text);
        let body = literal.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let prefix = &literal[..literal.len() - body.len()];
        let quote = body.chars().next().unwrap_or('"');
        let triple = body.len() >= 3 && body.chars().take(3).all(|c| c == quote);
        let quotes = &body[..if triple { 3 } else { 1.min(body.len()) }];
        let inner = &body[quotes.len()..];
        let content = inner.strip_suffix(quotes).unwrap_or(inner);
        let start = span.end - inner.len() as u32;
        Self {
            span,
            content: Span::new(start, start + content.len() as u32),
            raw: prefix.contains(['r', 'R']),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(literals: &[&str], text: &str) -> DocstringSlot {
        let mut from = 0;
        let parts: SmallVec<[LiteralPart; 1]> = literals
            .iter()
            .map(|literal| {
                let start = from + text[from..].find(literal).unwrap();
                from = start + literal.len();
                LiteralPart::new(text, Span::new(start as u32, from as u32))
            })
            .collect();
        let span = parts[0].span.cover(parts[parts.len() - 1].span);
        DocstringSlot { span, parts }
    }

    fn value(literal: &str) -> String {
        slot(&[literal], literal).value(literal).text.into_owned()
    }

    #[test]
    fn every_escape_of_python() {
        assert_eq!(
            value(r#""\a\b\f\n\r\t\v\\\'\"""#),
            "\x07\x08\x0c\n\r\t\x0b\\'\""
        );
        assert_eq!(value(r"'\101\0\18\777'"), "A\0\u{1}8\u{1ff}");
        assert_eq!(value(r"'\x41\u00e9\U0001F600'"), "Aé😀");
        assert_eq!(
            value(r"'\N{EM DASH}\N{em dash}\N{LINE FEED}\N{CJK UNIFIED IDEOGRAPH-4E00}'"),
            "——\n一"
        );
        assert_eq!(
            value(r"'\N \N{NO SUCH NAME} \N{EM'"),
            r"\N \N{NO SUCH NAME} \N{EM"
        );
        assert_eq!(
            value(r"'\d \x4 \u12 \U00110000'"),
            r"\d \x4 \u12 \U00110000"
        );
        assert_eq!(value("'a\\\nb\\\r\nc'"), "abc");
        assert_eq!(value("'''a\r\nb\rc\n'''"), "a\nb\nc\n");
        assert_eq!(value("R'''a\\\r\nb\\n'''"), "a\\\nb\\n");
    }

    #[test]
    fn plain_text_is_borrowed() {
        let text = r#"r"""A \d.""" "#.trim();
        let value = slot(&[text], text).value(text);
        assert!(matches!(value.text, Cow::Borrowed("A \\d.")));
        assert_eq!(value.source_offset(2), 6);
    }

    #[test]
    fn the_way_back_to_the_text() {
        let text = r#"x = ('a\tb' "cd")"#;
        let value = slot(&["'a\\tb'", "\"cd\""], text).value(text);
        assert_eq!(value.text, "a\tbcd");
        let back: Vec<&str> = (0..5)
            .map(|at| &text[value.source_offset(at) as usize..][..1])
            .collect();
        assert_eq!(back, ["a", "\\", "b", "c", "d"]);
        assert_eq!(value.source_span(Span::new(2, 4)).of(text), "b' \"c");
    }

    #[test]
    fn a_literal_that_is_never_closed() {
        assert_eq!(value("'''a"), "a");
        assert_eq!(value("'"), "");
        assert_eq!(value("''''''"), "");
    }
}
