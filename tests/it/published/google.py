"""Shapes in the Google style, with every structure of napoleon's example module.

A section holds any reStructuredText, literal blocks as well.

Example:
    Examples stand in an ``Example`` or ``Examples`` section::

        $ python google.py

Section breaks are made by going back to the margin. An attribute of the
module may stand in ``Attributes`` or beside its value.

Attributes:
    sides (int): What a shape has where nobody says otherwise.

Todo:
    * Add circles
    * ``sphinx.ext.todo`` is wanted as well

.. _Some guide:
   https://example.org/guide.html

"""

sides = 4

corners = 4
"""int: Documented beside its value, its type before the colon.

More of it stands below.
"""


def is_larger(first, second):
    """Compare two sizes, with types in the docstring.

    Args:
        first (int): One of them.
        second (str): The other, as it is written.

    Returns:
        bool: True where the first is larger, False otherwise.

    .. _PEP 484:
        https://www.python.org/dev/peps/pep-0484/

    """


def is_smaller(first: int, second: str) -> bool:
    """Compare two sizes, with types in the signature.

    Args:
        first: One of them.
        second: The other, as it is written.

    Returns:
        True where the first is smaller, False otherwise.

    """


def draw(shape, color=None, *args, **kwargs):
    """Draw a shape, with all that a section may hold.

    The description may go over several lines.

        An indented paragraph is a block quote.

    Args:
        shape (int): Which one.
        color (:obj:`str`, optional): Its name. Defaults to None.
            What is indented goes on.
        *args: More shapes.
        **kwargs: Whatever the backend takes.

    Returns:
        bool: True if it was drawn, False otherwise.

        The type is optional and may be followed by more words::

            {
                'shape': shape,
                'color': color
            }

    Raises:
        AttributeError: What the backend raises
            is listed as well.
        ValueError: If `color` is `shape`.

    """
    if shape == color:
        raise ValueError('a shape is no color')
    return True


def count(n):
    """Generators have a ``Yields`` section instead of ``Returns``.

    Args:
        n (int): Where to stop.

    Yields:
        int: The next number from 0 to `n` - 1.

    Examples:
        Examples stand in doctest format:

        >>> print([i for i in count(4)])
        [0, 1, 2, 3]

    """
    for i in range(n):
        yield i


class ShapeError(Exception):
    """Exceptions are documented as classes are.

    Parameters of ``__init__`` may stand in the class's docstring or in
    ``__init__``'s own.

    Note:
        Do not name ``self`` in ``Args``.

    Args:
        msg (str): Words for people.
        code (:obj:`int`, optional): A number for machines.

    Attributes:
        msg (str): Words for people.
        code (int): A number for machines.

    """

    def __init__(self, msg, code):
        self.msg = msg
        self.code = code


class Shape:
    """The summary of a class stands on one line.

    Attributes stand in a section of their own, or beside their values.
    Properties are documented in their getters.

    Attributes:
        color (str): Its name.
        width (:obj:`int`, optional): That of its lines.

    """

    def __init__(self, color, width, points):
        """Parameters of ``__init__`` documented where it stands.

        The docstring may go over several lines.

        Note:
            Do not name ``self`` in ``Args``.

        Args:
            color (str): Any name.
            width (:obj:`int`, optional): How broad its lines are. More
                lines are indented.
            points (list(str)): Where it goes.

        """
        self.color = color
        self.width = width
        self.points = points  #: Documented *inline* with the attribute

        #: list(str): Documented *before* the attribute, with its type
        self.names = ['shape']

        self.area = None
        """str: Documented *behind* the attribute, with its type."""

    @property
    def size(self):
        """str: A property is documented in its getter."""
        return 'size'

    @property
    def place(self):
        """:obj:`list` of :obj:`str`: One with a setter is, too.

        What the setter does may stand here.
        """
        return ['place']

    @place.setter
    def place(self, value):
        value

    def move(self, x, y):
        """Methods are documented as functions are.

        Note:
            Do not name ``self`` in ``Args``.

        Args:
            x: To the right.
            y: Up.

        Returns:
            True if it went well, False otherwise.

        """
        return True

    def __special__(self):
        """Special methods are left out by default."""
        pass

    def __special_without_docstring__(self):
        pass

    def _private(self):
        """Private ones are, too."""
        pass

    def _private_without_docstring(self):
        pass


class Annotated:
    """Attributes annotated in the body (PEP 526).

    Attributes:
        color: Its name.
        width: That of its lines.

    """

    color: str
    width: int
