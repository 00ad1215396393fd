//! How a symbol changed, as far as its docstring is concerned.

use super::attributes::{self, Attributes};
use super::signature::Header;
use super::{Side, body, docstring};
use crate::contract::Returned;
use crate::python::SymbolKind;
use crate::rules::{Facet, Facets};

/// The facets in which `new` differs from `old`. That the body differs otherwise is looked for `with_bodies` only.
pub(super) fn changed(old: Side<'_>, new: Side<'_>, with_bodies: bool) -> Facets {
    let mut facets = Facets::NONE;
    let mut note = |facet, differs: bool| {
        if differs {
            facets = facets.with(facet);
        }
    };
    // What a function raises may depend on others of its file.
    note(Facet::Raises, old.raises() != new.raises());
    note(Facet::Warns, old.warns() != new.warns());
    if old.text() == new.text() {
        return facets;
    }
    note(Facet::Yields, yields(old) != yields(new));
    note(Facet::Returns, returns(old) != returns(new));
    note(Facet::Decorators, old.decorators() != new.decorators());
    let (was, is) = (Header::of(old), Header::of(new));
    note(Facet::Params, was.has_other_names(&is));
    note(Facet::Signature, was != is);
    if new.symbol.kind == SymbolKind::Class {
        note(
            Facet::Attributes,
            attributes::has_other_constructor(old, new)
                || Attributes::of(old) != Attributes::of(new),
        );
    }
    let value = |side: Side<'_>| {
        let slot = side.symbol.docstring.as_ref()?;
        Some(slot.value(side.module.text).text.into_owned())
    };
    match (value(old), value(new)) {
        (None, None) => {}
        (Some(was), Some(is)) => note(Facet::Docstring, !docstring::is_equal(&was, &is)),
        (was, _) => {
            note(Facet::Docstring, true);
            note(Facet::DocstringRemoved, was.is_some());
        }
    }
    note(Facet::Body, with_bodies && body::differs(old, new));
    facets
}

/// Whether it yields, yields something, and receives.
fn yields(side: Side<'_>) -> (bool, bool, bool) {
    let facts = &side.symbol.facts;
    (
        facts.yields.is_some(),
        facts.yields_value.is_some(),
        facts.receives,
    )
}

/// Whether it returns a value; `None` is one where the annotation says that it may be.
fn returns(side: Side<'_>) -> bool {
    let facts = &side.symbol.facts;
    let annotation = || side.symbol.signature.as_ref()?.returns;
    facts.returns_value.is_some()
        || facts.returns_none.is_some()
            && annotation()
                .is_some_and(|it| Returned::of(it.of(side.module.text)) == Returned::Optional)
}
