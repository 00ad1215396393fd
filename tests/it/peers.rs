//! What other docstring linters are known to get wrong, construct by construct: each is right here.
//!
//! Beside each case stands who errs: their issue trackers and sources tell.

use crate::hated::found;

/// A case, a function or class, and what is found in it: the line and the code. The text begins on line 2.
type Case = (&'static str, &'static str, &'static [&'static str]);

fn hold(cases: &[Case]) {
    for (case, text, expected) in cases {
        assert_eq!(found(text), *expected, "{case}:\n{text}");
    }
}

#[test]
fn presence() {
    hold(&[
        // docsig, interrogate, flake8-docstrings-complete.
        (
            "a setter and a deleter",
            "class C:\n    \"\"\"C.\"\"\"\n\n    @property\n    def x(self):\n        \"\"\"The x.\"\"\"\n\n    @x.setter\n    def x(self, value):\n        self._x = value\n\n    @x.deleter\n    def x(self):\n        del self._x\n",
            &[],
        ),
        // interrogate knows `typing.overload` only.
        (
            "overload by another name",
            "import typing as t\n\n\n@t.overload\ndef f(a: int) -> int: ...\n\n\ndef f(a):\n    \"\"\"Do it.\n\n    Args:\n        a: One.\n    \"\"\"\n    print(a)\n",
            &[],
        ),
        // ruff: D102 with the base in the same file (#2413).
        (
            "an override of the same file",
            "class B:\n    \"\"\"B.\"\"\"\n\n    def run(self):\n        \"\"\"Run.\"\"\"\n\n\nclass C(B):\n    \"\"\"C.\"\"\"\n\n    def run(self):\n        print(1)\n",
            &[],
        ),
        // numpydoc.
        (
            "nested and private functions",
            "def f():\n    \"\"\"Do it.\"\"\"\n    def g(a):\n        print(a)\n    g(1)\n\n\nclass _C:\n    def m(self, a):\n        print(a)\n",
            &[],
        ),
        // pydocstyle takes it for one.
        (
            "an f-string is no docstring",
            "def f(a):\n    f\"\"\"Do {1}.\"\"\"\n    print(a)\n",
            &["2 DG103"],
        ),
        // ruff ignores it.
        (
            "a docstring of two literals",
            "def f():\n    \"Do \" \"it.\"\n    return 1\n",
            &["4 DG301"],
        ),
        (
            "an empty docstring",
            "def f():\n    \"\"\" \"\"\"\n    print(1)\n",
            &["3 DG108"],
        ),
    ]);
}

#[test]
fn parameters() {
    hold(&[
        // ruff: D417 wants a section first (#2310), DOC102 falls silent beside `**kwargs`.
        (
            "a parameter with stars beside a stale entry",
            "def f(size, **kwargs):\n    \"\"\"Do it.\n\n    Args:\n        sise: How large.\n        **kwargs: More.\n    \"\"\"\n    print(size, kwargs[\"a\"])\n",
            &["6 DG202"],
        ),
        // pydoclint demands the stars, or forbids them.
        (
            "stars left off",
            "def f(*args, **kwargs):\n    \"\"\"Do it.\n\n    Args:\n        args: Some.\n        kwargs: More.\n    \"\"\"\n    print(args[0], kwargs[\"a\"])\n",
            &[],
        ),
        // Five of them: the keys are false extras.
        (
            "keys of an unpacked TypedDict",
            "from typing import TypedDict, Unpack\n\n\nclass Options(TypedDict):\n    \"\"\"Options.\"\"\"\n\n    a: int\n\n\ndef f(**kwargs: Unpack[Options]):\n    \"\"\"Do it.\n\n    Args:\n        a: One.\n    \"\"\"\n    print(kwargs[\"a\"])\n",
            &[],
        ),
        // darglint does not know the section.
        (
            "keyword arguments in a section of their own",
            "def f(a, *, b):\n    \"\"\"Do it.\n\n    Args:\n        a: One.\n\n    Keyword Args:\n        b: Two.\n    \"\"\"\n    print(a, b)\n",
            &[],
        ),
        (
            "several names in one entry",
            "def f(a, b):\n    \"\"\"Do it.\n\n    Parameters\n    ----------\n    a, b : int\n        Two numbers.\n    \"\"\"\n    print(a, b)\n",
            &[],
        ),
        // ruff and darglint read the parameter as a section (#12738, #8457, #1561).
        (
            "parameters called as sections are",
            "def f(args, returns, raises):\n    \"\"\"Do it.\n\n    Args:\n        args: Some.\n        returns: What it gives.\n        raises: What it throws.\n    \"\"\"\n    print(args, returns, raises)\n",
            &[],
        ),
        // Nobody else honours it.
        (
            "see base class",
            "class C(Unheard):\n    \"\"\"C.\"\"\"\n\n    def run(self, a):\n        \"\"\"See base class.\"\"\"\n        print(a)\n",
            &[],
        ),
        // ruff, darglint, pylint, numpydoc are silent.
        (
            "an entry twice",
            "def f(a):\n    \"\"\"Do it.\n\n    Args:\n        a: One.\n        a: Two.\n    \"\"\"\n    print(a)\n",
            &["7 DG204"],
        ),
        // ruff, darglint, pylint are silent.
        (
            "another order",
            "def f(a, b):\n    \"\"\"Do it.\n\n    Args:\n        b: Two.\n        a: One.\n    \"\"\"\n    print(a, b)\n",
            &["6 DG203"],
        ),
        // Nobody else compares them.
        (
            "a default in prose",
            "def f(a=3):\n    \"\"\"Do it.\n\n    Args:\n        a: One. Defaults to 5.\n    \"\"\"\n    print(a)\n",
            &["6 DG207"],
        ),
    ]);
}

