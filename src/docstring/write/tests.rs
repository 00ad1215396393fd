//! What is written, and that nothing is lost on the way from one style to another.

use super::super::{SectionKind, Style, parse};
use super::*;

fn converted(value: &str, style: Style) -> Result<String, UnwritableError> {
    let docstring = parse(value, None);
    let mut whole = value.to_owned();
    if let Some(change) = convert(&docstring, style, "    ")? {
        whole.replace_range(change.within.range(), &change.words);
    }
    Ok(whole)
}

const GOOGLE: &str = "Do it.

    More of it::

        Args:
            no: Section.

    Args:
        x (int): The x.
            It goes on.

            And on.
        *args: The rest.
        **kwargs: Named.

    Returns:
        dict[str, int]: The counts.

    Raises:
        ValueError: If bad.
        a.B: If worse.

    Examples:
        >>> f(1)
        2
    ";

const NUMPY: &str = "Do it.

    More of it::

        Args:
            no: Section.

    Parameters
    ----------
    x : int
        The x.
        It goes on.

        And on.
    *args
        The rest.
    **kwargs
        Named.

    Returns
    -------
    dict[str, int]
        The counts.

    Raises
    ------
    ValueError
        If bad.
    a.B
        If worse.

    Examples
    --------
    >>> f(1)
    2
    ";

const SPHINX: &str = "Do it.

    More of it::

        Args:
            no: Section.

    :param x: The x.
        It goes on.

        And on.
    :type x: int
    :param \\*args: The rest.
    :param \\*\\*kwargs: Named.
    :returns: The counts.
    :rtype: dict[str, int]
    :raises ValueError: If bad.
    :raises a.B: If worse.

    Examples:
        >>> f(1)
        2
    ";

const EPYTEXT: &str = "Do it.

    More of it::

        Args:
            no: Section.

    @param x: The x.
        It goes on.

        And on.
    @type x: int
    @param *args: The rest.
    @param **kwargs: Named.
    @return: The counts.
    @rtype: dict[str, int]
    @raise ValueError: If bad.
    @raise a.B: If worse.

    Examples:
        >>> f(1)
        2
    ";

const ALL: [(Style, &str); 4] = [
    (Style::Google, GOOGLE),
    (Style::Numpy, NUMPY),
    (Style::Sphinx, SPHINX),
    (Style::Epytext, EPYTEXT),
];

#[test]
fn every_style_becomes_every_other() {
    for (_, value) in ALL {
        for (style, meant) in ALL {
            assert_eq!(converted(value, style).unwrap(), meant);
        }
    }
}

#[test]
fn what_is_new_is_written_in_every_style() {
    let mut draft = Draft::new("Do it.\n\nMore of it::\n\n    Args:\n        no: Section.");
    draft.push(
        SectionKind::Params,
        vec![
            DraftEntry::named("x")
                .typed(Some("int"))
                .said("The x.\nIt goes on.\n\nAnd on."),
            DraftEntry::named("*args").said("The rest."),
            DraftEntry::named("**kwargs").said("Named."),
        ],
    );
    draft.push(
        SectionKind::Returns,
        vec![
            DraftEntry::default()
                .typed(Some("dict[str, int]"))
                .said("The counts."),
        ],
    );
    draft.push(
        SectionKind::Raises,
        vec![
            DraftEntry::named("ValueError").said("If bad."),
            DraftEntry::named("a.B").said("If worse."),
        ],
    );
    draft.parts.push(Part::Section(DraftSection {
        kind: SectionKind::Examples,
        title: "Examples".to_owned(),
        body: Body::Text(">>> f(1)\n2".to_owned()),
    }));
    for (style, meant) in ALL {
        assert_eq!(write(&draft, style, "    ").unwrap(), meant);
    }
    assert_eq!(
        write(&Draft::new("One."), Style::Numpy, "\t").unwrap(),
        "One."
    );
}

/// `value` with entries added: `kind name (type): text`.
fn added(value: &str, additions: &[(SectionKind, &str, &str, &str)]) -> String {
    let additions: Vec<Addition> = additions
        .iter()
        .map(|&(kind, name, annotation, text)| Addition {
            kind,
            entry: DraftEntry {
                names: Some(name)
                    .filter(|it| !it.is_empty())
                    .map(str::to_owned)
                    .into_iter()
                    .collect(),
                annotation: Some(annotation)
                    .filter(|it| !it.is_empty())
                    .map(str::to_owned),
                text: Some(text.to_owned()),
            },
        })
        .collect();
    let order = ["a", "b", "c", "args", "kwargs"];
    let docstring = parse(value, None);
    let changes = insert(&docstring, &additions, &order, Style::Google, "    ").unwrap();
    changed(value, &changes)
}

const PARAMS: [(SectionKind, &str, &str, &str); 2] = [
    (SectionKind::Params, "**kwargs", "", "More."),
    (SectionKind::Params, "b", "int", "The b.\nIt goes on."),
];

