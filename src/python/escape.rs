//! Escape sequences and line endings of string literals, as Python resolves them.

use smallvec::SmallVec;

use std::borrow::Cow;

use super::literal::Value;

/// Builds a value part by part, and notes where each piece came from.
#[derive(Debug, Default)]
pub(super) struct Resolver {
    text: String,
    steps: SmallVec<[(u32, u32); 1]>,
}

/// What a backslash and the bytes behind it mean.
enum Escape {
    /// This character, from so many bytes.
    Char(char, usize),
    /// Nothing, from so many bytes: the line goes on.
    Nothing(usize),
    /// A backslash.
    Plain,
}

impl Resolver {
    /// Add what stands between the quotes of one literal, at `offset` in the text.
    pub(super) fn part(&mut self, content: &str, offset: u32, raw: bool) {
        let bytes = content.as_bytes();
        let mut at = 0;
        self.step(offset);
        loop {
            let rest = &bytes[at..];
            let found = if raw {
                memchr::memchr(b'\r', rest)
            } else {
                memchr::memchr2(b'\\', b'\r', rest)
            };
            let end = found.map_or(bytes.len(), |found| at + found);
            self.text.push_str(content.get(at..end).unwrap_or_default());
            if end == bytes.len() {
                return;
            }
            at = end;
            if bytes[at] == b'\r' {
                at += 1 + usize::from(bytes.get(at + 1) == Some(&b'\n'));
                self.text.push('\n');
            } else {
                at += self.escape(&content[at..]);
            }
            self.step(offset + at as u32);
        }
    }

    /// Resolve the escape at the start of `rest`; how many bytes it took.
    fn escape(&mut self, rest: &str) -> usize {
        match read(rest.as_bytes()) {
            Escape::Char(c, length) => {
                self.text.push(c);
                length
            }
            Escape::Nothing(length) => length,
            Escape::Plain => {
                self.text.push('\\');
                1
            }
        }
    }

    fn step(&mut self, source: u32) {
        self.steps.push((self.text.len() as u32, source));
    }

    /// The value of all parts.
    pub(super) fn finish<'t>(self) -> Value<'t> {
        Value {
            text: Cow::Owned(self.text),
            steps: self.steps,
        }
    }
}

/// What the escape at the start of `bytes`, a backslash, means.
fn read(bytes: &[u8]) -> Escape {
    let simple = |c| Escape::Char(c, 2);
    match bytes.get(1) {
        Some(b'\n') => Escape::Nothing(2),
        Some(b'\r') => Escape::Nothing(2 + usize::from(bytes.get(2) == Some(&b'\n'))),
        Some(b'\\') => simple('\\'),
        Some(b'\'') => simple('\''),
        Some(b'"') => simple('"'),
        Some(b'a') => simple('\x07'),
        Some(b'b') => simple('\x08'),
        Some(b'f') => simple('\x0c'),
        Some(b'n') => simple('\n'),
        Some(b'r') => simple('\r'),
        Some(b't') => simple('\t'),
        Some(b'v') => simple('\x0b'),
        Some(b'0'..=b'7') => octal(bytes),
        Some(b'x') => hexadecimal(bytes, 2),
        Some(b'u') => hexadecimal(bytes, 4),
        Some(b'U') => hexadecimal(bytes, 8),
        Some(b'N') => named(bytes),
        _ => Escape::Plain,
    }
}

/// `\N{NAME}`: a character by its name or alias in Unicode.
fn named(bytes: &[u8]) -> Escape {
    let rest = bytes.strip_prefix(br"\N{").unwrap_or_default();
    // No name is longer; so a brace that is never closed costs no second reading.
    let rest = &rest[..rest.len().min(LONGEST_NAME + 1)];
    let name = memchr::memchr(b'}', rest).map(|end| &rest[..end]);
    let name = name.and_then(|name| std::str::from_utf8(name).ok());
    let found = name.and_then(|name| Some((unicode_names2::character(name)?, name.len())));
    found.map_or(Escape::Plain, |(c, length)| {
        Escape::Char(c, length + br"\N{}".len())
    })
}

/// More bytes than any name of a character has.
const LONGEST_NAME: usize = 100;

/// Up to three octal digits.
fn octal(bytes: &[u8]) -> Escape {
    let digits = bytes[1..].iter().take(3);
    let digits = digits.take_while(|byte| matches!(byte, b'0'..=b'7'));
    let (code, count) = digits.fold((0, 0), |(code, count), byte| {
        (code * 8 + u32::from(byte - b'0'), count + 1)
    });
    character(code, 1 + count)
}

/// Exactly `count` hexadecimal digits.
fn hexadecimal(bytes: &[u8], count: usize) -> Escape {
    let mut code = 0_u32;
    let Some(digits) = bytes.get(2..2 + count) else {
        return Escape::Plain;
    };
    for &digit in digits {
        match char::from(digit).to_digit(16) {
            Some(digit) => code = code << 4 | digit,
            None => return Escape::Plain,
        }
    }
    character(code, 2 + count)
}

/// The character of a code; a lone surrogate, which no `str` can hold, becomes U+FFFD.
fn character(code: u32, length: usize) -> Escape {
    match char::from_u32(code) {
        Some(c) => Escape::Char(c, length),
        None if code < 0x11_0000 => Escape::Char('\u{fffd}', length),
        None => Escape::Plain,
    }
}
