//! What users of other docstring linters hate, point by point: none of it happens here.
//!
//! The points are those of their issue trackers. What other tests hold is named in [`HELD_ELSEWHERE`].

use std::fs;

use crate::sandbox::Sandbox;

/// The findings in `text` as `line code`, with the default rules and these arguments.
fn found_with(text: &str, args: &[&str]) -> Vec<String> {
    let sandbox = Sandbox::new();
    sandbox.write("shapes.py", format!("\"\"\"Shapes.\"\"\"\n{text}"));
    let fixed = ["check", "--all", "--output-format", "github", "shapes.py"];
    let answer = sandbox.docgen(&[&fixed, args].concat());
    let lines = answer.out.lines().map(|line| {
        let place = line.split_once("line=").unwrap().1;
        let place = place.split(',').next().unwrap();
        let code = line.split_once("title=").unwrap().1;
        format!("{place} {}", code.split(' ').next().unwrap())
    });
    lines.collect()
}

pub(crate) fn found(text: &str) -> Vec<String> {
    found_with(text, &[])
}

const NOTHING: [&str; 0] = [];

#[test]
fn one_cause_is_one_finding() {
    let none = "def f(a, b, c):\n    \"\"\"Do it.\"\"\"\n";
    assert_eq!(found(none), ["2 DG201"], "three parameters, no section");
    let renamed =
        "def f(size):\n    \"\"\"Do it.\n\n    Args:\n        sise: How large.\n    \"\"\"\n";
    assert_eq!(found(renamed), ["6 DG202"], "a parameter misspelt");
    let unblank = "def f(size):\n    \"\"\"Do it.\n    Args:\n        size: How large.\n    Returns:\n        It.\n    \"\"\"\n    return size\n";
    assert_eq!(found(unblank), NOTHING, "no blank line before sections");
    let misspelt =
        "def f(size):\n    \"\"\"Do it.\n\n    Agrs:\n        size: How large.\n    \"\"\"\n";
    assert_eq!(found(misspelt), ["5 DG704"], "a section misspelt");
    for line in [
        "size How large.",
        "size (int) How large.",
        "size - How large.",
        "size. How large.",
        "size int: How large.",
    ] {
        for head in ["Args:\n        ", "Parameters\n    ----------\n    "] {
            let text = format!(
                "def f(size):\n    \"\"\"Do it.\n\n    {head}{line}\n    \"\"\"\n    print(size)\n"
            );
            assert_eq!(found(&text).len(), 1, "an entry without its colon: {line}");
        }
    }
}

#[test]
fn what_is_missing_is_told_where_its_section_is_missing_too() {
    let short = "def f(a):\n    \"\"\"Do it.\"\"\"\n    return a\n";
    assert_eq!(found(short), ["2 DG201", "4 DG301"]);
    let long =
        "def f(a):\n    \"\"\"Do it.\n\n    In many words.\n    \"\"\"\n    raise ValueError(a)\n";
    assert_eq!(found(long), ["2 DG201", "7 DG501"]);
}

#[test]
fn what_is_not_demanded_is_not_forbidden() {
    let text = |name: &str, annotation: &str| {
        format!(
            "def f(a{annotation}, *args, _x=1, **kwargs):\n    \"\"\"Do it.\n\n    Args:\n        a: One.\n        {name}: More.\n        _x: Not for you.\n        **kwargs: The rest.\n    \"\"\"\n    print(a, args[1:], kwargs['k'])\n"
        )
    };
    for name in ["*args", "args", r"\\*args"] {
        for annotation in ["", ": int"] {
            assert_eq!(
                found(&text(name, annotation)),
                NOTHING,
                "{name} {annotation}"
            );
        }
    }
    let typed = text("*args (int)", ": int").replace("a: One", "a (int): One");
    assert_eq!(found(&typed), NOTHING, "types in both places");
}

#[test]
fn examples_in_literal_blocks_are_left_as_they_are() {
    let text = "def f(a):\n    \"\"\"Do it.\n\n    Example::\n\n        Args:\n            b: Of another function.\n\n    Args:\n        a: One.\n    \"\"\"\n";
    assert_eq!(found(text), NOTHING);
    let sandbox = Sandbox::new();
    sandbox.write("shapes.py", text);
    let answer = sandbox.docgen(&["fix", "--all", "--diff", "--unsafe-fixes", "shapes.py"]);
    assert_eq!(answer.out, "", "{}", answer.err);
}

#[test]
fn no_two_rules_exclude_each_other() {
    let text = "def area(width: int) -> int:\n    \"\"\"Tell how large a square is.\n\n    It is computed.\n\n    Args:\n        width (int): From side to side.\n\n    Returns:\n        int: Its area.\n\n    Raises:\n        ValueError: If there is no such square.\n\n    Examples:\n        >>> area(1)\n        1\n    \"\"\"\n    if width < 0:\n        raise ValueError(width)\n    return width * width\n";
    let all = found_with(text, &["--select", "ALL"]);
    let of_function: Vec<_> = all.iter().filter(|it| !it.starts_with("1 ")).collect();
    assert_eq!(of_function, Vec::<&String>::new());
}

