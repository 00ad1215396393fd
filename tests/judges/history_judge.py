#!/usr/bin/env python3
"""Releases as commits: what `docgen check` counts as changed, held against a judge of its own.

usage: history_judge.py [--packages NAME...] [--releases N] [--wheels DIR] [--draw N --seed S]

For each package its newest releases (for `packaging`: up to a fixed one) are taken from pip, and each is committed over the one before.

- A run of `ruff format`, of `black` and of `pyupgrade` over the newest one gives an empty scope. Formatters do change
  the values of some docstrings (they move their lines): such a symbol is in scope for `docstring` alone, and the
  judge, which evaluates both with `ast`, must find other values, too.
- Between releases the judge, which knows `semantics.md` and `ast` and not the Rust code, derives the plain facets of
  every symbol that both releases have once under one name: `signature` (names, kinds and defaults), `docstring`, `returns` and `yields`.
  Where docgen and the judge differ, the symbol is printed.
- `--draw` prints symbols in scope and symbols out of scope, with their sources, to be read by hand.

Without arguments one small package is taken.
"""
import argparse
import ast
import difflib
import inspect
import json
import random
import subprocess
import sys
import tempfile
import warnings
import zipfile
from pathlib import Path

warnings.simplefilter("ignore")
SMALL = ["packaging"]
# The newest release that is taken: what is judged does not change from one day to the next.
NEWEST = {"packaging": "26.4"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SCOPES = (*FUNCTIONS, ast.ClassDef)
FORMATTERS = {
    "ruff format": lambda files: ["ruff", "format", "--isolated", "--no-cache", "--quiet", *files],
    "black": lambda files: ["black", "--quiet", *files],
    "pyupgrade": lambda files: ["pyupgrade", "--py310-plus", "--exit-zero-even-if-changed", *files],
}


def main():
    options = arguments()
    verdict = Verdict()
    with tempfile.TemporaryDirectory(prefix="docgen-history-") as folder:
        drawn = {"in": [], "out": []}
        for package in options.packages:
            history = History(package, Path(options.wheels or folder) / package, Path(folder) / "repositories" / package)
            history.commit_releases(options.releases)
            for name, command in FORMATTERS.items():
                hold_formatter(history, name, command, verdict)
            for old, new in zip(history.tags, history.tags[1:]):
                hold_releases(history, old, new, verdict, drawn)
        if options.draw:
            show(drawn, options.draw, options.seed)
    print(f"{verdict.passed} passed, {verdict.failed} failed")
    sys.exit(1 if verdict.failed else 0)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--packages", nargs="+", default=SMALL)
    parser.add_argument("--releases", type=int, default=10, help="how many of the newest (10)")
    parser.add_argument("--wheels", help="a folder to keep the wheels in, a folder in it for each package")
    parser.add_argument("--draw", type=int, default=0, help="print so many symbols in scope and out of scope")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


class Verdict:
    """What was right and what was wrong."""

    def __init__(self):
        self.passed = self.failed = 0

    def hold(self, where, is_right, reason=""):
        if is_right:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {where}: {reason}", flush=True)


class History:
    """A repository whose commits are a package's releases."""

    def __init__(self, package, wheels, root):
        self.package, self.wheels, self.root = package, wheels, root
        self.tags = []

    def run(self, *command, check=True):
        done = subprocess.run(command, cwd=self.root, capture_output=True, check=False)
        if check and done.returncode:
            sys.exit(f"{' '.join(map(str, command))[:300]}: {done.stderr.decode()[:2000]}")
        return done.stdout

    def versions(self, count):
        answer = subprocess.run(
            [sys.executable, "-m", "pip", "index", "versions", self.package], capture_output=True, text=True, check=True)
        line = next(it for it in answer.stdout.splitlines() if it.startswith("Available versions:"))
        versions = [it.strip() for it in line.split(":")[1].split(",")]
        final = [it for it in versions if not any(c.isalpha() for c in it)]
        newest = NEWEST.get(self.package, final[0])
        return list(reversed(final[final.index(newest):][:count]))

    def fetch(self, version):
        """The release's wheel."""
        pattern = f"{self.package.replace('-', '_')}-{version}-*.whl"
        if not list(self.wheels.glob(pattern)):
            self.wheels.mkdir(parents=True, exist_ok=True)
            subprocess.run(
                [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                 "--only-binary=:all:", "--ignore-requires-python", "--dest", self.wheels, f"{self.package}=={version}"],
                check=True)
        return next(self.wheels.glob(pattern))

    def commit_releases(self, count):
        if self.wheels.exists() and len(list(self.wheels.glob("*.whl"))) >= count:
            names = [it.name.split("-")[1] for it in self.wheels.glob("*.whl")]
            versions = sorted(names, key=lambda it: [int(part) for part in it.split(".")])[-count:]
        else:
            versions = self.versions(count)
        self.root.mkdir(parents=True)
        self.run("git", "init", "--quiet")
        for version in versions:
            self.run("git", "rm", "-r", "--quiet", "--ignore-unmatch", ".")
            with zipfile.ZipFile(self.fetch(version)) as wheel:
                names = [it for it in wheel.namelist() if it.endswith((".py", ".pyi"))]
                wheel.extractall(self.root, names)
            self.run("git", "add", "--all", "--force")
            self.run("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet",
                     "--allow-empty", f"--message={version}")
            self.run("git", "tag", f"v{version}")
            self.tags.append(f"v{version}")
        print(f"{self.package}: {len(self.tags)} releases, {self.tags[0]} to {self.tags[-1]}", flush=True)

    def scope(self, *flags):
        """Path and qualified name of each symbol in scope, with its facets and line; and the answer's comparison."""
        command = ["docgen", "check", "--isolated", "--exit-zero", "--output-format=json", *flags]
        report = json.loads(self.run(*command))
        rows = []
        for file in report["files"]:
            for symbol in file["symbols"]:
                rows.append((file["path"], symbol["qualname"], symbol["line"], symbol["facets"]))
        return rows

    def text(self, tag, path):
        done = subprocess.run(["git", "show", f"{tag}:{path}"], cwd=self.root, capture_output=True, check=False)
        return done.stdout if done.returncode == 0 else None

    def changed(self, old, new):
        """Python files that are in both releases and differ."""
        names = self.run("git", "diff", "--name-only", "--diff-filter=M", "-z", old, new)
        return [it for it in names.decode().split("\0") if it.endswith((".py", ".pyi"))]


def hold_formatter(history, name, command, verdict):
    files = sorted(str(it.relative_to(history.root)) for it in history.root.rglob("*.py"))
    for start in range(0, len(files), 500):
        history.run(*command(files[start:start + 500]), check=False)
    changed = history.run("git", "diff", "--name-only").decode().split()
    rows = history.scope("--since=HEAD")
    explained = 0
    for path, qualname, line, facets in rows:
        where = f"{history.package}, {name}: {path}:{line} {qualname}"
        old, new = outline(history.text("HEAD", path)), outline((history.root / path).read_bytes())
        pair = old.get(qualname, []), new.get(qualname, [])
        values = [{docstring(it) for it in side} for side in pair]
        is_explained = facets == ["docstring"] and values[0] != values[1]
        explained += is_explained
        verdict.hold(where, is_explained, f"in scope for {facets}")
        if is_explained:
            old_value, new_value = (sorted(map(str, it)) for it in (values[0] - values[1], values[1] - values[0]))
            print(f"  {where}: the docstring's value: {old_value!r:.150} -> {new_value!r:.150}")
    verdict.hold(f"{history.package}, {name}", len(rows) == explained, f"{len(rows) - explained} symbols in scope")
    print(f"{history.package}, {name}: {len(changed)} files changed, {len(rows)} symbols in scope, {explained} by docstrings' values")
    history.run("git", "checkout", "--quiet", "--", ".")


def hold_releases(history, old_tag, new_tag, verdict, drawn):
    rows = history.scope(f"--from-ref={old_tag}", f"--to-ref={new_tag}", "--direct")
    facets = {}
    for path, qualname, _, found in rows:
        facets.setdefault((path, qualname), []).append(found)
    for path in history.changed(old_tag, new_tag):
        old, new = outline(history.text(old_tag, path)), outline(history.text(new_tag, path))
        if old is None or new is None:
            continue
        for qualname, (node, *others) in new.items():
            partners = old.get(qualname, [])
            found = facets.get((path, qualname), [[]])[0]
            where = f"{history.package} {old_tag} {new_tag} {path}:{getattr(node, 'lineno', 1)} {qualname}"
            sources = [ast.unparse(it) for it in partners + [node]]
            if len(sources) == 1 or sources[0] != sources[-1] or found:
                drawn["in" if found else "out"].append((where, found, partners, node))
            if len(partners) == 1 and not others and "added" not in found:
                expected = judged(partners[0], node, is_method(new, qualname))
                got = expected & {"any"} | {it for it in found if it in KNOWN}
                verdict.hold(where, expected == got, f"the judge says {sorted(expected)}, docgen {found}")


KNOWN = {"signature", "docstring", "returns", "yields"}


def judged(old, new, is_bound):
    """The plain facets that differ between two nodes."""
    facets = set()
    if docstring(old) != docstring(new):
        facets.add("docstring")
    if isinstance(old, FUNCTIONS) and isinstance(new, FUNCTIONS):
        if header(old, is_bound) != header(new, is_bound):
            facets.add("signature")
        for facet, does in (("yields", yields), ("returns", returns)):
            if does(old) != does(new):
                facets.add(facet)
    return facets


def outline(source):
    """Every definition by qualified name, the module as `<module>`; `None` for what does not parse."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, TypeError):
        return None
    found = {"<module>": [tree]}
    open_nodes = [(tree, "")]
    while open_nodes:
        node, prefix = open_nodes.pop()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, SCOPES):
                qualname = prefix + child.name
                found.setdefault(qualname, []).append(child)
                inside = "." if isinstance(child, ast.ClassDef) else ".<locals>."
                open_nodes.append((child, qualname + inside))
            else:
                open_nodes.append((child, prefix))
    return {name: sorted(nodes, key=lambda it: getattr(it, "lineno", 0)) for name, nodes in found.items()}


def docstring(node):
    """The docstring's lines with the level of each, so that a new indentation is no change."""
    value = ast.get_docstring(node, clean=False)
    if value is None:
        return None
    lines = [it.rstrip() for it in inspect.cleandoc(value).splitlines()]
    indents, levels = [], []
    for line in lines:
        if not line:
            levels.append((0, ""))
            continue
        indent = len(line) - len(line.lstrip())
        while indents and indents[-1] > indent:
            indents.pop()
        if not indents or indents[-1] < indent:
            indents.append(indent)
        levels.append((len(indents) - 1, line.strip()))
    return tuple(levels)


def is_method(outlined, qualname):
    """Whether a definition stands in a class, so that its first parameter is bound."""
    owner = qualname.rpartition(".")[0]
    return any(isinstance(it, ast.ClassDef) for it in outlined.get(owner, []))


def header(node, is_bound):
    """Names, kinds, defaults and annotations, these as text; without what a method is bound to."""
    arguments = node.args
    plain = [*arguments.posonlyargs, *arguments.args]
    is_static = any(ast.unparse(it) == "staticmethod" for it in node.decorator_list)
    skipped = int(bool(plain) and is_bound and (not is_static or node.name == "__new__"))
    defaults = [None] * (len(plain) - len(arguments.defaults)) + arguments.defaults
    dump = lambda it: None if it is None else type_text(it)
    rows = [(it.arg, "plain", value(default), dump(it.annotation)) for it, default in zip(plain, defaults)][skipped:]
    rows += [("/", max(0, len(arguments.posonlyargs) - skipped))]
    rows += [(it.arg, "key", value(default), dump(it.annotation))
             for it, default in zip(arguments.kwonlyargs, arguments.kw_defaults)]
    rows += [(it.arg, "star", None, dump(it.annotation)) for it in (arguments.vararg, arguments.kwarg) if it]
    return rows, dump(node.returns)


def value(default):
    return None if default is None else ast.dump(default)


def type_text(node):
    """A type as text, without what only spells it: quotes, module prefixes, `Optional` and `Union`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            return type_text(ast.parse(node.value.strip(), mode="eval").body)
        except SyntaxError:
            return node.value
    if isinstance(node, ast.Attribute):
        return OLD_NAMES.get(node.attr, node.attr)
    if isinstance(node, ast.Name):
        return OLD_NAMES.get(node.id, node.id)
    if isinstance(node, ast.Subscript):
        name = type_text(node.value)
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if name == "Optional":
            return union([*parts, ast.Constant(None)])
        if name == "Union":
            return union(parts)
        if name == "Literal":
            return f"Literal[{sorted(ast.unparse(it) for it in parts)}]"
        texts = [type_text(it) for it in parts]
        while name in ("Generator", "AsyncGenerator") and len(texts) > 1 and texts[-1] == "None":
            # What is sent and returned is None where nothing is said (PEP 696).
            texts.pop()
        return f"{name}[{', '.join(texts)}]"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return union([node.left, node.right])
    if isinstance(node, ast.List):
        return f"[{', '.join(map(type_text, node.elts))}]"
    return ast.unparse(node)


OLD_NAMES = {"List": "list", "Dict": "dict", "Tuple": "tuple", "Set": "set", "FrozenSet": "frozenset", "Type": "type",
             "DefaultDict": "defaultdict", "Deque": "deque", "Text": "str"}


def union(parts):
    return " | ".join(sorted(set().union(*map(members, parts))))


def members(node):
    """What a type may be, each as text; what stands in brackets is one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            return members(ast.parse(node.value.strip(), mode="eval").body)
        except SyntaxError:
            return {node.value}
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return members(node.left) | members(node.right)
    if isinstance(node, ast.Subscript):
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if type_text(node.value) in ("Optional", "Union"):
            none = {"None"} if type_text(node.value) == "Optional" else set()
            return none.union(*map(members, parts))
    return {type_text(node)}


def own(node):
    """The nodes of a function's own scope."""
    open_nodes = list(node.body)
    while open_nodes:
        inner = open_nodes.pop()
        yield inner
        if not isinstance(inner, (*SCOPES, ast.Lambda)):
            open_nodes.extend(ast.iter_child_nodes(inner))


def yields(node):
    return any(isinstance(it, (ast.Yield, ast.YieldFrom)) for it in own(node))


def returns(node):
    """Whether a `return` gives something else than the literal `None`; stubs go by other rules and are left out."""
    values = [it.value for it in own(node) if isinstance(it, ast.Return)]
    return any(it is not None and not (isinstance(it, ast.Constant) and it.value is None) for it in values)


def show(drawn, count, seed):
    chooser = random.Random(seed)
    for side, rows in drawn.items():
        rows = sorted(rows, key=lambda it: it[0])
        print(f"\n==== {side} of scope: {min(count, len(rows))} of {len(rows)}" if side == "out" else
              f"\n==== in scope: {min(count, len(rows))} of {len(rows)}")
        for where, facets, partners, node in chooser.sample(rows, min(count, len(rows))):
            print(f"\n## {where} {facets}")
            if not partners:
                print("(new here)", ast.unparse(node)[:600])
                continue
            sides = [without_members(it).splitlines() for it in (partners[0], node)]
            lines = list(difflib.unified_diff(*sides, n=1, lineterm=""))[2:]
            print("\n".join(line[:160] for line in lines[:24]) or "(its own part is the same)")


def without_members(node):
    """The source without what is defined inside a class or module."""
    if not isinstance(node, (ast.ClassDef, ast.Module)):
        return ast.unparse(node)
    kept = [it for it in node.body if not isinstance(it, SCOPES)]
    copy = type(node)(**{**{field: getattr(node, field) for field in node._fields}, "body": kept})
    return ast.unparse(ast.fix_missing_locations(copy))


if __name__ == "__main__":
    main()
