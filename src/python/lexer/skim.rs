//! Lines of which an outline needs to know little more than where they end: most lines of most files.
//!
//! `x = f(...)`, `if ...:`, `return ...` become one to three coarse tokens. Between the first word and
//! the end, only what decides where the line ends is looked at: brackets (counted, by kind), strings,
//! comments, line endings. In any doubt the line is read in full instead.

use std::ops::Range;

use memchr::memmem::Finder;

use super::super::token::{Kind, Token, keyword};
use super::Lexer;
use super::byte_class::{CLASS, Class, is_name};

/// Words that a line must not hold to be skimmed, each with the place where it stands next: the text is
/// searched once, not line by line.
#[derive(Debug)]
pub(super) struct Words {
    words: [(Finder<'static>, usize); 2],
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let next = |word: &'static str| {
            let finder = Finder::new(word);
            let at = finder.find(text.as_bytes()).unwrap_or(usize::MAX);
            (finder, at)
        };
        Self {
            words: [next("yield"), next("warn")],
        }
    }

    /// Whether one of them begins in `line`. Lines come in the order of the text.
    fn stand_in(&mut self, bytes: &[u8], line: Range<usize>) -> bool {
        let mut found = false;
        for (finder, next) in &mut self.words {
            if *next < line.start {
                let behind = finder.find(&bytes[line.start..]);
                *next = behind.map_or(usize::MAX, |at| line.start + at);
            }
            found |= *next < line.end;
        }
        found
    }
}

/// What a byte does to the count of open brackets, each kind in 21 bits of its own; [`STOP`] for
/// bytes that must be looked at.
static BRACKETS: [i64; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'(' => 1,
            b')' => -1,
            b'[' => 1 << 21,
            b']' => -(1 << 21),
            b'{' => 1 << 42,
            b'}' => -(1 << 42),
            b'!' | b';' => STOP,
            _ => match CLASS[byte] {
                Class::Quote | Class::Newline | Class::Hash | Class::Backslash | Class::Stray => {
                    STOP
                }
                _ => 0,
            },
        };
        byte += 1;
    }
    table
};

const STOP: i64 = i64::MIN;

/// How many bytes come before the first that must be looked at; the brackets among them are counted in `open`.
fn plain(rest: &[u8], open: &mut i64) -> usize {
    // Eight bytes at a time, without bounds to check and a loop to count: most of the time of most files goes by here.
    let (chunks, tail) = rest.as_chunks::<8>();
    let mut before = 0;
    for chunk in chunks {
        for (at, &byte) in chunk.iter().enumerate() {
            match BRACKETS[byte as usize] {
                STOP => return before + at,
                change => *open += change,
            }
        }
        before += 8;
    }
    for &byte in tail {
        match BRACKETS[byte as usize] {
            STOP => return before,
            change => *open += change,
        }
        before += 1;
    }
    before
}

/// Whether more brackets of some kind were closed than opened.
fn is_negative(open: i64) -> bool {
    let low = |bits: i64| bits << 43 >> 43;
    let parens = low(open);
    let rest = (open - parens) >> 21;
    let brackets = low(rest);
    parens < 0 || brackets < 0 || (rest - brackets) >> 21 < 0
}

