//! From text back to the bytes of the encoding that its file is in.

use std::borrow::Cow;

use encoding_rs::Encoding;

use super::decode::{ASCII, BOM, LATIN_1, coding, for_name, normalised};

/// The encoding of one source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// UTF-8, with as many bytes of byte order mark as this says.
    Utf8(usize),
    /// ASCII, by its coding line.
    Ascii,
    /// Latin-1, which is not WHATWG's.
    Latin1,
    /// Any other.
    Other(&'static Encoding),
}

impl Coding {
    /// The encoding of a file that [`super::decode`] reads; `None` for one that it does not.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let mark = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
        let Some((name, _)) = coding(&bytes[mark..]) else {
            return Some(Self::Utf8(mark));
        };
        let name = normalised(name);
        if name == "utf-8" || name.starts_with("utf-8-") {
            return Some(Self::Utf8(mark));
        }
        match name.as_str() {
            name if LATIN_1.contains(&name) => Some(Self::Latin1),
            name if ASCII.contains(&name) => Some(Self::Ascii),
            name => for_name(name).map(Self::Other),
        }
    }

    /// The bytes of `text`, without a byte order mark; `None` where the encoding has none for it.
    pub fn encode(self, text: &str) -> Option<Cow<'_, [u8]>> {
        match self {
            Self::Utf8(_) => Some(text.as_bytes().into()),
            _ if text.is_ascii() && !matches!(self, Self::Other(_)) => Some(text.as_bytes().into()),
            Self::Ascii => None,
            Self::Latin1 => text
                .chars()
                .map(|c| u8::try_from(u32::from(c)).ok())
                .collect::<Option<Vec<u8>>>()
                .map(Cow::Owned),
            Self::Other(encoding) => {
                let (bytes, _, had_errors) = encoding.encode(text);
                (!had_errors).then_some(bytes)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_decoded_is_encoded_as_it_was() {
        let files: [&[u8]; 6] = [
            b"x = 1\n",
            b"# coding: latin-1\n'\xe9\x85'\n",
            b"# coding: cp1252\n'\x85'\n",
            b"# coding: shift_jis\n'\x82\xa0'\n",
            b"# coding: koi8-r\n'\xc1'\n",
            b"# coding: euc-jp\n'\xa4\xa2'\n",
        ];
        for bytes in files {
            let text = super::super::decode(bytes).unwrap();
            let coding = Coding::of(bytes).unwrap();
            assert_eq!(coding.encode(&text).unwrap(), bytes, "{text}");
        }
    }

    #[test]
    fn what_an_encoding_does_not_hold_is_refused() {
        assert_eq!(Coding::Ascii.encode("é"), None);
        assert_eq!(Coding::Latin1.encode("…"), None);
        let coding = Coding::of(b"# coding: shift_jis\n").unwrap();
        assert_eq!(coding.encode("😀"), None);
        assert_eq!(Coding::of(b"# coding: klingon\n"), None);
        assert_eq!(Coding::of(b"\xef\xbb\xbfx"), Some(Coding::Utf8(3)));
    }
}
