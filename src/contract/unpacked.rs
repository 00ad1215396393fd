//! The keys of a `TypedDict` that keywords are unpacked into (PEP 692).

use super::Reading;
use super::record::is_named;
use crate::python::{self, ParamKind, Signature};

/// The names that `**kwargs: Unpack[TD]` takes; `None` where nothing is unpacked, or `TD` is not a `TypedDict` of this
/// file all of whose bases are.
pub(super) fn keys<'a>(reading: &Reading<'a>, signature: &Signature<'a>) -> Option<Vec<&'a str>> {
    let module = reading.module;
    let keywords = signature
        .params
        .iter()
        .find(|it| it.kind == ParamKind::VarKeyword)?;
    let annotation = keywords
        .annotation?
        .of(module.text)
        .trim_matches(['"', '\'']);
    let inner = annotation
        .split_once('[')
        .filter(|_| is_named(annotation, "Unpack"))?
        .1;
    let name = inner.trim_end_matches(']').trim_matches(['"', '\'', ' ']);
    let class = reading.class(name)?;
    let (mut classes, are_all_known) = reading.bases(class);
    classes.push(class);
    let is_dict = |base: &str| base == "TypedDict";
    let is_typed = classes
        .iter()
        .any(|&it| module.symbol(it).base_names(module.text).any(is_dict));
    let attributes = classes
        .iter()
        .flat_map(|&it| python::attributes(module, it));
    (are_all_known && is_typed).then(|| attributes.map(|it| it.name).collect())
}
