//! The one report that every format is shown with: what is common, and what is awkward.

mod draft;
mod files;

pub(super) use draft::{draft_at, symbol};
pub(super) use files::files;

use super::{Format, Run, Stream};
use crate::check::{FileReport, Summary, SymbolReport};
use crate::git::{Comparison, Provenance};
use crate::python::SymbolKind;
use crate::rules::Severity;
use crate::text::{SourceFile, Span};

/// The sample in numbers.
pub(super) fn summary() -> Summary {
    let files = files();
    let symbols = || files.iter().flat_map(|file| &file.symbols);
    let count = |severity| {
        symbols()
            .flat_map(|symbol| &symbol.findings)
            .filter(|finding| finding.severity == severity)
            .count() as u32
    };
    Summary {
        files: files.len() as u32,
        symbols: symbols().count() as u32,
        complete: symbols()
            .filter(|symbol| symbol.findings.is_empty())
            .count() as u32,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        failing: count(Severity::Error),
        unreadable: 1,
        score: symbols().map(|symbol| symbol.score).sum(),
    }
}

/// A run that shows the sample at `width` columns.
pub(super) fn run(width: usize, colour: bool) -> Run {
    Run {
        version: "0.1.0".to_owned(),
        comparison: Comparison {
            kind: "staged",
            base: Some("3f2a1c9".to_owned()),
            head: Some("index".to_owned()),
            sentence: "3f2a1c9 (merge base of origin/main) with the index".to_owned(),
        },
        width,
        colour,
        hyperlinks: false,
        root: "/home/me/project".to_owned(),
        provenance: Some(Provenance {
            root: "/home/me/project".to_owned(),
            prefix: String::new(),
            address: Some("https://github.com/me/project".to_owned()),
            revision: Some("3f2a1c9e8b7d6c5b4a39281706f5e4d3c2b1a098".to_owned()),
            branch: Some("main".to_owned()),
        }),
    }
}

/// The sample in `format`, as a whole run writes it.
pub(super) fn rendered(format: Format, run: &Run) -> String {
    let mut stream = Stream::begin(format, run, Vec::new()).expect("memory");
    for file in files() {
        stream.push(&format.piece(run, &file)).expect("memory");
    }
    let bytes = stream.end(&summary()).expect("memory");
    String::from_utf8(bytes).expect("every format is UTF-8")
}

/// The shape of a made-up report.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub files: u32,
    pub errors: u32,
    pub warnings: u32,
}

/// A report of that many files, each with that many errors and warnings, in `format`.
pub(super) fn repeated(format: Format, shape: Shape) -> String {
    let run = run(100, false);
    let mut stream = Stream::begin(format, &run, Vec::new()).expect("memory");
    for at in 0..shape.files {
        let error = draft_at(Span::empty(0));
        let mut warning = error.clone();
        warning.severity = Severity::Warning;
        let mut findings = vec![error; shape.errors as usize];
        findings.extend(vec![warning; shape.warnings as usize]);
        let file = FileReport {
            file: SourceFile::new(format!("file{at}.py"), "pass\n"),
            symbols: vec![SymbolReport {
                findings,
                ..symbol("pass\n", "f", SymbolKind::Function, (1, 1), (0, 3))
            }],
            failure: None,
        };
        stream.push(&format.piece(&run, &file)).expect("memory");
    }
    let bytes = stream.end(&Summary::default()).expect("memory");
    String::from_utf8(bytes).expect("every format is UTF-8")
}
