//! String literals that are read as a whole.

use super::super::token::{Kind, Token};
use super::Lexer;

/// What the prefix of a string literal says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Prefix {
    pub(super) raw: bool,
    pub(super) bytes: bool,
    /// An f- or t-string.
    pub(super) template: bool,
}

impl Prefix {
    /// What the letters before the quotes say; nothing where there are none.
    fn of(letters: &[u8]) -> Self {
        let has = |letter: u8| letters.iter().any(|byte| byte | 0x20 == letter);
        Self {
            raw: has(b'r'),
            bytes: has(b'b'),
            template: has(b'f') || has(b't'),
        }
    }
}

impl Lexer<'_> {
    /// Whether the one or two letters from `start` to `end` can be the prefix of a string.
    pub(super) fn is_prefix(&self, start: usize, end: usize) -> bool {
        let lower = |at: usize| self.bytes[at] | 0x20;
        match end - start {
            1 => matches!(lower(start), b'r' | b'u' | b'b' | b'f' | b't'),
            2 => {
                let (first, second) = (lower(start), lower(start + 1));
                let raw_and = |other| matches!(other, b'b' | b'f' | b't');
                first == b'r' && raw_and(second) || second == b'r' && raw_and(first)
            }
            _ => false,
        }
    }

    /// A string from the place reached, where its prefix begins, with the opening quote at `quote`.
    pub(super) fn string(&mut self, tokens: &mut Vec<Token>, quote: usize) {
        let prefix = Prefix::of(&self.bytes[self.at..quote]);
        if prefix.template && self.at >= self.plain_until {
            self.template(tokens, quote, prefix.raw);
        } else {
            self.plain_string(tokens, quote, prefix);
        }
    }

    pub(super) fn plain_string(&mut self, tokens: &mut Vec<Token>, quote: usize, prefix: Prefix) {
        let start = self.at;
        let triple = self.is_triple(quote);
        let end = if triple {
            self.end_of_triple(quote)
        } else {
            self.end_of_single(quote)
        };
        let kind = match prefix {
            Prefix { bytes: true, .. } => Kind::Bytes,
            Prefix { template: true, .. } => Kind::TemplateText,
            _ => Kind::String,
        };
        match end {
            Ok(end) => self.push(tokens, kind, end - start),
            Err(end) => {
                self.at = end;
                if !self.read_as_plain_string(tokens) {
                    self.error("string that is never closed", start, quote + 1);
                    self.push_from(tokens, kind, start, 0);
                }
            }
        }
    }

    /// Whether the quote at `quote` is the first of three.
    pub(super) fn is_triple(&self, quote: usize) -> bool {
        let byte = self.bytes[quote];
        self.byte(quote + 1) == byte && self.byte(quote + 2) == byte
    }

    /// Behind the closing quote of the string that opens at `quote`, or where its line ends.
    pub(super) fn end_of_single(&self, quote: usize) -> Result<usize, usize> {
        let close = self.bytes[quote];
        let mut at = quote + 1;
        loop {
            match self.bytes.get(at) {
                Some(&byte) if byte == close => return Ok(at + 1),
                Some(b'\\') => at = self.behind_escape(at),
                Some(b'\n' | b'\r') | None => return Err(at.min(self.bytes.len())),
                Some(_) => at += 1,
            }
        }
    }

    /// Behind the three closing quotes of the string that opens at `quote`, or the end of the text.
    pub(super) fn end_of_triple(&self, quote: usize) -> Result<usize, usize> {
        let close = self.bytes[quote];
        let mut at = quote + 3;
        loop {
            let rest = self.bytes.get(at..).unwrap_or_default();
            let Some(found) = memchr::memchr2(close, b'\\', rest) else {
                return Err(self.bytes.len());
            };
            at += found;
            if self.bytes[at] == b'\\' {
                at = self.behind_escape(at);
            } else if self.is_triple(at) {
                return Ok(at + 3);
            } else {
                at += 1;
            }
        }
    }

    /// Behind the backslash at `at` and what it escapes; raw strings keep it, but it protects alike.
    pub(super) fn behind_escape(&self, at: usize) -> usize {
        let crlf = self.byte(at + 1) == b'\r' && self.byte(at + 2) == b'\n';
        at + 2 + usize::from(crlf)
    }
}
