//! Tokens as words: strings by their value, numbers in lower case, all else as it is written.

use std::borrow::Cow;

use super::super::LiteralPart;
use super::super::escape::Resolver;
use super::super::token::{Kind, Token};

/// Turns tokens into words; adjacent string literals become one.
#[derive(Debug)]
pub(super) struct Literals<'t> {
    text: &'t str,
    /// The strings, or bytes, since the last other token.
    string: Option<(Kind, Resolver)>,
    /// Whether the innermost f-string is raw, for each that is open.
    raw: Vec<bool>,
}

impl<'t> Literals<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            string: None,
            raw: Vec::new(),
        }
    }

    /// Add a token; `found` gets the words that are complete.
    pub(super) fn push(&mut self, token: &Token, found: &mut impl FnMut(Cow<'t, str>)) {
        let source = token.span().of(self.text);
        if matches!(token.kind, Kind::String | Kind::Bytes) {
            if self
                .string
                .as_ref()
                .is_some_and(|(kind, _)| *kind != token.kind)
            {
                self.finish(found);
            }
            let (_, value) = self
                .string
                .get_or_insert_with(|| (token.kind, Resolver::default()));
            let part = LiteralPart::new(self.text, token.span());
            value.part(part.content.of(self.text), part.content.start, part.raw);
            return;
        }
        self.finish(found);
        found(match token.kind {
            Kind::Number => lower(source),
            Kind::TemplateStart => {
                let prefix = source.trim_end_matches(['"', '\'']).to_ascii_lowercase();
                self.raw.push(prefix.contains('r'));
                let kind = if prefix.contains('t') { 't' } else { 'f' };
                let raw = if prefix.contains('r') { "r" } else { "" };
                Cow::Owned(format!("{kind}{raw}\""))
            }
            Kind::TemplateEnd => {
                self.raw.pop();
                Cow::Borrowed("\"")
            }
            Kind::TemplateText if self.raw.last() != Some(&true) && source.contains('\\') => {
                Cow::Owned(source.replace("\\'", "'").replace("\\\"", "\""))
            }
            _ => Cow::Borrowed(source),
        });
    }

    /// The string that is still open for more.
    pub(super) fn finish(&mut self, found: &mut impl FnMut(Cow<'t, str>)) {
        if let Some((kind, value)) = self.string.take() {
            let prefix = if kind == Kind::Bytes { "b" } else { "" };
            found(Cow::Owned(format!("{prefix}{:?}", value.finish().text)));
        }
    }
}

fn lower(number: &str) -> Cow<'_, str> {
    if number.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(number.to_ascii_lowercase())
    } else {
        Cow::Borrowed(number)
    }
}
