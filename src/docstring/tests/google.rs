//! Google style.

use super::super::{Style, parse};
use super::read;

#[test]
fn sections_hold_entries() {
    let value = "Fetch rows.

    Rows come in order.
    All of them.

    Args:
        table (Table): An open table.
        keys: Which rows,
            by key.

            Two paragraphs.
        *args: More.
        \\**kwargs (dict, optional): Rest.
        deep (Dict[str, Callable[[int], str]]): Deep.

    Returns:
        dict: Rows: by key.

    Raises:
        ValueError: If so.
        m.E, TypeError: If not.
    ";
    assert_eq!(parse(value, None).style, Some(Style::Google));
    assert_eq!(
        read(value),
        "summary: Fetch rows.
description: Rows come in order. All of them.
Params table (Table): An open table.
Params keys: Which rows, by key. Two paragraphs.
Params args: More.
Params kwargs (dict, optional): Rest.
Params deep (Dict[str, Callable[[int], str]]): Deep.
Returns (dict): Rows: by key.
Raises ValueError: If so.
Raises m.E: If not.
Raises TypeError: If not."
    );
}

#[test]
fn entry_spans_point_at_what_they_name() {
    let value = "S.\n\n    Args:\n        \\*args (int): All\n            of it.\n";
    let docstring = parse(value, None);
    let section = &docstring.sections[0];
    let entry = &section.entries[0];
    assert_eq!(section.title.of(value), "Args");
    assert_eq!(entry.name, Some("args"));
    assert_eq!(entry.name_span.of(value), "\\*args");
    assert_eq!(entry.annotation.unwrap().of(value), "int");
    assert_eq!(entry.text.unwrap().of(value), "All\n            of it.");
    assert_eq!(entry.span.of(value), section.body.of(value));
}

#[test]
fn several_names_share_a_text() {
    assert_eq!(
        read("S.\n\n    Args:\n        a, b (int): Both.\n        x / y: Either.\n"),
        "summary: S.
Params a: Both.
Params b (int): Both.
Params x: Either.
Params y: Either."
    );
}

#[test]
fn markdown_lists_are_entries() {
    assert_eq!(
        read(
            "S.\n\n    Args:\n        - a: One.\n        - `b` (int): Two.\n        * **c**: Three.\n        - `d`: Four,\n          long.\n"
        ),
        "summary: S.
Params a: One.
Params b (int): Two.
Params c: Three.
Params d: Four, long."
    );
}

#[test]
fn a_type_may_go_on_in_the_next_line() {
    assert_eq!(
        read(
            "S.\n\n    Args:\n        x (Dict[str,\n            int]): Text.\n        y: Other.\n"
        ),
        "summary: S.\nParams x (Dict[str, int]): Text.\nParams y: Other."
    );
}

#[test]
fn fields_under_a_header_are_entries() {
    assert_eq!(
        read(
            "S.\n\n    Args:\n        :x: X.\n        :param y: Y.\n        :z:\n            Z.\n"
        ),
        "summary: S.\nParams x: X.\nParams y: Y.\nParams z: Z."
    );
}

