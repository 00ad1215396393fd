//! Docstrings by their cleaned value, and what does not count at all.

use super::{becomes, facets_of, has, nothing, with_bodies};

const OLD: &str =
    "def f(a):\n    \"\"\"Do it.\n\n    Args:\n        a: An a.\n    \"\"\"\n    return g(a)\n";

#[test]
fn its_words_change() {
    becomes(OLD, &OLD.replace("An a.", "The a."), "docstring");
    becomes(OLD, &OLD.replace("Do it.\n\n", "Do it.\n"), "docstring");
}

#[test]
fn it_appears_or_is_removed() {
    use crate::rules::Facet::DocstringRemoved;
    let bare = "def f(a):\n    return g(a)\n";
    becomes(bare, OLD, "docstring");
    becomes(OLD, bare, "docstring");
    assert!(has(OLD, bare, DocstringRemoved));
    assert!(!has(bare, OLD, DocstringRemoved));
}

#[test]
fn its_layout_does_not_count() {
    nothing(OLD, &OLD.replace("Do it.", "\n    Do it.  "));
    nothing(OLD, &OLD.replace("    ", "  "));
    nothing(OLD, &OLD.replace("    ", "\t"));
    nothing(OLD, &OLD.replace("\"\"\"", "'''"));
    nothing(OLD, &OLD.replace('\n', "\r\n"));
    nothing(OLD, &OLD.replacen("\"\"\"", "r\"\"\"", 1));
}

#[test]
fn a_body_does_not_change_with_its_docstring() {
    assert_eq!(
        with_bodies(OLD, &OLD.replace("An a.", "The a.")),
        ["f: docstring"]
    );
    let (head, tail) = OLD.split_at(OLD.find("    return").unwrap());
    assert_eq!(
        with_bodies(OLD, &format!("{head}    # why\n\n{tail}")),
        [""; 0]
    );
}

#[test]
fn comments_white_space_and_place_do_not_count() {
    let other = "def g(x):\n    return x\n";
    assert_eq!(
        with_bodies(&format!("{OLD}{other}"), &format!("# c\n{other}\n\n{OLD}")),
        [""; 0]
    );
    assert_eq!(
        with_bodies(OLD, &OLD.replace("g(a)", "(g (a,)) # c")),
        [""; 0]
    );
}

#[test]
fn a_module_has_its_own_facets_only() {
    let old = format!("\"\"\"A module.\"\"\"\nimport a\n{OLD}");
    assert_eq!(
        facets_of(&old, &old.replace("A module", "The module")),
        ["<module>: docstring"]
    );
    nothing(&old, &old.replace("import a", "import b"));
    assert_eq!(
        with_bodies(&old, &old.replace("import a", "import b")),
        ["<module>: body"]
    );
    assert_eq!(
        facets_of(&old, &format!("{old}\n\ndef g(): pass\n")),
        ["g: added"]
    );
}
