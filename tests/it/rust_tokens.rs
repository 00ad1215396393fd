//! Rust source as words and signs, each with its line: what the laws of the house are read from.
//!
//! Comments, strings and characters are left out, so that a law never takes a word in a sentence
//! for code. This is no lexer of Rust (numbers fall apart into words), only what those laws need.

/// One word or one sign of Rust, and its line from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    pub(crate) word: &'t str,
    pub(crate) line: usize,
}

/// The words and signs of a text.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = if let Some(silent) = silent_length(rest) {
            silent
        } else if is_word(first) {
            rest.find(|it| !is_word(it)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let word = &rest[..length];
        if silent_length(rest).is_none() && !first.is_whitespace() {
            found.push(Token { word, line });
        }
        line += word.matches('\n').count();
        at += length;
    }
    found
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The length of the comment, string, character or lifetime that a text begins with.
fn silent_length(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        return Some(block_comment_length(text));
    }
    let body = text.trim_start_matches(['b', 'c']);
    let prefix = text.len() - body.len();
    if prefix > 1 {
        return None;
    }
    if let Some(length) = raw_string_length(body) {
        return Some(prefix + length);
    }
    match body.chars().next()? {
        '"' => Some(prefix + quoted_length(body, '"')),
        '\'' if body[1..].starts_with('\\') => Some(prefix + quoted_length(body, '\'')),
        '\'' => {
            let character = body[1..].chars().next()?.len_utf8();
            let closed = body[1 + character..].starts_with('\'');
            let lifetime = || body[1..].find(|it| !is_word(it)).unwrap_or(body.len() - 1);
            Some(
                prefix
                    + if closed {
                        character + 2
                    } else {
                        1 + lifetime()
                    },
            )
        }
        _ => None,
    }
}

/// Block comments nest.
fn block_comment_length(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    text.len()
}

fn raw_string_length(text: &str) -> Option<usize> {
    let body = text.strip_prefix('r')?;
    let quoted = body.trim_start_matches('#');
    let hashes = body.len() - quoted.len();
    let close = format!("\"{}", "#".repeat(hashes));
    let inside = quoted.strip_prefix('"')?;
    let end = inside
        .find(&close)
        .map_or(inside.len(), |it| it + close.len());
    Some(1 + hashes + 1 + end)
}

/// `text` begins with `quote`; a backslash takes the next byte with it.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return at + 1,
            _ => (),
        }
    }
    text.len()
}

#[test]
fn strings_comments_characters_and_lifetimes_are_no_words() {
    let text = r##"
        // use crate::a;
        /* fn x() { /* nested */ } */
        let a = "crate::b \" still // text"; let b = r#"fn "y" {"#; let c = b'{'; let d = '\'';
        fn f<'a>(x: &'a str) -> char { '"' } let brave = br"\"; let cents = c"}";
    "##;
    let words: Vec<_> = tokens(text).iter().map(|it| it.word).collect();
    assert_eq!(
        words.join(" "),
        "let a = ; let b = ; let c = ; let d = ; \
         fn f < > ( x : & str ) - > char { } let brave = ; let cents = ;"
    );
    assert_eq!(tokens(text).last().map(|it| it.line), Some(5));
}
