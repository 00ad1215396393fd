//! What a class says of its instances.

use super::{becomes, facets_of, nothing, with_bodies};

const OLD: &str = "class C(Base):\n    a = 1\n    b: int = 2\n\n    def __init__(self, x):\n        self.x = x\n        self.y, z = x\n\n    def f(self):\n        self.z = 1\n";

#[test]
fn class_attributes_and_fields() {
    for new in [
        OLD.replace("a = 1", "a = c = 1"),
        OLD.replace("a = 1", "d = 1"),
        OLD.replace("    a = 1\n", ""),
        OLD.replace("b: int = 2", "b: str = 2"),
        OLD.replace("b: int = 2", "b = 2"),
        OLD.replace("b: int = 2", "b: int = 2\n    c: int"),
        OLD.replace("a = 1", "if x:\n        e = 1\n    a = 1"),
        OLD.replace("a = 1", "a, e = 1, 2"),
    ] {
        becomes(OLD, &new, "attributes");
    }
    nothing(OLD, &OLD.replace("a = 1", "a = 2"));
    nothing(OLD, &OLD.replace("b: int", "b: 'int'"));
    nothing(OLD, &OLD.replace("a = 1", "a = f(k=3, l=lambda m=1: 2)"));
    nothing(OLD, &OLD.replace("a = 1", "a = 1\n    __slots__ = ()"));
}

#[test]
fn what_init_sets() {
    becomes(
        OLD,
        &OLD.replace("self.x = x", "self.x = self.w = x"),
        "attributes",
    );
    becomes(OLD, &OLD.replace("self.x = x", "pass"), "attributes");
    becomes(
        OLD,
        &OLD.replace("self.x = x", "self.v: int = x"),
        "attributes",
    );
    becomes(
        OLD,
        &OLD.replace("self.y, z", "self.y, self.z"),
        "attributes",
    );
    nothing(
        OLD,
        &OLD.replace("self.x = x", "self.x = f(self.w, k=self.u)"),
    );
    nothing(
        OLD,
        &OLD.replace(
            "self.x = x",
            "self.x = x\n        self.x.y = 2\n        self.l[self.i] = 3",
        ),
    );
    nothing(OLD, &OLD.replace("self.z = 1", "self.u = 1"));
}

#[test]
fn the_parameters_of_init() {
    assert_eq!(
        facets_of(OLD, &OLD.replace("(self, x)", "(self, x, y=1)")),
        ["C: attributes", "C.__init__: signature"]
    );
    assert_eq!(
        facets_of(OLD, &OLD.replace("(self, x)", "(self, x) -> None")),
        ["C.__init__: signature"]
    );
    assert_eq!(
        facets_of(
            "class C:\n    a = 1\n",
            "class C:\n    a = 1\n\n    def __init__(self):\n        pass\n"
        ),
        ["C.__init__: added"]
    );
}

#[test]
fn the_kind_of_the_class() {
    for base in ["enum.Enum", "TypedDict", "typing.Protocol[T]", "NamedTuple"] {
        becomes(OLD, &OLD.replace("Base", base), "attributes");
    }
    nothing(OLD, &OLD.replace("Base", "Other"));
    assert_eq!(with_bodies(OLD, &OLD.replace("Base", "Other")), ["C: body"]);
    nothing(OLD, &OLD.replace("(Base)", ""));
}

#[test]
fn a_class_is_not_in_scope_for_its_members() {
    assert_eq!(
        facets_of(OLD, &OLD.replace("def f(self)", "def f(self, a)")),
        ["C.f: signature"]
    );
    assert_eq!(
        facets_of(OLD, &format!("{OLD}\n    def g(self):\n        pass\n")),
        ["C.g: added"]
    );
    assert_eq!(
        with_bodies(OLD, &format!("{OLD}\n    def g(self):\n        pass\n")),
        ["C.g: added"]
    );
}
