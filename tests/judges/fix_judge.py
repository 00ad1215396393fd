#!/usr/bin/env python3
"""Holds `docgen fix` to its promise, with CPython as the judge: the code stays the same code, byte for byte.

Each folder is copied and mended there: once with placeholders, and once through NumPy, Sphinx and Google style. After
each run every file that CPython parsed still parses, its tree without docstrings is the same, every byte outside of
docstrings is the same, no word that people wrote is lost, and a second run changes nothing. Files that nobody would
write, and texts that attack whoever pastes them, are made here and mended as well.

Usage: fix_judge.py [--keep] [FOLDER...]  (default: some hundred files of this Python's library)
"""

import argparse
import ast
import collections
import hashlib
import io
import json
import multiprocessing
import os
import pathlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import tokenize
import urllib.parse
import warnings

warnings.simplefilter("ignore")
sys.setrecursionlimit(20000)

RUNS = {
    "mechanical": [["--unsafe-fixes"]],
    "skeleton": [["--skeleton"]],
    "skeleton, one-line bodies": [["--skeleton", "--unsafe-fixes"]],
    "styles": [["--to-style", "numpy"], ["--to-style", "sphinx"], ["--to-style", "google"]],
}
OWNERS = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
# Words that a style brings or takes: titles and the names of fields.
VOCABULARY = set(
    """args arguments parameters parameter params param other keyword kwarg kwparam keywords type types vartype returns
    return rtype yields yield ytype raises raise except exception exceptions warns warn attributes attribute ivar var
    cvar receives methods examples example notes note references see also deprecated optional todo key arg retruns
    """.split()
)


class Source:
    """One file as CPython reads it."""

    def __init__(self, path):
        self.bytes = path.read_bytes()
        encoding, _ = tokenize.detect_encoding(io.BytesIO(self.bytes).readline)
        self.encoding = encoding
        self.text = self.bytes.decode(encoding)
        self.tree = ast.parse(self.bytes)
        self.owners = [node for node in ast.walk(self.tree) if isinstance(node, OWNERS)]
        self.docstrings = [self.docstring(node) for node in self.owners]

    def docstring(self, node):
        """The constant that is the node's docstring."""
        first = node.body[0] if node.body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
            return first.value
        return None

    def without_docstrings(self):
        """The tree as text, without docstrings."""
        for node, found in zip(self.owners, self.docstrings):
            if found:
                node.body.pop(0)
        dump = ast.dump(self.tree)
        for node, found in zip(self.owners, self.docstrings):
            if found:
                node.body.insert(0, ast.Expr(found))
        return dump

    def span(self, node, data, starts):
        """From the first to the last byte of a literal, in UTF-8."""
        return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset

    def pieces(self, other, inline):
        """What stands between the docstrings, in UTF-8; those that `other` lacks take their lines with them."""
        data = self.text.encode("utf-8", "surrogateescape")
        starts = [0] + [found.end() for found in re.finditer(rb"\r\n|\r|\n", data)]
        cuts = []
        for node, own, its in zip(self.owners, self.docstrings, other.docstrings):
            if own is None:
                continue
            start, end = self.span(own, data, starts)
            if its is None:
                start = max(data.rfind(b"\n", 0, start), data.rfind(b"\r", 0, start)) + 1
                ending = re.compile(rb"\r\n|\r|\n|$").search(data, end)
                end = ending.end()
                if isinstance(node, ast.Module):
                    blank = re.compile(rb"\r\n|\r|\n").match(data, end)
                    end = blank.end() if blank else end
                    cuts.append((start, end, True))
                    continue
            cuts.append((start, end, False))
        cuts.sort()
        pieces, at, is_module = [], 0, False
        for start, end, module in cuts:
            pieces.append(data[at:start])
            at, is_module = end, is_module or module
        pieces.append(data[at:])
        return pieces, is_module


# `KeyError or ValueError` where an exception's class stands: other styles put a comma between the two.
JOINED = re.compile(r"(?m)^([ \t]*(?::\w+ )?[\w.`:~]+)(?:,? (?:or|and) ([\w.`:~]+))+(?<!\.)(?=[ \t]*:?[ \t]*$)")

RAISED = re.compile(r"(?:Error|Exception|Warning|Exit|Interrupt|Iteration)\b")


