//! Headers and what bodies do: signature, raises, yields, returns, warns, decorators, body.

use super::{becomes, facets_of, has, nothing, with_bodies};

#[test]
fn a_parameter_is_added_removed_renamed_reordered() {
    let old = "def f(a, b): pass";
    for new in [
        "def f(a, b, c): pass",
        "def f(a): pass",
        "def f(a, c): pass",
        "def f(b, a): pass",
    ] {
        becomes(old, new, "signature");
    }
}

#[test]
fn the_kind_default_or_annotation_of_a_parameter_changes() {
    let old = "def f(a, b: int = 1) -> int: pass";
    for new in [
        "def f(a, *, b: int = 1) -> int: pass",
        "def f(a, /, b: int = 1) -> int: pass",
        "def f(a, b: int = 2) -> int: pass",
        "def f(a, b: int) -> int: pass",
        "def f(a, b: str = 1) -> int: pass",
        "def f(a, b=1) -> int: pass",
        "def f(a, b: int = 1) -> str: pass",
        "def f(a, b: int = 1): pass",
        "def f(*a, b: int = 1) -> int: pass",
    ] {
        becomes(old, new, "signature");
    }
}

#[test]
fn only_other_names_ask_for_a_docstring_that_was_never_there() {
    use crate::rules::Facet::{Params, Signature};
    let old = "def f(a, b): pass";
    let facets = |new: &str| (has(old, new, Params), has(old, new, Signature));
    assert_eq!(facets("def f(a, b, c): pass"), (true, true));
    assert_eq!(facets("def f(a): pass"), (true, true));
    assert_eq!(facets("def f(a, c): pass"), (true, true));
    assert_eq!(facets("def f(b, a): pass"), (false, true));
    assert_eq!(facets("def f(a, b=1): pass"), (false, true));
    assert_eq!(facets("def f(a, b: int): pass"), (false, true));
    assert_eq!(facets("def f(a, b) -> int: pass"), (false, true));
}

#[test]
fn annotations_are_compared_as_types_and_expressions_in_normal_form() {
    let old = "def f(a: Optional[List[int]] = None, b: 'str' = 'x', c=0XFF, d=(1, 2)) -> t.Dict[str, int]: pass";
    nothing(
        old,
        "def f(\n    a: list[int] | None = None,\n    b: str = \"x\",  # the b\n    c=(0xff),\n    d=(1, 2,),\n) -> dict[str, int]:\n    pass",
    );
    becomes(old, &old.replace("List[int]", "List[str]"), "signature");
    becomes(old, &old.replace("0XFF", "0xFE"), "signature");
}

#[test]
fn what_a_method_is_bound_to_is_no_parameter() {
    nothing(
        "class C:\n    def f(self, a): pass\n",
        "class C:\n    def f(this, a): pass\n",
    );
    assert_eq!(
        facets_of(
            "class C:\n    def f(self, a): pass\n",
            "class C:\n    @classmethod\n    def f(cls, a): pass\n",
        ),
        ["C.f: decorators"]
    );
    assert_eq!(
        facets_of(
            "class C:\n    def f(self, a): pass\n",
            "class C:\n    @staticmethod\n    def f(b, a): pass\n",
        ),
        ["C.f: signature decorators"]
    );
}

#[test]
fn what_it_raises() {
    let old = "def f(a):\n    if a:\n        raise ValueError(a)\n    g(a)\n";
    becomes(old, &old.replace("ValueError", "TypeError"), "raises");
    becomes(old, &old.replace("raise ValueError(a)", "a += 1"), "raises");
    becomes(
        old,
        &old.replace("    g(a)", "    raise KeyError"),
        "raises",
    );
    nothing(old, &old.replace("ValueError(a)", "ValueError('no')"));
    nothing(
        old,
        &old.replace("    g(a)", "    raise ValueError('twice')"),
    );
}

