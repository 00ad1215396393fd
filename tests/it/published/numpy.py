"""Shapes in the NumPy style, with every structure of napoleon's and numpydoc's example modules.

Example
-------
Examples stand in an ``Example`` or ``Examples`` section::

    $ python numpy.py


Notes
-----
    This is an example of an indented section.

Attributes
----------
sides : int
    What a shape has where nobody says otherwise.


.. _Some guide:
   https://example.org/guide.html

"""

sides = 4

corners = 4
"""int: Documented beside its value."""


def is_larger(first, second):
    """Compare two sizes, with types in the docstring.

    Parameters
    ----------
    first : int
        One of them.
    second : str
        The other, as it is written.

    Returns
    -------
    bool
        True where the first is larger, False otherwise.

    .. _PEP 484:
        https://www.python.org/dev/peps/pep-0484/

    """


def is_smaller(first: int, second: str) -> bool:
    """Compare two sizes, with types in the signature.

    Parameters
    ----------
    first
        One of them.
    second
        The other, as it is written.

    Returns
    -------
    bool
        True where the first is smaller, False otherwise.

    """


def draw(shape, color=None, *args, **kwargs):
    """Draw a shape, with all that a section may hold.

    Parameters
    ----------
    shape : int
        Which one.
    color : :obj:`str`, optional
        Its name.
    *args
        More shapes.
    **kwargs
        Whatever the backend takes.

    Returns
    -------
    bool
        True if it was drawn, False otherwise.

        The description may go over several lines::

            {
                'shape': shape,
                'color': color
            }

    Raises
    ------
    AttributeError
        What the backend raises
        is listed as well.
    ValueError
        If `color` is `shape`.

    """
    if shape == color:
        raise ValueError('a shape is no color')
    return True


def count(n):
    """Generators have a ``Yields`` section instead of ``Returns``.

    Parameters
    ----------
    n : int
        Where to stop.

    Yields
    ------
    int
        The next number from 0 to `n` - 1.

    Examples
    --------
    >>> print([i for i in count(4)])
    [0, 1, 2, 3]

    """
    for i in range(n):
        yield i


class ShapeError(Exception):
    """Exceptions are documented as classes are.

    Note
    ----
    Do not name ``self`` in ``Parameters``.

    Parameters
    ----------
    msg : str
        Words for people.
    code : :obj:`int`, optional
        A number for machines.

    Attributes
    ----------
    msg : str
        Words for people.
    code : int
        A number for machines.

    """

    def __init__(self, msg, code):
        self.msg = msg
        self.code = code


class Shape:
    """The summary of a class stands on one line.

    Attributes
    ----------
    color : str
        Its name.
    width : :obj:`int`, optional
        That of its lines.

    """

    def __init__(self, color, width, points):
        """Parameters of ``__init__`` documented where it stands.

        Note
        ----
        Do not name ``self`` in ``Parameters``.

        Parameters
        ----------
        color : str
            Any name.
        width : list(str)
            How broad its lines are. More
            lines are supported.
        points : :obj:`int`, optional
            Where it goes.

        """
        self.color = color
        self.width = width
        self.points = points  #: Documented *inline* with the attribute

        #: list(str): Documented *before* the attribute, with its type
        self.names = ["shape"]

        self.area = None
        """str: Documented *behind* the attribute, with its type."""

    @property
    def size(self):
        """str: A property is documented in its getter."""
        return "size"

    @property
    def place(self):
        """:obj:`list` of :obj:`str`: One with a setter is, too."""
        return ["place"]

    @place.setter
    def place(self, value):
        value

    def __special__(self):
        """Special methods are left out by default."""
        pass

    def _private_without_docstring(self):
        pass


def fit(points, degree, *args, method="svd", seldom=0, **kwargs):
    r"""Fit a curve on points.

    Several sentences that go on. Parameters are named in back-ticks,
    as in `degree`.

    Parameters
    ----------
    points : array_like
        Lists, nested lists and all else that makes an array. `degree`
        says how it is read.
    degree : int
        A type may be Python's own (``int``) or say more (``(N,) ndarray``,
        ``array_like``).
    *args : iterable
        More points.
    method : {'svd', 'qr'}, optional
        Choices stand in braces, the default first.

    Returns
    -------
    type
        Of a value without a name its type is told.
    describe : type
        A value with a name.
    out : type
        One more.
    type_without_description

    Other Parameters
    ----------------
    seldom : int, optional
        What is used seldom stands apart.
    **kwargs : dict
        So does what comes behind it
        in the signature.

    Raises
    ------
    BadCurve
        Because no curve goes through them.

    See Also
    --------
    numpy.array : Related.
    numpy.ndarray : Related, with words that go on and on until
                    the line wraps.
    numpy.dot, numpy.linalg.norm, numpy.eye

    Notes
    -----
    How it is done.

    In several paragraphs.

    With math:

    .. math:: X(e^{j\omega } ) = x(n)e^{ - j\omega n}

    Inline as well: :math:`\omega`.

    References
    ----------
    Who found it, e.g. [1]_, named above, too.

    .. [1] A. Author, "A title of many words,
       on two lines," A Journal, vol. 22,
       pp. 585-588, 1996.

    Examples
    --------
    In doctest format:

    >>> a = [1, 2, 3]
    >>> print([x + 3 for x in a])
    [4, 5, 6]
    >>> print("a\nb")
    a
    b
    """