def words(value):
    """The words of a docstring, how often each, without those of styles."""
    value = JOINED.sub(lambda it: re.sub(r",? (?:or|and) ", ", ", it[0]) if RAISED.search(it[0]) else it[0], value)
    found = re.findall(r"[^\W_]+", value.lower())
    return collections.Counter(word for word in found if word not in VOCABULARY)


def judge(arguments):
    """What is wrong with one mended file, and how many symbols it has."""
    old, new, run, inline = arguments
    try:
        before = Source(old)
    except (SyntaxError, ValueError, RecursionError, MemoryError, LookupError):
        return 0, 0, []
    if old.read_bytes() == new.read_bytes():
        return len(before.owners), 0, []
    try:
        after = Source(new)
    except Exception as error:
        return len(before.owners), 1, [f"{new}: broken: {error}"]
    faults = []
    if before.encoding != after.encoding:
        faults.append(f"{new}: encoding {before.encoding} became {after.encoding}")
    if before.without_docstrings() != after.without_docstrings():
        faults.append(f"{new}: another tree")
    elif not inline:
        # What `before` has is cut out of both; what only `after` has is cut out there with its lines.
        one, _ = before.pieces(before, inline)
        two, in_module = after.pieces(before, inline)
        if b"".join(one) != b"".join(two):
            # The line end that a module's docstring adds before or behind itself.
            squeezed = [re.sub(rb"[\r\n]+", b"\n", b"".join(it)) for it in (one, two)]
            if not in_module or squeezed[0].strip() != squeezed[1].strip():
                faults.append(f"{new}: bytes outside of docstrings differ")
    for node, own, its in zip(before.owners, before.docstrings, after.docstrings):
        if own and not its:
            faults.append(f"{new}: {getattr(node, 'name', 'module')} lost its docstring")
        elif own and run == "styles" and words(own.value) - words(its.value):
            lost = words(own.value) - words(its.value)
            # A type said for several names, or a name for several sections, may be said once less or more.
            if not set(lost) <= set(words(its.value)):
                faults.append(f"{new}: {getattr(node, 'name', 'module')} lost {sorted(set(lost) - set(words(its.value)))[:5]}")
    return len(before.owners), 1, faults


def fix(folder, flags):
    """Run `docgen fix`; what is wrong with the run itself, and its last line."""
    command = ["docgen", "fix", "--all", ".", "--isolated", *flags]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    said = done.stderr.decode(errors="replace")
    last = said.strip().splitlines()[-1] if said.strip() else ""
    faults = []
    # 2 is said of files that cannot be read at all, which real trees have.
    if done.returncode not in (0, 1, 2) or "panicked" in said:
        faults.append(f"docgen fix {' '.join(flags)}: exit {done.returncode}: {said[-500:]}")
    return faults, last


