//! The cases in which docstring linters disagree or are known to be wrong: each has an example in a rule's page.
//!
//! Pages are tests themselves (`every_page_is_true`); this holds that none of the cases is dropped from them.

use docgen::rules::RULES;

/// A case, the rule on whose page it stands, and words of its example's code.
const CASES: &[(&str, &str, &str)] = &[
    ("public", "missing-function-docstring", "def area("),
    ("private", "missing-function-docstring", "def _"),
    (
        "named in `__all__`",
        "missing-function-docstring",
        "__all__ = [",
    ),
    ("nested", "missing-nested-docstring", "class "),
    ("magic", "missing-magic-docstring", "def __len__"),
    ("tests", "missing-function-docstring", "conftest.py"),
    ("property", "missing-returns", "@property"),
    ("cached property", "missing-returns", "@cached_property"),
    ("setter", "missing-param", "@color.setter"),
    ("overload", "missing-param", "@overload"),
    ("override, by its decorator", "missing-param", "@override"),
    (
        "override in the same file",
        "missing-method-docstring",
        "class Circle(Round):",
    ),
    (
        "override in the project",
        "missing-method-docstring",
        "from bases import Base",
    ),
    (
        "see base class",
        "missing-method-docstring",
        "See base class.",
    ),
    ("inheritDoc", "missing-method-docstring", "{@inheritDoc}"),
    ("unknown base", "missing-method-docstring", "(shapes.Shape)"),
    ("dataclass", "missing-param", "@dataclass"),
    ("`KW_ONLY`", "missing-param", "_: KW_ONLY"),
    ("`ClassVar`", "missing-param", "ClassVar[int]"),
    ("`InitVar`", "missing-attribute", "InitVar[int]"),
    ("attrs", "unknown-param", "@attr.s"),
    ("pydantic", "missing-param", "pydantic.BaseModel"),
    ("`NamedTuple`", "missing-param", "(NamedTuple)"),
    ("`TypedDict`", "missing-attribute", "(TypedDict"),
    ("`Enum`", "missing-attribute", "(Enum)"),
    ("`Protocol`", "missing-returns", "(Protocol)"),
    (
        "attributes documented beside them",
        "missing-attribute",
        "#: ",
    ),
    (
        "parameters in the class's docstring",
        "missing-param",
        "class Circle:",
    ),
    (
        "parameters in `__init__`'s docstring",
        "missing-param",
        "\"\"\"Make a square.",
    ),
    (
        "in both, and not alike",
        "duplicate-section",
        "def __init__",
    ),
    (
        "forwarded whole",
        "missing-param",
        "shape.draw(*args, **kwargs)",
    ),
    ("`Unpack`", "unknown-param", "Unpack[Options]"),
    (
        "keys of an unpacked TypedDict, some documented",
        "missing-param",
        "Unpack[Edges]",
    ),
    (
        "stars that are none, or others",
        "unknown-param",
        "*factors: How much",
    ),
    (
        "caught through a base in the project",
        "missing-raises",
        "except ShapeError:",
    ),
    (
        "another name of OSError",
        "missing-raises",
        "raise os.error(",
    ),
    (
        "items of a list with dashes",
        "malformed-entry",
        "* `width` - ",
    ),
    ("`ParamSpec`", "missing-param", "*args: P.args"),
    ("context manager", "missing-yields", "@contextmanager"),
    ("generator", "missing-yields", "yield point"),
    ("async generator", "missing-yields", "async def echo"),
    (
        "`yield` in an expression",
        "missing-yields",
        "answer = yield",
    ),
    (
        "`yield` of a nested function",
        "missing-yields",
        "def inner",
    ),
    ("`NoReturn`", "missing-returns", "-> NoReturn"),
    ("`Optional`", "missing-returns", "-> Optional[int]"),
    ("stub", "missing-returns", "raise NotImplementedError"),
    ("`.pyi`", "missing-function-docstring", "shapes.pyi"),
    (
        "stub for type checkers",
        "missing-function-docstring",
        "if TYPE_CHECKING:",
    ),
    ("raised variable", "missing-raises", "raise error  #"),
    ("factory", "missing-raises", "raise too_large("),
    (
        "class method as a factory",
        "missing-raises",
        "raise OSError.of(",
    ),
    (
        "factory that is not known",
        "missing-raises",
        "raise unheard_of(",
    ),
    ("caught locally", "missing-raises", "except ValueError:"),
    ("raised in `else`", "missing-raises", "    else:"),
    (
        "tuple of exceptions",
        "missing-raises",
        "except (KeyError, IndexError):",
    ),
    ("`suppress`", "missing-raises", "with suppress("),
    ("ancestor", "missing-raises", "ShapeError(ValueError)"),
    (
        "ancestor in the project",
        "missing-raises",
        "from errors import WrongShape",
    ),
    ("`sys.exit`", "unknown-raises", "sys.exit("),
    ("raised by what is called", "unknown-raises", "open(path)"),
    (
        "types spelt differently",
        "param-type-mismatch",
        "Optional[",
    ),
    (
        "default in prose",
        "param-default-mismatch",
        "Defaults to 10.",
    ),
    ("doctest", "invalid-doctest", ">>> area(2,"),
    ("placeholder", "placeholder-text", "_description_"),
    ("tautology", "tautology", "width: The width."),
    ("deprecation", "deprecation-mismatch", "@deprecated("),
    ("misspelt section", "misspelled-section", "Retruns:"),
];

#[test]
fn every_case_has_its_example() {
    let mut lost = Vec::new();
    for (case, name, words) in CASES {
        let rule = RULES.iter().find(|it| it.name == *name).unwrap();
        let blocks = rule.page.split("```python").skip(1);
        let mut examples = blocks.map(|it| it.split("\n```").next().unwrap());
        if !examples.any(|it| it.contains(words)) {
            lost.push(format!("{case}: no `{words}` in the page of {name}"));
        }
    }
    assert!(lost.is_empty(), "\n{}", lost.join("\n"));
}

#[test]
fn each_case_is_named_once() {
    let mut names: Vec<&str> = CASES.iter().map(|it| it.0).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}