#[test]
fn whether_it_yields_or_returns_a_value() {
    let old = "def f(a):\n    g(a)\n";
    becomes(old, "def f(a):\n    return g(a)\n", "returns");
    becomes(old, "def f(a):\n    yield g(a)\n", "yields");
    becomes(
        "def f(a):\n    return g(a)\n",
        "def f(a):\n    yield g(a)\n",
        "yields returns",
    );
    nothing(old, "def f(a):\n    return None\n");
    nothing(
        "def f(a):\n    return g(a)\n",
        "def f(a):\n    return h(a)\n",
    );
    nothing("def f(a):\n    yield a\n", "def f(a):\n    yield from a\n");
    becomes(
        "def f(a):\n    yield\n",
        "def f(a):\n    yield a\n",
        "yields",
    );
    let optional = "def f(a) -> int | None:\n    g(a)\n";
    becomes(optional, &format!("{optional}    return None\n"), "returns");
}

#[test]
fn what_it_warns_of() {
    let old = "import warnings\ndef f(a):\n    g(a)\n";
    let warning = old.replace("g(a)", "warnings.warn('x', DeprecationWarning)");
    assert_eq!(facets_of(old, &warning), ["f: warns"]);
    assert_eq!(
        facets_of(&warning, &warning.replace("Deprecation", "User")),
        ["f: warns"]
    );
    nothing(&warning, &warning.replace("'x'", "'y'"));
}

#[test]
fn decorators_that_its_kind_depends_on() {
    let plain = "class C:\n    def f(self): pass\n";
    for name in [
        "property",
        "functools.cached_property",
        "typing.overload",
        "override",
        "staticmethod",
        "classmethod",
        "contextlib.contextmanager",
        "asynccontextmanager",
        "abstractmethod",
        "deprecated('x')",
        "pytest.fixture()",
    ] {
        let new = plain.replace("def", &format!("@{name}\n    def"));
        let facets = facets_of(plain, &new);
        assert!(facets[0].ends_with("decorators"), "{name}: {facets:?}");
    }
    becomes("class C: pass", "@dataclass\nclass C: pass", "decorators");
    becomes(
        "class C: pass",
        "@attr.s(auto_attribs=True)\nclass C: pass",
        "decorators",
    );
}

#[test]
fn arguments_and_order_of_decorators_and_unnamed_ones_are_body() {
    for (old, new) in [
        (
            "@deprecated('a')\ndef f(): pass",
            "@deprecated('b')\ndef f(): pass",
        ),
        (
            "@overload\n@override\ndef f(): pass",
            "@override\n@overload\ndef f(): pass",
        ),
        ("def f(): pass", "@lru_cache\ndef f(): pass"),
        ("def f(): pass", "async def f(): pass"),
        ("def f(): pass", "def f[T](): pass"),
        ("class C(A): pass", "class C(B): pass"),
        ("class C:\n    a = 1", "class C:\n    a = 2"),
        ("def f(): g()", "def f(): h()"),
    ] {
        nothing(old, new);
        let scope = with_bodies(old, new);
        assert_eq!(scope.len(), 1, "{new}: {scope:?}");
        assert!(scope[0].ends_with(": body"), "{new}: {scope:?}");
    }
}

#[test]
fn a_reformatted_body_is_the_same() {
    let old = "class C(A):\n    x = {'a': 0XF, 'b': (1)}\n    def f(self):\n        if (a and\n            b): return (x)\n";
    let new = "class C( A ):  # c\n    x = {\n        \"a\": 0xf,\n        \"b\": 1,\n    }\n\n    def f(self):\n        if a and b:\n            return x\n";
    assert_eq!(with_bodies(old, new), [""; 0]);
}

#[test]
fn a_nested_definition_is_its_own_symbol() {
    let old = "def f():\n    def g(a):\n        pass\n    return g\n";
    assert_eq!(
        facets_of(old, &old.replace("(a)", "(a, b)")),
        ["f.<locals>.g: signature"]
    );
    assert_eq!(
        facets_of(old, &old.replace("pass", "raise ValueError")),
        ["f.<locals>.g: raises"]
    );
    assert_eq!(
        with_bodies(old, &old.replace("pass", "h()")),
        ["f.<locals>.g: body"]
    );
}
