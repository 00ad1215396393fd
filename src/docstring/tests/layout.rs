//! Where sections begin and end, and what is never one.

use super::super::{Docstring, SectionKind, parse, steps};
use super::read;

#[test]
fn one_line_is_a_summary() {
    assert_eq!(read("  Return: the x.  "), "summary: Return: the x.");
    assert_eq!(read(" \n "), "");
    assert!(parse(" \n ", None).is_empty());
}

#[test]
fn a_summary_goes_to_the_first_blank_line_or_section() {
    assert_eq!(
        read("\n    One\n    two.\n\n    Three.\n\n\n    Four.\n    "),
        "summary: One two.\ndescription: Three. Four."
    );
    assert_eq!(
        read("One.\n    Returns:\n        Two.\n"),
        "summary: One.\nReturns: Two."
    );
    assert_eq!(read("\n    Returns:\n        Two.\n"), "Returns: Two.");
}

#[test]
fn a_title_under_or_between_rules_is_the_summary() {
    assert_eq!(
        read("Title\n=====\n\nText.\n"),
        "summary: Title\ndescription: Text."
    );
    assert_eq!(
        read("=====\nTitle\n=====\n\nText.\n"),
        "summary: Title\ndescription: Text."
    );
}

#[test]
fn a_missing_blank_line_before_a_section_is_forgiven() {
    assert_eq!(
        read("S.\n\n    Text goes.\n    Args:\n        x: X.\n    Returns:\n        Y.\n"),
        "summary: S.\ndescription: Text goes.\nParams x: X.\nReturns: Y."
    );
}

#[test]
fn prose_that_ends_in_a_colon_is_no_section() {
    for prose in [
        "It takes two\n    arguments:\n        one and two",
        "Note: this is so.",
        "The following raises:\n        a lot",
        "Raises an error:\n        now and then",
        "Example::\n\n        x()",
    ] {
        let value = format!("S.\n\n    {prose}\n");
        assert!(parse(&value, None).sections.is_empty(), "{prose}");
    }
}

#[test]
fn a_deeper_title_is_text() {
    for prose in [
        "Do this::\n\n        Args:\n            x: X.",
        "Do this:\n\n        Args:\n            x: X.",
        ".. code-block:: python\n\n        Args:\n            x: X.",
        "- A list item\n        Args:\n            x: X.",
    ] {
        let value = format!("S.\n\n    {prose}\n");
        assert!(parse(&value, None).sections.is_empty(), "{prose}");
    }
}

#[test]
fn a_deeper_title_after_a_blank_line_is_a_section() {
    assert_eq!(
        read(
            "S.\n\n    Text.\n\n        Args:\n            x: X.\n        Returns:\n            Y.\n"
        ),
        "summary: S.\ndescription: Text.\nParams x: X.\nReturns: Y."
    );
    assert_eq!(
        read(
            "S.\n\n    Args:\n        x: X.\n\n        Returns:\n            Y.\n\n        Raises:\n            E: Z.\n"
        ),
        "summary: S.\nParams x: X.\nReturns: Y.\nRaises E: Z."
    );
}

#[test]
fn literal_blocks_fences_and_doctests_hold_no_sections() {
    for block in [
        "```\n    Args:\n        x: X.\n    ```",
        "~~~python\n    Args:\n        x: X.\n    ~~~",
        ">>> help(f)\n    Args:\n        x: X.",
        "::\n\n        Args:\n            x: X.",
    ] {
        let value = format!("S.\n\n    {block}\n\n    Returns:\n        Y.\n");
        let kinds: Vec<_> = parse(&value, None)
            .sections
            .iter()
            .map(|it| it.kind)
            .collect();
        assert_eq!(kinds, [SectionKind::Returns], "{block}");
    }
}

#[test]
fn a_fence_that_nothing_closes_hides_nothing() {
    assert_eq!(
        read("S.\n\n    ```\n    Args:\n        x: X.\n"),
        "summary: S.\ndescription: ```\nParams x: X."
    );
}

#[test]
fn misspelt_sections_are_read_as_what_they_mean() {
    assert_eq!(
        read("S.\n\n    Agrs:\n        x: X.\n\n    Retruns:\n        Y.\n"),
        "summary: S.\nParams x: X.\nReturns: Y.\n! misspelt Args: Agrs\n! misspelt Returns: Retruns"
    );
}

#[test]
fn other_titles_are_other_sections() {
    assert_eq!(
        read("S.\n\n    Fields:\n        x: X.\n\n    Args:\n        y: Y.\n"),
        "summary: S.\nOther: x: X.\nParams y: Y."
    );
}

#[test]
fn empty_sections_are_sections() {
    assert_eq!(
        read("S.\n\n    Args:\n\n    Returns:\n"),
        "summary: S.\nParams: \nReturns: "
    );
}

#[test]
fn bodies_that_are_not_indented_are_read() {
    assert_eq!(
        read("S.\n\n    Args:\n    x: X.\n    y (int): Y.\n\n    Returns:\n    Z: z.\n"),
        "summary: S.\nParams x: X.\nParams y (int): Y.\nReturns (Z): z."
    );
    assert_eq!(
        read(
            "S.\n\n    Example:\n\n    >>> f()\n    1\n\n    >>> g()\n\n    Returns: nothing much.\n"
        ),
        "summary: S.\nExamples: >>> f() 1 >>> g()\nReturns: nothing much."
    );
    assert_eq!(read("Returns:\n        The x.\n    "), "Returns: The x.");
}

