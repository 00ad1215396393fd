//! Symbols renamed or moved within a file.

use super::{facets_of, nothing};

const BODY: &str = "    total = 0\n    for row in rows:\n        if row.is_open:\n            total += row.price * row.count\n    return total\n";

#[test]
fn a_renamed_function_with_an_equal_body_is_the_same() {
    let old = format!("def f(rows):\n{BODY}");
    nothing(&old, &old.replace("def f", "def g"));
    assert_eq!(
        facets_of(&old, &old.replace("f(rows)", "g(rows, x)")),
        ["g: signature"]
    );
    let method = BODY.replace("    ", "        ");
    assert_eq!(
        facets_of(&old, &format!("class C:\n    def f(self, rows):\n{method}")),
        ["C: added"]
    );
}

#[test]
fn a_similar_body_is_enough_and_another_is_not() {
    let old = format!("def f(rows):\n{BODY}");
    let new = old.replace("def f", "def g");
    nothing(&old, &new.replace("total = 0", "total = 1\n    log(rows)"));
    let other = "def g(rows):\n    with open(rows) as file:\n        yield from csv.reader(file, delimiter=';')\n";
    assert_eq!(facets_of(&old, other), ["g: added"]);
}

#[test]
fn a_copy_is_new() {
    let old = format!("def f(rows):\n{BODY}");
    assert_eq!(
        facets_of(&old, &format!("{old}\n{}", old.replace("def f", "def g"))),
        ["g: added"]
    );
}

#[test]
fn the_most_similar_goes_first() {
    let f = format!("def f(rows):\n{BODY}");
    let g = f
        .replace("def f", "def g")
        .replace("row.is_open", "row.is_open and row.is_paid");
    let new = format!(
        "{}\n{}",
        g.replace("def g", "def one"),
        f.replace("def f", "def two")
    );
    assert_eq!(
        facets_of(
            &format!("{f}\n{g}"),
            &new.replace("two(rows)", "two(rows, x)")
        ),
        ["two: signature"]
    );
}

#[test]
fn trivial_bodies_never_pair_by_body_alone() {
    for body in [
        "pass",
        "...",
        "return 1",
        "return self.open(a, b, c=d(e), f=g[h], i=j + k * l)",
    ] {
        let old = format!("def f(x):\n    {body}\n");
        assert_eq!(
            facets_of(&old, &old.replace("def f", "def g")),
            ["g: added"],
            "{body}"
        );
    }
    let old = "class C:\n    def f(x):\n        return self.open(a, b, c=d(e), f=g[h])\n";
    assert_eq!(facets_of(old, &old.replace("class C", "class D")), [""; 0]);
}

#[test]
fn nine_tokens_are_too_few_and_ten_are_enough() {
    let nine = "def f(x):\n    a = b + c\n    g(a)\n";
    let ten = "def f(x):\n    a = b + c\n    g(- a)\n";
    assert_eq!(
        facets_of(nine, &nine.replace("def f", "def h")),
        ["h: added"]
    );
    nothing(ten, &ten.replace("def f", "def h"));
}

#[test]
fn what_is_in_a_renamed_class_goes_with_it() {
    let old = format!(
        "class C:\n    a = 1\n    def short(self): pass\n    def f(rows):\n{}",
        BODY.replace("    ", "        ")
    );
    nothing(&old, &old.replace("class C", "class D"));
    assert_eq!(
        facets_of(
            &old,
            &old.replace("class C", "class D")
                .replace("short(self)", "short(self, a)")
        ),
        ["D.short: signature"]
    );
    let nested = format!(
        "def f():\n    def g(rows):\n    {}\n    return g\n",
        BODY.trim_end().replace('\n', "\n    ")
    );
    nothing(&nested, &nested.replace("def f", "def h"));
}

#[test]
fn a_class_is_no_function() {
    let class = "class C:\n    a = 1\n    b = 2\n    c = 3\n    d = 4\n";
    assert_eq!(
        facets_of(class, &class.replace("class C", "def f()")),
        ["f: added"]
    );
}

#[test]
fn what_becomes_public_by_its_new_name_is_added() {
    let old = format!("def _f(rows):\n{BODY}");
    assert_eq!(facets_of(&old, &old.replace("_f", "f")), ["f: added"]);
    nothing(&old.replace("_f", "f"), &old);
    let nested = format!(
        "def f(rows):\n    def g(rows):\n    {}\n    return g\n",
        BODY.trim_end().replace('\n', "\n    ")
    );
    let moved = format!("def g(rows):\n{BODY}\ndef f(rows):\n    return g\n");
    assert_eq!(facets_of(&nested, &moved), ["g: added"]);
}

#[test]
fn within_one_name_an_equal_body_goes_first_then_the_order() {
    let getter = "    @property\n    def x(self):\n        return self._x\n";
    let setter = "    @x.setter\n    def x(self, value):\n        self._x = value\n";
    let old = format!("class C:\n{getter}\n{setter}");
    // The getter goes: what is left is the setter, which has not changed.
    nothing(&old, &format!("class C:\n{setter}"));
    nothing(&old, &format!("class C:\n{setter}\n{getter}"));
    let deleter = "    @x.deleter\n    def x(self):\n        del self._x\n";
    assert_eq!(
        facets_of(&old, &format!("class C:\n{getter}\n{deleter}\n{setter}")),
        ["C.x: added"]
    );
    let either = "if A:\n    def f(a):\n        return one(a)\nelse:\n    def f(a):\n        return two(a)\n";
    assert_eq!(
        facets_of(
            either,
            "if A:\n    def f(a, b):\n        return two(a)\nelse:\n    def f(a):\n        return one(a)\n"
        ),
        ["f: signature"]
    );
    // One of two goes, and the body of the other changes a little, as pyupgrade leaves it.
    let checked = "{\n    def f(b):\n        \"\"\"Do.\"\"\"\n        if type(b).__name__ in NAMES:\n            return cast(Type, Annotated)\n        return origin(b) or getattr(b, 'o', None)\n";
    let plain = checked
        .trim_start_matches("{\n")
        .replace("    def", "def")
        .replace("\n    ", "\n");
    let both = format!(
        "if A:\n    def f(a):\n        return getattr(a, 'o', None)\nelse:{}",
        checked.trim_start_matches('{')
    );
    nothing(&both, &plain.replace("Type", "type"));
    // Neither body is known again: in order.
    assert_eq!(
        facets_of(
            either,
            &either
                .replace("return", "yield")
                .replace("f(a):\n        yield two", "f(b):\n        yield two")
        ),
        ["f: yields returns", "f: signature yields returns"]
    );
}
