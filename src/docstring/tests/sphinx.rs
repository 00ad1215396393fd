//! Sphinx style.

use super::super::{SectionKind, Style, parse};
use super::read;

#[test]
fn fields_are_entries() {
    let value = "Fetch rows.

    Uses :class:`Table`.

    :param table: An open table.
    :type table: Table
    :param list keys: Which rows,
        by key.

        Two paragraphs.
    :param Dict[str, int] deep: Deep.
    :param x (int): As in Google style.
    :param a, b: Both.
    :type a: int
    :param \\*args: More.
    :keyword str flag: A flag.
    :returns: Rows.
    :rtype: dict
    :raises ValueError: If so.
    :raises m.E, TypeError: If not.
    :raises A or :class:`B`: Else.
    :raise: KeyError: bare.
    :ivar count: Counted.
    :vartype count: int
    ";
    assert_eq!(parse(value, None).style, Some(Style::Sphinx));
    assert_eq!(
        read(value),
        "summary: Fetch rows.
description: Uses :class:`Table`.
Params table (Table): An open table.
Params keys (list): Which rows, by key. Two paragraphs.
Params deep (Dict[str, int]): Deep.
Params x (int): As in Google style.
Params a (int): Both.
Params b: Both.
Params args: More.
KeywordParams flag (str): A flag.
Returns (dict): Rows.
Raises ValueError: If so.
Raises m.E: If not.
Raises TypeError: If not.
Raises A: Else.
Raises B: Else.
Raises KeyError: bare.
Attributes count (int): Counted."
    );
}

#[test]
fn fields_of_one_kind_are_one_section() {
    let value = "S.\n\n    :param x: X.\n    :type x: int\n\n    :param y: Y.\n    :return: Z.\n    :param z: Z.\n";
    let sections = parse(value, None).sections;
    let kinds: Vec<_> = sections.iter().map(|it| it.kind).collect();
    assert_eq!(
        kinds,
        [
            SectionKind::Params,
            SectionKind::Returns,
            SectionKind::Params
        ]
    );
    assert_eq!(sections[0].title.of(value), "param");
    assert_eq!(sections[0].entries[0].span.of(value), ":param x: X.");
    assert_eq!(
        sections[0].span.of(value),
        ":param x: X.\n    :type x: int\n\n    :param y: Y."
    );
}

#[test]
fn types_find_their_entries_wherever_they_stand() {
    assert_eq!(
        read(
            "S.\n\n    :type y: int\n    :param x: X.\n    :param y: Y.\n    :rtype: str\n    :return: Z.\n    :type x: bool\n"
        ),
        "summary: S.\nParams x (bool): X.\nParams y (int): Y.\nReturns (str): Z."
    );
    assert_eq!(
        read("S.\n\n    :type y: int\n    :rtype: str\n"),
        "summary: S.\nParams y (int): -\nReturns (str): -"
    );
}

#[test]
fn roles_and_deeper_fields_are_text() {
    for prose in [
        ":class:`X` does it.",
        ":attr:`x` is: so",
        ":py:func:`f`: x",
        "- a\n        :param x: X.",
        ":meta private:",
        ":note x: y",
    ] {
        let value = format!("S.\n\n    {prose}\n");
        assert!(parse(&value, None).sections.is_empty(), "{prose}");
    }
}

#[test]
fn a_field_goes_on_where_its_lines_are_deeper() {
    assert_eq!(
        read(
            "S.\n\n    :param x: One\n      - a\n\n      - b\n    :param y:\n        Below.\n    :since: 1.0\n    :param z: Unindented\n    text.\n\n    Prose.\n"
        ),
        "summary: S.
Params x: One - a - b
Params y: Below.
Params z: Unindented text.
! malformed: text."
    );
}

#[test]
fn a_misplaced_colon_is_a_quirk() {
    assert_eq!(
        read("S.\n\n    :param x:The x.\n    :param y The y.\n    :return The z.\n"),
        "summary: S.
Params x: The x.
Params y: The y.
Returns: The z.
! malformed: :param x:The x.
! malformed: :param y The y.
! malformed: :return The z."
    );
}

#[test]
fn empty_fields_are_entries_without_a_text() {
    assert_eq!(
        read("S.\n\n    :param x:\n    :param y:\n    :returns:\n"),
        "summary: S.\nParams x: -\nParams y: -\nReturns: -"
    );
}

#[test]
fn yields_and_consolidated_fields() {
    assert_eq!(
        read("S.\n\n    :yields: Y.\n    :ytype: int\n"),
        "summary: S.\nYields (int): Y."
    );
    assert_eq!(
        read(
            "S.\n\n    :Parameters:\n        - `x`: X.\n        - `y` (int): Y.\n    :Returns: Z.\n"
        ),
        "summary: S.\nParams x: X.\nParams y (int): Y.\nReturns: Z."
    );
}

#[test]
fn defaults_and_escapes_are_no_part_of_a_name() {
    assert_eq!(
        read(
            "S.\n\n    :param type\\_: T.\n    :param x=None: X.\n    :param \\**options: O.\n    :type type\\_: int\n"
        ),
        "summary: S.\nParams type_ (int): T.\nParams x: X.\nParams options: O."
    );
}

#[test]
fn the_first_line_may_be_a_field() {
    assert_eq!(
        read(":param x: X.\n    :return: Y.\n"),
        "Params x: X.\nReturns: Y."
    );
    assert_eq!(read("@param x: X."), "Params x: X.");
}