#[test]
fn a_text_on_the_line_of_the_title_is_read() {
    assert_eq!(
        read(
            "S.\n\n    Returns: bool: True if\n    so.\n    Raises: ValueError: if not.\n\n    More.\n"
        ),
        "summary: S.\nReturns (bool): True if so.\nRaises ValueError: if not."
    );
}

#[test]
fn tabs_indent() {
    assert_eq!(
        read("S.\n\n\tArgs:\n\t\tx: X.\n\t\t\tmore\n\tReturns:\n\t    Y.\n"),
        "summary: S.\nParams x: X. more\nReturns: Y."
    );
}

#[test]
fn deprecation_is_a_section_other_directives_are_text() {
    assert_eq!(
        read(
            "S.\n\n    .. versionadded:: 1.0\n\n    .. deprecated:: 1.2\n       Use it\n\n       not.\n\n    Args:\n        x: X.\n"
        ),
        "summary: S.\ndescription: .. versionadded:: 1.0\nDeprecated: 1.2 Use it not.\nParams x: X."
    );
}

/// Reads `value`, and holds that no line or byte was looked at more than a small number of times.
fn in_linear_time(value: &str) -> Docstring<'_> {
    let (docstring, taken) = steps::of(|| parse(value, None));
    assert!(
        taken <= 40 * value.len() + 1_000,
        "{} of {}",
        taken,
        value.len()
    );
    docstring
}

#[test]
fn long_docstrings_take_linear_time() {
    let patterns = [
        "Args:\n",
        "Args:\n    x: y\n",
        "\n",
        "x\n",
        "```\n",
        "`````\n",
        ":type x: y\n:param x: y\n",
        ">>> a\n",
        "Retruns:\n\n",
        "    Args:\n\n",
        "Notes\n-----\nArgs:\n  x: y\n",
        "a:\n",
        "(((\n",
        "Title\n---\n",
    ];
    for pattern in patterns {
        let value = format!(
            "S.\n\n    Args:\n        a, b: c\n{}",
            pattern.repeat(100_000)
        );
        assert!(in_linear_time(&value).summary.is_some(), "{pattern}");
    }
    for pattern in [
        "x", "x, ", "(", "`", "x: ", "`` ` ", ":", ":a:", "::", "[\"", "- ", "*",
    ] {
        for head in [
            "S.\n\n    Args:\n        ",
            "S.\n\n    Returns:\n        ",
            "S.\n\n    Raises:\n        ",
            ":param ",
            "",
        ] {
            let length = if head.is_empty() { 5_000_000 } else { 500_000 };
            let value = format!("{head}{}\n", pattern.repeat(length / pattern.len()));
            assert!(!in_linear_time(&value).is_empty(), "{head}{pattern}");
        }
    }
}

#[test]
fn what_code_fills_in_later_is_noted() {
    assert_eq!(
        read(
            "S.\n\n    Parameters\n    ----------\n    x : int\n        X.\n    %(axis)s\n    {more}\n\n    %(returns)s\n"
        ),
        "summary: S.
Params x (int): X.
! template: %(axis)s
! template: {more}
! template: %(returns)s"
    );
}

#[test]
fn a_title_without_its_colon_is_read_over_its_block() {
    assert_eq!(
        read("S.\n\n    Returns\n        - x: X\n"),
        "summary: S.\nReturns: - x: X"
    );
    for prose in [
        "Returns\n\n        X.",
        "It\n    Returns\n        X.",
        "returns\n        X.",
    ] {
        let value = format!("S.\n\n    {prose}\n");
        assert!(parse(&value, None).sections.is_empty(), "{prose}");
    }
}

#[test]
fn a_version_note_covers_nothing() {
    assert_eq!(
        read(
            "S.\n\n    .. versionadded:: 1.1\n\n        Parameters\n        ----------\n        x : int\n            X.\n"
        ),
        "summary: S.\ndescription: .. versionadded:: 1.1\nParams x (int): X."
    );
}

#[test]
fn a_doctest_ends_where_its_indentation_does() {
    assert_eq!(
        read("S.\n    So::\n        >>> f()\n        1\n    :return: R.\n"),
        "summary: S. So:: >>> f() 1\nReturns: R."
    );
}

#[test]
fn lines_that_an_unescaped_newline_tore_off_change_nothing() {
    assert_eq!(
        read(
            "S.\n\n    Text.\n\n    Args:\n        x: X ends in '\n' or\n            not.\n        y: Y.\n    "
        ),
        "summary: S.\ndescription: Text.\nParams x: X ends in ' ' or not.\nParams y: Y."
    );
    assert_eq!(
        read("S.\n\n    code\n    code\n    code\n    code\n\nArgs:\n    x: X.\n    y: Y.\n"),
        "summary: S.\ndescription: code code code code\nParams x: X.\nParams y: Y."
    );
}