#[test]
fn values() {
    hold(&[
        // pydoclint knows the outermost decorator `property` only.
        (
            "a cached property",
            "import functools\n\n\nclass C:\n    \"\"\"C.\"\"\"\n\n    @functools.cached_property\n    def x(self):\n        \"\"\"The x.\"\"\"\n        return 1\n",
            &[],
        ),
        // ruff, darglint, docsig, pylint.
        (
            "Returns: None, said aloud",
            "def f() -> None:\n    \"\"\"Do it.\n\n    Returns:\n        None.\n    \"\"\"\n    print(1)\n",
            &[],
        ),
        // darglint, flake8-docstrings-complete; ruff #12650, #12685.
        (
            "an abstract method that promises a value",
            "import abc\n\n\nclass C(abc.ABC):\n    \"\"\"C.\"\"\"\n\n    @abc.abstractmethod\n    def run(self) -> int:\n        \"\"\"Run.\n\n        Returns:\n            How often.\n        \"\"\"\n\n    def stop(self):\n        \"\"\"Stop.\n\n        Returns:\n            How often.\n        \"\"\"\n        raise NotImplementedError\n",
            &[],
        ),
        // pydoclint and numpydoc see statements only, numpydoc those of the body itself.
        (
            "a yield in an expression of a loop",
            "def f():\n    \"\"\"Do it.\"\"\"\n    for n in range(3):\n        got = yield n\n        print(got)\n",
            &["5 DG401"],
        ),
        // darglint, ruff #13148, pydoclint #68.
        (
            "a context manager that yields nothing",
            "from contextlib import contextmanager\n\n\n@contextmanager\ndef f():\n    \"\"\"Do it.\"\"\"\n    yield\n",
            &[],
        ),
        // pydoclint #79, #198, #279.
        (
            "generators by annotation",
            "from collections.abc import Generator, Iterator\n\n\ndef f() -> Generator[int]:\n    \"\"\"Do it.\n\n    Yields:\n        int: One.\n    \"\"\"\n    yield 1\n\n\ndef g() -> Iterator[None]:\n    \"\"\"Do it.\"\"\"\n    yield\n",
            &[],
        ),
        // pydoclint #40.
        (
            "a return of a nested function",
            "def f():\n    \"\"\"Do it.\"\"\"\n    def g():\n        return 1\n    print(g())\n",
            &[],
        ),
        // ruff #20984, darglint.
        (
            "no blank line before a section",
            "def f():\n    \"\"\"Do it.\n    Returns:\n        One.\n    \"\"\"\n    return 1\n",
            &[],
        ),
    ]);
}

#[test]
fn exceptions() {
    hold(&[
        // ruff is silent, pydoclint and darglint name the variable.
        (
            "a raised variable",
            "def f():\n    \"\"\"Do it.\"\"\"\n    err = ValueError(1)\n    raise err\n",
            &["5 DG501"],
        ),
        // ruff #23570, pydoclint #174.
        (
            "class methods and functions that make exceptions",
            "def f():\n    \"\"\"Do it.\n\n    Raises:\n        KeyError: If so.\n    \"\"\"\n    if g():\n        raise KeyError.from_x(1)\n    raise make_error(2)\n",
            &[],
        ),
        // ruff, pydoclint, flake8-docstrings-complete.
        (
            "raised and caught in the same function",
            "def f():\n    \"\"\"Do it.\"\"\"\n    try:\n        raise ValueError(1)\n    except ValueError:\n        print(1)\n",
            &[],
        ),
        // pylint #5278 accepts it; the others complain twice.
        (
            "a documented base class",
            "def f():\n    \"\"\"Do it.\n\n    Raises:\n        LookupError: If so.\n    \"\"\"\n    raise KeyError(1)\n",
            &[],
        ),
        // ruff, pydoclint and darglint compare the joined string.
        (
            "two classes in one entry",
            "def f(a):\n    \"\"\"Do it.\n\n    Args:\n        a: One.\n\n    Raises:\n        ValueError, TypeError: If so.\n    \"\"\"\n    if a:\n        raise ValueError(1)\n    raise TypeError(1)\n",
            &[],
        ),
        // pydoclint #171, #193.
        (
            "one class for two reasons",
            "def f(a):\n    \"\"\"Do it.\n\n    Args:\n        a: One.\n\n    Raises:\n        ValueError: If it is small.\n        ValueError: If it is large.\n    \"\"\"\n    raise ValueError(a)\n",
            &[],
        ),
        // pydoclint #165.
        (
            "names of modules",
            "import m\n\n\ndef f():\n    \"\"\"Do it.\n\n    Raises:\n        m.Error: If so.\n    \"\"\"\n    raise m.Error(1)\n",
            &[],
        ),
        // pydoclint #280.
        (
            "sys.exit",
            "import sys\n\n\ndef f():\n    \"\"\"Do it.\n\n    Raises:\n        SystemExit: Always.\n    \"\"\"\n    sys.exit(1)\n",
            &[],
        ),
        // pydoclint, darglint and flake8-docstrings-complete.
        (
            "what a subclass has to do",
            "class C:\n    \"\"\"C.\"\"\"\n\n    def run(self):\n        \"\"\"Run.\"\"\"\n        raise NotImplementedError\n",
            &[],
        ),
        (
            "an assertion",
            "def f(a):\n    \"\"\"Do it.\n\n    Args:\n        a: One.\n    \"\"\"\n    assert a\n",
            &[],
        ),
    ]);
}

