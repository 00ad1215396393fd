//! The tokens of types.

/// A token of a type, in code or in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A dotted name: its last part.
    Name(&'t str),
    /// A string's content.
    Text(&'t str),
    /// A number, as written.
    Number(&'t str),
    /// `...`
    Ellipsis,
    /// One of `[](){},|:=`; a slash is `|`.
    Mark(char),
}

/// The tokens of `text`; `None` where something in it belongs to no type.
pub(super) fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' | '\'' => {
                let end = rest[1..].find(first)?;
                found.push(Token::Text(&rest[1..=end]));
                end + 2
            }
            '.' if rest.starts_with("...") => {
                found.push(Token::Ellipsis);
                3
            }
            '[' | ']' | '(' | ')' | '{' | '}' | ',' | '|' | ':' | '=' => {
                found.push(Token::Mark(first));
                1
            }
            '/' => {
                found.push(Token::Mark('|'));
                1
            }
            _ if first.is_ascii_digit() || first == '-' => {
                let end = end_of(rest, |c| c.is_ascii_alphanumeric() || "+-._".contains(c));
                if end == 1 && first == '-' {
                    return None;
                }
                found.push(Token::Number(&rest[..end]));
                end
            }
            _ if first == '_' || first.is_alphabetic() => {
                let end = end_of(rest, |c| c == '_' || c == '.' || c.is_alphanumeric());
                let name = rest[..end].trim_end_matches('.');
                found.push(Token::Name(name.rsplit('.').next().unwrap_or(name)));
                name.len()
            }
            _ => return None,
        };
        rest = rest[length..].trim_start();
    }
    Some(found)
}

fn end_of(text: &str, is_part: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_part(c)).unwrap_or(text.len())
}
