//! The shapes that the published style guides show, in other words: the Google style guide, napoleon's two example
//! modules, numpydoc's.

use super::super::parse;
use super::read;

/// Whether no quirk is found in `value`.
fn is_clean(value: &str) -> bool {
    parse(value, None).quirks.is_empty()
}

#[test]
fn the_google_guides_function() {
    let function = "Gets rows out of a small table.

    Takes the rows that belong to the keys from the table that the handle stands for.
    Keys given as text are encoded.

    Args:
        handle:
          An open small table.
        keys:
          The keys of the rows to take. Keys given as text
          are encoded.
        whole:
          If True only rows with all columns are
          given.

    Returns:
        A dict of keys to the data of their rows. Each row is a tuple of texts. For
        example:

        {b'Serak': ('Rigel VII', 'Preparer'),
         b'Zim': ('Irk', 'Invader')}

        The keys are always bytes.

    Raises:
        IOError: The table could not be read.
    ";
    assert!(is_clean(function));
    assert_eq!(
        read(function),
        "summary: Gets rows out of a small table.
description: Takes the rows that belong to the keys from the table that the handle stands for. Keys given as text are encoded.
Params handle: An open small table.
Params keys: The keys of the rows to take. Keys given as text are encoded.
Params whole: If True only rows with all columns are given.
Returns: A dict of keys to the data of their rows. Each row is a tuple of texts. For example: {b'Serak': ('Rigel VII', 'Preparer'), b'Zim': ('Irk', 'Invader')} The keys are always bytes.
Raises IOError: The table could not be read."
    );
}

#[test]
fn the_google_guides_class_and_method() {
    let class = "Says here what the class is.

    More about it...
    And more...

    Attributes:
        likes_it: Whether we like it or not.
        eggs: How many eggs were laid.
    ";
    assert!(is_clean(class));
    assert_eq!(
        read(class),
        "summary: Says here what the class is.
description: More about it... And more...
Attributes likes_it: Whether we like it or not.
Attributes eggs: How many eggs were laid."
    );
    assert_eq!(
        read(
            "Readies the thing.\n\n        Args:\n          likes_it: Defines if it is liked.\n        "
        ),
        "summary: Readies the thing.\nParams likes_it: Defines if it is liked."
    );
}

#[test]
fn napoleons_google_module() {
    let module = "Example of Google style.

This module shows it. Docstrings may go on over several lines. Sections are made
with a title, a colon and a block of indented text.

Example:
    Examples are given with the ``Example`` or ``Examples`` sections. Sections
    hold any reStructuredText, also literal blocks::

        $ python example.py

A section ends where the text is no longer indented.

Attributes:
    level1 (int): Module variables may be documented here
        or below them.

        One of the two, and always the same.

Todo:
    * For module todos
    * With ``sphinx.ext.todo``

.. _A guide:
   https://example.org/guide.html

";
    assert!(is_clean(module));
    assert_eq!(
        read(module),
        "summary: Example of Google style.
description: This module shows it. Docstrings may go on over several lines. Sections are made with a title, a colon and a block of indented text.
Examples: Examples are given with the ``Example`` or ``Examples`` sections. Sections hold any reStructuredText, also literal blocks:: $ python example.py
Attributes level1 (int): Module variables may be documented here or below them. One of the two, and always the same.
Admonition: * For module todos * With ``sphinx.ext.todo``"
    );
}

#[test]
fn napoleons_google_functions() {
    let function = "One line.

    The lines may be several. Parameters are in ``Args``::

        name (type): description
            The description may go on.

    Args:
        one (int): The first.
        two (:obj:`str`, optional): The second. Defaults to None.
            Next lines are indented.
        *args: Any number.
        **kwargs: Any names.

    Returns:
        bool: True if so, False otherwise.

        The type may stand at the beginning. The section may hold any text::

            {
                'one': one,
                'two': two
            }

    Raises:
        AttributeError: The ``Raises`` section lists
            what matters to the caller.
        ValueError: If `two` equals `one`.

    ";
    assert!(is_clean(function));
    assert_eq!(
        read(function),
        "summary: One line.
description: The lines may be several. Parameters are in ``Args``:: name (type): description The description may go on.
Params one (int): The first.
Params two (:obj:`str`, optional): The second. Defaults to None. Next lines are indented.
Params args: Any number.
Params kwargs: Any names.
Returns (bool): True if so, False otherwise. The type may stand at the beginning. The section may hold any text:: { 'one': one, 'two': two }
Raises AttributeError: The ``Raises`` section lists what matters to the caller.
Raises ValueError: If `two` equals `one`."
    );
}