def snapshot(folder):
    """Every file's bytes, by a hash."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path: hashlib.sha1(path.read_bytes()).digest() for path in files}


def hold(source, scratch, pool):
    """Mend copies of a folder in each way; the faults."""
    faults = []
    for name, steps in RUNS.items():
        copy = scratch / hashlib.sha1(f"{source}{name}".encode()).hexdigest()[:8] / source.name
        copy.parent.mkdir(parents=True)
        shutil.copytree(source, copy, symlinks=True, ignore=shutil.ignore_patterns("*.pyc", "*.so", "*.pyd", "__pycache__"))
        files = [path for path in copy.rglob("*") if path.suffix in (".py", ".pyi") and path.is_file()]
        files = [path for path in files if not path.is_symlink()]
        symbols = changed = 0
        here = []
        began = time.time()
        base = source
        if name == "styles":
            # What the code tells is mended first: from there on no word may go.
            here += fix(copy, [])[0]
            base = copy.parent / "base"
            shutil.copytree(copy, base, symlinks=True)
        for flags in steps:
            wrong, last = fix(copy, flags)
            here += wrong
            between = snapshot(copy)
            wrong, _ = fix(copy, flags)
            here += wrong
            again = [path for path, digest in snapshot(copy).items() if between.get(path) != digest]
            here += [f"{path}: a second run with {flags} changed it" for path in again]
            inline = "one-line" in name
            tasks = [(base / path.relative_to(copy), path, name, inline) for path in files]
            symbols = changed = 0
            for count, differs, wrong in pool.imap_unordered(judge, tasks, chunksize=16):
                symbols, changed = symbols + count, changed + differs
                here += wrong
            print(f"{source.name}, {name}, {' '.join(flags)}: {symbols} symbols, {changed} files changed; {last}", flush=True)
        for fault in here[:40]:
            print("FAULT", fault, flush=True)
        print(f"  {len(here)} faults, {time.time() - began:.0f} s", flush=True)
        faults += here
        if not here:
            shutil.rmtree(copy.parent)
    return faults


def edited(text, edits):
    """The text with the edits made that do not touch one before them; `None` where none is."""
    starts = [0] + [found.end() for found in re.finditer(r"\r\n|\r|\n", text)]
    spans = sorted({(starts[a - 1] + b - 1, starts[c - 1] + d - 1, new) for a, b, c, d, new in edits})
    pieces, at = [], 0
    for start, end, new in spans:
        pieces += [text[at:start], new]
        at = end
    return "".join(pieces) + text[at:] if spans else None


def offered_by_json(folder):
    """For each file the edits of each safe fix in the JSON report."""
    done = subprocess.run(["docgen", "check", "--all", ".", "--isolated", "--output-format", "json"], cwd=folder,
                          capture_output=True, check=False)
    for file in json.loads(done.stdout)["files"]:
        fixes = [finding["fix"] for symbol in file["symbols"] for finding in symbol["findings"] if finding["fix"]]
        yield file["path"], [
            [(it["line"], it["column"], it["end_line"], it["end_column"], it["text"]) for it in fix["edits"]]
            for fix in fixes if fix["applicability"] == "safe"
        ]


def offered_by_sarif(folder):
    """The same from the SARIF report, which tells of safe fixes only where it says so."""
    done = subprocess.run(["docgen", "check", "--all", ".", "--isolated", "--output-format", "sarif"], cwd=folder,
                          capture_output=True, check=False)
    found = collections.defaultdict(list)
    for result in json.loads(done.stdout)["runs"][0]["results"]:
        for fix in result.get("fixes", []):
            if "(unsafe)" in fix["description"]["text"]:
                continue
            for change in fix["artifactChanges"]:
                edits = []
                for it in change["replacements"]:
                    region = it["deletedRegion"]
                    line, end = region["startLine"], region.get("endLine", region["startLine"])
                    edits.append((line, region.get("startColumn", 1), end, region["endColumn"],
                                  it.get("insertedContent", {}).get("text", "")))
                found[urllib.parse.unquote(change["artifactLocation"]["uri"])].append(edits)
    yield from found.items()


def hold_reports(source, scratch):
    """The edits in JSON and SARIF are those that `docgen fix` makes: made by hand, they give the same files."""
    mended = scratch / "mended" / source.name
    shutil.copytree(source, mended, symlinks=True)
    subprocess.run(["docgen", "fix", "--all", ".", "--isolated"], cwd=mended, capture_output=True, check=False)
    faults, made = [], 0
    for name, offered in (("json", offered_by_json), ("sarif", offered_by_sarif)):
        copy = scratch / name / source.name
        shutil.copytree(source, copy, symlinks=True)
        for _ in range(8):
            changed = False
            for path, fixes in list(offered(copy)):
                if not fixes:
                    continue
                raw = (copy / path).read_bytes()
                encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
                try:
                    text = raw.decode(encoding)
                except UnicodeDecodeError:
                    continue
                chosen, taken = [], []
                for fix in sorted(fixes):
                    # What touches an edit before it has its turn in the next round.
                    if not any(a[:2] < b[2:4] and b[:2] < a[2:4] or a[:2] == b[:2] for a in fix for b in taken):
                        taken += fix
                        chosen += fix
                after = edited(text, chosen)
                if after is not None and after != text:
                    made += len(chosen)
                    changed = True
                    (copy / path).write_bytes(after.encode(encoding))
            if not changed:
                break
        for path in mended.rglob("*.py"):
            below = path.relative_to(mended)
            if path.read_bytes() != (copy / below).read_bytes():
                faults.append(f"{below}: the edits in {name} are not those that were made")
    for fault in faults[:20]:
        print("FAULT", fault, flush=True)
    print(f"{source.name}, reports: {made} edits of JSON and SARIF made by hand; "
          f"{len(faults)} faults", flush=True)
    return faults


HOSTILE = [
    '"""', "'''", "\\", "ends \\", 'ends "', '"', "\\N{BULLET}", "\\x", "\\u12", "\\\n", '""" + __import__("os").system("id") + """',
    "a\x00b", "a\u202eb", "a\u200bb", "{x}", "%(x)s", "\u00e9\u4e2d\U0001f600", "tab\there", "\x0c", ":param y: no", "Args:", "@param z: no",
    "----", "`", "``x", "*", "**", "|", ":", "x: y", "# docgen: ignore", "\ufeff", "C:\\new\\table",
]


def literal(value, kind):
    """A literal of that kind with that value, where there is one."""
    prefix, quote = kind
    if "r" in prefix:
        if len(quote) == 1 and "\n" in value:
            return None
        if "\\" in value or quote in value or value.endswith(quote[0]) or "\x00" in value or "\x0c" in value:
            return None
        return f"{prefix}{quote}{value}{quote}"
    escaped = value.replace("\\", "\\\\").replace("\x00", "\\x00").replace(quote[0], "\\" + quote[0])
    if len(quote) == 1:
        escaped = escaped.replace("\n", "\\n")
    return f"{prefix}{quote}{escaped}{quote}"


def hostile(folder, every):
    """Write files with hostile texts in every position of a docstring and of what is put into one."""
    kinds = [(prefix, quote) for prefix in ("", "r", "u") for quote in ('"""', "'''", '"', "'")]
    if not every:
        kinds = [kinds[at] for at in (0, 2, 5)]
    for at, text in enumerate(HOSTILE):
        parts = ['"""Hostile."""\n']
        shown = repr(text)
        shapes = [
            f"Do it {text}.\n\n    Args:\n        old: The {text}\n        b (str): {text}\n\n    Retruns:\n        {text}\n    ",
            f"{text}\n\n    Args:\n        b: {text}\n        new: Defaults to {shown}.\n\n    Args:\n        c: x{text}\n    ",
            f"Do.\n\n    Parameters\n    ----------\n    b : {text}\n        {text}\n    new\n        {text}\n\n    Retruns\n    -------\n    {text}",
            f"Do.\n\n    :param new: {text}\n    :type new: {text}\n    :param b: {text}\n    :returns: {text}\n    :raises KeyError: {text}",
            f"Do.\n\n    @param new: {text}\n    @return: {text}",
            text,
            f"{text}\n",
            f"Do.\n\n    Raises:\n        KeyError: {text}\n        KeyError: {text}\n\n    Args:\n        new: {text}",
        ]
        for number, shape in enumerate(shapes):
            for kind in kinds:
                written = literal(shape, kind)
                if written is None:
                    continue
                name = f"f{number}_{len(parts)}"
                parts.append(f"def {name}(new={shown}, b: {shown} = 'x', c: int = 3):\n    {written}\n    if b:\n        raise KeyError({shown})\n    return new\n")
            parts.append(f"def g{number}(new: {shown} = {shown}, *args, **kw) -> {shown}:\n    raise ValueError({shown})\n")
        source = "\n\n".join(parts)
        try:
            (folder / f"hostile{at}.py").write_bytes(source.encode())
        except UnicodeEncodeError:
            continue


