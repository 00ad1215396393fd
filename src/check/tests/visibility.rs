//! What becomes public is added.

use super::{facets_of, nothing, scope_of};

#[test]
fn a_name_is_listed_in_all() {
    let old = "__all__ = ['f']\ndef f(): pass\ndef g(): pass\nclass C:\n    def m(self): pass\n";
    assert_eq!(
        facets_of(old, &old.replace("['f']", "['f', 'g']")),
        ["g: added"]
    );
    assert_eq!(
        facets_of(old, &old.replace("['f']", "['f', 'C']")),
        ["C: added", "C.m: added"]
    );
    nothing(&old.replace("['f']", "['f', 'g']"), old);
    assert_eq!(
        facets_of(old, &old.replace("__all__ = ['f']\n", "")),
        ["g: added", "C: added", "C.m: added"]
    );
}

#[test]
fn a_module_becomes_public() {
    let text = "def f(): pass\ndef _g(): pass\n";
    assert_eq!(
        scope_of(("a/_m.py", text), ("a/m.py", text), false),
        ["<module>: added", "f: added"]
    );
    assert_eq!(scope_of(("a/m.py", text), ("b/n.py", text), false), [""; 0]);
    assert_eq!(
        scope_of(("a/m.py", text), ("a/_m.py", text), false),
        [""; 0]
    );
}

#[test]
fn an_old_side_too_broken_to_outline_makes_nothing_new_whose_name_stands_in_it() {
    let new = "def f():\n    pass\n\n\ndef g():\n    pass\n";
    let old = "x = (\ndef f():\n    pass\n";
    assert_eq!(facets_of(old, new), ["g: added"]);
}