#[test]
fn napoleons_google_generator_and_method() {
    let generator = "Generators have a ``Yields`` section.

    Args:
        n (int): The end of the range, 0 to `n` - 1.

    Yields:
        int: The next number in 0 to `n` - 1.

    Examples:
        They are in doctest format.

        >>> print([i for i in generate(4)])
        [0, 1, 2, 3]

    ";
    assert!(is_clean(generator));
    assert_eq!(
        read(generator),
        "summary: Generators have a ``Yields`` section.
Params n (int): The end of the range, 0 to `n` - 1.
Yields (int): The next number in 0 to `n` - 1.
Examples: They are in doctest format. >>> print([i for i in generate(4)]) [0, 1, 2, 3]"
    );
    let method = "Class methods are like functions.

        Note:
            Leave `self` out of ``Args``.

        Args:
            one: The first.
            two: The second.

        Returns:
            True if it went well, False otherwise.

        ";
    assert!(is_clean(method));
    assert_eq!(
        read(method),
        "summary: Class methods are like functions.
Notes: Leave `self` out of ``Args``.
Params one: The first.
Params two: The second.
Returns: True if it went well, False otherwise."
    );
}

#[test]
fn napoleons_numpy_functions() {
    let function = "One line.

    The lines may be several. Parameters are in ``Parameters``::

        name : type
            description

            The description may go on.

    Parameters
    ----------
    one : int
        The first.
    two : :obj:`str`, optional
        The second.
    *args
        Any number.
    **kwargs
        Any names.

    Returns
    -------
    bool
        True if so, False otherwise.

        The type is not optional. The section may hold any text::

            {
                'one': one
            }

    Raises
    ------
    AttributeError
        What matters to the caller.
    ValueError
        If `two` equals `one`.

    ";
    assert!(is_clean(function));
    assert_eq!(
        read(function),
        "summary: One line.
description: The lines may be several. Parameters are in ``Parameters``:: name : type description The description may go on.
Params one (int): The first.
Params two (:obj:`str`, optional): The second.
Params args: Any number.
Params kwargs: Any names.
Returns (bool): True if so, False otherwise. The type is not optional. The section may hold any text:: { 'one': one }
Raises AttributeError: What matters to the caller.
Raises ValueError: If `two` equals `one`."
    );
}

/// A function as numpydoc shows it.
const NUMPYDOC: &str = "Say in one line what it does, without names.

    Several sentences give more. The section does not
    go into theory.

    Parameters
    ----------
    one : array_like
        Arrays, lists, scalars.
    two : int
        Its type, and what it is for, for instance choosing between
        algorithms.
    Long_name : {'hi', 'ho'}, optional
        Choices in brackets, the default first.

    Returns
    -------
    type
        What is given back, without a name.
    describe : type
        What is given back, with one.
    out : type
        Another.
    kind_without_description

    Other Parameters
    ----------------
    rare : type
        Rarely used.
    common : type
        Also rarely used.

    Raises
    ------
    BadException
        Because you should not have done that.

    See Also
    --------
    numpy.array : Related.
    numpy.ndarray : Related too, with a long
                    explanation.
    numpy.dot, numpy.linalg.norm, numpy.eye

    Notes
    -----
    About the algorithm [1]_.

    This may hold a formula:

    .. math:: X(e^{j\\omega } ) = x(n)e^{ - j\\omega n}

    References
    ----------
    .. [1] O. McNoleg, \"The integration of GIS\".

    Examples
    --------
    In doctest format.

    >>> a = [1, 2, 3]
    >>> print([x + 3 for x in a])
    [4, 5, 6]
    ";

#[test]
fn numpydocs_function() {
    assert!(is_clean(NUMPYDOC));
    let read = read(NUMPYDOC);
    assert!(read.contains(
        "Params Long_name ({'hi', 'ho'}, optional): Choices in brackets, the default first."
    ));
    assert!(read.contains("Returns describe (type): What is given back, with one."));
    assert!(read.contains("Returns (kind_without_description): -"));
    assert!(read.contains("OtherParams common (type): Also rarely used."));
    assert!(read.contains("Raises BadException: Because you should not have done that."));
    assert!(read.contains("References: .. [1] O. McNoleg"));
    assert!(read.ends_with(
        "Examples: In doctest format. >>> a = [1, 2, 3] >>> print([x + 3 for x in a]) [4, 5, 6]"
    ));
}