impl Lexer<'_> {
    /// Skim the line that begins here. Where that is not possible, nothing has happened.
    pub(super) fn skim(&mut self, tokens: &mut Vec<Token>) -> bool {
        let start = self.at;
        if CLASS[self.byte(start) as usize] != Class::Name {
            return false;
        }
        let (length, word) = self.name_at(start);
        let first = if (2..=8).contains(&length) {
            keyword(word).unwrap_or(Kind::Name)
        } else {
            Kind::Name
        };
        let behind = start + length;
        let is_skimmed = match first {
            Kind::Name => {
                let name = &self.bytes[start..behind];
                let is_string = matches!(self.byte(behind), b'"' | b'\'');
                !is_string && !matches!(name, b"match" | b"case" | b"__all__")
            }
            Kind::Return
            | Kind::If
            | Kind::Elif
            | Kind::For
            | Kind::While
            | Kind::With
            | Kind::Assert
            | Kind::Await
            | Kind::Del => true,
            _ => false,
        };
        if !is_skimmed {
            return false;
        }
        self.at = behind;
        let plain_until = self.plain_until;
        // A string that is never closed reaches to the end of the line, blanks included.
        let end = self.end_of_skimmed(tokens).filter(|&end| {
            let string = tokens.last();
            string.is_none_or(|string| string.end as usize <= end)
        });
        tokens.clear();
        let end = end
            .filter(|&end| !self.line.has_yield && self.coarse(tokens, first, start..behind, end));
        if end.is_none() {
            tokens.clear();
            self.nest.clear();
            self.outer_template = 0;
            // What one f-string turned out to be must not decide how those before it are read.
            self.plain_until = plain_until;
            self.forget_from(start as u32);
            self.go_back(start);
        }
        end.is_some()
    }

    /// Step behind the line and its ending; where its last token ends.
    fn end_of_skimmed(&mut self, tokens: &mut Vec<Token>) -> Option<usize> {
        let mut open = 0_i64;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            self.at += plain(rest, &mut open);
            match self.byte(self.at) {
                b'"' | b'\'' => self.skim_string(tokens)?,
                b'\n' | b'\r' if open == 0 => {
                    let end = self.end_before(self.at);
                    self.newline();
                    return end;
                }
                b'\n' | b'\r' => {
                    self.newline();
                    if is_negative(open) || self.begins_statement() {
                        return None;
                    }
                }
                b'#' => {
                    let end = self.at;
                    self.comment();
                    if open == 0 {
                        self.newline();
                        return self.end_before(end);
                    }
                }
                b'\\' if matches!(self.byte(self.at + 1), b'\n' | b'\r') => {
                    self.at += 1;
                    self.newline();
                    if open != 0 && self.begins_statement() {
                        return None;
                    }
                }
                b'!' if self.byte(self.at + 1) == b'=' => self.at += 2,
                0 if self.at >= self.bytes.len() && open == 0 => return self.end_before(self.at),
                _ => return None,
            }
        }
    }

    /// Where the last token before `at` ends; `None` where a line ending comes between.
    fn end_before(&self, at: usize) -> Option<usize> {
        let mut end = at;
        while matches!(
            self.bytes.get(end.wrapping_sub(1)),
            Some(b' ' | b'\t' | 0x0c)
        ) {
            end -= 1;
        }
        let is_ending = matches!(self.bytes.get(end.wrapping_sub(1)), Some(b'\n' | b'\r'));
        (!is_ending).then_some(end)
    }

    /// Whether the line that begins here shows that the brackets before it were never closed.
    fn begins_statement(&mut self) -> bool {
        self.blanks();
        while matches!(self.byte(self.at), b'\t' | 0x0c) {
            self.at += 1;
            self.blanks();
        }
        if !self.byte(self.at).is_ascii_lowercase() {
            return false;
        }
        let (length, word) = self.name_at(self.at);
        let keyword = if length <= 8 { keyword(word) } else { None };
        keyword.is_some_and(|kind| kind.only_begins_statements() || kind == Kind::Async)
    }

    /// Step over the string whose opening quote is here.
    fn skim_string(&mut self, tokens: &mut Vec<Token>) -> Option<()> {
        let quote = self.at;
        let letters = self.bytes[..quote].iter().rev().take(3);
        let letters = letters.take_while(|&&byte| is_name(byte)).count();
        // Behind a number (`.0f"`) only full reading tells where the number ends.
        let before = &self.bytes[quote - letters..quote];
        if before.iter().any(u8::is_ascii_digit) {
            return None;
        }
        if letters > 0 && letters < 3 && self.is_prefix(quote - letters, quote) {
            self.at = quote - letters;
            self.string(tokens, quote);
            while !self.nest.is_empty() {
                self.step(tokens);
            }
            return Some(());
        }
        let end = if self.is_triple(quote) {
            self.end_of_triple(quote)
        } else {
            self.end_of_single(quote)
        };
        self.at = end.ok()?;
        Some(())
    }

    /// Push what the outline needs of a line that ends at `end`: the first word, the rest, and the
    /// colon of a header. Whether that is enough.
    fn coarse(
        &mut self,
        tokens: &mut Vec<Token>,
        first: Kind,
        word: Range<usize>,
        end: usize,
    ) -> bool {
        let Some(line) = self.bytes.get(word.start..end) else {
            return false;
        };
        let rest = &line[word.len()..];
        let blank = rest.iter().take_while(|&&byte| byte == b' ').count();
        let (rest_start, rest) = (word.end + blank, &rest[blank..]);
        let ends_in_colon = rest.last() == Some(&b':');
        let is_header = matches!(
            first,
            Kind::If | Kind::Elif | Kind::For | Kind::While | Kind::With
        );
        let needs_care = match first {
            Kind::Return => rest.starts_with(b"None") || rest.first() == Some(&b'('),
            Kind::With => memchr::memmem::find(rest, b"suppress").is_some(),
            _ => false,
        };
        let (bytes, words) = (self.bytes, self.words.as_mut());
        let is_told = words.is_some_and(|it| it.stand_in(bytes, word.start..end));
        if needs_care || ends_in_colon != is_header || is_told {
            return false;
        }
        let mut push = |kind, start: usize, end: usize| {
            if start < end {
                tokens.push(Token {
                    start: start as u32,
                    end: end as u32,
                    kind,
                    depth: 0,
                });
            }
        };
        if first == Kind::Name {
            push(Kind::Name, word.start, end);
        } else {
            push(first, word.start, word.end);
            push(Kind::Name, rest_start, end - usize::from(is_header));
            push(Kind::Colon, end - usize::from(is_header), end);
        }
        true
    }
}