#[test]
fn types_whose_brackets_do_not_match_are_read() {
    assert_eq!(
        read(
            "S.\n\n    Args:\n        a (List[Dict[str, T]]]): A.\n        b (`tuple[int])`:\n            B.\n        c (`List`:\n            C.\n        d (`T` of shape `(n)`)):\n            D.\n        e (Sequence[:obj:`str`]), optional): E.\n        f (`T`) of shape [n, m]:\n            F.\n        g (`tuple(tuple(T)`, *optional*):\n            G (a) and b)\n            are so.\n"
        ),
        "summary: S.
Params a (List[Dict[str, T]]]): A.
Params b (`tuple[int]): B.
Params c (`List`): C.
Params d (`T` of shape `(n)`)): D.
Params e (Sequence[:obj:`str`]), optional): E.
Params f (`T`): of shape [n, m]: F.
Params g (`tuple(tuple(T)`, *optional*): G (a) and b) are so.
! malformed: f (`T`) of shape [n, m]: F."
    );
}

#[test]
fn types_without_brackets_or_colon_are_read() {
    assert_eq!(
        read(
            "S.\n\n    Args:\n        a Optional[str]: A.\n        b Any: B.\n        c (int, optional). C.\n        d (`m.Tensor` of shape `(n)`)\n        given that: E.\n"
        ),
        "summary: S.
Params a (Optional[str]): A.
Params b (Any): B.
Params c (int, optional): C.
Params d (`m.Tensor` of shape `(n)`): given that: E.
! malformed: a Optional[str]: A. b Any: B. c (int, optional). C.
! malformed: given that: E."
    );
}

#[test]
fn nested_lists_belong_to_their_entry() {
    assert_eq!(
        read(
            "S.\n\n    Args:\n        mode: One of\n            - a: first\n            - b: second\n        other: O.\n        kind: One of\n        - x: first\n        - y: second\n"
        ),
        "summary: S.
Params mode: One of - a: first - b: second
Params other: O.
Params kind: One of
Params x: first
Params y: second"
    );
}

#[test]
fn entries_may_be_called_as_sections_are() {
    assert_eq!(
        read(
            "S.\n\n    Args:\n        args: A.\n        returns: B.\n        raises:\n            C.\n        attributes (list): D.\n\n        example: E.\n"
        ),
        "summary: S.
Params args: A.
Params returns: B.
Params raises: C.
Params attributes (list): D.
Params example: E."
    );
}

#[test]
fn a_returned_value_has_a_type_only_where_one_is_written() {
    for (body, expected) in [
        ("int: The count.", "Returns (int): The count."),
        (
            "The count: never negative.",
            "Returns: The count: never negative.",
        ),
        (
            "True if so, False otherwise.",
            "Returns: True if so, False otherwise.",
        ),
        (
            "A dict with keys:\n        a: One.\n        b: Two.",
            "Returns: A dict with keys: a: One. b: Two.",
        ),
        (
            "Dict containing key: value pairs.",
            "Returns: Dict containing key: value pairs.",
        ),
        ("list of str: Names.", "Returns (list of str): Names."),
        (":class:`a.B`: It.", "Returns (:class:`a.B`): It."),
        (
            "count (int): The count.\n        rest (str): The rest.",
            "Returns count (int): The count.\nReturns rest (str): The rest.",
        ),
        (
            "dict:\n            Long text.",
            "Returns (dict): Long text.",
        ),
        (
            "dict: A dict.\n\n        More of it.",
            "Returns (dict): A dict. More of it.",
        ),
        ("Note: it is odd.", "Returns: Note: it is odd."),
        (
            "tuple[int, str]: a and b.",
            "Returns (tuple[int, str]): a and b.",
        ),
    ] {
        let value = format!("S.\n\n    Returns:\n        {body}\n    ");
        assert_eq!(read(&value), format!("summary: S.\n{expected}"), "{body}");
    }
}

#[test]
fn exceptions_are_named_in_many_ways() {
    for (body, expected) in [
        ("ValueError", "Raises ValueError: -"),
        ("ValueError: If a: b.", "Raises ValueError: If a: b."),
        ("ValueError if it is.", "Raises ValueError: if it is."),
        ("ValueError - if it is.", "Raises ValueError: if it is."),
        (":class:`~m.E`: If.", "Raises m.E: If."),
        (
            ":exc:`ValueError`, :exc:`TypeError`: If.",
            "Raises ValueError: If.\nRaises TypeError: If.",
        ),
        ("`ValueError`: If.", "Raises ValueError: If."),
        (
            "ValueError or TypeError: If.",
            "Raises ValueError: If.\nRaises TypeError: If.",
        ),
        ("(A, B): If.", "Raises A: If.\nRaises B: If."),
        ("- ValueError: If.", "Raises ValueError: If."),
        ("HTTPError (404): If.", "Raises HTTPError: If."),
        (
            "ValueError: If.\n\n        And so on.",
            "Raises ValueError: If.\n! remark: And so on.",
        ),
        (
            "If the file is bad, a ValueError.",
            "Raises: If the file is bad, a ValueError.",
        ),
        (
            "The usual\n        ones: all.",
            "Raises: The usual ones: all.",
        ),
        (
            "ValueError:\n            If.\n\n        TypeError:\n            If not.",
            "Raises ValueError: If.\nRaises TypeError: If not.",
        ),
        ("Exception: Any.", "Raises Exception: Any."),
    ] {
        let value = format!("S.\n\n    Raises:\n        {body}\n    ");
        assert_eq!(read(&value), format!("summary: S.\n{expected}"), "{body}");
    }
}

#[test]
fn what_is_no_entry_is_a_quirk_where_it_stands_in_the_way() {
    assert_eq!(
        read(
            "S.\n\n    Args:\n        x: Long text that\n        goes on unindented\n        for long.\n        y: Y.\n        z (int) no colon\n        w - dash\n"
        ),
        "summary: S.
Params x: Long text that goes on unindented for long.
Params y: Y.
Params z (int): no colon
Params w: dash
! malformed: goes on unindented for long.
! malformed: z (int) no colon w - dash"
    );
}

#[test]
fn prose_among_entries_is_no_quirk() {
    for body in [
        "None.",
        "Same as the base class.",
        "The following:\n\n        x: X.\n\n        See there.",
    ] {
        let value = format!("S.\n\n    Args:\n        {body}\n    ");
        assert!(!read(&value).contains("! malformed"), "{body}");
    }
    assert_eq!(
        read("S.\n\n    Args:\n        x: X.\n\n        Note: all of them.\n        y: Y.\n"),
        "summary: S.\nParams x: X.\nParams y: Y.\n! remark: Note: all of them."
    );
}

#[test]
fn a_name_alone_is_an_entry_where_its_text_stands_below() {
    assert_eq!(
        read(
            "S.\n\n    Args:\n        x\n            The x.\n        y (int)\n            The y.\n        z : int\n            The z.\n        word\n"
        ),
        "summary: S.
Params x: The x.
Params y (int): The y.
Params z (int): The z. word
! malformed: word"
    );
}

#[test]
fn other_kinds_of_sections() {
    assert_eq!(
        read(
            "S.

    Keyword Args:
        a: A.
    Other Parameters:
        b: B.
    Attributes:
        c (int): C.
    Methods:
        run(x, y): D.
    Yields:
        int: E.
    Warns:
        UserWarning: F.
    Example:
        >>> G()
    Note:
        H
    Todo:
        * I
    Usage:
        J
"
        ),
        "summary: S.
KeywordParams a: A.
OtherParams b: B.
Attributes c (int): C.
Methods run: D.
Yields (int): E.
Warns UserWarning: F.
Examples: >>> G()
Notes: H
Admonition: * I
Other: J"
    );
}
