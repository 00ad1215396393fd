//! Measures of small functions, counted by hand.

use super::super::{SymbolId, SymbolKind, outline};
use super::*;

fn cyclomatic(body: &str) -> u32 {
    let text = in_function(body);
    cyclomatic_complexity(&outline(&text, SymbolKind::Module), SymbolId(1))
}

fn cognitive(body: &str) -> u32 {
    let text = in_function(body);
    cognitive_complexities(&outline(&text, SymbolKind::Module))[1]
}

fn in_function(body: &str) -> String {
    let lines = body.lines().map(|line| format!("    {line}\n"));
    format!("def f(x):\n{}\ny = a and b\n", lines.collect::<String>())
}

#[test]
fn decisions_as_radon_counts_them() {
    assert_eq!(cyclomatic("pass"), 1);
    assert_eq!(cyclomatic("if a: b\nelif c: d\nelse: e"), 3);
    assert_eq!(cyclomatic("for a in b:\n    c\nelse: d"), 3);
    assert_eq!(cyclomatic("while a and b or c: d"), 4);
    assert_eq!(
        cyclomatic("try: a\nexcept A: b\nexcept B: c\nelse: d\nfinally: e"),
        4
    );
    assert_eq!(cyclomatic("return [a if b else c for d in e if f if g]"), 5);
    assert_eq!(cyclomatic("assert a and b, c or d; e = f or g"), 3);
    assert_eq!(cyclomatic("with a: b\nreturn lambda: c and d"), 2);
    assert_eq!(
        cyclomatic("match a:\n    case 1: b\n    case [c] if d and e: f\n    case _: g"),
        4
    );
    assert_eq!(cyclomatic("match a:\n    case b if c: d\n    case e: f"), 2);
    assert_eq!(
        cyclomatic("@a or b\ndef g(c=d or e):\n    if h: i\nclass J:\n    if k: l"),
        1
    );
    assert_eq!(cyclomatic("try: a\nexcept* A: b\nelse: c"), 1);
    assert_eq!(cyclomatic("f'{a if b else c:{d or e}}'"), 3);
}

#[test]
fn the_examples_of_the_paper() {
    // sumOfPrimes, without its labelled `continue`, which Python does not have.
    let primes = "total = 0\nfor i in range(m):\n    for j in range(i):\n        if i % j == 0:\n            continue\n    total += i\nreturn total";
    assert_eq!(cognitive(primes), 6);
    let words = "match number:\n    case 1: return 'one'\n    case 2: return 'a couple'\n    case _: return 'lots'";
    assert_eq!(cognitive(words), 1);
    let method =
        "try:\n    if a:\n        for i in b:\n            while c: d\nexcept (A, B):\n    if e: g";
    assert_eq!(cognitive(method), 9);
    assert_eq!(cognitive("def r():\n    if a: b"), 2);
    assert_eq!(cognitive("g(lambda: (a if b else c))"), 2);
}

/// Appendix A of the paper: what a decorator is, and what is none.
#[test]
fn decorators_nest_nothing() {
    let inner = "def inner():\n    if a: b";
    assert_eq!(cognitive(&format!("{inner}\nreturn inner")), 1);
    assert_eq!(cognitive(&format!("'''Doc.'''\n{inner}\nreturn inner")), 1);
    assert_eq!(cognitive(&format!("c = 1\n{inner}\nreturn inner")), 2);
    assert_eq!(cognitive(&format!("return inner\n{inner}")), 2);
    assert_eq!(cognitive(&format!("@c\nasync {inner}\nreturn inner")), 1);
    let generator =
        "def outer():\n    def inner():\n        if a: b\n    return inner\nreturn outer";
    assert_eq!(cognitive(generator), 1);
    assert_eq!(cognitive("class f(f):\n    pass"), 0);
    assert_eq!(cognitive("def f(y): pass\nasync def f(y): pass"), 0);
}

#[test]
fn sequences_of_like_operators() {
    assert_eq!(cognitive("if a and b and c: d"), 2);
    assert_eq!(cognitive("if a and b and c or d or e and g: h"), 4);
    assert_eq!(cognitive("if a and not (b and c): d"), 3);
    assert_eq!(cognitive("x = a and b, c and d"), 2);
}

#[test]
fn what_nests_and_what_does_not() {
    assert_eq!(cognitive("if a: b\nelif c: d\nelse: e"), 3);
    assert_eq!(cognitive("if a:\n    if b: c\n    else: d"), 4);
    assert_eq!(
        cognitive("with a:\n    try:\n        if b: c\n    finally:\n        if d: e"),
        2
    );
    assert_eq!(cognitive("return a if b else c"), 1);
    assert_eq!(cognitive("return a if b else c if d else e"), 3);
    assert_eq!(cognitive("return (a if b else c) if d else e"), 3);
    assert_eq!(cognitive("if a: return b if c else d"), 3);
    assert_eq!(cognitive("return [a for b in c if d]"), 0);
    assert_eq!(cognitive("for a in b: c\nelse: d"), 2);
    assert_eq!(cognitive("if x: return f(x)"), 2);
    assert_eq!(cognitive("self.f(x); g.f(x); h = f"), 1);
}

#[test]
fn volume_by_tokens() {
    let volume = |body| {
        halstead_volume(
            &outline(&in_function(body), SymbolKind::Module),
            SymbolId(1),
        )
    };
    assert!(volume("'''Doc.'''").abs() < 1e-9);
    // x = y + 1, and x again: eight tokens, six different.
    assert!((volume("'''Doc.'''\nx = y + 1\nx = x") - 8.0 * 5.0_f64.log2()).abs() < 1e-9);
    assert!((volume("f(x)") - 3.0 * 3.0_f64.log2()).abs() < 1e-9);
}

#[test]
fn lines_by_what_is_on_them() {
    let text = "# a\n\nx = (1,\n\n  # b\n  2)\n'''c\n# d\n\n'''\n  \ny; z\n# e";
    let module = outline(text, SymbolKind::Module);
    let counts = line_counts(&module);
    assert_eq!(
        counts,
        LineCounts {
            total: 13,
            code: 7,
            comment: 3,
            blank: 3
        }
    );
    let index = maintainability_index(&module, counts);
    assert!(index > 50.0 && index < 100.0, "{index}");
    let empty = outline("", SymbolKind::Module);
    assert_eq!(line_counts(&empty), LineCounts::default());
}
