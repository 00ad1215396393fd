//! The lexer: one logical line at a time, driven by a table of byte classes.
//!
//! It never fails: what is no token is a [`Kind::Stray`] and an error, a bracket that was never closed
//! ends where a line begins with a keyword that no expression can hold. Time is linear in the bytes.

mod byte_class;
mod layout;
mod operators;
mod skim;
mod strings;
mod templates;
mod wide;

#[cfg(test)]
mod tests;

pub(super) use byte_class::is_name;
use byte_class::{CLASS, Class};
use skim::Words;
use templates::{Nest, Opened};
use wide::name_length;

use super::SyntaxError;
use super::token::{Kind, Token, keyword};
use crate::text::Span;

/// The number of tokens of a text, all of them read: what lexing alone costs.
pub fn token_count(text: &str) -> usize {
    let mut lexer = Lexer::new(text, 0);
    let (mut tokens, mut count) = (Vec::new(), 0);
    while lexer.next_line(&mut tokens).is_some() {
        count += tokens.len();
    }
    count
}

/// More errors than this in one file help nobody: they are one error's consequences.
const ERROR_LIMIT: usize = 100;

/// One logical line: what the outline needs to know beside its tokens.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent marks, no states"
)]
pub(super) struct Line {
    /// Column of its first token, tabs to multiples of eight.
    pub(super) indent: u32,
    /// Whether it holds a `yield`.
    pub(super) has_yield: bool,
    /// Whether it holds a `lambda`.
    pub(super) has_lambda: bool,
    /// Whether it holds a `;` outside brackets.
    pub(super) has_semicolon: bool,
    /// Whether it holds the name `warn`.
    pub(super) has_warn: bool,
}

/// Reads a text line by line.
#[derive(Debug)]
pub(super) struct Lexer<'t> {
    bytes: &'t [u8],
    at: usize,
    line: Line,
    /// What is open around the next token, outermost first.
    nest: Vec<Nest>,
    /// One more than the place of the outermost f-string in `nest`; 0 where there is none.
    outer_template: usize,
    /// What was known of the line where that f-string begins.
    before_template: Line,
    /// Where lines may be skimmed: the words in which the whole text must not be read without care.
    words: Option<Words>,
    /// Bytes that were gone back over, so that a test can tell linear time from quadratic.
    #[cfg(any(test, fuzzing))]
    pub(super) reread: usize,
    /// f-strings that start before this turned out to be broken: they are read as plain strings.
    plain_until: usize,
    /// What could not be read.
    pub(super) errors: Vec<SyntaxError>,
    /// Comments that hold `docgen:` or `noqa`.
    pub(super) suppressions: Vec<Span>,
    /// Comments that begin with `#:`.
    pub(super) attribute_comments: Vec<Span>,
}

