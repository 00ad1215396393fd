//! Who is public, what is inherited, what a symbol scores.

use std::fmt::Write as _;
use std::sync::Arc;

use super::Inherited::{Absent, Documented, Undocumented, Unknown};
use super::Visibility::{Magic, Nested, Private, Public, Test};
use super::*;
use crate::docstring::Style;
use crate::python::{Module, SymbolId, SymbolKind, outline};

fn id(module: &Module<'_>, qualname: &str) -> SymbolId {
    module.ids().find(|it| it.1.qualname == qualname).unwrap().0
}

fn visibility(text: &str, path: &str, qualname: &str) -> Visibility {
    let module = outline(text, SymbolKind::of_file(path));
    let at = id(&module, qualname).0 as usize;
    visibilities(&module, path)[at]
}

#[test]
fn visibility_goes_by_names_and_scopes() {
    let text = "
class C:
    def f(self):
        def g(): pass
        class D:
            def h(self): pass
    def _p(self): pass
    def __len__(self): pass
    class Meta:
        def m(self): pass
class _P:
    def f(self): pass
@pytest.fixture(scope='module')
def shape(): pass
";
    for (qualname, expected) in [
        ("<module>", Public),
        ("C", Public),
        ("C.f", Public),
        ("C.f.<locals>.g", Nested),
        ("C.f.<locals>.D.h", Nested),
        ("C._p", Private),
        ("C.__len__", Magic),
        ("C.Meta", Nested),
        ("C.Meta.m", Nested),
        ("_P.f", Private),
        ("shape", Test),
    ] {
        assert_eq!(visibility(text, "a/b.py", qualname), expected, "{qualname}");
        assert_eq!(
            visibility(text, "a/test_b.py", qualname),
            Test,
            "{qualname}"
        );
        assert_eq!(visibility(text, "_a/b.py", qualname), Private, "{qualname}");
    }
}

#[test]
fn exports_decide_for_top_level_names() {
    let text =
        "__all__ = ['_f', 'C']\ndef _f(): pass\ndef g(): pass\nclass C:\n    def h(self): pass\n";
    assert_eq!(visibility(text, "a.py", "_f"), Visibility::Public);
    assert_eq!(visibility(text, "a.py", "g"), Visibility::Private);
    assert_eq!(visibility(text, "a.py", "C.h"), Visibility::Public);
}

/// What the methods called `f` inherit.
fn inherited(text: &str, qualname: &str) -> Inherited {
    let module = outline(text, SymbolKind::Module);
    let values = values(&module);
    let reading = Reading::new(&module, &values, "a.py", &SingleFile, Settings::default());
    reading.inherited(id(&module, qualname))
}

#[test]
fn methods_inherit_along_the_bases_of_their_file() {
    let text = "
import enum, m
class A:
    def f(self): 'Doc.'
    def g(self): pass
class B(A): pass
class C(B, Generic[T]):
    def f(self): pass
    def g(self): pass
    def h(self): pass
class D(C, m.Other):
    def f(self): pass
    def h(self): pass
class E(enum.Enum, Exception):
    def f(self): pass
class F(make()):
    def f(self): pass
class Outer:
    class Inner:
        def f(self): 'Doc.'
    class Next(Inner):
        def f(self): pass
class Loop(Loop2):
    def f(self): pass
class Loop2(Loop):
    def f(self): pass
";
    for (qualname, expected) in [
        ("A.f", Absent),
        ("C.f", Documented),
        ("C.g", Undocumented),
        ("C.h", Absent),
        ("D.f", Documented),
        ("D.h", Unknown),
        ("E.f", Absent),
        ("F.f", Unknown),
        ("Outer.Next.f", Documented),
        ("Loop.f", Undocumented),
    ] {
        assert_eq!(inherited(text, qualname), expected, "{qualname}");
    }
}

