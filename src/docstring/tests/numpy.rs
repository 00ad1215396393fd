//! NumPy style.

use super::super::{Style, parse};
use super::read;

/// Every form that an entry has.
const FETCH: &str = "Fetch rows.

    Rows come in order.

    Parameters
    ----------
    table : Table
        An open table.
    keys, more : list of str, optional
        Which rows.

        Two paragraphs.
    mode : {'a', 'b'}
        How.
    x: int
        No blank before the colon.
    bare
        No type.
    nothing
    *args, **kwargs
        Rest.
    deep : {'a',
            'b'}, default 'a'
        Two lines of type.

    Returns
    -------
    rows : dict of str
        Rows.
    int
        Count.

    Raises
    ------
    ValueError
        If so.
    m.E, TypeError
        If not.

    See Also
    --------
    other : Not an entry.

    Examples
    --------
    >>> fetch()
    Returns
    -------
    ";

#[test]
fn sections_hold_entries() {
    assert_eq!(parse(FETCH, None).style, Some(Style::Numpy));
    assert_eq!(
        read(FETCH),
        "summary: Fetch rows.
description: Rows come in order.
Params table (Table): An open table.
Params keys (list of str, optional): Which rows. Two paragraphs.
Params more (list of str, optional): Which rows. Two paragraphs.
Params mode ({'a', 'b'}): How.
Params x (int): No blank before the colon.
Params bare: No type.
Params nothing: -
Params args: Rest.
Params kwargs: Rest.
Params deep ({'a', 'b'}, default 'a'): Two lines of type.
Returns rows (dict of str): Rows.
Returns (int): Count.
Raises ValueError: If so.
Raises m.E: If not.
Raises TypeError: If not.
SeeAlso: other : Not an entry.
Examples: >>> fetch() Returns -------"
    );
}

#[test]
fn underlines_of_any_length_count() {
    for underline in ["---", "----------------------", "===", "=========="] {
        let value = format!("S.\n\n    Parameters\n    {underline}\n    x : int\n        X.\n");
        assert_eq!(
            read(&value),
            "summary: S.\nParams x (int): X.",
            "{underline}"
        );
    }
    let value = "S.\n\n    Parameters\n    --\n    x : int\n        X.\n";
    assert!(parse(value, None).sections.is_empty());
}

#[test]
fn a_colon_behind_the_title_and_an_indented_body_are_forgiven() {
    assert_eq!(
        read(
            "S.\n\n    Parameters:\n    -----------\n        x (int): X.\n        y : str\n            Y.\n"
        ),
        "summary: S.\nParams x (int): X.\nParams y (str): Y."
    );
}

#[test]
fn a_sentence_behind_the_colon_is_a_text() {
    assert_eq!(
        read(
            "S.\n\n    Parameters\n    ----------\n    x : The thing to do.\n    y: Whether it is\n        done at all.\n    z : array of ints\n"
        ),
        "summary: S.
Params x: The thing to do.
Params y: Whether it is done at all.
Params z (array of ints): -"
    );
}

#[test]
fn returned_values_are_types_names_or_prose() {
    for (body, expected) in [
        ("int", "Returns (int): -"),
        ("int\n        The count.", "Returns (int): The count."),
        ("x : int\n        The count.", "Returns x (int): The count."),
        (
            "x, y : ndarray\n        Both.",
            "Returns x (ndarray): Both.\nReturns y (ndarray): Both.",
        ),
        (
            "ndarray of shape (n,)\n        Rows.",
            "Returns (ndarray of shape (n,)): Rows.",
        ),
        (
            "same type as caller\n        Rows.",
            "Returns (same type as caller): Rows.",
        ),
        ("The count of rows.", "Returns: The count of rows."),
        (
            "The count\n    of: all rows.",
            "Returns: The count of: all rows.",
        ),
        ("bool: True if it is.", "Returns (bool): True if it is."),
        (
            "int\n    The count.",
            "Returns (int): The count.\n! malformed: The count.",
        ),
        ("x (int): The count.", "Returns x (int): The count."),
        (
            "int\n        The count.\n    Or more.",
            "Returns (int): The count. Or more.",
        ),
        ("(x, y) : tuple\n        Both.", "Returns (tuple): Both."),
    ] {
        let value = format!("S.\n\n    Returns\n    -------\n    {body}\n");
        assert_eq!(read(&value), format!("summary: S.\n{expected}"), "{body}");
    }
}

