//! Merges: a symbol must differ from every parent.

use super::run::{change, findings, scope, settings};
use crate::check::Gate;

const F: &str = "def f(a):\n    g(a)\n";
const G: &str = "def g(a):\n    h(a)\n";

fn merged(parents: &[&str], new: &str) -> Vec<String> {
    scope(vec![change("m.py", parents, new)], &[])
}

#[test]
fn what_came_from_either_side_is_not_the_merges_doing() {
    let ours = format!("{}{G}", F.replace("(a):", "(a, b):"));
    let theirs = format!("{F}{}def new(): pass\n", G.replace("(a):", "(a, c):"));
    let new = format!(
        "{}{}def new(): pass\n",
        F.replace("(a):", "(a, b):"),
        G.replace("(a):", "(a, c):")
    );
    assert_eq!(merged(&[&ours, &theirs], &new), [""; 0]);
}

#[test]
fn what_differs_from_every_parent_counts() {
    let ours = F.replace("(a):", "(a, b):");
    let theirs = F.replace("(a):", "(a, c):");
    assert_eq!(
        merged(&[&ours, &theirs], &F.replace("(a):", "(a, b, c):")),
        ["m.py f: signature"]
    );
    // One side raises, the other returns, the merge does both: each facet came from a parent.
    let raises = F.replace("g(a)", "raise ValueError");
    let returns = F.replace("g(a)", "return 1");
    let both = F.replace("g(a)", "if a:\n        raise ValueError\n    return 1");
    assert_eq!(merged(&[&raises, &returns], &both), [""; 0]);
    assert_eq!(merged(&[F, &returns], &both), ["m.py f: raises"]);
}

#[test]
fn what_no_parent_had_is_added_and_what_one_had_is_compared_with_it() {
    let new = format!("{F}{G}");
    assert_eq!(merged(&[F, F], &new), ["m.py g: added"]);
    assert_eq!(merged(&[F, G], &new), [""; 0]);
    assert_eq!(
        merged(&[F, &G.replace("(a):", "(b):")], &new),
        ["m.py g: signature"]
    );
}

#[test]
fn what_any_parent_had_is_not_introduced() {
    let undocumented = F.replace("(a):", "(a, b):");
    let documented = "def f(a, c):\n    \"\"\"Do it.\n\n    Args:\n        a: What.\n        c: Why.\n    \"\"\"\n    g(a)\n";
    let new = F.replace("(a):", "(a, b, c):");
    let module = "\"\"\"M.\"\"\"\n";
    let with = |text: &str| format!("{module}{text}");
    assert_eq!(
        findings(
            &[&with(documented), &with(&undocumented)],
            &with(&new),
            settings(Gate::Introduced)
        ),
        ["DG103 warning old"]
    );
}
