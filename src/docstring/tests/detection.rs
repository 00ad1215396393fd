//! Which style a docstring is in.

use super::super::{Style, parse};
use super::read;

#[test]
fn most_structure_wins() {
    for (value, style) in [
        ("S.", None),
        ("S.\n\n    Text.\n", None),
        ("S.\n\n    Note:\n        N.\n", None),
        ("S.\n\n    Args:\n        x: X.\n", Some(Style::Google)),
        (
            "S.\n\n    Parameters\n    ----------\n    x : int\n        X.\n",
            Some(Style::Numpy),
        ),
        (
            "S.\n\n    Examples\n    --------\n    >>> f()\n",
            Some(Style::Numpy),
        ),
        ("S.\n\n    :param x: X.\n", Some(Style::Sphinx)),
        ("S.\n\n    @param x: X.\n", Some(Style::Epytext)),
        (":return: S.", Some(Style::Sphinx)),
    ] {
        assert_eq!(parse(value, None).style, style, "{value}");
    }
}

#[test]
fn a_hint_decides_ties_only() {
    let tie = "S.\n\n    Returns:\n        X.\n\n    :raises E: If.\n    :raises F: If.\n";
    assert_eq!(parse(tie, Some(Style::Google)).style, Some(Style::Google));
    assert_eq!(parse(tie, Some(Style::Sphinx)).style, Some(Style::Sphinx));
    assert_eq!(
        parse("S.\n\n    :param x: X.\n", Some(Style::Numpy)).style,
        Some(Style::Sphinx)
    );
}

#[test]
fn foreign_parts_are_read_and_noted() {
    assert_eq!(
        read(
            "S.\n\n    Args:\n        x: X.\n        y: Y.\n\n    :param z: Z.\n    :returns: R.\n"
        ),
        "summary: S.
Params x: X.
Params y: Y.
Params z: Z.
Returns: R.
! foreign Sphinx: :param z: Z.
! foreign Sphinx: :returns: R."
    );
}
