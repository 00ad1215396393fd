//! A name and a password of an address, which nothing shows.

use std::fmt;

/// What stands in place of what may not be shown.
const MASK: &str = "***";

/// What stood before the `@` of an address, decoded.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Secret {
    /// The name; a token, where there is no password.
    pub(super) user: String,
    pub(super) password: Option<String>,
    /// Both as they stood in the address.
    encoded: Vec<String>,
}

impl Secret {
    /// Of a name and a password as they stand in a URL; `None` for what holds control characters.
    pub(super) fn new(user: &str, password: Option<&str>) -> Option<Self> {
        let is_line = |it: &String| !it.chars().any(char::is_control);
        let decoded = decoded(user).filter(is_line)?;
        let encoded = [Some(user), password].into_iter().flatten();
        Some(Self {
            user: decoded,
            password: match password {
                Some(password) => Some(self::decoded(password).filter(is_line)?),
                None => None,
            },
            encoded: encoded.map(str::to_owned).collect(),
        })
    }

    /// `text` with stars in place of the password and of what may be a token. A short name such as `git` is none.
    pub(super) fn masked(&self, text: &str) -> String {
        let mut words: Vec<&str> = self.password.iter().map(String::as_str).collect();
        words.extend(self.encoded.iter().skip(1).map(String::as_str));
        let is_token = self.password.is_none() || self.user.len() > 15;
        if is_token && self.user.len() > 7 {
            words.push(&self.user);
            words.extend(self.encoded.first().map(String::as_str));
        }
        words.retain(|it| !it.is_empty());
        // What holds another one goes first.
        words.sort_unstable_by_key(|it| std::cmp::Reverse(it.len()));
        words
            .into_iter()
            .fold(text.to_owned(), |text, word| text.replace(word, MASK))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

/// The text with `%40` and the like read; `None` where that is no UTF-8.
pub(super) fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let hex = behind.get(..2).filter(|_| first == b'%');
        let hex = hex.and_then(|it| std::str::from_utf8(it).ok());
        let byte = hex.and_then(|it| u8::from_str_radix(it, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = behind.get(if byte.is_some() { 2 } else { 0 }..)?;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_and_tokens_are_masked_in_both_spellings() {
        let secret = Secret::new("me", Some("p%40ss")).unwrap();
        assert_eq!(secret.password.as_deref(), Some("p@ss"));
        let said = "me: p@ss or p%40ss";
        assert_eq!(secret.masked(said), "me: *** or ***");
        let token = Secret::new("ghp_0123456789", None).unwrap();
        assert_eq!(token.masked("no ghp_0123456789 here"), "no *** here");
        assert_eq!(format!("{token:?}"), "***");
    }

    #[test]
    fn what_would_add_a_line_is_no_name() {
        assert_eq!(Secret::new("me%0apassword=x", None), None);
        assert_eq!(Secret::new("me", Some("a%00b")), None);
    }

    #[test]
    fn what_is_no_escape_stays() {
        assert_eq!(decoded("100%, %4").as_deref(), Some("100%, %4"));
        assert_eq!(decoded("%zz%C3%A9").as_deref(), Some("%zzé"));
        assert_eq!(decoded("%ff"), None);
    }
}
