//! Words that the code does not tell: asked of the AI, held against the code and the rules, and written as all else is.
//!
//! An answer is data. It becomes words in a docstring only through the same plan, patch and verification as a mechanical
//! remedy, and what fails there is asked again with the reason, or refused.

mod answer;
mod ask;
mod context;
mod library;
mod prompt;
mod reply;
mod schema;
mod shelf;
mod truth;
mod view;
mod wanted;
mod wrap;
mod writer;

pub use answer::Answers;
pub(super) use answer::{Named, Words};
pub use ask::Refused;
pub use library::{Documented, Library};
pub(super) use wanted::Wanted;
pub use writer::{Estimate, Writer, WriterSettings};

pub(super) use wrap::{columns, wrapped};

use crate::check::FileReport;
use crate::contract::{self, Reading, SingleFile};
use crate::python::{self, SymbolKind};

/// The longest docstring of an example.
const EXAMPLE: usize = 600;

/// Whether a report has findings that words could mend.
pub fn lacks_words(report: &FileReport) -> bool {
    const CODES: [&str; 14] = [
        "DG100", "DG101", "DG102", "DG103", "DG104", "DG105", "DG106", "DG107", "DG108", "DG201",
        "DG208", "DG301", "DG401", "DG501",
    ];
    let mut findings = report.symbols.iter().flat_map(super::plan::wordless);
    findings.any(|it| CODES.contains(&it.rule.code) || it.rule.code == "DG801")
}

/// The documented functions and classes of a file.
pub fn documented(path: &str, text: &str) -> Vec<Documented> {
    let module = python::outline(text, SymbolKind::of_file(path));
    let values = contract::values(&module);
    let asked = contract::Settings::default();
    let reading = Reading::new(&module, &values, path, &SingleFile, asked);
    let known = module.ids().filter(|it| !it.1.kind.is_module());
    let documented = known.filter_map(|(id, symbol)| {
        let written = reading.docstring(id)?;
        let value = written.parsed.value.trim();
        let is_told = value.split_whitespace().nth(2).is_some();
        is_told.then(|| Documented {
            path: path.to_owned(),
            qualname: symbol.qualname.clone(),
            header: view::header(&module, symbol),
            docstring: value.chars().take(EXAMPLE).collect(),
        })
    });
    documented.collect()
}
