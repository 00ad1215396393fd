//! Docstrings turned into another style, on request.

use super::plan::{Cause, STYLE, Task};
use crate::contract::Reading;
use crate::docstring::{self, Style};
use crate::python::SymbolId;

/// The task that turns the docstring of `id` into one of `style`; `None` where it is one, or has no structure. An error
/// says why it cannot be.
pub(super) fn task(
    reading: &Reading<'_>,
    id: SymbolId,
    style: Style,
) -> Option<Result<Task, (Cause, String)>> {
    let written = reading.docstring(id)?;
    let text = reading.module.text;
    let cause = Cause {
        qualname: reading.module.symbol(id).qualname.clone(),
        code: STYLE,
        entries: Vec::new(),
    };
    let change = match docstring::convert(&written.parsed, style, written.indent(text)) {
        Ok(change) => change?,
        Err(error) => return Some(Err((cause, error.to_string()))),
    };
    let slot = written.slot;
    Some(
        match slot.rewrite(text, written.value, change.within, &change.words) {
            Ok(edit) => Ok(Task {
                cause,
                edits: vec![edit],
            }),
            Err(error) => Err((cause, error.to_string())),
        },
    )
}
