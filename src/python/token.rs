//! Tokens: what the lexer makes of the text of one logical line.

use crate::text::Span;

/// What a token is. Operators that no statement of the outline needs apart are all [`Kind::Operator`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(super) enum Kind {
    Name,
    Number,
    /// A string literal that is neither bytes nor an f- or t-string.
    String,
    Bytes,
    /// Prefix and opening quotes of an f- or t-string.
    TemplateStart,
    /// Literal text of an f- or t-string.
    TemplateText,
    /// Its closing quotes.
    TemplateEnd,
    /// `{` and `}` of a replacement field (PEP 701).
    FieldOpen,
    FieldClose,
    /// `!` before a conversion, `:` before a format specification.
    FieldMark,
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    Comma,
    Colon,
    Semicolon,
    Dot,
    Ellipsis,
    Assign,
    AugmentedAssign,
    Arrow,
    At,
    Star,
    DoubleStar,
    Slash,
    Operator,
    /// A character that starts no token.
    Stray,
    False,
    None,
    True,
    And,
    As,
    Assert,
    Async,
    Await,
    Break,
    Class,
    Continue,
    Def,
    Del,
    Elif,
    Else,
    Except,
    Finally,
    For,
    From,
    Global,
    If,
    Import,
    In,
    Is,
    Lambda,
    Nonlocal,
    Not,
    Or,
    Pass,
    Raise,
    Return,
    Try,
    While,
    With,
    Yield,
}

impl Kind {
    /// Whether it opens what another closes: a bracket, an f-string, a replacement field.
    pub(super) const fn opens(self) -> bool {
        matches!(
            self,
            Self::OpenParen
                | Self::OpenBracket
                | Self::OpenBrace
                | Self::TemplateStart
                | Self::FieldOpen
        )
    }

    /// Whether it closes what another opened.
    pub(super) const fn closes(self) -> bool {
        matches!(
            self,
            Self::CloseParen
                | Self::CloseBracket
                | Self::CloseBrace
                | Self::TemplateEnd
                | Self::FieldClose
        )
    }

    /// Whether it can only begin a statement or clause, so that a physical line which begins with it
    /// cannot lie within brackets.
    pub(super) const fn only_begins_statements(self) -> bool {
        matches!(
            self,
            Self::Assert
                | Self::Break
                | Self::Class
                | Self::Continue
                | Self::Def
                | Self::Del
                | Self::Elif
                | Self::Except
                | Self::Finally
                | Self::Global
                | Self::Import
                | Self::Nonlocal
                | Self::Pass
                | Self::Raise
                | Self::Return
                | Self::Try
                | Self::While
                | Self::With
        )
    }
}

/// One token: where it is, and how many brackets are open around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Offset of its first byte.
    pub(super) start: u32,
    /// Offset behind its last byte.
    pub(super) end: u32,
    /// What it is.
    pub(super) kind: Kind,
    /// Open brackets, f-strings and replacement fields around it; an opening and its closing bracket
    /// have the depth of what is outside. Stays at its maximum where there are more.
    pub(super) depth: u16,
}

impl Token {
    /// Where it is.
    pub(super) const fn span(self) -> Span {
        Span::new(self.start, self.end)
    }
}

/// From the first to the last of `tokens`; `None` where there is none.
pub(super) fn span_of(tokens: &[Token]) -> Option<Span> {
    let (first, last) = (tokens.first()?, tokens.last()?);
    Some(Span::new(first.start, last.end))
}

/// The keyword that a name of two to eight bytes is, its bytes packed into `word`, little end first.
pub(super) fn keyword(word: u64) -> Option<Kind> {
    let (key, kind) = KEYWORD_SLOTS[slot(word)];
    (key == word).then_some(kind)
}

/// Slot of a packed word; the multiplier gives each of the 35 keywords its own of the 128.
const fn slot(word: u64) -> usize {
    (word.wrapping_mul(MULTIPLIER) >> 57) as usize
}

const MULTIPLIER: u64 = 0x2aa3_300b_2b71_1343;

const KEYWORDS: [(&str, Kind); 35] = [
    ("False", Kind::False),
    ("None", Kind::None),
    ("True", Kind::True),
    ("and", Kind::And),
    ("as", Kind::As),
    ("assert", Kind::Assert),
    ("async", Kind::Async),
    ("await", Kind::Await),
    ("break", Kind::Break),
    ("class", Kind::Class),
    ("continue", Kind::Continue),
    ("def", Kind::Def),
    ("del", Kind::Del),
    ("elif", Kind::Elif),
    ("else", Kind::Else),
    ("except", Kind::Except),
    ("finally", Kind::Finally),
    ("for", Kind::For),
    ("from", Kind::From),
    ("global", Kind::Global),
    ("if", Kind::If),
    ("import", Kind::Import),
    ("in", Kind::In),
    ("is", Kind::Is),
    ("lambda", Kind::Lambda),
    ("nonlocal", Kind::Nonlocal),
    ("not", Kind::Not),
    ("or", Kind::Or),
    ("pass", Kind::Pass),
    ("raise", Kind::Raise),
    ("return", Kind::Return),
    ("try", Kind::Try),
    ("while", Kind::While),
    ("with", Kind::With),
    ("yield", Kind::Yield),
];

static KEYWORD_SLOTS: [(u64, Kind); 128] = {
    let mut slots = [(0, Kind::Name); 128];
    let mut at = 0;
    while at < KEYWORDS.len() {
        let (name, kind) = KEYWORDS[at];
        let word = packed(name.as_bytes());
        assert!(slots[slot(word)].0 == 0, "two keywords share a slot");
        slots[slot(word)] = (word, kind);
        at += 1;
    }
    slots
};

/// The first eight bytes of a name, little end first.
const fn packed(name: &[u8]) -> u64 {
    let mut word = 0;
    let mut at = 0;
    while at < name.len() && at < 8 {
        word |= (name[at] as u64) << (8 * at);
        at += 1;
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_and_nothing_else() {
        for (name, kind) in KEYWORDS {
            assert_eq!(keyword(packed(name.as_bytes())), Some(kind), "{name}");
        }
        for name in [
            "none", "match", "type", "case", "de", "lambdas", "x", "yielded",
        ] {
            assert_eq!(keyword(packed(name.as_bytes())), None, "{name}");
        }
    }
}