def odd(folder, _):
    """Write files of every shape that breaks tools."""
    stale = (
        '"""A module."""\n\n\ndef one(a, limit=3):\n    """Do.\n\n    Args:\n        a: The a.\n        limits: The é.\n    """\n'
        "    return a\n\n\ndef two(x):\n    # a comment\n\n    return x\n\n\nclass C:\n    x = 1\n\n    @property\n    def p(self):\n"
        "        return 1\n\n    @staticmethod\n    async def q(a, b):  # c\n        # type: (int, int) -> int\n        yield a\n\n"
        "    def o(self): return 1\n\n    def r(self, k): 'One.'; return k\n\n    def s(self, k): raise ValueError(k)\n"
    )
    shapes = {
        "lf": stale, "crlf": stale.replace("\n", "\r\n"), "cr": stale.replace("\n", "\r"),
        "tabs": stale.replace("    ", "\t"), "bom": "\ufeff" + stale, "open": stale.rstrip(),
        "feeds": stale.replace("\n\n\n", "\n\x0c\n\x0c\n"), "fed": stale.replace("    return", "\x0c    return"),
        "typed": stale.replace("def two(x):\n", "def two(x):\n    # type: (int) -> int\n"),
        "lines": "\n".join(f"class A{it}: pass\ndef f{it}(): return {it}" for it in range(50)),
        "empty": "", "comment": "# only\n# comments", "shebang": "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nimport os\n",
        "future": "# c\nfrom __future__ import annotations\n\ndef f(a): \n\n  # c\n  return a\n",
        "semicolons": "x = 1; y = 2\ndef f(a): x = a; return x\nclass C: a = 1; b = 2\n",
        "joined": 'def f(old, new):\n    "Do.\\n\\nArgs:\\n" "    ol: x\\n" \'    new: y\'\n    return old\n',
        "parens": 'def f(new):\n    ("""Do.\n\n    Args:\n        nwe: x\n    """)\n    return new\n',
        "broken": stale + "\ndef broken(:\n    pass\n", "nested": "if 1:\n" + re.sub(r"(?m)^(?=.)", " ", stale),
        "deep": "".join(" " * it + f"def f{it}(a):\n" for it in range(60)) + " " * 60 + "return 1\n",
        "continued": "def f(a): \\\n    return a\n\nclass \\\n  C(object) \\\n  :\n    x = 1\n",
        "decorated": "@a.b(\n  1,\n)\n@c\ndef f(x, y=[1,\n 2], *, z: 'int'=3) -> '''str''':\n    return x\n",
        "strings": "def f(a):\n    f'''no docstring'''\n    return a\n\ndef g(a):\n    b'no docstring'\n    return a\n",
        "large": stale + "\n".join(f"def f{it}(a, limit):\n    '''Do {it}.\n\n    Args:\n        a: x\n        limits: y\n    '''\n" for it in range(2000)),
    }
    for name, text in shapes.items():
        (folder / f"{name}.py").write_bytes(text.encode())
    mixed = stale.split("\n")
    (folder / "mixed.py").write_bytes("".join(line + ("\r\n", "\n")[at % 2] for at, line in enumerate(mixed)).encode())
    (folder / "latin.py").write_bytes(("# coding: latin-1\n" + stale).encode("latin-1"))
    (folder / "jis.py").write_bytes(("# coding: shift_jis\n" + stale.replace("é", "あ")).encode("shift_jis"))
    (folder / "undecodable.py").write_bytes(stale.encode("latin-1"))
    (folder / "nul.py").write_bytes(stale.encode() + b"x = '\0'\n")