#[test]
fn nobody_is_told_how_to_write_english() {
    for summary in [
        "Does it.",
        "This does it",
        "is done by somebody else",
        "Doing it!",
        "do it (twice)",
        "F(a) -> b",
        "Es wird getan.",
    ] {
        let text = format!("def f():\n    \"\"\"{summary}\"\"\"\n");
        assert_eq!(found(&text), NOTHING, "{summary}");
    }
}

#[test]
fn types_are_compared_as_types() {
    for (annotation, told) in [
        ("int = 1", "int, optional"),
        ("Optional[str] = None", "str | None"),
        ("str | None = None", "str, optional"),
        ("bool = True", "bool, default True"),
        ("list[int]", "list of int"),
        ("t.Sequence[int]", "Sequence[int]"),
    ] {
        let text = format!(
            "def f(a: {annotation}):\n    \"\"\"Do it.\n\n    Parameters\n    ----------\n    a : {told}\n        One.\n    \"\"\"\n"
        );
        assert_eq!(found(&text), NOTHING, "{annotation}: {told}");
    }
}

#[test]
fn what_callees_raise_may_be_documented_and_factories_are_no_exceptions() {
    let section = "\n\n    Raises:\n        KeyError: If there is none.\n    ";
    let called = format!("def f():\n    \"\"\"Do it.{section}\"\"\"\n    g()\n");
    assert_eq!(found(&called), NOTHING);
    let made = "def f():\n    \"\"\"Do it.\"\"\"\n    raise make_error(1)\n";
    assert_eq!(found(made), NOTHING);
    let tuple = "def f():\n    \"\"\"Do it.\n\n    Raises:\n        KeyError, OSError: If.\n    \"\"\"\n    try:\n        g()\n    except (KeyError, OSError) as e:\n        raise e\n";
    assert_eq!(found(tuple), NOTHING);
}

#[test]
fn a_comment_in_the_docstring_suppresses_nothing() {
    let text = "def f(a):\n    \"\"\"Do it.\n\n    # noqa: DG201\n    \"\"\"\n";
    assert_eq!(found(text), ["2 DG201"]);
}

#[test]
fn no_prose_is_asked_for_and_private_code_is_left_alone() {
    let text = "def f():\n    \"\"\"Do it.\"\"\"\n\n\ndef _f(a):\n    return a\n\n\nclass C:\n    \"\"\"It.\"\"\"\n\n    def __init__(self):\n        pass\n\n    def _m(self, a):\n        def inner():\n            pass\n";
    assert_eq!(found(text), NOTHING);
}

#[test]
fn odd_constructs_stop_no_run() {
    let text = "f = lambda: (yield)\ntype X = int\ndef g[T: int = int](x: T) -> None:\n    \"\"\"Do it.\n\n    Args:\n        x: One.\n    \"\"\"\n    match x:\n        case [*_]: pass\n    try: pass\n    except* ValueError: pass\n    print(t'{x!r:>{1}}', f'{f'{x}'}')\n";
    assert_eq!(found(text), NOTHING);
}

/// Points that other tests hold: the point, a file of tests, the test's name.
const HELD_ELSEWHERE: &[(&str, &str, &str)] = &[
    (
        "a fixer that never comes to rest",
        "tests/it/fix",
        "a_second_run_changes_nothing",
    ),
    (
        "excludes that named files escape",
        "tests/it/check.rs",
        "exclude_holds_for_named_files",
    ),
    (
        "old faults that a change has to mend",
        "tests/it/check.rs",
        "an_old_undocumented_function_that_moves_is_nobodys_fault",
    ),
    (
        "faults off the lines of the diff",
        "tests/it/check.rs",
        "though_its_line_is_not_in_the_diff",
    ),
    (
        "noqa of other tools",
        "src/rules/tests.rs",
        "aliases_of_other_tools_can_be_left_alone",
    ),
    (
        "time that grows faster than the text",
        "src/docstring/tests/layout.rs",
        "long_docstrings_take_linear_time",
    ),
    (
        "one file that ends the run",
        "tests/it/check.rs",
        "a_file_that_is_no_python_is_a_finding_and_the_rest_goes_on",
    ),
    (
        "success on nothing",
        "tests/it/check.rs",
        "a_path_that_is_not_there_is_no_success",
    ),
    (
        "settings that are not known",
        "tests/it/check.rs",
        "an_unknown_setting_is_refused_with_the_nearest_name",
    ),
];

#[test]
fn what_other_tests_hold_is_held() {
    for (point, place, name) in HELD_ELSEWHERE {
        let path = std::path::Path::new(place);
        let files: Vec<_> = if path.is_dir() {
            let entries = fs::read_dir(path).unwrap();
            entries.map(|it| it.unwrap().path()).collect()
        } else {
            vec![path.to_path_buf()]
        };
        let mut texts = files.iter().map(|it| fs::read_to_string(it).unwrap());
        let is_test = |text: &str| {
            let mut lines = text.lines();
            lines.any(|it| it.starts_with("fn ") && it.contains(name))
        };
        assert!(
            texts.any(|it| is_test(&it)),
            "{point}: no `{name}` in {place}"
        );
    }
}