#[test]
fn other_underlined_titles_end_a_section() {
    assert_eq!(
        read(
            "S.\n\n    Parameters\n    ----------\n    x : int\n        X.\n\n    Shapes\n    ------\n    y : (n,)\n\n    Notes\n    -----\n    N.\n"
        ),
        "summary: S.\nParams x (int): X.\nOther: y : (n,)\nNotes: N."
    );
}

#[test]
fn entries_may_be_called_as_sections_are() {
    assert_eq!(
        read(
            "S.\n\n    Parameters\n    ----------\n    args : list\n        A.\n    returns\n        B.\n    raises:\n        C.\n"
        ),
        "summary: S.\nParams args (list): A.\nParams returns: B.\nParams raises: C."
    );
}

#[test]
fn google_headers_below_an_underline_count_where_they_are_wanted() {
    assert_eq!(
        read(
            "S.\n\n    Parameters\n    ----------\n    x : int\n        X.\n    y : int\n        Y.\n\n    Returns:\n        Z.\n"
        ),
        "summary: S.
Params x (int): X.
Params y (int): Y.
Returns: Z.
! foreign Google: Returns: Z."
    );
    assert_eq!(
        read(
            "S.\n\n    Parameters\n    ----------\n    f : callable\n        F.\n\n    Notes\n    -----\n    F has\n\n    Parameters:\n        y: Y.\n"
        ),
        "summary: S.\nParams f (callable): F.\nNotes: F has Parameters: y: Y."
    );
}

#[test]
fn what_is_no_entry_goes_on_with_the_one_above() {
    assert_eq!(
        read(
            "S.\n\n    Parameters\n    ----------\n    x : int\n    The x.\n    y : int\n        Y.\n    .. versionadded:: 1.0\n\n    The rest is free.\n"
        ),
        "summary: S.
Params x (int): The x.
Params y (int): Y. .. versionadded:: 1.0
! malformed: The x.
! remark: The rest is free."
    );
}

#[test]
fn dots_and_brackets_join_names() {
    assert_eq!(
        read(
            "S.\n\n    Parameters\n    ----------\n    x1, x2, ... : array_like\n        X.\n    y1,... : int\n        Y.\n    z1, ... zn : int\n        Z.\n    (a, b)\n        C.\n"
        ),
        "summary: S.
Params x1 (array_like): X.
Params x2 (array_like): X.
Params y1 (int): Y.
Params z1 (int): Z.
Params zn (int): Z.
Params a: C.
Params b: C."
    );
}

#[test]
fn a_missing_colon_before_a_plain_type_is_a_quirk() {
    assert_eq!(
        read(
            "S.\n\n    Parameters\n    ----------\n    name str\n        N.\n    Further ones\n        F.\n"
        ),
        "summary: S.\nParams name (str): N. Further ones F.\n! malformed: name str\n! malformed: Further ones F."
    );
}

#[test]
fn misspelt_titles_are_read_as_what_they_mean() {
    assert_eq!(
        read("S.\n\n    Paramters\n    ---------\n    x : int\n        X.\n"),
        "summary: S.\nParams x (int): X.\n! misspelt Parameters: Paramters"
    );
}

#[test]
fn receives_warns_yields_attributes_and_methods() {
    assert_eq!(
        read(
            "S.

    Yields
    ------
    int
        A.

    Receives
    --------
    x : int
        B.

    Warns
    -----
    UserWarning
        C.

    Attributes
    ----------
    d : int
        D.

    Methods
    -------
    run(x, y)
        E.

    Other Parameters
    ----------------
    f : int
        F.

    .. deprecated:: 1.0
       G
"
        ),
        "summary: S.
Yields (int): A.
Receives x (int): B.
Warns UserWarning: C.
Attributes d (int): D.
Methods run: E.
OtherParams f (int): F.
Deprecated: 1.0 G"
    );
}

#[test]
fn alternatives_with_a_colon_behind_them_are_a_type_and_no_names() {
    for (head, told) in [
        ("scalar or ndarray:", Some("scalar or ndarray")),
        ("scalar or ndarray", Some("scalar or ndarray")),
        ("rows, columns:", None),
    ] {
        let value = format!("Do.\n\n    Returns\n    -------\n    {head}\n        It.\n    ");
        let docstring = parse(&value, None);
        let entry = &docstring.sections[0].entries[0];
        assert_eq!(entry.annotation.map(|it| it.of(&value)), told, "{head}");
        assert_eq!(entry.name.is_none(), told.is_some(), "{head}");
        assert_eq!(entry.text.unwrap().of(&value), "It.");
    }
}
