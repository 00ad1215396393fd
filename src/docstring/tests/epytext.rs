//! Epytext.

use super::super::{Style, parse};
use super::read;

#[test]
fn fields_are_entries() {
    let value = "Fetch rows.

    @param table: An open table.
    @type table: L{Table}
    @param keys: Which rows,
        by key.
    @keyword flag: A flag.
    @return: Rows.
    @rtype: C{dict}
    @raise ValueError: If so.
    @ivar count: Counted.
    @type count: int
    @see: There.
    ";
    assert_eq!(parse(value, None).style, Some(Style::Epytext));
    assert_eq!(
        read(value),
        "summary: Fetch rows.
Params table (L{Table}): An open table.
Params keys: Which rows, by key.
KeywordParams flag: A flag.
Returns (C{dict}): Rows.
Raises ValueError: If so.
Attributes count (int): Counted."
    );
}

#[test]
fn a_missing_colon_is_forgiven() {
    assert_eq!(
        read("S.\n\n    @param x The x: it.\n    @return The y.\n    @throws E if so\n"),
        "summary: S.\nParams x: The x: it.\nReturns: The y.\nRaises E: if so"
    );
}

#[test]
fn a_field_may_go_on_without_indentation() {
    assert_eq!(
        read("S.\n\n    @param x: The\n    x.\n    @param y: Y.\n"),
        "summary: S.\nParams x: The x.\nParams y: Y."
    );
}

#[test]
fn other_tags_are_text() {
    assert_eq!(
        read("S.\n\n    @author: Me.\n    @property\n    @param x: X.\n"),
        "summary: S.\ndescription: @author: Me. @property\nParams x: X."
    );
}
