//! From a report to mended files: plan, patch, verify, and one door to the disk.
//!
//! Nothing is written that was not judged: a second parser finds the code unchanged, each docstring reads as it was
//! meant to, and the same rules find the cause gone and nothing new.

mod bars;
mod conversion;
mod diff;
mod mend;
mod offer;
mod patch;
mod plan;
mod round;
mod skeleton;
mod transplant;
mod tree;
mod verify;
mod voice;
mod wish;
mod words;
mod write;

pub use bars::{Bars, documented_at};
pub use diff::unified;
pub use mend::{Mended, Note, mend};
pub use offer::offered;
pub use transplant::{changed_lines, transplanted};
pub use verify::is_same_code;
pub use wish::Wish;
pub use words::{
    Answers, Delivery, Docket, Documented, Draft, Estimate, Finder, Library, Refused, Sheet,
    Vectors, Writer, WriterSettings, documented,
};
pub use write::{Door, WriteError};

use crate::contract::{self, Reading, SingleFile};
use crate::docstring::Style;
use crate::python::{self, SymbolKind};

/// How many docstrings are in each style.
pub type Styles = [(Style, usize); 4];

/// How many docstrings of a text are in each style.
pub fn styles(text: &str) -> Styles {
    let module = python::outline(text, SymbolKind::Module);
    let values = contract::values(&module);
    let asked = contract::Settings::default();
    counted(&Reading::new(&module, &values, "", &SingleFile, asked))
}

/// How many docstrings of a file are in each style.
fn counted(reading: &Reading<'_>) -> Styles {
    let mut styles = [Style::Google, Style::Numpy, Style::Sphinx, Style::Epytext].map(|it| (it, 0));
    for (id, _) in reading.module.ids() {
        let own = reading.docstring(id).and_then(|it| it.parsed.style);
        for (style, count) in &mut styles {
            *count += usize::from(own == Some(*style));
        }
    }
    styles
}

/// The style of most docstrings, the first of equally many; `None` where none is in any.
pub fn most(styles: Styles) -> Option<Style> {
    let most = styles.iter().map(|it| it.1).max().filter(|&it| it > 0)?;
    styles.into_iter().find(|it| it.1 == most).map(|it| it.0)
}
