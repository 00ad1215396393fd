//! What the code tells how to mend, and what gets a placeholder: one case for each that `words` does not have.

use super::read;
use crate::sandbox::Sandbox;

/// A module with `code`, mended with `flags`, twice; what of it is there then.
fn mended(code: &str, flags: &[&str]) -> String {
    let head = "\"\"\"A module.\"\"\"\n\n\n";
    let sandbox = Sandbox::new();
    sandbox.write("a.py", format!("{head}{code}"));
    let flags = [&["fix", "--all"], flags].concat();
    let answer = sandbox.docgen(&flags);
    assert!(matches!(answer.code, Some(0 | 1)), "{}", answer.err);
    let once = read(&sandbox, "a.py");
    sandbox.docgen(&flags);
    assert_eq!(
        read(&sandbox, "a.py"),
        once,
        "a second run changes nothing\n{}",
        answer.err
    );
    once.strip_prefix(head).unwrap().to_owned()
}

/// A function of two parameters with this docstring.
fn function(docstring: &str) -> String {
    format!("def f(a, b):\n    \"\"\"{docstring}\"\"\"\n    print(a, b)\n")
}

#[test]
fn parameters_of_which_nothing_is_said_get_placeholders() {
    for (bare, filled) in [
        (
            "Do.\n\n    Args:\n        a:\n        b (int):\n    ",
            "Do.\n\n    Args:\n        a: TODO\n        b (int): TODO\n    ",
        ),
        (
            "Do.\n\n    Parameters\n    ----------\n    a\n    b : int\n    ",
            "Do.\n\n    Parameters\n    ----------\n    a\n        TODO\n    b : int\n        TODO\n    ",
        ),
        (
            "Do.\n\n    Parameters\n    ----------\n    a, b : int\n\n    Notes\n    -----\n    None.\n    ",
            "Do.\n\n    Parameters\n    ----------\n    a, b : int\n        TODO\n\n    Notes\n    -----\n    None.\n    ",
        ),
        (
            "Do.\n\n    :param a:\n    :type a: int\n    :param b: The b.\n    ",
            "Do.\n\n    :param a: TODO\n    :type a: int\n    :param b: The b.\n    ",
        ),
        (
            "Do.\n\n    @param a: The a.\n    @param b:\n    ",
            "Do.\n\n    @param a: The a.\n    @param b: TODO\n    ",
        ),
        (
            "Do.\n\n    Args:\n\n    Note:\n        None.\n    ",
            "Do.\n\n    Args:\n        a: TODO\n        b: TODO\n\n    Note:\n        None.\n    ",
        ),
    ] {
        assert_eq!(mended(&function(bare), &["--skeleton"]), function(filled));
        assert_eq!(mended(&function(bare), &[]), function(bare));
    }
}

#[test]
fn values_without_a_type_get_one_to_fill_in_where_numpy_style_wants_it() {
    let code = "def f():\n    return g()\n\n\ndef g() -> Literal[\"a\"]:\n    return g()\n\n\ndef h():\n    \"\"\"Count.\"\"\"\n    yield g()\n";
    let value = |kind: &str, told: &str| {
        let dashes = "-".repeat(kind.len());
        format!("\n\n    {kind}\n    {dashes}\n    {told}\n        TODO\n    \"\"\"\n")
    };
    let [untyped, typed] = ["TODO", "Literal[\"a\"]"].map(|it| value("Returns", it));
    let yields = value("Yields", "TODO");
    let wanted = format!(
        "def f():\n    \"\"\"TODO{untyped}    return g()\n\n\ndef g() -> Literal[\"a\"]:\n    \"\"\"TODO{typed}    return g()\n\n\ndef h():\n    \
         \"\"\"Count.{yields}    yield g()\n"
    );
    let mut usual = "\n\ndef usual(a):\n    \"\"\"Do.\n\n    Parameters\n    ----------\n    a\n        One.\n    \"\"\"\n    print(a)\n".to_owned();
    usual.insert_str(0, code);
    let mended = mended(&usual, &["--skeleton"]);
    assert_eq!(mended, usual.replace(code, &wanted));
}

#[test]
fn sent_values_and_warnings_get_placeholders_where_they_are_asked_for() {
    let code = "import warnings\n\n\ndef f():\n    \"\"\"Answer.\n\n    Yields:\n        The last word.\n    \"\"\"\n    word = None\n    while \
                True:\n        warnings.warn(\"no\", RuntimeWarning)\n        word = yield word\n";
    let select = ["--skeleton", "--extend-select", "DG404,DG504"];
    let told = "        The last word.\n\n    Receives:\n        TODO\n\n    Warns:\n        RuntimeWarning: TODO\n    \"\"\"";
    let wanted = code.replace("        The last word.\n    \"\"\"", told);
    assert_eq!(mended(code, &select), wanted);
}

#[test]
fn attributes_get_placeholders_where_they_are_asked_for() {
    let select = ["--skeleton", "--extend-select", "DG601"];
    let class = |docstring: &str| {
        format!(
            "class C:\n    \"\"\"{docstring}\"\"\"\n\n    a: int = 1\n    b: str = \"\"\n\n    def __init__(self):\n        self.c = 3\n"
        )
    };
    for (bare, filled) in [
        (
            "A class.",
            "A class.\n\n    Attributes:\n        a: TODO\n        b: TODO\n        c: TODO\n    ",
        ),
        (
            "A class.\n\n    Attributes\n    ----------\n    b : str\n        The b.\n    ",
            "A class.\n\n    Attributes\n    ----------\n    a : int\n        TODO\n    b : str\n        The b.\n    c\n        TODO\n    ",
        ),
        (
            "A class.\n\n    :ivar a: The a.\n    ",
            "A class.\n\n    :ivar a: The a.\n    :ivar b: TODO\n    :ivar c: TODO\n    ",
        ),
    ] {
        assert_eq!(mended(&class(bare), &select), class(filled));
    }
}