/// A project of the files given, by path; a module's name is its path.
#[derive(Debug)]
struct Files(&'static [(&'static str, &'static str)]);

impl Files {
    fn find(&self, module: &str) -> Option<Place> {
        let (path, text) = self.0.iter().find(|it| it.0 == module)?;
        let classes = Classes::of(&outline(text, SymbolKind::Module));
        Some(Place {
            path: (*path).into(),
            classes: Arc::new(classes),
        })
    }
}

impl Project for Files {
    fn ancestry(&self, module: &str, class: &str) -> Option<Arc<Ancestry>> {
        let find = |_: &str, module: &str| self.find(module);
        Ancestry::of(self.find(module)?, class, &find).map(Arc::new)
    }
}

const SHAPES: Files = Files(&[
    (
        "..shapes",
        "from base import Base\nfrom other import Moved as Renamed\nclass Shape(Base):\n    def draw(self): 'Doc.'\n    def fill(self): pass\nclass Loop(Loop2): pass\nclass Loop2(Loop): pass\n",
    ),
    (
        "base",
        "class Base(Exception):\n    def fill(self): 'Doc.'\n    def move(self): pass\n",
    ),
    (
        "other",
        "class Moved(make()):\n    def draw(self): pass\n    def fill(self): 'Doc.'\n",
    ),
]);

#[test]
fn imported_bases_hand_down_what_they_and_theirs_have() {
    let text = "
from ..shapes import Shape as Base, Renamed, Missing, Loop
import elsewhere
class C(Base):
    def draw(self): pass
    def fill(self): pass
    def move(self): pass
    def other(self): pass
class D(Renamed):
    def draw(self): pass
    def fill(self): pass
class E(Missing):
    def f(self): pass
class F(Loop):
    def f(self): pass
class G(elsewhere.Shape):
    def f(self): pass
";
    let module = outline(text, SymbolKind::Module);
    let values = values(&module);
    let reading = Reading::new(&module, &values, "a.py", &SHAPES, Settings::default());
    for (qualname, expected) in [
        ("C.draw", Documented),
        ("C.fill", Documented),
        ("C.move", Undocumented),
        ("C.other", Absent),
        ("D.draw", Unknown),
        ("D.fill", Documented),
        ("E.f", Unknown),
        ("F.f", Absent),
        ("G.f", Unknown),
    ] {
        assert_eq!(
            reading.inherited(id(&module, qualname)),
            expected,
            "{qualname}"
        );
    }
}

#[test]
fn an_imported_exception_has_ancestors() {
    let text = "from base import Base as Wrong\n";
    let module = outline(text, SymbolKind::Module);
    let values = super::values(&module);
    let reading = Reading::new(&module, &values, "a.py", &SHAPES, Settings::default());
    assert!(reading.is_exception_ancestor("Exception", "Other"));
    assert!(reading.is_exception_ancestor("Wrong", "Wrong"));
    assert!(reading.is_exception_ancestor("Base", "Wrong"));
    assert!(!reading.is_exception_ancestor("ValueError", "Wrong"));
}

#[test]
fn a_tie_between_styles_is_decided_by_the_files_majority() {
    let tie = "def f():\n    '''S.\n\n    Returns:\n        X.\n\n    :raises E: If.\n    :raises F: If.\n    '''\n";
    let style = |other: &str, asked| {
        let text = format!("{tie}def g():\n    '''S.\n\n    {other}\n    '''\n");
        let module = outline(&text, SymbolKind::Module);
        let values = values(&module);
        let settings = Settings {
            style: asked,
            ..Settings::default()
        };
        let reading = Reading::new(&module, &values, "a.py", &SingleFile, settings);
        reading.docstring(SymbolId(1)).unwrap().parsed.style
    };
    assert_eq!(style("Args:\n        x: X.", None), Some(Style::Google));
    assert_eq!(style(":param x: X.", None), Some(Style::Sphinx));
    assert_eq!(
        style(":param x: X.", Some(Style::Google)),
        Some(Style::Google)
    );
}

/// A project in Google's style.
#[derive(Debug)]
struct Styled;

impl Project for Styled {
    fn ancestry(&self, _module: &str, _class: &str) -> Option<Arc<Ancestry>> {
        None
    }

    fn style(&self) -> Option<Style> {
        Some(Style::Google)
    }
}

#[test]
fn a_tie_that_the_file_does_not_decide_is_decided_by_the_project() {
    let tie = "def f():\n    '''S.\n\n    Returns:\n        X.\n\n    :raises E: If.\n    :raises F: If.\n    '''\n";
    let numpy = "def g():\n    '''S.\n\n    Returns\n    -------\n    int\n        X.\n\n    :raises E: If.\n    '''\n";
    let style = |text: &str, project: &dyn Project| {
        let module = outline(text, SymbolKind::Module);
        let values = values(&module);
        let reading = Reading::new(&module, &values, "a.py", project, Settings::default());
        reading.docstring(SymbolId(1)).unwrap().parsed.style
    };
    assert_eq!(style(tie, &SingleFile), Some(Style::Sphinx));
    assert_eq!(style(tie, &Styled), Some(Style::Google));
    assert_eq!(style(numpy, &Styled), Some(Style::Numpy), "no tie");
}

fn score(text: &str) -> (u32, u32) {
    let module = outline(text, SymbolKind::Module);
    let values = values(&module);
    let reading = Reading::new(&module, &values, "a.py", &SingleFile, Settings::default());
    let at = SymbolId(1);
    let requirement = Requirement::of(&reading, at);
    let coverage = Coverage::of(&reading, at, &requirement);
    let score = Score::of(Schema::built_in(), &reading, at, &requirement, &coverage);
    (score.earned, score.possible)
}

#[test]
fn the_score_weighs_what_is_asked() {
    let body = "    raise E\n    return a\n";
    assert_eq!(score(&format!("def f(a, b):\n{body}")), (0, 13));
    assert_eq!(score(&format!("def f(a, b):\n    'Do.'\n{body}")), (4, 13));
    let half = "    '''Do.\n\n    Args:\n        a: One.\n\n    Returns:\n        It.\n    '''\n";
    assert_eq!(score(&format!("def f(a, b):\n{half}{body}")), (9, 13));
    assert_eq!(score("def _f(a): pass\n"), (0, 0));
    assert_eq!(
        score("class C:\n    'Doc.'\n    def __init__(self, a): pass\n"),
        (4, 6)
    );
    assert!(
        (Score {
            earned: 5,
            possible: 7
        }
        .percent()
            - 71.428)
            .abs()
            < 0.001
    );
}

#[test]
fn a_long_chain_of_bases_cost_little() {
    let mut text = String::from("class C0:\n    def f(self): pass\n");
    for at in 1..3000 {
        let base = at - 1;
        writeln!(text, "class C{at}(C{base}):\n    def f(self): pass").unwrap();
    }
    assert_eq!(inherited(&text, "C1.f"), Inherited::Undocumented);
    assert_eq!(inherited(&text, "C2999.f"), Inherited::Unknown);
}
