//! What pages cannot show: changes, suppressions by place, settings.

use super::*;
use crate::contract::{self, Reading, SingleFile};
use crate::python::{self, SymbolId, SymbolKind};

/// The codes found in `text`, each with its severity's first letter, on the symbols that changed so.
fn found(
    text: &str,
    changed: Facets,
    settings: &Settings,
    asked: contract::Settings,
) -> Vec<String> {
    let module = python::outline(text, SymbolKind::Module);
    let values = contract::values(&module);
    let reading = Reading::new(&module, &values, "shapes.py", &SingleFile, asked);
    let mut suppressions = Suppressions::new(&module, true);
    let mut found = Vec::new();
    for (id, symbol) in module.ids().skip(1) {
        let mut findings = check(&Subject::new(&reading, id), changed, changed, settings);
        suppressions.apply(id, &mut findings);
        found.extend(
            findings
                .iter()
                .map(|it| format!("{} {} {}", symbol.name, it.rule.code, it.severity.word())),
        );
    }
    found
}

fn of_new(text: &str) -> Vec<String> {
    found(
        text,
        Facets::ALL,
        &Settings::default(),
        contract::Settings::default(),
    )
}

fn with(select: &str) -> Settings {
    Settings {
        selection: Selection::parse(select).unwrap(),
        ..Settings::default()
    }
}

const UNDOCUMENTED: &str = "def area(width):\n    return width\n";
const INCOMPLETE: &str = "def area(width):\n    '''Return it.'''\n    return width\n";

#[test]
fn a_rule_fires_only_where_what_it_judges_changed() {
    let on = |text: &str, facet| {
        let facets = Facets::of(&[facet]);
        found(
            text,
            facets,
            &Settings::default(),
            contract::Settings::default(),
        )
    };
    assert_eq!(on(UNDOCUMENTED, Facet::Params), ["area DG103 error"]);
    assert_eq!(
        on(UNDOCUMENTED, Facet::DocstringRemoved),
        ["area DG103 error"]
    );
    assert_eq!(on(UNDOCUMENTED, Facet::Signature), [""; 0]);
    assert_eq!(on(UNDOCUMENTED, Facet::Body), [""; 0]);
    assert_eq!(on(INCOMPLETE, Facet::Signature), ["area DG201 error"]);
    assert_eq!(on(INCOMPLETE, Facet::Raises), [""; 0]);
}

#[test]
fn a_stale_docstring_is_one_that_did_not_change_with_the_code() {
    let stale = |facets: &[Facet]| {
        let asked = contract::Settings::default();
        found(
            INCOMPLETE,
            Facets::of(facets),
            &with("stale-docstring"),
            asked,
        )
        .len()
    };
    assert_eq!(stale(&[Facet::Body]), 1);
    assert_eq!(stale(&[Facet::Raises, Facet::Body]), 1);
    assert_eq!(stale(&[Facet::Body, Facet::Docstring]), 0);
    assert_eq!(stale(&[Facet::Added]), 0);
}

#[test]
fn what_is_not_selected_leaves_its_cause_to_others() {
    let renamed = "def f(width):\n    '''Do.\n\n    Args:\n        widht: Far.\n    '''\n";
    let asked = contract::Settings::default();
    let by = |select| found(renamed, Facets::ALL, &with(select), asked);
    assert_eq!(by("default"), ["f DG202 error"]);
    assert_eq!(by("missing-param"), ["f DG201 error"]);
}

#[test]
fn private_symbols_are_asked_on_request() {
    let text = "def _area(width):\n    return width\n\ndef _f(x):\n    '''Do.'''\n";
    assert_eq!(of_new(text), [""; 0]);
    let asked = contract::Settings::default().with_private();
    let found = found(text, Facets::ALL, &Settings::default(), asked);
    assert_eq!(found, ["_area DG103 error", "_f DG201 error"]);
}

#[test]
fn a_summary_is_enough_where_only_sections_that_are_there_have_to_be_right() {
    let asked = contract::Settings {
        summary_is_enough: true,
        ..contract::Settings::default()
    };
    let lenient = |text: &str| found(text, Facets::ALL, &Settings::default(), asked);
    let body = "    if x:\n        raise E\n    return y\n";
    let with = |docstring: &str| format!("def f(x, y):\n    '''Do.\n{docstring}    '''\n{body}");
    assert_eq!(lenient(&with("")), [""; 0]);
    assert_eq!(lenient(&format!("def f(x):\n{body}")), ["f DG103 error"]);
    let args = "\n    Args:\n        x: One.\n        z: None.\n";
    assert_eq!(lenient(&with(args)), ["f DG202 error"]);
    let args = "\n    Args:\n        x: One.\n";
    assert_eq!(lenient(&with(args)), ["f DG201 error"]);
    let raises = "\n    Raises:\n        OSError: If.\n";
    assert_eq!(lenient(&with(raises)), ["f DG502 warning", "f DG501 error"]);
    let class = "class C:\n    'Doc.'\n    def __init__(self, a): pass\n";
    assert_eq!(lenient(class), [""; 0]);
}