#[test]
fn classes() {
    hold(&[
        // pydoclint #163: Google's own example.
        (
            "attributes that `__init__` sets",
            "class C:\n    \"\"\"C.\n\n    Attributes:\n        size: How large.\n    \"\"\"\n\n    def __init__(self):\n        self.size = 1\n",
            &[],
        ),
        // pydoclint #122, #302: nobody takes `Args` for the fields of a dataclass.
        (
            "fields of a dataclass as parameters",
            "from dataclasses import KW_ONLY, InitVar, dataclass\n\n\n@dataclass\nclass C:\n    \"\"\"C.\n\n    Args:\n        size: How large.\n        scale: How much larger.\n    \"\"\"\n\n    size: int\n    _: KW_ONLY\n    scale: InitVar[int] = 1\n",
            &[],
        ),
        // pydoclint #138.
        (
            "attributes documented beside them",
            "class C:\n    \"\"\"C.\n\n    Attributes:\n        size: How large.\n    \"\"\"\n\n    size = 1\n    #: What it looks like.\n    color = 2\n",
            &[],
        ),
        // darglint #25, numpydoc, ruff: one place only.
        (
            "parameters of a class in either docstring",
            "class C:\n    \"\"\"C.\n\n    Args:\n        size: How large.\n    \"\"\"\n\n    def __init__(self, size):\n        print(size)\n\n\nclass D:\n    \"\"\"D.\"\"\"\n\n    def __init__(self, size):\n        \"\"\"Make it.\n\n        Args:\n            size: How large.\n        \"\"\"\n        print(size)\n",
            &[],
        ),
        (
            "a model's settings",
            "import pydantic\n\n\nclass C(pydantic.BaseModel):\n    \"\"\"C.\n\n    Args:\n        size: How large.\n    \"\"\"\n\n    size: int\n    model_config = {}\n",
            &[],
        ),
    ]);
}

#[test]
fn layout() {
    hold(&[
        // darglint reads neither.
        (
            "two columns, or a tab",
            "def f(a):\n  \"\"\"Do it.\n\n  Args:\n    a: One.\n  \"\"\"\n  print(a)\n\n\ndef g(a):\n\t\"\"\"Do it.\n\n\tArgs:\n\t\ta: One.\n\t\"\"\"\n\tprint(a)\n",
            &[],
        ),
        // ruff D214, and its safe fix; ruff #1964.
        (
            "a section in an example",
            "def f(a):\n    \"\"\"Do it.\n\n    Example::\n\n        Args:\n            b: Two.\n\n    Args:\n        a: One.\n    \"\"\"\n    print(a)\n",
            &[],
        ),
        // flake8-docstrings-complete ends a section there.
        (
            "a blank line in a section",
            "def f(a, b):\n    \"\"\"Do it.\n\n    Args:\n        a: One.\n\n        b: Two.\n    \"\"\"\n    print(a, b)\n",
            &[],
        ),
        // pydoclint #287.
        (
            "a section of one's own",
            "def f(a):\n    \"\"\"Do it.\n\n    Parameters\n    ----------\n    a : int\n        One.\n\n    Physics\n    -------\n    None.\n    \"\"\"\n    print(a)\n",
            &[],
        ),
        // ruff #18959.
        (
            "a colon in what follows a section",
            "def f():\n    \"\"\"Do it.\n\n    Raises:\n        KeyError: If so.\n\n    Be careful: it is hot.\n    \"\"\"\n    raise KeyError(1)\n",
            &[],
        ),
    ]);
}