impl<'t> Lexer<'t> {
    /// A lexer of `text` from `start`, the beginning of a logical line, on.
    pub(super) fn new(text: &'t str, start: u32) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: start as usize,
            line: Line::default(),
            nest: Vec::new(),
            outer_template: 0,
            before_template: Line::default(),
            words: None,
            #[cfg(any(test, fuzzing))]
            reread: 0,
            plain_until: 0,
            errors: Vec::new(),
            suppressions: Vec::new(),
            attribute_comments: Vec::new(),
        }
    }

    /// A lexer that reads the lines of which an outline needs little as a few coarse tokens.
    pub(super) fn skimming(text: &'t str, start: u32) -> Self {
        Self {
            words: Some(Words::of(text)),
            ..Self::new(text, start)
        }
    }

    /// A lexer of the expression at `span`, whose line endings end nothing.
    pub(super) fn of_expression(text: &'t str, span: Span) -> Self {
        let mut lexer = Self::new(text, span.start);
        lexer.bytes = text.as_bytes().get(..span.end as usize).unwrap_or_default();
        lexer.nest.push(Nest::bracket(Opened::Paren, lexer.at, 0));
        lexer
    }

    /// Read the next logical line's tokens into `tokens`, whose old ones are dropped; `None` at the
    /// end of the text. There may be none of them (after a stray line continuation).
    pub(super) fn next_line(&mut self, tokens: &mut Vec<Token>) -> Option<Line> {
        tokens.clear();
        self.line = Line {
            indent: self.indentation()?,
            ..Line::default()
        };
        if self.words.is_none() || !self.skim(tokens) {
            self.rest_of_line(tokens);
        }
        Some(self.line)
    }

    /// Go on behind the logical line that holds `offset`, the end of a statement.
    pub(super) fn skip_to(&mut self, offset: u32, scratch: &mut Vec<Token>) {
        self.at = offset as usize;
        self.rest_of_line(scratch);
        scratch.clear();
    }

    fn rest_of_line(&mut self, tokens: &mut Vec<Token>) {
        while !self.step(tokens) {}
    }

    /// Read one token, or what lies before it. Whether the logical line is over.
    #[expect(
        clippy::inline_always,
        reason = "the innermost loop: the call alone costs 5 % of the instructions of a check of everything"
    )]
    #[inline(always)]
    fn step(&mut self, tokens: &mut Vec<Token>) -> bool {
        let mut byte = self.byte(self.at);
        if byte == b' ' {
            self.at += 1;
            byte = self.byte(self.at);
        }
        match CLASS[byte as usize] {
            Class::Space => self.at += 1,
            Class::Name => return self.name(tokens),
            Class::Dot => self.dot(tokens),
            Class::Comma => self.push(tokens, Kind::Comma, 1),
            Class::Open => self.open(tokens, byte),
            Class::Close => self.close(tokens, byte),
            Class::Quote => self.string(tokens, self.at),
            Class::Operator => self.operator(tokens, byte),
            Class::Colon => self.colon(tokens),
            Class::Digit => self.number(tokens),
            Class::Newline => {
                self.newline();
                return self.nest.is_empty();
            }
            Class::Hash => self.comment(),
            Class::Backslash => self.continuation(tokens),
            Class::Stray if self.at >= self.bytes.len() => return self.close_all(tokens),
            Class::Stray => self.stray(tokens),
        }
        false
    }

    /// A name, keyword, or a string with a prefix. Whether the logical line is over, because the name
    /// shows that its brackets were never closed.
    fn name(&mut self, tokens: &mut Vec<Token>) -> bool {
        let start = self.at;
        let (length, word) = self.name_at(start);
        let end = start + length;
        if length <= 2 && matches!(self.byte(end), b'"' | b'\'') && self.is_prefix(start, end) {
            self.string(tokens, end);
            return false;
        }
        let mut kind = Kind::Name;
        if (2..=8).contains(&length)
            && let Some(found) = keyword(word)
        {
            kind = found;
            self.line.has_yield |= kind == Kind::Yield;
            self.line.has_lambda |= kind == Kind::Lambda;
            if !self.nest.is_empty() && kind.only_begins_statements() {
                match self.begins_physical_line(start, tokens) {
                    Some(line_start) if self.abandon_brackets(tokens, line_start) => return true,
                    Some(_) => return false,
                    None => {}
                }
            }
        } else if word == WARN && length == 4 {
            self.line.has_warn = true;
        }
        self.push(tokens, kind, length);
        false
    }

    /// The length of the name at `start`, and its first eight bytes, little end first.
    fn name_at(&self, start: usize) -> (usize, u64) {
        let first = self.word(start);
        let mut end = start;
        while let Some(bytes) = self.bytes.get(end..).and_then(|it| it.first_chunk()) {
            let more = name_length(*bytes);
            end += more;
            if more < 16 {
                return (end - start, front(first, end - start));
            }
        }
        let rest = self.bytes.get(end..).unwrap_or_default();
        end += rest.iter().take_while(|&&byte| is_name(byte)).count();
        (end - start, front(first, end - start))
    }

    /// Eight bytes from `at` on, little end first; zeros behind the end.
    fn word(&self, at: usize) -> u64 {
        let rest = self.bytes.get(at..).unwrap_or_default();
        if let Some(bytes) = rest.first_chunk() {
            return u64::from_le_bytes(*bytes);
        }
        let packed = rest.iter().rev();
        packed.fold(0, |word, &byte| word << 8 | u64::from(byte))
    }

    /// The byte at `at`; zero behind the end.
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or_default()
    }

    /// Go back to `at`.
    fn go_back(&mut self, at: usize) {
        #[cfg(any(test, fuzzing))]
        {
            self.reread += self.at - at;
        }
        self.at = at;
    }

    /// Push a token of `length` bytes and step over it.
    fn push(&mut self, tokens: &mut Vec<Token>, kind: Kind, length: usize) {
        self.push_from(tokens, kind, self.at, length);
    }

    /// Push a token that began at `start` and reaches `length` bytes beyond the place reached.
    fn push_from(&mut self, tokens: &mut Vec<Token>, kind: Kind, start: usize, length: usize) {
        self.at += length;
        tokens.push(Token {
            start: start as u32,
            end: self.at as u32,
            kind,
            depth: u16::try_from(self.nest.len()).unwrap_or(u16::MAX),
        });
    }

    fn error(&mut self, message: &'static str, start: usize, end: usize) {
        if self.errors.len() < ERROR_LIMIT {
            self.errors.push(SyntaxError {
                message,
                span: Span::new(start as u32, end as u32),
            });
        }
    }

    fn stray(&mut self, tokens: &mut Vec<Token>) {
        self.error("character that no token begins with", self.at, self.at + 1);
        self.push(tokens, Kind::Stray, 1);
    }
}

/// The first `length` bytes of eight.
const fn front(word: u64, length: usize) -> u64 {
    if length < 8 {
        word & ((1 << (8 * length)) - 1)
    } else {
        word
    }
}

const WARN: u64 = u32::from_le_bytes(*b"warn") as u64;