def some_library(folder, _):
    """Some of this Python's library, the same files each time."""
    library = pathlib.Path(sysconfig.get_paths()["stdlib"])
    files = sorted(library.glob("*.py")) + sorted(library.glob("*/*.py"))
    files = [path for path in files if "site-packages" not in path.parts]
    for path in files:
        if hashlib.sha1(path.name.encode()).digest()[0] < 40:
            target = folder / path.relative_to(library)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)


def main():
    """Hold each folder; a line `N passed, N failed` at the end."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", action="store_true", help="keep the copies that have faults")
    parser.add_argument("folders", nargs="*", type=pathlib.Path)
    arguments = parser.parse_args()
    if not shutil.which("docgen"):
        print("there is no docgen on PATH: `./tests/run` puts it there")
        print("0 passed, 1 failed")
        return 1
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="docgen-fix-"))
    made = {}
    for write in (odd, hostile, some_library):
        made[write] = scratch / "made" / write.__name__
        made[write].mkdir(parents=True)
        write(made[write], bool(arguments.folders))
    folders = list(made.values())[: 2 if arguments.folders else 3] + [path.resolve() for path in arguments.folders]
    passed = failed = 0
    with multiprocessing.Pool(os.cpu_count()) as pool:
        for folder in folders:
            if hold(folder, scratch, pool) + hold_reports(folder, scratch / "reports" / folder.name):
                failed += 1
            else:
                passed += 1
    if failed and arguments.keep:
        print(f"copies: {scratch}")
    else:
        shutil.rmtree(scratch)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
