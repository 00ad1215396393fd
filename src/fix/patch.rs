//! Edits of a text, made on the bytes of its file.

use std::ops::Range;

use crate::python::Coding;
use crate::text::Edit;

/// A file with edits made, and where they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Patched {
    /// The file's bytes.
    pub(super) bytes: Vec<u8>,
    /// Its text.
    pub(super) text: String,
    /// For each edit the bytes that went and those that came.
    pub(super) places: Vec<(Range<usize>, Range<usize>)>,
}

/// Why edits cannot be made on the bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum PatchError {
    /// The same text could be other bytes.
    #[error("the file's encoding has more than one way to write its text")]
    Ambiguous,
    /// The new words have no bytes.
    #[error("the file's encoding has no bytes for the new words")]
    Unencodable,
}

/// Makes `edits`, which are in order and apart, on the `bytes` of a file that reads `text`.
pub(super) fn apply(bytes: &[u8], text: &str, edits: &[Edit]) -> Result<Patched, PatchError> {
    let coding = Coding::of(bytes).ok_or(PatchError::Ambiguous)?;
    let mark = match coding {
        Coding::Utf8(mark) => mark,
        _ => 0,
    };
    let mut patched = Patched {
        bytes: Vec::with_capacity(bytes.len() + 64),
        text: String::with_capacity(text.len() + 64),
        places: Vec::with_capacity(edits.len()),
    };
    patched.bytes.extend_from_slice(&bytes[..mark]);
    // How far the file and its text are read.
    let (mut byte, mut char) = (mark, 0);
    let mut pass = |patched: &mut Patched, to: usize, kept: bool| {
        let part = text.get(char..to).ok_or(PatchError::Ambiguous)?;
        let encoded = coding.encode(part).ok_or(PatchError::Ambiguous)?;
        let range = byte..byte + encoded.len();
        if bytes.get(range.clone()) != Some(&*encoded) {
            return Err(PatchError::Ambiguous);
        }
        if kept {
            patched.bytes.extend_from_slice(&encoded);
            patched.text.push_str(part);
        }
        (byte, char) = (range.end, to);
        Ok(range)
    };
    for edit in edits {
        pass(&mut patched, edit.span.start as usize, true)?;
        let gone = pass(&mut patched, edit.span.end as usize, false)?;
        let words = coding.encode(&edit.text).ok_or(PatchError::Unencodable)?;
        let start = patched.bytes.len();
        patched.bytes.extend_from_slice(&words);
        patched.text.push_str(&edit.text);
        patched.places.push((gone, start..patched.bytes.len()));
    }
    let rest = pass(&mut patched, text.len(), true)?;
    if rest.end != bytes.len() {
        return Err(PatchError::Ambiguous);
    }
    Ok(patched)
}

/// Whether every byte outside the edits is the same in both files.
pub(super) fn is_exact(before: &[u8], patched: &Patched) -> bool {
    let (mut old, mut new) = (0, 0);
    for (gone, come) in &patched.places {
        let same = before.get(old..gone.start) == patched.bytes.get(new..come.start);
        if !same || gone.start < old || come.start < new {
            return false;
        }
        (old, new) = (gone.end, come.end);
    }
    before.get(old..).is_some() && before.get(old..) == patched.bytes.get(new..)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python;
    use crate::text::Span;

    fn replaced(bytes: &[u8], old: &str, new: &str) -> Result<Vec<u8>, PatchError> {
        let text = python::decode(bytes).unwrap();
        let start = text.find(old).unwrap() as u32;
        let edit = Edit {
            span: Span::new(start, start + old.len() as u32),
            text: new.to_owned(),
            within: Span::default(),
            words: String::new(),
        };
        let patched = apply(bytes, &text, &[edit])?;
        assert!(is_exact(bytes, &patched));
        assert_eq!(python::decode(&patched.bytes).unwrap(), patched.text);
        Ok(patched.bytes)
    }

    #[test]
    fn the_encoding_of_the_file_is_kept() {
        assert_eq!(
            replaced("\u{feff}'é old'\r\n".as_bytes(), "old", "ü").unwrap(),
            "\u{feff}'é ü'\r\n".as_bytes()
        );
        assert_eq!(
            replaced(b"# coding: latin-1\n'\xe9 old \xe9'", "old", "\u{fc}").unwrap(),
            b"# coding: latin-1\n'\xe9 \xfc \xe9'"
        );
        assert_eq!(
            replaced(b"# coding: shift_jis\n'\x82\xa0 old \x82\xa0'", "old", "x").unwrap(),
            b"# coding: shift_jis\n'\x82\xa0 x \x82\xa0'"
        );
    }

    #[test]
    fn words_without_bytes_are_refused() {
        assert_eq!(
            replaced(b"# coding: latin-1\n'old'", "old", "…"),
            Err(PatchError::Unencodable)
        );
        assert_eq!(
            replaced(b"# coding: ascii\n'old'", "old", "é"),
            Err(PatchError::Unencodable)
        );
    }

    #[test]
    fn bytes_that_moved_are_seen() {
        let text = "'a' 'b'";
        let mut patched = apply(text.as_bytes(), text, &[]).unwrap();
        assert!(is_exact(text.as_bytes(), &patched));
        patched.bytes[6] = b'x';
        assert!(!is_exact(text.as_bytes(), &patched));
        patched.bytes.pop();
        assert!(!is_exact(text.as_bytes(), &patched));
    }
}
