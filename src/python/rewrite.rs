//! New words in an old literal: where they go, and how they are escaped.

use super::{DocstringSlot, LiteralPart, Value};
use crate::text::{Edit, Span};

/// Why a literal cannot hold new words. No one's fault: the literal is as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RewriteError {
    /// The words to go stand in several literals that are joined.
    #[error("the place lies across literals that are joined")]
    Joined,
    /// The literal has no end.
    #[error("the docstring is not closed")]
    Unclosed,
    /// Nothing in a raw literal is escaped.
    #[error("a raw literal cannot hold the new words")]
    Raw,
    /// Without the words the closing quotes would move.
    #[error("a quote would touch the closing quotes")]
    Quote,
    /// The words hold what cannot be seen, or shows other text than is there.
    #[error("the new words hold a control or invisible character")]
    Invisible,
}

/// What decides how words are written in a literal.
struct Frame<'t> {
    raw: bool,
    quote: char,
    is_triple: bool,
    line_ending: &'t str,
    /// The characters around the place; `None` behind it where the closing quotes follow.
    before: Option<char>,
    behind: Option<char>,
}

impl DocstringSlot {
    /// The edit of `text` that puts `words` in place of the range `within` of the slot's `value`.
    ///
    /// # Errors
    /// Where the literal has no plain place for them.
    pub fn rewrite(
        &self,
        text: &str,
        value: &Value<'_>,
        within: Span,
        words: &str,
    ) -> Result<Edit, RewriteError> {
        if words.chars().any(is_invisible) {
            return Err(RewriteError::Invisible);
        }
        let start = value.source_offset(within.start);
        let span = Span::new(start, value.source_offset(within.end));
        let holds = |part: &&LiteralPart| {
            part.content.start <= span.start
                && span.start <= span.end
                && span.end <= part.content.end
        };
        let part = self.parts.iter().find(holds).ok_or(RewriteError::Joined)?;
        let quotes = Span::new(part.content.end, part.span.end).of(text);
        let quote = quotes.chars().next().ok_or(RewriteError::Unclosed)?;
        let frame = Frame {
            raw: part.raw,
            quote,
            is_triple: quotes.len() == 3,
            line_ending: line_ending(part.content.of(text), text),
            before: Span::new(part.content.start, span.start)
                .of(text)
                .chars()
                .next_back(),
            behind: Span::new(span.end, part.content.end)
                .of(text)
                .chars()
                .next(),
        };
        Ok(Edit {
            span,
            text: frame.written(words)?,
            within,
            words: words.to_owned(),
        })
    }

    /// The edit of `text` that puts the slot's own words, the range `from` of its `value`, in place of the range
    /// `within`: as they are written where that can be, escaped anew where not.
    ///
    /// # Errors
    /// Where the literal has no plain place for them.
    pub fn copied(
        &self,
        text: &str,
        value: &Value<'_>,
        within: Span,
        from: Span,
    ) -> Result<Edit, RewriteError> {
        let mut edit = self.rewrite(text, value, within, from.of(&value.text))?;
        let source = Span::new(
            value.source_offset(from.start),
            value.source_offset(from.end),
        );
        let holds = |part: &LiteralPart, span: Span| {
            part.content.start <= span.start && span.end <= part.content.end
        };
        let is_one = self
            .parts
            .iter()
            .any(|it| holds(it, source) && holds(it, edit.span));
        let written = source.of(text);
        let is_odd = |c: Option<char>| matches!(c, None | Some('"' | '\'' | '\\'));
        let mut chars = written.chars();
        if is_one && !is_odd(chars.next()) && !is_odd(written.chars().next_back()) {
            written.clone_into(&mut edit.text);
        }
        Ok(edit)
    }
}

impl Frame<'_> {
    /// The words as the literal holds them.
    fn written(&self, words: &str) -> Result<String, RewriteError> {
        let ends = |neighbour: Option<char>| neighbour.is_none_or(|it| it == self.quote);
        if words.is_empty() && self.before == Some(self.quote) && ends(self.behind) {
            return Err(RewriteError::Quote);
        }
        let mut written = String::with_capacity(words.len());
        let mut before = self.before;
        let mut chars = words.chars().peekable();
        while let Some(c) = chars.next() {
            let behind = chars.peek().copied().map_or(self.behind, Some);
            match c {
                '\n' if self.is_triple => written.push_str(self.line_ending),
                '\n' if !self.raw => written.push_str("\\n"),
                '\n' => return Err(RewriteError::Raw),
                '\\' if !self.raw => written.push_str("\\\\"),
                c if c == self.quote && (!self.is_triple || before == Some(c) || ends(behind)) => {
                    if self.raw {
                        return Err(RewriteError::Raw);
                    }
                    written.push('\\');
                    written.push(c);
                }
                c => written.push(c),
            }
            before = Some(c);
        }
        Ok(written)
    }
}

/// A literal of `value` in three double quotes, its lines ending with `line_ending`.
pub(super) fn literal(value: &str, line_ending: &str) -> Result<String, RewriteError> {
    if value.chars().any(is_invisible) {
        return Err(RewriteError::Invisible);
    }
    let frame = Frame {
        raw: false,
        quote: '"',
        is_triple: true,
        line_ending,
        before: None,
        behind: None,
    };
    Ok(format!("\"\"\"{}\"\"\"", frame.written(value)?))
}

