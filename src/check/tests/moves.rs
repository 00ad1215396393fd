//! Symbols moved from one file of a change to another.

use super::run::{change, reports, scope, settings};
use crate::check::Gate;

const F: &str = "def f(rows):\n    total = 0\n    for row in rows:\n        total += row.price * row.count\n    print(total)\n";
const KEPT: &str = "def kept(): pass\n";

#[test]
fn a_function_moved_to_another_file_is_the_same() {
    let changes = |new: &str| {
        let old = format!("{KEPT}{F}");
        vec![
            change("a.py", &[old.as_str()], KEPT),
            change("b.py", &[KEPT], &format!("{KEPT}{new}")),
        ]
    };
    assert_eq!(scope(changes(F), &[]), [""; 0]);
    assert_eq!(scope(changes(&F.replace("def f", "def g")), &[]), [""; 0]);
    assert_eq!(
        scope(changes(&F.replace("rows):", "rows, x):")), &[]),
        ["b.py f: signature"]
    );
}

#[test]
fn a_new_file_takes_over_from_a_removed_one() {
    let class = format!(
        "class C:\n    def short(self): pass\n    {}",
        F.replace('\n', "\n    ")
    );
    let removed = [change("a.py", &[&class], "")];
    let new = vec![change("b.py", &[], &class)];
    assert_eq!(scope(new, &removed), ["b.py <module>: added"]);
    let new = vec![change("b.py", &[], &class)];
    assert_eq!(scope(new, &[]).len(), 4);
}

#[test]
fn a_copy_in_another_file_is_new() {
    let changes = vec![
        change("a.py", &[F], &format!("{F}{KEPT}")),
        change("b.py", &[KEPT], &format!("{KEPT}{F}")),
    ];
    assert_eq!(scope(changes, &[]), ["a.py kept: added", "b.py f: added"]);
}

#[test]
fn a_function_moved_out_of_a_private_file_becomes_public() {
    let changes = vec![
        change("_a.py", &[F], ""),
        change("b.py", &[KEPT], &format!("{KEPT}{F}")),
    ];
    assert_eq!(scope(changes, &[]), ["b.py f: added"]);
}

#[test]
fn a_moved_function_brings_its_old_findings() {
    let head = "\"\"\"M.\"\"\"\n";
    let changes = vec![
        change("a.py", &[&format!("{head}{F}")], head),
        change(
            "b.py",
            &[head],
            &format!("{head}{}", F.replace("rows):", "rows, x):")),
        ),
    ];
    let reports = reports(changes, &[], settings(Gate::Introduced));
    let findings = &reports[1].symbols[0].findings;
    assert_eq!(findings.len(), 1);
    assert_eq!(
        (findings[0].rule.code, findings[0].introduced),
        ("DG103", false)
    );
}

#[test]
fn one_that_vanished_is_at_most_one_that_appeared() {
    let changes = vec![
        change("a.py", &[F], ""),
        change("b.py", &[KEPT], &format!("{KEPT}{F}")),
        change("c.py", &[KEPT], &format!("{KEPT}{F}")),
    ];
    assert_eq!(scope(changes, &[]), ["c.py f: added"]);
}
