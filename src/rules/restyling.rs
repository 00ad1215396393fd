//! A docstring in another style.

use super::Subject;
use crate::contract::Written;
use crate::docstring::{self, Style};
use crate::text::Edit;

/// The edits that turn a docstring into one of `style`, or the reason why that cannot be; none where it is one.
pub(super) fn restyled(
    subject: &Subject<'_>,
    written: &Written<'_>,
    style: Style,
) -> Vec<Result<Edit, String>> {
    let indent = written.indent(subject.reading.module.text);
    match docstring::convert(&written.parsed, style, indent) {
        Ok(Some(change)) => {
            let edit = subject.rewrite(written, change.within, &change.words);
            vec![edit.map_err(|it| it.to_string())]
        }
        Ok(None) => Vec::new(),
        Err(error) => vec![Err(error.to_string())],
    }
}