#[test]
fn magic_and_nested_symbols_are_asked_by_settings_or_rules() {
    let text = "class C:\n    'Doc.'\n    def __len__(self): pass\n    class D: pass\n    def __init__(self): pass\n";
    let all = contract::Settings::default().with_private();
    let by_setting = found(text, Facets::ALL, &Settings::default(), all);
    assert_eq!(by_setting, ["__len__ DG102 error", "D DG101 error"]);
    let settings = with("DG1");
    let asked = settings.selection.widen(contract::Settings::default());
    let by_rule = found(text, Facets::ALL, &settings, asked);
    assert_eq!(
        by_rule,
        [
            "__len__ DG105 error",
            "D DG106 error",
            "__init__ DG107 error"
        ]
    );
}

#[test]
fn what_an_unknown_base_may_hand_down_is_a_warning() {
    let text = "
class Circle(Shape):
    '''A circle.'''
    def draw(self):
        pass
    def move(self, by):
        '''Move it.'''
    def scale(self, by):
        '''Scale it.

        Args:
            to: How large.
        '''
";
    let expected = [
        "draw DG102 warning",
        "move DG201 warning",
        "scale DG202 error",
    ];
    assert_eq!(of_new(text), expected);
    let known = text.replace("(Shape)", "(Exception, Generic[T])");
    let expected = ["draw DG102 error", "move DG201 error", "scale DG202 error"];
    assert_eq!(of_new(&known), expected);
}

#[test]
fn a_score_that_is_good_enough_softens_what_is_missing() {
    let text =
        "def f(a, b, c):\n    '''Do.\n\n    Args:\n        a: One.\n        b: Two.\n    '''\n";
    let soft = |min_symbol| {
        let settings = Settings {
            min_symbol,
            ..Settings::default()
        };
        found(text, Facets::ALL, &settings, contract::Settings::default())
    };
    assert_eq!(soft(100), ["f DG201 error"]);
    assert_eq!(soft(80), ["f DG201 warning"]);
    assert_eq!(soft(81), ["f DG201 error"]);
}

#[test]
fn comments_suppress_by_place() {
    let quiet = |text: &str| of_new(text).is_empty();
    let doc = "'''Return it.'''";
    for header in [
        "def area(width):  # docgen: ignore[missing-param]",
        "def area(width):  # docgen: ignore[DG2] because",
        "def area(width):  # docgen: ignore",
        "def area(width):  # type: ignore  # docgen: ignore[DG201, DG301]",
        "@cache  # docgen: ignore[DG201]\ndef area(width):",
        "def area(\n    width,  # noqa: DG201\n):",
        "def area(width):  # noqa",
        "def area(width):  # NOQA:E501,D417",
        "def area(width):  # noqa: DOC101 some words",
    ] {
        let text = format!("{header}\n    {doc}\n    return width\n");
        assert!(quiet(&text), "{text}");
    }
    assert!(quiet(&format!(
        "def f(x):\n    {doc}  # docgen: ignore[missing-param]\n    return x\n"
    )));
    assert!(quiet(&format!(
        "# flake8: noqa\ndef f(x):\n    {doc}\n    return x\n"
    )));
    assert!(quiet(&format!(
        "def f(x):\n    {doc}\n    return x\n# docgen: ignore-file[DG201]\n"
    )));
    for header in [
        "def area(width):  # docgen: ignore[missing-returns]",
        "def area(width):  # noqa: D103",
        "def area(width):  # noqas",
        "# noqa: DG201\ndef area(width):",
        "def area(width):  # docgen: ignored[DG201]",
    ] {
        let text = format!("{header}\n    {doc}\n    return width  # noqa: DG201\n");
        assert!(!quiet(&text), "{text}");
    }
}

#[test]
fn a_comment_on_init_reaches_what_its_class_is_told_there() {
    let text = "
class Circle:
    '''A circle.'''
    def __init__(self, radius):  # docgen: ignore[missing-param]
        self.radius = radius
";
    assert_eq!(of_new(text), [""; 0]);
    assert_eq!(
        of_new(&text.replace("docgen", "doc")),
        ["Circle DG201 error"]
    );
}

#[test]
fn aliases_of_other_tools_can_be_left_alone() {
    let module = python::outline("def f(x):  # noqa: D103\n    pass\n", SymbolKind::Module);
    let values = contract::values(&module);
    let asked = contract::Settings::default();
    let reading = Reading::new(&module, &values, "shapes.py", &SingleFile, asked);
    let left = |aliases| {
        let subject = Subject::new(&reading, SymbolId(1));
        let mut findings = check(&subject, Facets::NONE, Facets::ALL, &Settings::default());
        Suppressions::new(&module, aliases).apply(SymbolId(1), &mut findings);
        findings.len()
    };
    assert_eq!((left(true), left(false)), (0, 1));
}

#[test]
fn a_broken_file_is_one_finding() {
    let module = python::outline("def f(:\n    x = (\n\nclass\n", SymbolKind::Module);
    let finding = syntax_errors(&module).unwrap();
    assert_eq!(finding.rule.code, "DG001");
    assert_eq!(undecodable("no UTF-8", 3).at.start, 3);
}