/// The line ending of a literal, or else of its file.
fn line_ending<'t>(content: &'t str, text: &'t str) -> &'t str {
    let first = |text: &'t str| {
        let at = memchr::memchr2(b'\n', b'\r', text.as_bytes())?;
        let rest = &text[at..];
        Some(&rest[..if rest.starts_with("\r\n") { 2 } else { 1 }])
    };
    first(content).or_else(|| first(text)).unwrap_or("\n")
}

/// Controls but line ends and tabs, what turns the direction of text, what has no width, and what stands for bytes
/// that were no text.
fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(
            c,
            '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffd}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::super::{SymbolId, SymbolKind, outline};
    use super::*;

    /// The text after `old` in the module's docstring became `new`, held against what Python reads.
    fn replaced(text: &str, old: &str, new: &str) -> Result<String, RewriteError> {
        let module = outline(text, SymbolKind::Module);
        let slot = module.symbol(SymbolId::MODULE).docstring.as_ref().unwrap();
        let value = slot.value(text);
        let start = value.text.find(old).unwrap() as u32;
        let within = Span::new(start, start + old.len() as u32);
        let edit = slot.rewrite(text, &value, within, new)?;
        let mut after = text.to_owned();
        after.replace_range(edit.span.range(), &edit.text);
        let mut meant = value.text.to_string();
        meant.replace_range(within.range(), new);
        let module = outline(&after, SymbolKind::Module);
        let slot = module.symbol(SymbolId::MODULE).docstring.as_ref().unwrap();
        assert_eq!(slot.value(&after).text, meant, "{after}");
        assert_eq!(module.errors, []);
        Ok(after)
    }

    #[test]
    fn hostile_words_stay_words() {
        let hostile = [
            "\"\"\"",
            "\"\"\"\n__import__('os').system('id')\n\"\"\"",
            "'''",
            "\\",
            "ends \\",
            "ends \"",
            "\"",
            "\"\"",
            "\\\"",
            "\\N{BULLET} \\x41 \\u0041",
            "C:\\Users\\name",
            "tab\there",
            "two\nlines",
            "é 😀",
        ];
        let literals = [
            "\"\"\"A word.\"\"\"\n",
            "\"\"\"word\"\"\"\n",
            "'''A word'''\n",
            "\"A word.\"\n",
            "'word'\r\n",
            "\"\"\"A \"word\" here.\n\n\\d\n\"\"\"",
            "u'''A\r\nword\r\n'''\r\n",
            "\"joined \" 'word'\n",
        ];
        for literal in literals {
            for words in hostile {
                replaced(literal, "word", words).unwrap();
            }
        }
    }

    #[test]
    fn raw_literals_take_what_needs_no_escape() {
        assert_eq!(
            replaced("r'''A \\d word.'''", "word", "\\w \"x\"").unwrap(),
            "r'''A \\d \\w \"x\".'''"
        );
        for words in ["'''", "'", "''"] {
            assert_eq!(
                replaced("r'''A word'''", "word", words),
                Err(RewriteError::Raw)
            );
        }
        assert_eq!(
            replaced("r'A word.'", "word", "a\nb"),
            Err(RewriteError::Raw)
        );
    }

    #[test]
    fn escapes_before_and_behind_are_whole() {
        assert_eq!(replaced(r"'a\tb\x41c'", "b", "B").unwrap(), r"'a\tB\x41c'");
        assert_eq!(replaced(r"'a\tb\x41c'", "\tbA", "-").unwrap(), "'a-c'");
        assert_eq!(
            replaced("'''a \\\nb c'''", "b", "B").unwrap(),
            "'''a \\\nB c'''"
        );
    }

    #[test]
    fn a_new_line_ends_as_those_around_it() {
        assert_eq!(
            replaced("'''a\r\nb'''\n", "b", "b\nc").unwrap(),
            "'''a\r\nb\r\nc'''\n"
        );
        assert_eq!(
            replaced("'''a b'''\r\n", "b", "b\nc").unwrap(),
            "'''a b\r\nc'''\r\n"
        );
    }

    #[test]
    fn what_cannot_be_seen_is_refused() {
        for c in [
            '\0', '\x1b', '\u{85}', '\u{200b}', '\u{202e}', '\u{2066}', '\u{feff}', '\u{fffd}',
        ] {
            let words = format!("a{c}b");
            assert_eq!(
                replaced("'word'", "word", &words),
                Err(RewriteError::Invisible),
                "{c:?}"
            );
        }
    }

    #[test]
    fn what_lies_across_literals_is_refused() {
        assert_eq!(
            replaced("'a w' 'ord'", "word", "x"),
            Err(RewriteError::Joined)
        );
        assert_eq!(
            replaced("'''a \"word'''", "word", "x").unwrap(),
            "'''a \"x'''"
        );
        assert_eq!(
            replaced("'''a 'word'''", "word", ""),
            Err(RewriteError::Quote)
        );
    }
}
