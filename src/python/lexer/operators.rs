//! Operators, brackets and numbers.

use super::super::token::{Kind, Token};
use super::Lexer;
use super::byte_class::is_name;
use super::templates::{Nest, Opened};

impl Lexer<'_> {
    /// Any operator of which the first byte does not tell all.
    pub(super) fn operator(&mut self, tokens: &mut Vec<Token>, byte: u8) {
        let next = self.byte(self.at + 1);
        let doubled = next == byte;
        let (kind, length) = match byte {
            b'=' if doubled => (Kind::Operator, 2),
            b'=' => (Kind::Assign, 1),
            b'*' if doubled => self.maybe_augmented(Kind::DoubleStar, 2),
            b'*' => self.maybe_augmented(Kind::Star, 1),
            b'/' if !doubled => self.maybe_augmented(Kind::Slash, 1),
            b'/' | b'<' | b'>' if doubled => self.maybe_augmented(Kind::Operator, 2),
            b'<' if next == b'>' => (Kind::Operator, 2),
            b'<' | b'>' => (Kind::Operator, 1 + usize::from(next == b'=')),
            b'-' if next == b'>' => (Kind::Arrow, 2),
            b'@' => self.maybe_augmented(Kind::At, 1),
            b';' => {
                self.line.has_semicolon |= self.nest.is_empty();
                (Kind::Semicolon, 1)
            }
            b'!' if next == b'=' => (Kind::Operator, 2),
            b'!' if self.in_field() => (Kind::FieldMark, 1),
            b'!' => return self.stray(tokens),
            b'~' => (Kind::Operator, 1),
            _ => self.maybe_augmented(Kind::Operator, 1),
        };
        self.push(tokens, kind, length);
    }

    /// `kind` of `length` bytes, or with a `=` behind it an augmented assignment.
    fn maybe_augmented(&self, kind: Kind, length: usize) -> (Kind, usize) {
        if self.byte(self.at + length) == b'=' {
            (Kind::AugmentedAssign, length + 1)
        } else {
            (kind, length)
        }
    }

    /// `.`, `...` or a number that begins with its point.
    pub(super) fn dot(&mut self, tokens: &mut Vec<Token>) {
        match self.byte(self.at + 1) {
            b'0'..=b'9' => self.number(tokens),
            b'.' if self.byte(self.at + 2) == b'.' => self.push(tokens, Kind::Ellipsis, 3),
            _ => self.push(tokens, Kind::Dot, 1),
        }
    }

    /// `:`, `:=`, or the beginning of a format specification.
    pub(super) fn colon(&mut self, tokens: &mut Vec<Token>) {
        if self.in_field() {
            self.push(tokens, Kind::FieldMark, 1);
            self.specification(tokens);
        } else if self.byte(self.at + 1) == b'=' {
            self.push(tokens, Kind::Operator, 2);
        } else {
            self.push(tokens, Kind::Colon, 1);
        }
    }

    /// An opening bracket.
    pub(super) fn open(&mut self, tokens: &mut Vec<Token>, byte: u8) {
        let (kind, opened) = match byte {
            b'(' => (Kind::OpenParen, Opened::Paren),
            b'[' => (Kind::OpenBracket, Opened::Bracket),
            _ => (Kind::OpenBrace, Opened::Brace),
        };
        let nest = Nest::bracket(opened, self.at, tokens.len());
        self.push(tokens, kind, 1);
        self.nest.push(nest);
    }

    /// A closing bracket. One that closes nothing is an error; one that closes another kind closes it
    /// all the same, for to search for its own would be quadratic.
    pub(super) fn close(&mut self, tokens: &mut Vec<Token>, byte: u8) {
        let (kind, opened) = match byte {
            b')' => (Kind::CloseParen, Opened::Paren),
            b']' => (Kind::CloseBracket, Opened::Bracket),
            _ => (Kind::CloseBrace, Opened::Brace),
        };
        let Some(&top) = self.nest.last() else {
            self.error("closing bracket that closes nothing", self.at, self.at + 1);
            return self.push(tokens, Kind::Stray, 1);
        };
        if top.opened == opened {
            self.nest.pop();
            return self.push(tokens, kind, 1);
        }
        if top.opened == Opened::Field && byte == b'}' {
            self.nest.pop();
            self.push(tokens, Kind::FieldClose, 1);
            return self.template_text(tokens);
        }
        if !self.read_as_plain_string(tokens) {
            self.error(
                "closing bracket of another kind than the open one",
                self.at,
                self.at + 1,
            );
            self.nest.pop();
            self.push(tokens, kind, 1);
        }
    }

    /// A number, in any of Python's forms: `1_000.5e-3j`, `0x_ff`, `0o17`, `0777`.
    pub(super) fn number(&mut self, tokens: &mut Vec<Token>) {
        let start = self.at;
        let mut at = start;
        if self.byte(at) == b'0' && matches!(self.byte(at + 1) | 0x20, b'x' | b'o' | b'b') {
            let hex = self.byte(at + 1) | 0x20 == b'x';
            at += 2;
            while matches!(self.byte(at), b'0'..=b'9' | b'_')
                || hex && self.byte(at).is_ascii_hexdigit()
            {
                at += 1;
            }
            return self.push(tokens, Kind::Number, at - start);
        }
        at = self.digits(at);
        if self.byte(at) == b'.' {
            at = self.digits(at + 1);
        }
        if self.byte(at) | 0x20 == b'e' {
            let signed = usize::from(matches!(self.byte(at + 1), b'+' | b'-'));
            if self.byte(at + 1 + signed).is_ascii_digit() {
                at = self.digits(at + 1 + signed);
            }
        }
        if self.byte(at) | 0x20 == b'j' && !is_name(self.byte(at + 1)) {
            at += 1;
        }
        self.push(tokens, Kind::Number, at - start);
    }

    fn digits(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), b'0'..=b'9' | b'_') {
            at += 1;
        }
        at
    }

    /// At the end of the text: whether all is closed now. A broken f-string is read again instead.
    pub(super) fn close_all(&mut self, tokens: &mut Vec<Token>) -> bool {
        if self.nest.is_empty() {
            return true;
        }
        let start = self.at;
        self.abandon_brackets(tokens, start)
    }

    /// Give up the open brackets, and what was read of the line at `line_start`. Where one of them is
    /// an f-string, it is read again as a plain string instead; then the line is not over.
    pub(super) fn abandon_brackets(&mut self, tokens: &mut Vec<Token>, line_start: usize) -> bool {
        if self.read_as_plain_string(tokens) {
            return false;
        }
        if let Some(&open) = self.nest.last() {
            let start = open.start as usize;
            self.error("bracket that is never closed", start, start + 1);
        }
        self.nest.clear();
        self.go_back(line_start);
        while tokens
            .last()
            .is_some_and(|token| token.start as usize >= line_start)
        {
            tokens.pop();
        }
        true
    }
}