#[test]
fn an_entry_goes_where_the_code_has_it_and_looks_like_its_neighbours() {
    for (value, meant) in [
        (
            "S.\n\n    Args:\n        a (str): A.\n        c: C.\n    ",
            "S.\n\n    Args:\n        a (str): A.\n        b (int): The b.\n            It goes on.\n        c: C.\n        **kwargs: More.\n    ",
        ),
        (
            "S.\n\n    Args:\n      - `c`: C.\n\n    Text.\n    ",
            "S.\n\n    Args:\n      - `b`: The b.\n        It goes on.\n      - `c`: C.\n      - `**kwargs`: More.\n\n    Text.\n    ",
        ),
        (
            "S.\n\n    Parameters\n    ----------\n    a: str\n       A.\n    c : str\n       C.\n    ",
            "S.\n\n    Parameters\n    ----------\n    a: str\n       A.\n    b: int\n       The b.\n       It goes on.\n    c : str\n       C.\n    **kwargs\n       More.\n    ",
        ),
        (
            "S.\n\n    :arg a: A.\n    :type a: str\n    :arg c: C.\n    :returns: R.",
            "S.\n\n    :arg a: A.\n    :type a: str\n    :arg b: The b.\n        It goes on.\n    :type b: int\n    :arg c: C.\n    :arg \\*\\*kwargs: More.\n    :returns: R.",
        ),
        (
            "S.\n\n    :param str a: A.\n    ",
            "S.\n\n    :param str a: A.\n    :param int b: The b.\n        It goes on.\n    :param \\*\\*kwargs: More.\n    ",
        ),
        (
            "@param c: C.",
            "@param b: The b.\n        It goes on.\n    @param c: C.\n    @param **kwargs: More.\n    ",
        ),
    ] {
        assert_eq!(added(value, &PARAMS), meant);
    }
}

#[test]
fn a_missing_section_goes_where_the_style_has_it() {
    let all = [
        (SectionKind::Raises, "E", "", "Bad."),
        (SectionKind::Returns, "", "int", "It."),
        (SectionKind::Params, "a", "", "A."),
    ];
    for (value, meant) in [
        (
            "S. ",
            "S.\n\n    Args:\n        a: A.\n\n    Returns:\n        int: It.\n\n    Raises:\n        E: Bad.\n    ",
        ),
        (
            "S.\n\n    Notes\n    -----\n    N.\n    ",
            "S.\n\n    Parameters\n    ----------\n    a\n        A.\n\n    Returns\n    -------\n    int\n        It.\n\n    Raises\n    ------\n    E\n        Bad.\n\n    Notes\n    -----\n    N.\n    ",
        ),
        (
            "S.\n\n    :keyword c: C.\n    ",
            "S.\n\n    :param a: A.\n    :keyword c: C.\n    :returns: It.\n    :rtype: int\n    :raises E: Bad.\n    ",
        ),
        (
            "S.\n\n    D.\n    Yields:\n      x: X.\n    Text.",
            "S.\n\n    D.\n\n    Args:\n      a: A.\n\n    Returns:\n      int: It.\n\n    Yields:\n      x: X.\n\n    Raises:\n      E: Bad.\n\n    Text.",
        ),
    ] {
        assert_eq!(added(value, &all), meant);
    }
}

#[test]
fn what_a_style_has_no_place_for_is_kept_as_text_or_declined() {
    let numpy = "S.\n\n    Parameters\n    ----------\n    x, y : int, (default: 3)\n        X.\n\n    Returns\n    -------\n    NetworkX graph\n        It.\n    ";
    assert_eq!(
        converted(numpy, Style::Google).unwrap(),
        "S.\n\n    Args:\n        x (int, (default=3)): X.\n        y (int, (default=3)): X.\n\n    Returns:\n        NetworkX graph: It.\n    "
    );
    let several =
        "S.\n\n    Returns\n    -------\n    a : int\n        A.\n    b : str\n        B.\n    ";
    assert_eq!(
        converted(several, Style::Sphinx).unwrap(),
        "S.\n\n    :returns: * **a** (int) -- A.\n        * **b** (str) -- B.\n    "
    );
    assert_eq!(
        converted(
            "S.\n\n    Args:\n        x: X.\n\n    Text.\n    ",
            Style::Numpy
        )
        .unwrap(),
        "S.\n\n    Text.\n\n    Parameters\n    ----------\n    x\n        X.\n    "
    );
    for (value, style, reason) in [
        (
            "S.\n\n    Args:\n        x: X.\n        no entry\n    ",
            Style::Numpy,
            "`no entry` is not written as an entry is",
        ),
        (
            "S.\n\n    Args:\n        x: X.\n\n        No entry.\n    ",
            Style::Numpy,
            "`No entry.` belongs to no entry",
        ),
        (
            "S.\n\n    Parameters\n    ----------\n    x : int\n        X.\n    %(axis)s\n    ",
            Style::Google,
            "`%(axis)s` is filled in later",
        ),
        (
            "S.\n\n    Args:\n        x=3: X.\n    ",
            Style::Sphinx,
            "there is no place for `=3`",
        ),
        (
            "S.\n\n    Receives:\n        int: X.\n    ",
            Style::Sphinx,
            "Sphinx style has no section `Receives`",
        ),
        (
            "S.\n\n    Parameters\n    ----------\n    f : function(a: int)\n        F.\n    ",
            Style::Google,
            "there is no place for `function(a: int)`",
        ),
    ] {
        let error = converted(value, style).unwrap_err();
        assert_eq!(error.to_string(), reason);
    }
}

#[test]
fn what_would_be_read_otherwise_is_not_written() {
    // At the left edge a few lines look torn off by an unescaped newline.
    let draft = Draft::new("a = (\n       b\nc = d");
    assert_eq!(
        write(&draft, Style::Google, ""),
        Err(UnwritableError::Misread(Style::Google))
    );
    assert!(write(&draft, Style::Google, "    ").is_ok());
}

#[test]
fn a_types_default_does_not_end_a_google_entry() {
    let numpy = "S.\n\n    Parameters\n    ----------\n    x : int, default:3\n        X.\n    ";
    assert_eq!(
        converted(numpy, Style::Google).unwrap(),
        "S.\n\n    Args:\n        x (int, default=3): X.\n    "
    );
}
