//! Placeholders, other styles, entries that another docstring has: what is written, and where.

use super::read;
use crate::sandbox::Sandbox;

fn mended(text: &str, flags: &[&str]) -> (String, crate::sandbox::Answer) {
    let sandbox = Sandbox::new();
    sandbox.write("a.py", text);
    let flags = [&["fix", "--all"], flags].concat();
    let answer = sandbox.docgen(&flags);
    let once = read(&sandbox, "a.py");
    sandbox.docgen(&flags);
    assert_eq!(read(&sandbox, "a.py"), once, "a second run changes nothing");
    (once, answer)
}

const BARE: &str = "import os\r\n\r\n\r\ndef pages(urls: list[str], *rest, limit=None) -> list:\r\n\t# type: (...) -> list\r\n\t# \
                    first\r\n\tif not urls:\r\n\t\traise ValueError(urls)\r\n\treturn urls[:limit] + list(rest)\r\n";

#[test]
fn placeholders_stand_where_words_are_missing_and_are_found_again() {
    let (text, answer) = mended(BARE, &["--skeleton"]);
    let wanted = "\"\"\"TODO\"\"\"\r\n\r\nimport os\r\n\r\n\r\ndef pages(urls: list[str], *rest, limit=None) -> list:\r\n\t# type: (...) -> list\r\n\
                  \t\"\"\"TODO\r\n\r\n\tArgs:\r\n\t\turls: TODO\r\n\t\t*rest: TODO\r\n\t\tlimit: TODO\r\n\r\n\tReturns:\r\n\t\tTODO\r\n\r\n\
                  \tRaises:\r\n\t\tValueError: TODO\r\n\t\"\"\"\r\n\t# first\r\n\tif not urls:\r\n\t\traise ValueError(urls)\r\n\
                  \treturn urls[:limit] + list(rest)\r\n";
    assert_eq!(text, wanted);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(
        answer.err.contains("DG802 placeholder-text"),
        "{}",
        answer.err
    );
    assert!(
        answer.err.contains("mended 2 findings in 1 file, 2 left"),
        "{}",
        answer.err
    );
}

#[test]
fn placeholders_join_what_people_wrote() {
    let stale = "\"\"\"A module.\"\"\"\n\n\ndef f(a: int, b: int, c: int) -> int:\n    \"\"\"Add.\n\n    Parameters\n    ----------\n    \
                 b : int\n        The b.\n    \"\"\"\n    return a + b + c\n";
    let (text, _) = mended(stale, &["--skeleton"]);
    let wanted = stale.replace(
        "    b : int\n        The b.\n",
        "    a : int\n        TODO\n    b : int\n        The b.\n    c : int\n        TODO\n\n    \
                  Returns\n    -------\n    int\n        TODO\n",
    );
    assert_eq!(text, wanted);
}

#[test]
fn a_body_in_its_headers_line_moves_only_where_that_is_asked_for() {
    let stale = "\"\"\"A module.\"\"\"\n\n\ndef f(): return 1  # one\n";
    let (text, answer) = mended(stale, &["--skeleton"]);
    assert_eq!(text, stale);
    assert!(
        answer
            .err
            .contains("declined to mend DG103 in `f`: its body stands in"),
        "{}",
        answer.err
    );
    let (text, _) = mended(stale, &["--skeleton", "--unsafe-fixes"]);
    let wanted =
        "def f():\n    \"\"\"TODO\n\n    Returns:\n        TODO\n    \"\"\"\n    return 1  # one\n";
    assert!(text.ends_with(wanted), "{text}");
}

const GOOGLE: &str = "\"\"\"A module.\"\"\"\n\n\ndef f(a):\n    \"\"\"Add.\n\n    Args:\n        a (int): The a, \\\\d.\n\n    Returns:\n        \
                      int: The sum.\n    \"\"\"\n    return a\n";

#[test]
fn a_docstring_goes_through_every_style_and_comes_back() {
    let (numpy, answer) = mended(GOOGLE, &["--to-style", "numpy"]);
    assert!(
        numpy.contains("    Parameters\n    ----------\n    a : int\n        The a, \\\\d.\n\n    Returns\n    -------\n    int\n        The sum.\n    \"\"\""),
        "{numpy}"
    );
    assert!(
        answer
            .err
            .contains("turned 1 docstring into another style in 1 file, 0 left"),
        "{}",
        answer.err
    );
    let sandbox = Sandbox::new();
    sandbox.write("a.py", GOOGLE);
    let flags = [
        "fix",
        "--all",
        "--to-style",
        "numpy",
        "--exit-non-zero-on-fix",
    ];
    assert_eq!(sandbox.docgen(&flags).code, Some(1));
    assert_eq!(sandbox.docgen(&flags).code, Some(0));
    let (sphinx, _) = mended(&numpy, &["--to-style", "sphinx"]);
    assert!(
        sphinx.contains("    :param a: The a, \\\\d.\n    :type a: int\n"),
        "{sphinx}"
    );
    let (google, _) = mended(&sphinx, &["--to-style", "google"]);
    assert_eq!(google, GOOGLE);
}

