//! What a change made fails, what was there before does not.

use super::run::{findings, settings};
use crate::check::Gate;

const HEAD: &str = "\"\"\"M.\"\"\"\n\n\n";
const F: &str = "def f(a, b):\n    \"\"\"Do it.\n\n    Args:\n        a: What.\n    \"\"\"\n    total = a.one(b) + a.two(b)\n    g(total)\n";

fn introduced(old: &str, new: &str) -> Vec<String> {
    let (old, new) = (format!("{HEAD}{old}"), format!("{HEAD}{new}"));
    findings(&[&old], &new, settings(Gate::Introduced))
}

#[test]
fn the_same_rule_and_entry_is_old() {
    assert_eq!(
        introduced(F, &F.replace("b):", "b=1):")),
        ["DG201 warning old"]
    );
    let touched = findings(&[F], &F.replace("b):", "b=1):"), settings(Gate::Touched));
    assert_eq!(touched, ["DG201 error old"]);
}

#[test]
fn the_same_rule_with_another_entry_is_new() {
    assert_eq!(
        introduced(F, &F.replace("b):", "b, c):")),
        ["DG201 error new"]
    );
}

#[test]
fn a_docstring_that_was_never_there_is_old_and_a_removed_one_is_new() {
    let bare = "def f(a):\n    g(a)\n";
    assert_eq!(
        introduced(bare, "def f(a, b):\n    g(a)\n"),
        ["DG103 warning old"]
    );
    assert_eq!(
        introduced(
            "def f(a):\n    \"\"\"Do it.\n\n    Args:\n        a: What.\n    \"\"\"\n    g(a)\n",
            bare
        ),
        ["DG103 error new"]
    );
    assert_eq!(introduced("", bare), ["DG103 error new"]);
}

#[test]
fn a_docstring_that_was_never_there_is_asked_for_only_where_parameters_change() {
    let bare = "def f(a, b):\n    g(a)\n";
    for new in [
        "def f(b, a):\n    g(a)\n",
        "def f(a, b=1):\n    g(a)\n",
        "def f(a: int, b) -> int:\n    g(a)\n",
        "def f(a, b):\n    raise ValueError\n",
        "def f(a, b):\n    return g(a)\n",
        "@deprecated('x')\ndef f(a, b):\n    g(a)\n",
    ] {
        assert_eq!(introduced(bare, new), [""; 0], "{new}");
    }
}

#[test]
fn a_renamed_symbol_brings_its_old_findings() {
    assert_eq!(
        introduced(F, &F.replace("def f", "def h").replace("b):", "b=1):")),
        ["DG201 warning old"]
    );
}

#[test]
fn what_becomes_public_has_to_be_documented_now() {
    let old = "def _f(a, b):\n    total = a.one(b) + a.two(b)\n    g(total)\n";
    assert_eq!(
        introduced(old, &old.replace("_f", "f")),
        ["DG103 error new"]
    );
}

#[test]
fn a_file_that_was_broken_before_is_an_old_fault() {
    let broken = "def f(a):\n    \"\"\"Do it.\"\"\"\n\n\nx = (\n";
    let found = findings(
        &[broken],
        &format!("\"\"\"M.\"\"\"\n{broken}"),
        settings(Gate::Introduced),
    );
    assert_eq!(found, ["DG001 warning old"]);
    assert_eq!(
        findings(
            &["\"\"\"M.\"\"\"\n"],
            "\"\"\"M.\"\"\"\nx = (\n",
            settings(Gate::Introduced)
        ),
        ["DG001 error new"]
    );
}

#[test]
fn a_suppression_that_is_taken_away_makes_its_finding_new() {
    let old = "def f(a):  # noqa: DG103\n    g(a)\n";
    assert_eq!(
        introduced(old, "def f(a, b):\n    g(a)\n"),
        ["DG103 error new"]
    );
    assert_eq!(
        introduced(old, "def f(a, b):  # noqa: DG103\n    g(a)\n"),
        [""; 0]
    );
}

#[test]
fn the_last_raise_of_a_documented_exception_goes() {
    let old = "def f(a):\n    \"\"\"Do it.\n\n    Args:\n        a: What.\n\n    Raises:\n        KeyError: Sometimes.\n    \"\"\"\n    if g(a):\n        raise KeyError(a)\n";
    assert_eq!(
        introduced(old, &old.replace("raise KeyError(a)", "h(a)")),
        ["DG502 warning new"]
    );
    assert_eq!(
        introduced(old, &old.replace("KeyError(a)", "KeyError")),
        [""; 0]
    );
}
