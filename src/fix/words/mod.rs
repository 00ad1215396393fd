//! Words that the code does not tell: asked of the AI, held against the code and the rules, and written as all else is.
//!
//! An answer is data. It becomes words in a docstring only through the same plan, patch and verification as a mechanical
//! remedy, and what fails there is asked again with the reason, or refused.

mod answer;
mod ask;
mod claims;
mod context;
mod delivery;
mod docket;
mod estimate;
mod finder;
mod library;
mod pending;
mod prompt;
mod questions;
mod reply;
mod schema;
mod shelf;
mod truth;
mod vectors;
mod view;
mod wanted;
mod wrap;
mod writer;

pub use answer::Answers;
pub(super) use answer::{Described, Named, Words};
pub use ask::Refused;
pub use delivery::Delivery;
pub use docket::{Docket, Draft, Sheet};
pub use estimate::Estimate;
pub use finder::Finder;
pub use library::{Documented, Library};
pub use vectors::Vectors;
pub(super) use wanted::Wanted;
pub use writer::{Writer, WriterSettings};

pub(super) use wrap::{columns, wrapped};

use crate::contract::{self, Reading, SingleFile};
use crate::python::{self, SymbolKind};

/// The longest docstring of an example.
const EXAMPLE: usize = 600;

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