#[test]
fn what_cannot_be_turned_is_left_with_the_reason() {
    let odd = GOOGLE.replace(
        "        a (int): The a, \\\\d.\n",
        "        a (int): The a.\n        %(more)s\n",
    );
    let (text, answer) = mended(&odd, &["--to-style", "sphinx"]);
    assert_eq!(text, odd);
    assert_eq!(answer.code, Some(1));
    let reason = "declined to turn `f` into another style: `%(more)s` is filled in later";
    assert!(answer.err.contains(reason), "{}", answer.err);
}

#[test]
fn what_an_overload_or_a_parent_says_of_a_parameter_is_taken_over() {
    let stale = "\"\"\"A module.\"\"\"\nfrom typing import overload\n\n\n@overload\ndef f(a: int, b: int) -> None:\n    \"\"\"One.\n\n    Args:\n        \
                 a: Of the overload,\n            and more.\n        b: No.\n    \"\"\"\n\n\ndef f(a, b):\n    \"\"\"Two.\n\n    Args:\n        b: Own.\n    \
                 \"\"\"\n\n\nclass P:\n    \"\"\"A parent.\n\n    Args:\n        x: Of the parent.\n    \"\"\"\n\n    def __init__(self, x):\n        \
                 self.x = x\n\n\nclass C(P):\n    \"\"\"A child.\"\"\"\n\n    def __init__(self, x):\n        super().__init__(x)\n";
    let (text, answer) = mended(stale, &[]);
    let wanted = stale
        .replace(
            "        b: Own.\n",
            "        a: Of the overload,\n            and more.\n        b: Own.\n",
        )
        .replace(
            "\"\"\"A child.\"\"\"",
            "\"\"\"A child.\n\n    Args:\n        x: Of the parent.\n    \"\"\"",
        );
    assert_eq!(text, wanted, "{}", answer.err);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
}

#[test]
fn what_the_code_tells_is_put_right() {
    let stale = "\"\"\"A module.\"\"\"\n\n\ndef f(a: int, b: \"list[int]\" = None) -> str:\n    \"\"\"Do.\n\n    Args:\n        b (str, optional): The b.\n        \
                 a (int): The a.\n\n    Raises:\n        KeyError: If so.\n\n    Args:\n        c: No.\n\n    Returns:\n        int: The sum.\n    \"\"\"\n    \
                 raise KeyError(a, b)\n\n\ndef g():\n    \"\"\"Count.\n\n    Returns\n    -------\n    int\n        A number.\n    \"\"\"\n    yield 1\n";
    let (text, answer) = mended(
        stale,
        &["--extend-select", "section-order", "--unsafe-fixes"],
    );
    let wanted = "\"\"\"A module.\"\"\"\n\n\ndef f(a: int, b: \"list[int]\" = None) -> str:\n    \"\"\"Do.\n\n    Args:\n        a (int): The a.\n        \
                  b (list[int], optional): The b.\n\n    Returns:\n        str: The sum.\n\n    Raises:\n        KeyError: If so.\n    \"\"\"\n    \
                  raise KeyError(a, b)\n\n\ndef g():\n    \"\"\"Count.\n\n    Yields\n    ------\n    int\n        A number.\n    \"\"\"\n    yield 1\n";
    assert_eq!(text, wanted, "{}", answer.err);
}

#[test]
fn a_role_around_an_exception_goes_with_it() {
    let sphinx = "\"\"\"A module.\"\"\"\n\n\ndef f():\n    \"\"\"Do.\n\n    :raises: :class:`~a.b.NotThere`\n             if `x` could not be found.\n    \
                  :raises :exc:`KeyError`: otherwise.\n    :raises `OSError`: at times.\n    \"\"\"\n    g()\n";
    let (google, _) = mended(sphinx, &["--to-style", "google"]);
    let entries = "    Raises:\n        :class:`~a.b.NotThere`: if `x` could not be found.\n        :exc:`KeyError`: otherwise.\n        OSError: at times.\n";
    assert!(google.contains(entries), "{google}");
    let (numpy, _) = mended(&google, &["--to-style", "numpy"]);
    assert!(
        numpy.contains("    :class:`~a.b.NotThere`\n        if `x` could not be found.\n"),
        "{numpy}"
    );
    let (sphinx, _) = mended(&numpy, &["--to-style", "sphinx"]);
    assert!(
        sphinx.contains("    :raises :class:`~a.b.NotThere`: if `x` could not be found.\n"),
        "{sphinx}"
    );
    assert_eq!(mended(&sphinx, &["--to-style", "google"]).0, google);
}
