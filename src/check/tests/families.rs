//! Which rules fire for which facet: of a function that is wrong in every way, each change asks for its family only.

use super::run::{findings, settings};
use crate::check::Gate;

/// A parameter, the value and two exceptions are not documented.
const WRONG: &str = "\"\"\"M.\"\"\"\n\n\ndef f(a, b=1):\n    \"\"\"Do it.\n\n    Args:\n        a: What.\n    \"\"\"\n    if a:\n        raise ValueError\n    if b:\n        raise KeyError\n    return g(a)\n";

/// The codes that `gate = "touched"` lists of a change of `WRONG`.
#[track_caller]
fn touched(from: &str, to: &str) -> Vec<String> {
    assert!(WRONG.contains(from), "{from}");
    let found = findings(&[WRONG], &WRONG.replace(from, to), settings(Gate::Touched));
    let code = |it: &String| it.split(' ').next().unwrap_or_default().to_owned();
    let mut codes: Vec<String> = found.iter().map(code).collect();
    codes.sort_unstable();
    codes
}

#[test]
fn the_signature_asks_for_parameters_and_value() {
    assert_eq!(touched("b=1", "b=2"), ["DG201", "DG301"]);
    assert_eq!(touched("b=1):", "b=1) -> int:"), ["DG201", "DG301"]);
}

#[test]
fn what_it_does_asks_for_that_alone() {
    assert_eq!(touched("KeyError", "OSError"), ["DG501"]);
    assert_eq!(
        touched("    if b:\n        raise KeyError\n", ""),
        ["DG501"]
    );
    assert_eq!(touched("return g(a)", "yield g(a)"), ["DG401"]);
    // No value any more, and none documented.
    assert_eq!(touched("return g(a)", "g(a)"), [""; 0]);
    assert_eq!(
        touched("return g(a)", "warnings.warn('No.')\n    return g(a)"),
        [""; 0],
        "DG504 is off"
    );
}

#[test]
fn the_docstring_asks_for_all_that_reads_it() {
    assert_eq!(touched("What.", "Which."), ["DG201", "DG301", "DG501"]);
    let docstring = "    \"\"\"Do it.\n\n    Args:\n        a: What.\n    \"\"\"\n";
    assert_eq!(touched(docstring, ""), ["DG103"]);
    assert_eq!(
        touched("Args:\n        a: What.", "Args:\n\n        a: What."),
        ["DG201", "DG301", "DG501"]
    );
}

#[test]
fn a_new_symbol_is_asked_for_everything() {
    let mut found = findings(&["\"\"\"M.\"\"\"\n"], WRONG, settings(Gate::Introduced));
    found.sort_unstable();
    assert_eq!(
        found,
        ["DG201 error new", "DG301 error new", "DG501 error new"]
    );
}

#[test]
fn what_is_no_facet_asks_for_nothing() {
    for (from, to) in [
        ("g(a)", "h(a)"),
        ("g(a)", "( g( a, ) )"),
        ("    if a:", "    # Why.\n    if a:"),
        ("b=1", "b = (1)"),
        ("    return", "\n    return"),
    ] {
        assert_eq!(touched(from, to), [""; 0], "{to}");
    }
}