#[test]
fn the_type_of_an_attribute_is_put_right() {
    let class = |told: &str| {
        format!(
            "class C:\n    \"\"\"A class.\n\n    Attributes:\n        a ({told}): The a.\n    \"\"\"\n\n    a: ClassVar[\"list[int]\"] = None\n"
        )
    };
    assert_eq!(
        mended(&class("str, optional"), &[]),
        class("list[int], optional")
    );
}

#[test]
fn a_deprecation_is_told_of_in_the_words_of_the_code() {
    let marked = |call: &str, docstring: &str| {
        format!(
            "from warnings import deprecated\n\n\n@deprecated({call})\ndef f():\n    \"\"\"{docstring}\"\"\"\n"
        )
    };
    let long = "use `g`, which is the same and has a name that people who come from other languages would know";
    for (call, before, after) in [
        (
            "\"use `g`\"",
            "Do.",
            "Do.\n\n    Deprecated: use `g`.\n    ",
        ),
        (
            "'`f` is deprecated!', category=None",
            "Do.\n\n    More.\n    ",
            "Do.\n\n    `f` is deprecated!\n\n    More.\n    ",
        ),
        (
            &format!("\"{long}\""),
            "Do\n    it.\n    ",
            "Do\n    it.\n\n    Deprecated: use `g`, which is the same and has a name that people who come from\n    other languages would know.\n    ",
        ),
    ] {
        assert_eq!(mended(&marked(call, before), &[]), marked(call, after));
    }
    for call in [
        "f\"use {x}\"",
        "\"a\" + b",
        "\"a\\nb\"",
        "\"\"\"a\"\"\"",
        "since=\"1\"",
        "\"\"",
        "\"a\u{202e}b\"",
    ] {
        let code = marked(call, "Do.");
        assert_eq!(mended(&code, &[]), code);
    }
    let warning = "import warnings\n\n\ndef f():\n    \"\"\"Do.\n\n    Returns:\n        One.\n    \"\"\"\n    warnings.warn(\n        \"use `g`\",\n        \
                   DeprecationWarning,\n    )\n    return 1\n";
    let told = "Do.\n\n    Deprecated: use `g`.\n\n    Returns";
    assert_eq!(
        mended(warning, &[]),
        warning.replace("Do.\n\n    Returns", told)
    );
}

#[test]
fn malformed_entries_are_written_as_their_style_wants_them() {
    for (odd, straight) in [
        (
            "Do.\n\n    Args:\n        a: The a,\n        and more:\n            of it.\n        b - The b.\n    ",
            "Do.\n\n    Args:\n        a: The a,\n            and more:\n                of it.\n        b: The b.\n    ",
        ),
        (
            "Do.\n\n    Args:\n        a (int) The a.\n        b str: The b.\n            More.\n    ",
            "Do.\n\n    Args:\n        a (int): The a.\n        b (str): The b.\n            More.\n    ",
        ),
        (
            "Do.\n\n    Parameters\n    ----------\n    a int\n        The a.\n    b - The b.\n    ",
            "Do.\n\n    Parameters\n    ----------\n    a : int\n        The a.\n    b\n        The b.\n    ",
        ),
        (
            "Do.\n\n    :param a: The a,\n    and more.\n    :param b The b.\n    ",
            "Do.\n\n    :param a: The a,\n        and more.\n    :param b: The b.\n    ",
        ),
    ] {
        assert_eq!(mended(&function(odd), &[]), function(straight));
    }
    // It may be the entry of `b`.
    let unsure = function("Do.\n\n    Args:\n        a: The a,\n        b is the other.\n    ");
    assert_eq!(mended(&unsure, &[]), unsure);
}

#[test]
fn a_prompt_gets_the_blank_behind_it() {
    let code = function(
        "Do.\n\n    Args:\n        a: The a.\n        b: The b.\n\n    >>>f(1)\n    2\n    ",
    );
    assert_eq!(mended(&code, &[]), code.replace(">>>f", ">>> f"));
}

#[test]
fn what_brings_another_finding_or_leaves_its_own_is_declined() {
    for (docstring, reason) in [
        (
            "Do.\n\n    Args:\n    ",
            "declined to mend DG703 of `Args` in `f`: DG201 would be found instead (`a`)",
        ),
        (
            "Do.\n\n    Args:\n        a: The a.\n        b: The b.\n\n    >>>f(\n    ",
            "declined to mend DG804 in `f`: the finding would stay",
        ),
    ] {
        let sandbox = Sandbox::new();
        let code = format!("\"\"\"A module.\"\"\"\n\n\n{}", function(docstring));
        sandbox.write("a.py", &code);
        let answer = sandbox.docgen(&["fix", "--all"]);
        assert_eq!(answer.code, Some(1));
        assert!(answer.err.contains(reason), "{}", answer.err);
        assert_eq!(read(&sandbox, "a.py"), code);
        // Nor is it offered to those who would make the edit themselves.
        for format in ["json", "json-lines", "sarif"] {
            let answer = sandbox.docgen(&["check", "--all", "--output-format", format]);
            assert!(!answer.out.contains("\"edits\""), "{}", answer.out);
            assert!(!answer.out.contains("\"fixes\""), "{}", answer.out);
        }
    }
}
