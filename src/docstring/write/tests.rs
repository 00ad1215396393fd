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
