#!/usr/bin/env python3
# -*- coding: utf-8 -*-
# A file with something of everything that Python can say; CPython 3.14 reads all of it.
r"""A module's docstring, with \d in it."""

from __future__ import annotations

import os.path as path, sys
import warnings
from .. import sibling
from . import (
    one as two,
    three,  # docgen: ignore
)
from .package.module import *

__all__ = ["Plain", "function"]
__all__ += ("generator",)
__all__.extend(["coroutine"])

CONSTANT: int = 0xFF_FF
a = b = [1, 2.5e-3, .5j, 0o17, 0b1, 1_000, 1if True else 2]
text = 'it\'s' "one" r'\n' u"unicode" '''three
lines''' + f"{a!r:>{b[0]}}" + f'{{literal}} {"nested " + f'{"deeper"}'}' + rf"\d{a}" + f"{a=}"
data = b'bytes' Rb'\x00' if sys else br"raw"
template = t"{a} and {b:x}"
multi = f"""
{
    a  # a comment in a field
}
"""
print(*a, sep="", **{"end": ""}); x = 1; del x


class Plain: pass


class Generic[T: (int, str), *Ts, **P](Base[T], metaclass=Meta, key=lambda self, x: (self, x)):
    'One quote is enough.'

    field: int = 3
    other: ClassVar[str]
    #: documented by a comment
    commented = 1
    documented = 2
    """documented by a string"""

    def __init__(self, /, value, *args: *Ts, flag: bool = False, **kwargs: P.kwargs) -> None:
        """Say what it is."""
        self.value = value
        self.first, self.second = args

    @property
    def prop(self) -> dict[str, "Generic"]: return {}

    @prop.setter
    def prop(self, value): self.value = value

    @staticmethod
    @decorate(lambda f: f)[0].attribute
    def static(a, b=(1, 2), c={"x": [1, 2]}, *, d=lambda x, y=lambda z: z: x, e: "str" = ":"): ...

    async def coroutine(self):
        async with self as s, other() as o:
            async for item in s:
                yield item
            else:
                return
        await (yield)

    class Inner(Exception):
        def deep(self):
            def deeper():
                class Deepest:
                    x = 1
                return Deepest
            return deeper

    if sys.platform == "win32":
        def conditional(self): return 1
    else:
        def conditional(self): return 2


def function(a, b: int = 1, *, c: str | None = None) -> (
    list[int]
):  # a comment behind the header
    # a comment in front
    """A docstring.

    Over several lines, with a "quote" and a \\ backslash.
    """
    if a: return b
    elif (n := len(c)) > 3:
        raise ValueError("x") from None
    try:
        with contextlib.suppress(KeyError):
            raise KeyError
        raise OSError
    except (OSError, ValueError) as group:
        raise
    except Exception:
        warnings.warn("old", DeprecationWarning, stacklevel=2)
    else:
        pass
    finally:
        error = RuntimeError("z")
        raise error
    try: pass
    except* OSError: pass
    while a < b <= c != d: break
    for i, (j, k) in enumerate(x): continue
    global a1, b1
    assert a, (b, "message")
    return \
        a


def generator(n):
    "Implicit " 'concatenation ' """of three."""
    received = yield n
    yield from range(n)
    lambda: (yield)
    return [y for y in n if y]


def none():
    ("in parentheses")
    return (None)


def f_string_docstring():
    f"is none"


def bytes_docstring():
    b"is none"


def stub(): ...
def abstract(): raise NotImplementedError
async def one_line(): await x; return 1


def matching(command):
    match command.split():
        case [action] | ["go", action] if action: return 1
        case {"x": x, **rest}:
            def inside(): pass
        case Point(x=0, y=-1) as p:
            class Inside: ...
        case _:
            match = case = type = 1
            match (x)
            match[x] = case
            type = 1
    type Alias[T] = list[T]
    match: int = 3
    print(match, case)


@decorator
@decorator(with_="arguments")
# a comment between
@(lambda f: f)

@x if y else z
def decorated(): pass


def tabs():
	if x:
		return 1
	return 2

def form_feed():

    return 1

def naïve(größe, 变量="ü"):
    """Ünïcödé: 😀."""
    return größe

if x:
    def same(): return 1
elif y:
    def same(): return 2
try:
    def in_try(): pass
except (A, B):
    def in_except(): pass
else:
    def in_else(): pass
finally:
    def in_finally(): pass
with x:
    def in_with(): pass
while x:
    def in_while(): pass
for x in y:
    def in_for(): pass
def outer():
    def middle():
        def inner():
            nonlocal x
            yield x
        return inner
    return middle
def no_newline_at_the_end(): return (1,
    2)