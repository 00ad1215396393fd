//! Bases in other files of a run.

use super::run::{change, reports, settings};
use crate::check::Gate;

/// The findings of methods called `draw` of the file at `path` that are given beside `files`, with their severities.
fn found(path: &str, text: &str, files: &[(&str, &str)]) -> Vec<String> {
    let mut changes = vec![change(path, &[], text)];
    changes.extend(files.iter().map(|(path, text)| change(path, &[], text)));
    let mut reports = reports(changes, &[], settings(Gate::Introduced));
    let symbols = reports.remove(0).symbols;
    let draws = symbols.into_iter().filter(|it| it.qualname == "C.draw");
    let findings = draws.flat_map(|it| it.findings);
    findings
        .map(|it| format!("{} {}", it.rule.code, it.severity.word()))
        .collect()
}

const DOCUMENTED: &str = "class Shape:\n    def draw(self): 'Doc.'\n";
const BARE: &str = "class Shape:\n    def draw(self): pass\n";
const OTHER: &str = "class Shape:\n    def move(self): 'Doc.'\n";

fn deriving(import: &str, base: &str) -> String {
    format!("{import}\nclass C({base}):\n    '''Doc.'''\n    def draw(self): pass\n")
}

#[test]
fn an_override_of_a_documented_method_in_another_file_wants_nothing() {
    let absolute = deriving("from app.shapes import Shape", "Shape");
    for (path, text, file) in [
        ("app/a.py", absolute.clone(), "app/shapes.py"),
        ("app/a.py", absolute.clone(), "app/shapes/__init__.py"),
        ("src/app/sub/a.py", absolute.clone(), "src/app/shapes.py"),
        ("/tmp/app/sub/a.py", absolute, "/tmp/app/shapes.py"),
        (
            "app/a.py",
            deriving("from .shapes import Shape as S", "S[int]"),
            "app/shapes.py",
        ),
        (
            "app/sub/a.py",
            deriving("from ..shapes import Shape", "Shape"),
            "app/shapes.py",
        ),
        (
            "app/sub/a.py",
            deriving("from .. import Shape", "Shape"),
            "app/__init__.py",
        ),
    ] {
        let packages = [("app/__init__.py", ""), ("src/app/__init__.py", "")];
        let packages = packages.into_iter().filter(|it| it.0 != file);
        let files = |of| -> Vec<(&str, &str)> { packages.clone().chain([(file, of)]).collect() };
        assert_eq!(
            found(path, &text, &files(DOCUMENTED)),
            [""; 0],
            "{path} {file}"
        );
        assert_eq!(
            found(path, &text, &files(BARE)),
            ["DG102 error"],
            "{path} {file}"
        );
        assert_eq!(
            found(path, &text, &files(OTHER)),
            ["DG102 error"],
            "{path} {file}"
        );
    }
}

#[test]
fn a_base_may_be_named_by_its_module() {
    for (path, import, base) in [
        ("app/a.py", "import app.shapes as shapes", "shapes.Shape"),
        (
            "app/a.py",
            "import app.shapes, app.other",
            "app.shapes.Shape",
        ),
        (
            "app/sub/a.py",
            "from app import shapes as s",
            "s.Shape[int]",
        ),
        ("app/sub/a.py", "from .. import shapes", "shapes.Shape"),
    ] {
        let text = deriving(import, base);
        let files = |of| [("app/__init__.py", ""), ("app/shapes.py", of)];
        assert_eq!(found(path, &text, &files(DOCUMENTED)), [""; 0], "{import}");
        assert_eq!(
            found(path, &text, &files(BARE)),
            ["DG102 error"],
            "{import}"
        );
    }
}

#[test]
fn what_is_handed_on_from_file_to_file_is_found() {
    let text = deriving("from app import Shape", "Shape");
    let files = [
        ("app/__init__.py", "from .shapes import Shape\n"),
        (
            "app/shapes.py",
            "from .base import Base\nclass Shape(Base): pass\n",
        ),
        ("app/base.py", "class Base:\n    def draw(self): 'Doc.'\n"),
    ];
    assert_eq!(found("app/a.py", &text, &files), [""; 0]);
    assert_eq!(found("app/a.py", &text, &files[..2]), ["DG102 warning"]);
    assert_eq!(found("app/a.py", &text, &files[..1]), ["DG102 warning"]);
}

#[test]
fn files_that_import_each_other_end() {
    let text = deriving("from app.one import A", "A");
    let files = [
        ("app/one.py", "from app.two import B\nclass A(B): pass\n"),
        (
            "app/two.py",
            "from app.one import A\nclass B(A): pass\nfrom app.two import C\n",
        ),
    ];
    assert_eq!(found("app/a.py", &text, &files), ["DG102 error"]);
    let text = deriving("from app.two import C", "C");
    assert_eq!(found("app/a.py", &text, &files), ["DG102 warning"]);
}

#[test]
fn a_namesake_in_a_package_is_not_taken_for_what_is_installed() {
    let text = deriving("from shapes import Shape", "Shape");
    let files = [("app/__init__.py", ""), ("app/shapes.py", DOCUMENTED)];
    assert_eq!(found("app/a.py", &text, &files), ["DG102 warning"]);
    assert_eq!(found("app/a.py", &text, &files[1..]), [""; 0]);
}

#[test]
fn an_ancestor_in_another_file_documents_what_is_raised() {
    let text = "from app.errors import WrongShape\nclass C:\n    '''Doc.'''\n    def draw(self):\n        '''Draw.\n\n        Raises:\n            ShapeError: If it is none.\n        '''\n        raise WrongShape\n";
    let errors = "class ShapeError(Exception): pass\nclass WrongShape(ShapeError): pass\n";
    assert_eq!(
        found("app/a.py", text, &[("app/errors.py", errors)]),
        [""; 0]
    );
    assert_eq!(found("app/a.py", text, &[]), ["DG501 error"]);
}

#[test]
fn a_property_takes_over_what_documents_an_attribute() {
    let text = deriving("from app.shapes import Shape", "Shape")
        .replace("    def draw", "    @property\n    def draw");
    let shapes = "class Shape:\n    draw: int\n    \"\"\"How it is drawn.\"\"\"\n";
    assert_eq!(
        found("app/a.py", &text, &[("app/shapes.py", shapes)]),
        [""; 0]
    );
    let silent = "class Shape:\n    draw: int\n    \"\"\"\"\"\"\n    other: int\n";
    assert_eq!(
        found("app/a.py", &text, &[("app/shapes.py", &silent[..24])]),
        ["DG102 error"]
    );
}
