//! White space, line endings, comments, line continuations: what lies between tokens.

use super::super::token::{Kind, Token};
use super::Lexer;
use crate::text::Span;

impl Lexer<'_> {
    /// Step over blank and comment lines to the next logical line's first token; its column, or
    /// `None` at the end of the text.
    pub(super) fn indentation(&mut self) -> Option<u32> {
        loop {
            let column = self.column();
            match self.byte(self.at) {
                b'#' => self.comment(),
                b'\n' | b'\r' => self.newline(),
                0 if self.at >= self.bytes.len() => return None,
                _ => return Some(column),
            }
        }
    }

    /// Step over the white space at the beginning of a line and count its columns, as CPython does:
    /// a form feed starts anew, and behind continuations the column of the first one that is indented counts.
    fn column(&mut self) -> u32 {
        let mut column = self.blanks();
        let mut continued = None;
        loop {
            match self.byte(self.at) {
                b' ' => column += 1,
                b'\t' => column = (column / 8 + 1) * 8,
                0x0c => column = 0,
                b'\\' if matches!(self.byte(self.at + 1), b'\n' | b'\r') => {
                    continued = continued.or((column > 0).then_some(column));
                    self.at += 1;
                    self.newline();
                    continue;
                }
                _ => return continued.unwrap_or(column),
            }
            self.at += 1;
        }
    }

    /// Step over blanks, eight at a time; how many there were.
    pub(super) fn blanks(&mut self) -> u32 {
        let start = self.at;
        loop {
            let others = self.word(self.at) ^ u64::from_le_bytes(*b"        ");
            let count = others.trailing_zeros() / 8;
            self.at += count as usize;
            if count < 8 {
                return (self.at - start) as u32;
            }
        }
    }

    /// Step over one line ending: `\n`, `\r\n` or a lone `\r`.
    pub(super) fn newline(&mut self) {
        let crlf = self.byte(self.at) == b'\r' && self.byte(self.at + 1) == b'\n';
        self.at += 1 + usize::from(crlf);
    }

    /// Step over a comment, and keep it where it may matter.
    pub(super) fn comment(&mut self) {
        let start = self.at;
        let rest = &self.bytes[start..];
        let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let comment = &rest[..length];
        self.at += length;
        let span = Span::new(start as u32, self.at as u32);
        if comment.get(1) == Some(&b':') {
            self.attribute_comments.push(span);
        }
        if may_suppress(comment) {
            self.suppressions.push(span);
        }
    }

    /// A backslash: a line continuation, or a stray one.
    pub(super) fn continuation(&mut self, tokens: &mut Vec<Token>) {
        if matches!(self.byte(self.at + 1), b'\n' | b'\r') {
            self.at += 1;
            self.newline();
        } else {
            self.error("backslash that continues no line", self.at, self.at + 1);
            self.push(tokens, Kind::Stray, 1);
        }
    }

    /// Where the token at `start` is the first of its physical line (`async` before it apart), the
    /// start of that line.
    pub(super) fn begins_physical_line(&self, start: usize, tokens: &[Token]) -> Option<usize> {
        let is_async = |token: &&Token| token.kind == Kind::Async;
        let start = match tokens.last().filter(is_async) {
            Some(token) => token.start as usize,
            None => start,
        };
        let before = &self.bytes[..start];
        let space = before
            .iter()
            .rev()
            .take_while(|byte| matches!(byte, b' ' | b'\t' | 0x0c));
        let line_start = start - space.count();
        let ending = line_start.checked_sub(1).map(|at| self.bytes[at]);
        matches!(ending, Some(b'\n' | b'\r')).then_some(line_start)
    }
}

/// Whether a comment holds `docgen:` or, in any case, `noqa`.
fn may_suppress(comment: &[u8]) -> bool {
    memchr::memchr3_iter(b'q', b'Q', b':', comment).any(|at| match comment[at] {
        b':' => comment[..at].ends_with(b"docgen"),
        _ => {
            at >= 2
                && comment
                    .get(at - 2..at + 2)
                    .is_some_and(|word| word.eq_ignore_ascii_case(b"noqa"))
        }
    })
}
