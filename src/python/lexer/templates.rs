//! f-strings and t-strings: literal text, replacement fields, format specifications (PEP 701).
//!
//! What lies in a replacement field is read by the ordinary loop; only the literal parts are read
//! here. What nests is on the lexer's own stack.

use super::super::token::{Kind, Token};
use super::Lexer;

/// What can be open around a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    Paren,
    Bracket,
    Brace,
    Template,
    /// A replacement field.
    Field,
    /// The format specification of a field.
    Specification,
}

/// Something that is open, and where it was opened.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nest {
    pub(super) opened: Opened,
    /// The quote of the innermost f-string, whether it has three, whether it is raw.
    quote: u8,
    triple: bool,
    raw: bool,
    /// Offset of its first byte.
    pub(super) start: u32,
    /// How many tokens there were before it.
    tokens: u32,
}

/// What ends literal text.
#[derive(Clone, Copy, Debug)]
enum Ending {
    /// A field opens.
    Field,
    /// The f-string's closing quotes.
    Quote,
    /// A specification's `}`, or the end of its line.
    Specification,
    /// Something that cannot be there.
    Broken,
}

impl Nest {
    /// An open bracket.
    pub(super) fn bracket(opened: Opened, start: usize, tokens: usize) -> Self {
        Self {
            opened,
            quote: 0,
            triple: false,
            raw: false,
            start: start as u32,
            tokens: tokens as u32,
        }
    }
}

impl Lexer<'_> {
    /// Whether the innermost thing open is a replacement field.
    pub(super) fn in_field(&self) -> bool {
        self.nest
            .last()
            .is_some_and(|top| top.opened == Opened::Field)
    }

    /// An f-string from the place reached, where its prefix begins, with the opening quote at `quote`.
    pub(super) fn template(&mut self, tokens: &mut Vec<Token>, quote: usize, raw: bool) {
        let triple = self.is_triple(quote);
        let nest = Nest {
            opened: Opened::Template,
            quote: self.bytes[quote],
            triple,
            raw,
            start: self.at as u32,
            tokens: tokens.len() as u32,
        };
        let length = quote - self.at + if triple { 3 } else { 1 };
        self.push(tokens, Kind::TemplateStart, length);
        self.nest.push(nest);
        if self.outer_template == 0 {
            self.outer_template = self.nest.len();
            self.before_template = self.line;
        }
        self.template_text(tokens);
    }

    /// The format specification of the field that is open, behind its colon.
    pub(super) fn specification(&mut self, tokens: &mut Vec<Token>) {
        if let Some(&field) = self.nest.last() {
            self.nest.push(Nest {
                opened: Opened::Specification,
                ..field
            });
            self.template_text(tokens);
        }
    }

    /// Literal text of the f-string or specification that is open, up to the next field or its end.
    pub(super) fn template_text(&mut self, tokens: &mut Vec<Token>) {
        while let Some(&top) = self.nest.last() {
            let in_template = match top.opened {
                Opened::Template => true,
                Opened::Specification => false,
                _ => return,
            };
            let start = self.at;
            match self.end_of_text(top, in_template) {
                Ending::Broken => {
                    self.read_as_plain_string(tokens);
                    return;
                }
                Ending::Field => {
                    self.text_before(tokens, start);
                    return self.field(tokens, top);
                }
                Ending::Quote => {
                    self.text_before(tokens, start);
                    return self.end_of_template(tokens, top);
                }
                Ending::Specification => {
                    self.text_before(tokens, start);
                    self.nest.pop();
                    if self.byte(self.at) == b'}' {
                        self.nest.pop();
                        self.push(tokens, Kind::FieldClose, 1);
                    }
                }
            }
        }
    }

    /// Step to the end of literal text in `top`.
    fn end_of_text(&mut self, top: Nest, in_template: bool) -> Ending {
        loop {
            let byte = self.byte(self.at);
            match byte {
                b'{' | b'}' if in_template && self.byte(self.at + 1) == byte => self.at += 2,
                b'{' => return Ending::Field,
                b'\\' => self.template_escape(top.raw),
                b'\n' | b'\r' if top.triple => self.at += 1,
                b'}' | b'\n' | b'\r' if in_template => return Ending::Broken,
                b'}' | b'\n' | b'\r' => return Ending::Specification,
                0 if self.at >= self.bytes.len() => return Ending::Broken,
                _ if byte == top.quote && (!top.triple || self.is_triple(self.at)) => {
                    return if in_template {
                        Ending::Quote
                    } else {
                        Ending::Broken
                    };
                }
                _ => self.at += 1,
            }
        }
    }

    /// A replacement field opens in the text of `top`.
    fn field(&mut self, tokens: &mut Vec<Token>, top: Nest) {
        let nest = Nest {
            opened: Opened::Field,
            start: self.at as u32,
            tokens: tokens.len() as u32,
            ..top
        };
        self.push(tokens, Kind::FieldOpen, 1);
        self.nest.push(nest);
    }

    fn end_of_template(&mut self, tokens: &mut Vec<Token>, top: Nest) {
        self.nest.pop();
        if self.nest.len() < self.outer_template {
            self.outer_template = 0;
        }
        self.push(tokens, Kind::TemplateEnd, if top.triple { 3 } else { 1 });
    }

    /// Push the literal text from `start` to the place reached, if there is any.
    fn text_before(&mut self, tokens: &mut Vec<Token>, start: usize) {
        if self.at > start {
            self.push_from(tokens, Kind::TemplateText, start, 0);
        }
    }

    /// Step over a backslash and what it escapes. A brace behind it is a brace all the same; `\N{...}`
    /// is no field, except in a raw f-string.
    fn template_escape(&mut self, raw: bool) {
        match self.byte(self.at + 1) {
            b'{' | b'}' => self.at += 1,
            b'N' if !raw && self.byte(self.at + 2) == b'{' => {
                let rest = &self.bytes[self.at..];
                let named = |byte: &u8| byte.is_ascii_alphanumeric() || b" -".contains(byte);
                let name = rest[3..].iter().take_while(|byte| named(byte)).count();
                self.at += 3 + name + usize::from(self.byte(self.at + 3 + name) == b'}');
            }
            _ => self.at = self.behind_escape(self.at).min(self.bytes.len()),
        }
    }

    /// Where the place reached lies in an f-string, that one cannot be right: go back to the outermost
    /// and read it, and all up to the place reached, as plain strings. So each byte is read twice at
    /// most, however many are broken.
    pub(super) fn read_as_plain_string(&mut self, tokens: &mut Vec<Token>) -> bool {
        let Some(outer) = self.outer_template.checked_sub(1) else {
            return false;
        };
        let template = self.nest[outer];
        self.plain_until = self.at.max(template.start as usize + 1);
        self.nest.truncate(outer);
        self.outer_template = 0;
        tokens.truncate(template.tokens as usize);
        self.line = self.before_template;
        self.forget_from(template.start);
        self.go_back(template.start as usize);
        let letters = self.bytes[self.at..].iter();
        let quote = self.at
            + letters
                .take_while(|byte| byte.is_ascii_alphabetic())
                .count();
        self.string(tokens, quote);
        true
    }

    /// Forget what was noted at `start` or behind it.
    pub(super) fn forget_from(&mut self, start: u32) {
        let behind = |at: u32| at >= start;
        while self
            .errors
            .last()
            .is_some_and(|error| behind(error.span.start))
        {
            self.errors.pop();
        }
        for comments in [&mut self.suppressions, &mut self.attribute_comments] {
            while comments.last().is_some_and(|comment| behind(comment.start)) {
                comments.pop();
            }
        }
    }
}
