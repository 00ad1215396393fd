//! One style turned into another.

use super::super::lines::Lines;
use super::super::{Docstring, Style, parse};
use super::draft::Draft;
use super::error::UnwritableError;
use super::{Change, fit, layout, page, parts, read, unit};
use crate::text::Span;

/// What makes `docstring` one of `style`; `None` where it is, or has no structure of any style. `indent` is the
/// indentation of the statements beside it. Summary and description stay to the byte.
///
/// # Errors
/// Where something that people wrote would be lost or read as something else.
pub fn convert(
    docstring: &Docstring<'_>,
    style: Style,
    indent: &str,
) -> Result<Option<Change>, UnwritableError> {
    let is_foreign =
        |it: &super::super::Quirk| matches!(it.kind, super::super::QuirkKind::ForeignStyle(_));
    let is_mixed = docstring.quirks.iter().any(is_foreign);
    if docstring.style.is_none() || docstring.style == Some(style) && !is_mixed {
        return Ok(None);
    }
    let value = docstring.value;
    let lines = Lines::new(value);
    let margin = layout::margin(&lines, indent);
    let draft = read::read(docstring)?;
    let prose = draft.prose.len();
    let fitted = fit::fit(draft, style)?;
    let opening = docstring.sections.first().map_or(0, |it| {
        let first = lines.index_of(it.span.start);
        lines.get(first).start
    });
    let before = value[..opening as usize].trim_end().len() as u32;
    let start = if prose == 0 { opening } else { before };
    let end = value.trim_end().len() as u32;
    let mut words = page::margined(fitted.prose.get(prose..).unwrap_or_default(), margin);
    let below = parts(&fitted.parts, style, unit(margin));
    if !below.is_empty() {
        if prose > 0 || !words.is_empty() {
            words.push_str("\n\n");
            words.push_str(margin);
        }
        words.push_str(&page::margined(&below, margin));
    }
    if !value.contains('\n') && words.contains('\n') {
        words.push('\n');
        words.push_str(margin);
    }
    let within = Span::new(start, end.max(start));
    let change = Change { within, words };
    is_kept(
        &super::changed(value, std::slice::from_ref(&change)),
        &fitted,
        style,
    )?;
    Ok(Some(change))
}

/// Declines where `value` does not read, in `style`, as what `draft` says.
pub(super) fn is_kept(value: &str, draft: &Draft, style: Style) -> Result<(), UnwritableError> {
    let docstring = parse(value, Some(style));
    let is_style = docstring.style.is_none_or(|it| it == style);
    if is_style && read::read(&docstring).as_ref() == Ok(draft) {
        return Ok(());
    }
    Err(UnwritableError::Misread(style))
}
