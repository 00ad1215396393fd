//! Files that git LFS keeps elsewhere: what lies in the repository is no Python, and no fault either.

use crate::contract::Score;
use crate::python::SymbolKind;
use crate::rules::{self, Facet, Facets, Severity};
use crate::text::{SourceFile, Span};

use super::{FileReport, SymbolReport};

/// How a pointer begins (<https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md>).
const FIRST_LINE: &str = "version https://git-lfs.github.com/spec/";

/// Whether a text is a pointer of git LFS.
pub(super) fn is_pointer(text: &[u8]) -> bool {
    text.starts_with(FIRST_LINE.as_bytes())
}

/// A file one side of which is a pointer: nothing in it can be judged, which is told and fails nothing.
pub(super) fn unjudged(path: &str, text: &[u8]) -> FileReport {
    let file = SourceFile::new(path, String::from_utf8_lossy(text));
    let side = if is_pointer(text) {
        "the file is"
    } else {
        "before this change the file was"
    };
    let mut finding = rules::undecodable(
        &format!("{side} a pointer of git LFS, so it is not checked"),
        0,
    );
    finding.severity = Severity::Warning;
    let symbol = SymbolReport {
        qualname: "<module>".to_owned(),
        kind: SymbolKind::of_file(path),
        span: Span::new(0, file.text().len() as u32),
        facets: Facets::of(&[Facet::Added]),
        score: Score::default(),
        quality: None,
        digest: None,
        findings: vec![finding],
    };
    FileReport {
        file,
        symbols: vec![symbol],
        failure: None,
    }
}
