#!/usr/bin/env python3
"""Feed docgen what is no Python, or too much of it: no panic, no overflow, instructions linear in the bytes.

usage: endurance_judge.py [--large] [PATH...]

Random bytes, truncations of real files at every 97th byte and shapes that nest, never close or never end are
written to a folder, which `docgen symbols` and `docgen check --all` must read to the end. Then valgrind counts
the instructions of each shape and of the same shape twice as long: twice, not four times. Real files are the
standard library's; --large truncates a hundred of them, or of PATH's, and reads PATH's as they are.
"""
import concurrent.futures
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import corpus

STEP = 97
SHORT, LONG = 30_000, 60_000
MOST = 2.2
OVERFLOWING = {
    "megabytes.py": lambda real: real * (20_000_000 // len(real) + 1),
    "line.py": lambda _: b"x = [" + b"a, f(1), 'b', " * 350_000 + b"]\n",
    "parentheses.py": lambda _: b"x = " + b"(" * 20_000 + b")" * 20_000 + b"\n",
    "brackets.py": lambda _: b"def f(x=" + b"[{(" * 20_000,
    "fields.py": lambda _: b"x = " + b"f'{" * 20_000 + b"}'" * 20_000 + b"\n",
    "blocks.py": lambda _: blocks(3_000),
    "strings.py": lambda _: b"x = 'a\n" * 2_000 + b'y = """a\n' * 1_999,
    "lambdas.py": lambda _: b"x = " + b"lambda: " * 20_000 + b"1\n",
}


def blocks(depth):
    headers = [b"def f():", b"if x:", b"try:", b"class C:", b"for a in b:", b"with c:"]
    return b"".join(b" " * at + headers[at % 6] + b"\n" for at in range(depth)) + b" " * depth + b"raise E\n"


def repeated(piece, begin=b"", end=b""):
    return lambda size: begin + piece * (size // len(piece)) + end


def lines(line, size):
    """A line with a number in it, again and again: each name is another."""
    found, length = [], 0
    while length < size:
        found.append(line.replace(b"#", b"%d" % (len(found) + 1)))
        length += len(found[-1])
    return found


def numbered(line, begin=b"", end=b""):
    return lambda size: begin + b"".join(lines(line, size)) + end


def joined(begin, first, between, second, end=b"", backwards=False):
    """Two lists of numbered lines, half of the bytes each; the second may come in the opposite order."""

    def shape(size):
        some, others = lines(first, size // 2), lines(second, size // 2)
        if backwards:
            others.reverse()
        return begin + b"".join(some) + between + b"".join(others) + end

    return shape


def nested(size):
    """Functions in one another."""
    text, depth = [], 0
    while sum(map(len, text)) < size:
        blank = b" " * depth
        text.append(blank + b"def f%d():\n" % depth + blank + b" if a and b: c\n")
        depth += 1
    return b"".join(text)


OF_ARGS = b'):\n    """F.\n\n    Args:\n'
END = b'    """\n'
IN_FUNCTION = b"def f(*args, **kwargs):\n"
LINEAR = {
    "open parentheses": repeated(b"("),
    "closed parentheses": repeated(b")"),
    "nested fields": repeated(b"f'{"),
    "nested specifications": repeated(b"f'{a:{"),
    "one line": repeated(b"a + f(1), ", b"x = "),
    "unclosed strings": repeated(b"x = 'a\n"),
    "unclosed triple strings": repeated(b"x = '''a\\'''\n"),
    "unclosed f-strings": repeated(b"x = f'{a\n"),
    "unclosed calls": repeated(b"x = f(a\n"),
    "unclosed definitions": repeated(b"def f(a\n"),
    "continuations": repeated(b"a \\\n"),
    "blank lines": repeated(b"\n"),
    "comments": repeated(b"# noqa: DG201\n"),
    "lambdas": repeated(b"lambda: ", b"x = "),
    "lambda defaults": repeated(b"lambda x=", IN_FUNCTION + b" g(*args, "),
    "forwarding": repeated(b"lambda *args: g(*args, ", IN_FUNCTION + b" "),
    "conditionals": repeated(b"a if b else ", b"def f(): x = "),
    "operators": repeated(b"a and b or ", b"def f(): x = "),
    "decorators": repeated(b"@d\n"),
    "functions in functions": nested,
    "functions": numbered(b"def f#(a, *b): '''D.'''; return 1\n"),
    "methods": numbered(b"class C#:\n def m(self): self.a = 1\n"),
    "methods of one class": numbered(b" def m#(self): self.a# = 1\n", b"class C:\n"),
    "properties": numbered(b" @property\n def m#(self): return 1\n", b"class C:\n"),
    "parameters": numbered(b"a#: int = #,", b"def f("),
    "raises": numbered(b" raise E#\n", b"def f():\n"),
    "handlers": numbered(b" except E#: raise\n", b"def f():\n try: raise E1\n"),
    "tries": numbered(b" try: raise make()\n except E#: raise\n", b"def make(): return E()\ndef f():\n"),
    "variables": numbered(b" e# = E()\n raise e#\n", b"def f():\n"),
    "factories": numbered(b"def f#(): raise f#()\n"),
    "base classes": numbered(b"class E#(E1): pass\n", b"class E1(Exception): pass\n"),
    "warnings": numbered(b" warnings.warn('#', W#)\n", b"import warnings\ndef f():\n"),
    "imports": numbered(b"import a#\n"),
    "exports": numbered(b"'a#',", b"__all__ = ["),
    "attributes": numbered(b" a#: int = 1\n", b"class C:\n"),
    "constants": numbered(b"A# = 1\n"),
    "overloads": repeated(b"@overload\ndef f(a): ...\n"),
    "cases": numbered(b"  case #: x\n", b"def f():\n match x:\n"),
    "documented parameters": numbered(b"        a#: An a.\n", b'def f():\n    """F.\n\n    Args:\n'),
    "documented and undocumented": lambda size: numbered(b"a#,", b"def f(")(size // 3)
    + b"):\n"
    + numbered(b"        b#: A b.\n", b'    """F.\n\n    Args:\n')(size // 3 * 2)
    + b'    """\n',
    "documented and wrong types": joined(b"def f(", b"a#:int=#,", OF_ARGS, b"        a# (str): An a. Defaults to 1#.\n", END),
    "documented in another order": joined(b"def f(", b"a#,", OF_ARGS, b"        a#: An a.\n", END, backwards=True),
    "documented twice": repeated(b"        a: An a.\n", b"def f(a" + OF_ARGS, END),
    "lines that are no entries": joined(b"def f(", b"a#,", OF_ARGS, b"        b# (int) An a.\n", END),
    "documented and raised": joined(b'def f():\n    """F.\n\n    Raises:\n', b"        A#: If so.\n", END, b"    raise B#\n"),
    "raised and told": joined(b'def f():\n    """F raises', b" A#", END, b"    raise B#\n"),
    "documented and not raised": numbered(b"        A#: If so.\n", b'def f():\n    """F.\n\n    Raises:\n', END + b"    x = 1\n"),
    "documented and warned": joined(b'def f():\n    """F.\n\n    Warns:\n', b"        A#: If so.\n", END, b"    warnings.warn('', B#)\n"),
    "documented attributes": joined(b'class C:\n    """C.\n\n    Attributes:\n', b"        a# (str): An a.\n", END, b"    b#: int\n"),
    "documented and called": joined(b'class C:\n    """C.\n\n    Args:\n', b"        a#: An a.\n", END, b"    def m#(self): pass\n"),
    "documented in both": joined(b'class C:\n    """C.\n\n    Args:\n', b"        a#: An a.\n",
                                 END + b'    def __init__(self):\n        """C.\n\n        Args:\n', b"            a#: Another a.\n", b'        """\n'),
    "documented by an overload": joined(b'@overload\ndef f(b):\n    """F.\n\n    Args:\n', b"        a#: An a.\n", END + b"def f(",
                                        b"a#,", b'):\n    """F."""\n'),
    "functions with missing parameters": numbered(b"def f#(a):\n '''D.'''\n"),
    "suppressed": numbered(b"def f#(a): # noqa: DG201\n '''D.'''\n"),
    "sections": repeated(b"    Raises:\n        E: If so.\n\n", b'def f():\n    """F.\n\n', END),
    "fields of Sphinx": numbered(b"    :param a#: An a.\n", b'def f():\n    """F.\n\n'),
    "dashes": repeated(b"    -------\n    x\n", b'def f():\n    """F.\n\n', b'    """\n'),
    "escapes": repeated(b"\\N{", b'"""', b'"""\n'),
}
# Those of every run; the others are for --large.
QUICK = {
    "symbols": ["nested fields", "unclosed calls", "methods", "tries", "attributes", "functions in functions"],
    "check": ["one line", "unclosed triple strings", "forwarding", "properties", "raises", "base classes", "documented and undocumented",
              "documented in another order", "documented and raised", "documented attributes", "lines that are no entries", "sections", "fields of Sphinx"],
}


def truncations(path, limit):
    data = path.read_bytes()
    for end in range(0, len(data), max(STEP, len(data) // limit // STEP * STEP)):
        yield f"{path.stem}-{end}", data[:end]


def randomly(count):
    chance = random.Random(1)
    pieces = [b"def f(", b"class C:", b"\n", b"\n  ", b"\n\t", b"(", b")", b"'", b'"""', b"f'", b"{", b"}", b"\\", b"\r", b"#",
              b"\xff", b"\xc3\xa9", b"\0", b"\x0c", b"try:", b"except E:", b"raise ", b"lambda ", b"yield ", b"Args:\n", b"@"]
    for number in range(count):
        length = chance.randrange(400)
        yield f"bytes-{number}", chance.randbytes(length)
        yield f"pieces-{number}", b"".join(chance.choices(pieces, k=length // 4))


def finishes(command, folder, failures):
    """Whether docgen reads all of the folder; what it says about it is another's to judge."""
    run = subprocess.run(["docgen", *command, "--isolated", "."], cwd=folder, capture_output=True)
    panicked = b"panicked" in run.stderr or run.returncode not in (0, 1)
    if panicked:
        failures.append(f"docgen {' '.join(command)}: exit {run.returncode}: {run.stderr[-300:]}")
    return run.stdout


def counted(command, data, folder, name):
    """The instructions of one run over one file; None where it does not finish."""
    path = pathlib.Path(folder, f"{name}.py")
    path.write_bytes(data)
    run = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "docgen", *command, "--isolated", path.name],
        cwd=folder, capture_output=True, env={**os.environ, "RAYON_NUM_THREADS": "1"},
    )
    found = re.search(rb"Collected : (\d+)", run.stderr)
    if run.returncode not in (0, 1) or not found:
        return None
    return int(found[1])


def hold_linear(command, names, failures):
    """Twice the bytes, at most MOST times the instructions; what starting costs is left out."""
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        start = counted(command, b"", folder, "start")
        sizes = [(name, size) for name in names for size in (SHORT, LONG)]
        counts = pool.map(lambda it: counted(command, LINEAR[it[0]](it[1]), folder, f"{it[0]} {it[1]}"), sizes)
        found = dict(zip(sizes, counts))
    before = len(failures)
    for name in names:
        short, long = found[name, SHORT], found[name, LONG]
        if short is None or long is None:
            failures.append(f"{command[0]}: {name}: it did not finish")
        elif long - start > MOST * (short - start):
            failures.append(f"{command[0]}: {name}: {short - start} instructions, twice the bytes {long - start}")
    return len(names) - (len(failures) - before)


def main():
    arguments = sys.argv[1:]
    is_large = "--large" in arguments
    paths = corpus.chosen([it for it in arguments if it != "--large"])
    real = sorted(it for it in corpus.files(paths) if 10_000 < it.stat().st_size < 40_000)
    chosen = real[:: max(1, len(real) // (100 if is_large else 4))]
    failures, passed = [], 0
    commands = (["symbols"], ["check", "--all", "--quiet", "--select", "ALL"])
    with tempfile.TemporaryDirectory() as folder:
        texts = list(randomly(2_000 if is_large else 300))
        for path in chosen:
            texts += truncations(path, 1_000 if is_large else 150)
        for name, data in texts:
            pathlib.Path(folder, f"{name}.py").write_bytes(data)
        for command in commands:
            output = finishes(command, folder, failures)
            passed += not failures
            if command == ["symbols"]:
                read = len(set(re.findall(rb'^{"path":"([^"]*)"', output, re.MULTILINE)))
                print(f"{len(texts)} broken files, {read} of them text")
    for name, shape in OVERFLOWING.items():
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, name).write_bytes(shape(chosen[0].read_bytes() + b"\n"))
            before = len(failures)
            for command in commands:
                finishes(command, folder, failures)
            passed += len(failures) == before
    if is_large:
        for path in paths:
            for command in commands:
                before = len(failures)
                finishes([*command, os.path.realpath(path)], ".", failures)
                passed += len(failures) == before
    for command in commands:
        passed += hold_linear(command, list(LINEAR) if is_large else QUICK[command[0]], failures)
    print(*failures, sep="\n")
    print(f"{passed} passed, {len(failures)} failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
