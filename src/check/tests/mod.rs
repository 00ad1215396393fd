//! What is in scope of a change, on two texts.

mod attributes;
mod docstrings;
mod families;
mod introduced;
mod merges;
mod moves;
mod projects;
mod renames;
mod run;
mod signatures;
mod visibility;

use super::scope::{self, InScope, Seen, Sides};
use crate::python::{SymbolKind, outline};
use crate::rules::Facet;

/// Each symbol in scope with the words of its facets, and `with_bodies` those of which only the body changed.
fn scope_of(old: (&str, &str), new: (&str, &str), with_bodies: bool) -> Vec<String> {
    let old_module = outline(old.1, SymbolKind::of_file(old.0));
    let new_module = outline(new.1, SymbolKind::of_file(new.0));
    let sides = Sides {
        all: vec![Seen::new(&old_module, old.0)],
        parents: 1,
        moved: &[],
    };
    let new = Seen::new(&new_module, new.0);
    let line = |it: &InScope| {
        let words = it.facets.words().join(" ");
        format!("{}: {words}", new_module.symbol(it.id).qualname)
    };
    scope::changed(&sides, &new, with_bodies)
        .iter()
        .map(line)
        .collect()
}

/// Each symbol in scope with the words of its facets: `["f: signature raises"]`.
fn facets_of(old: &str, new: &str) -> Vec<String> {
    scope_of(("m.py", old), ("m.py", new), false)
}

/// Whether the facets of the first symbol in scope hold this one.
fn has(old: &str, new: &str, facet: Facet) -> bool {
    let (old, new) = (
        outline(old, SymbolKind::Module),
        outline(new, SymbolKind::Module),
    );
    let sides = Sides {
        all: vec![Seen::new(&old, "m.py")],
        parents: 1,
        moved: &[],
    };
    let scope = scope::changed(&sides, &Seen::new(&new, "m.py"), false);
    scope[0].facets.has(facet)
}

/// The same, with those of which only the body changed.
fn with_bodies(old: &str, new: &str) -> Vec<String> {
    scope_of(("m.py", old), ("m.py", new), true)
}

/// Asserts that a change asks for nothing.
#[track_caller]
fn nothing(old: &str, new: &str) {
    assert_eq!(facets_of(old, new), [""; 0], "{old}\n{new}");
}

/// Asserts that a change of a function's or class's text has these facets, and is otherwise of nothing.
#[track_caller]
fn becomes(old: &str, new: &str, facets: &str) {
    let name = |text: &str| {
        let module = outline(text, SymbolKind::Module);
        module.symbols[1].qualname.clone()
    };
    assert_eq!(
        facets_of(old, new),
        [format!("{}: {facets}", name(new))],
        "{old}\n{new}"
    );
}
