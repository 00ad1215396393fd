//! What stands in a docstring, put into another order: each range takes the place of another one.

use super::Subject;
use crate::contract::Written;
use crate::python::RewriteError;
use crate::text::{Edit, Span};

/// The edits that sort `ranked`, ranges of the value in the order of the text, by their ranks. Equal ranks stay in order.
pub(super) fn sorted(
    subject: &Subject<'_>,
    written: &Written<'_>,
    ranked: &[(usize, Span)],
) -> Vec<Result<Edit, RewriteError>> {
    let mut wanted = ranked.to_vec();
    wanted.sort_by_key(|it| it.0);
    let places = ranked.iter().zip(&wanted);
    let moved = places.filter(|(place, it)| place.1 != it.1);
    let edits = moved.map(|(place, it)| subject.copied(written, place.1, it.1));
    edits.collect()
}

/// Whether the ranges are apart, begin their lines, and are equally deep: so that they can change places.
pub(super) fn are_alike(value: &str, spans: &[Span]) -> bool {
    let indent = |span: &Span| {
        let before = value.get(..span.start as usize)?;
        let line = &before[before.rfind('\n')? + 1..];
        line.trim().is_empty().then_some(line)
    };
    let first = spans.first().and_then(indent);
    first.is_some()
        && spans.iter().all(|it| indent(it) == first)
        && spans.windows(2).all(|it| it[0].end <= it[1].start)
}
