//! Identifiers as Python compares them.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// A name as Python knows it: its NFKC form ([PEP 3131]), so that `ﬁ` and `fi` are one name. Borrowed
/// for what is normal already, which nearly all names are.
///
/// [PEP 3131]: https://peps.python.org/pep-3131/
pub fn identifier(name: &str) -> Cow<'_, str> {
    if name.is_ascii() || is_nfkc_quick(name.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.nfkc().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_normalised() {
        assert!(matches!(identifier("fi"), Cow::Borrowed("fi")));
        assert!(matches!(identifier("größe"), Cow::Borrowed("größe")));
        assert_eq!(identifier("ﬁ"), "fi");
        // The micro sign is the Greek letter.
        assert_eq!(identifier("\u{b5}"), "\u{3bc}");
        assert_eq!(identifier("e\u{301}"), "é");
        assert_eq!(identifier("𝐱"), "x");
    }
}
