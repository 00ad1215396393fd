"""Syntax that CPython 3.11 refuses: PEP 695, 696, 701, 750, 758, 646's and 765's neighbours."""
from __future__ import annotations

type Alias = int | str
type Pair[A, B = int] = tuple[A, B]
type Call[**P = [int], *Ts = *tuple[int, ...]] = (lambda: 0)
type = type(match := 1)
type[0] = type.x = 2


def plain[T](x: T, /, y: T = 1, *zs: T, k: T = f"{"nested"}", **kw: T) -> T:
    """One type variable."""
    return x


def bounded[T: (int, str), *Ts, **P](f: Callable[P, T], *args: *Ts) -> Callable[P, tuple[*Ts]]:
    'Bounds and the like.'
    yield f


def defaults[T = int, *Ts = *tuple[int, str], **P = [int, str]](x: T = lambda: {"a": [1]}["a"]) -> dict[str, T]: ...


async def asynchronous[T: "forward"](x: T) -> T:
    async with x as y, (await z) as (a, b): pass
    async for _ in x: yield _
    return


class Generic[T, U: int = bool](Base[T], *bases, metaclass=Meta, **kw):
    """A class with type parameters."""
    type Inner = T
    field: T = t"{T}"

    def method[S](self: S, other: U) -> S:
        def nested[Q](q: Q = (yield)) -> Q:
            return q
        return nested

    class Deep[V]: 'Doc.'


class NoBases[T]: pass
class Empty(): x: int; y: str = ""


def pep_701(x=f'{x:{'{'}>{width!r:{"}"}}}', y=f"{f"{f"{1}"}"}"):
    f"""Not a docstring {
        x  # a comment with ' and { in it
        !r:>{
            y
        }
    }"""
    return f'{x = !s:^{"}"}} {'\n'.join(f"{a['b']}" for a in "c")} {{ }} {lambda_ :=1}'


def pep_701_lines():
    a = f"{
        1 +
        2
    }"
    def inner(): return f"{(lambda x: f'{x!r}')(1)}"
    return rf'\{x}\N{y}' + Rf"\{'a'}" + fR'{x:\d}' + f'\N{LEFT CURLY BRACKET}{x}'


def pep_750(name, a=t'Hello {name!r:>{width}}', b=rt"\{name}", c=Tr'{x}') -> t"{Template}":
    t"""No docstring either {name}."""
    yield t'{t"{t'{1}'}"}'


def pep_758():
    try:
        return 1
    except ValueError, TypeError:
        raise
    except KeyError, m.IndexError:
        yield
    finally:
        pass


def pep_758_group():
    try: pass
    except* A, B: return
    else: return None


def pep_654():
    try:
        pass
    except* (A, B) as e:
        raise e


@(yield_ := decorator)[0].attr(lambda x, y=1: x)
@x if y else z
@[a, b][0]
@(
    # in parentheses
    spread
)
def decorated(): "Doc."


@(lambda f: f)
class Decorated(A if b else C, (yield_), *D[0], key=lambda: {1: 2}): "Doc"; x = 1


def match_statement(command):
    """With `match` as name and as keyword."""
    match = case = _ = 1
    match command.split():
        case [Point(x=0, y=0), *rest] if rest: return rest
        case {"a": 1, **others} | {"b": None, **others}:
            def in_case[T](x: T): return x
        case (1 | 2) as n, str() as s: yield n
        case -1 + 2j | "a" "b" | None | True | a.b: ...
        case _:
            class InCase(match): pass
    match (a, b):
        case 1, 2: pass
    match[case](_)
    match * case, match - 1
    match: case = 1
    match, case = case, match
    match not in case
    return match(case)


def old_and_odd(a, b=(1, 2), *, c=[x for x in y if z], d={**e}, f: "str" = None, g: lambda: 1 = lambda *a, **k: (a, k)): return (yield)


def soft_keywords(type, match, case, _): type; match; case; return _


if True:
    def in_if(): return
elif x: 
    def in_elif(): return 1
else:
    async def in_else(): return None
for x in y:
    def in_for(): yield
else:
    class InElse: pass
with (open(a) as b, open(c) as d,): 
    def in_with(): pass
while x: 
    try: pass
    except A: 
        def in_except(): pass
    else:
        def in_try_else(): pass
    finally:
        def in_finally(): pass


def	tabs	(	a	,	b	)	->	c	:
	"""Tabs."""
	if a:
	        return b


def continued \
        (a, \
         b) \
        -> \
        c \
        : \
    return a


class BackslashFirst:
\
    def behind_it(self): pass


def unicode_names(ﬁ, µ, größe, 变量="é") -> "ñ": return ﬁ
class Ωmega(𝐁ase): 'Über "mich" \x41 \N{EM DASH} \u00e9'


def returns_none(): return (None)
def returns_tuple(): return None,
def returns_nothing(): return
def docstring_in_parentheses(): ("in" 'parentheses'
    r"\d")
def bytes_are_none(): b"bytes"
def concatenated_with_f(): "a" f"b"
def raw(): R'\d\N{x}'
def unicode_prefix(): U"u"
def starred(*args: *tuple[int, ...], **kwargs: Unpack[P]) -> x: pass
