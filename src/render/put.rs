//! Pieces of text one behind the other: `write!` takes longer than most of what is written.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};

use anstyle::Style;

use super::link::Link;

/// What can be appended to a report as it is.
pub(super) trait Put {
    /// Append it.
    fn put(&self, out: &mut Vec<u8>);
}

impl Put for str {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
    }
}

impl Put for &str {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
    }
}

impl Put for String {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
    }
}

impl Put for Cow<'_, str> {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
    }
}

impl Put for u32 {
    fn put(&self, out: &mut Vec<u8>) {
        put_number(out, (*self).into());
    }
}

impl Put for usize {
    fn put(&self, out: &mut Vec<u8>) {
        put_number(out, *self as u64);
    }
}

impl Put for Link<'_> {
    fn put(&self, out: &mut Vec<u8>) {
        match self.plain() {
            Some(text) => text.put(out),
            None => put_shown(out, self),
        }
    }
}

/// The start of a style; nothing where there are no colours.
impl Put for Style {
    fn put(&self, out: &mut Vec<u8>) {
        if !self.is_plain() {
            put_shown(out, self);
        }
    }
}

impl Put for End {
    fn put(&self, out: &mut Vec<u8>) {
        if !self.0.is_plain() {
            out.extend_from_slice(b"\x1b[0m");
        }
    }
}

/// The end of a style.
#[derive(Clone, Copy, Debug)]
pub(super) struct End(pub Style);

/// Appends what is rarely shown.
fn put_shown(out: &mut Vec<u8>, it: &impl Display) {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write!(text, "{it}");
    text.put(out);
}

/// Appends a number in decimal.
pub(super) fn put_number(out: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0; 20];
    let mut from = digits.len();
    loop {
        from -= 1;
        digits[from] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[from..]);
}

/// `count` blanks.
pub(super) fn put_blanks(out: &mut Vec<u8>, count: usize) {
    out.resize(out.len() + count, b' ');
}

/// Appends each part to `out`.
macro_rules! put {
    ($out:expr, $($part:expr),+ $(,)?) => {{
        $( $crate::render::put::Put::put(&$part, $out); )+
    }};
}
pub(super) use put;

#[cfg(test)]
mod tests {
    use super::put_blanks;

    #[test]
    fn parts_follow_each_other() {
        let mut out = Vec::new();
        put!(
            &mut out,
            "a",
            String::from("b"),
            0_u32,
            u32::MAX,
            usize::MAX
        );
        put_blanks(&mut out, 2);
        let expected = format!("ab0{}{}  ", u32::MAX, usize::MAX);
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
