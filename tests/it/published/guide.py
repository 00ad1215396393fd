"""The example class and functions of Google's style guide, in other words.

A module's docstring says what it holds, and may show how it is used.

Typical usage example:

  shape = SampleShape()
  corner = shape.corner_of()
"""


class SampleShape:
    """Summary of the class here.

    More about the class...
    More about the class...

    Attributes:
        is_round: A boolean indicating whether it is round or not.
        corners: An integer count of the corners it has.
    """

    def __init__(self, is_round: bool = False):
        """Initializes the instance by what it looks like.

        Args:
          is_round: Defines if the instance is round.
        """
        self.is_round = is_round
        self.corners = 0

    @property
    def round_sides(self) -> int:
        """The number of its round sides."""
        return 0

    def cut(self):
        """Cuts its corners."""


class CornerlessError(Exception):
    """No more corners are left."""


def fetch_rows(
    handle: 'Table',
    keys: 'Sequence[bytes | str]',
    require_all_keys: bool = False,
) -> 'Mapping[bytes, tuple[str, ...]]':
    """Fetches rows from a table.

    Retrieves rows pertaining to the given keys from the table that
    handle stands for.  String keys will be UTF-8 encoded.

    Args:
        handle: An open table.
        keys: A sequence of strings, one for each row.
        require_all_keys: If True only rows with values set for all keys
          will be returned.

    Returns:
        A dict mapping keys to the corresponding row data
        fetched. Each row is a tuple of strings. For
        example:

        {b'Serak': ('Rigel VII', 'Preparer'),
         b'Lrrr': ('Omicron Persei 8', 'Emperor')}

        Returned keys are always bytes.

    Raises:
        IOError: An error occurred accessing the table.
    """


def fetch_lines(handle, keys, require_all_keys=False):
    """Fetches lines, its arguments on lines of their own.

    Args:
      handle:
        An open table.
      keys:
        A sequence of strings, one for each line.
      require_all_keys:
        If True only lines with values set for all keys will be
        returned.

    Returns:
      A dict mapping keys to lines.

      Returned keys are always bytes.  If a key is missing from the
      dictionary, then that line was not found (and require_all_keys
      must have been False).

    Raises:
      IOError: An error occurred accessing the table.
    """
    return handle.rows(keys, require_all_keys)
