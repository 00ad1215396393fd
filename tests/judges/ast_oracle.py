#!/usr/bin/env python3
"""Hold the fields of `docgen symbols` against CPython's own `ast`, file by file, in the fewest lines that do.

usage: ast_oracle.py [PATH...]

For every class, function and method of every file that CPython parses: qualified name, line, parameters (name,
kind, annotation, default), return annotation, decorators, bases, docstring value, end, async, generator,
returns-value. None may be missing, none too many, no field may differ. Written apart from outline_judge.py, so
that one mistake is not made twice. Without a PATH the running Python's standard library without its tests is read.
"""
import ast
import collections
import os
import sys
import warnings

import corpus

warnings.simplefilter("ignore")
sys.setrecursionlimit(20_000)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def norm(expr):
    """A source expression as a canonical dump, so that spacing and quotes don't count."""
    if expr is None:
        return None
    for around in ("({}\n)", "f({})"):  # a default may span lines; a starred annotation stands in calls only
        try:
            return ast.dump(ast.parse(around.format(expr.strip()), mode="eval"))
        except (SyntaxError, ValueError):
            pass
    return "unparsed:" + " ".join(expr.split())


def unparsed(node):
    return None if node is None else norm(ast.unparse(node))


def own_nodes(body):
    """Nodes of a function's own body, nested scopes left out."""
    todo = list(body)
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.Lambda)):
            todo.extend(ast.iter_child_nodes(node))


def params(args):
    positional = args.posonlyargs + args.args
    defaults = [None] * (len(positional) - len(args.defaults)) + list(args.defaults)
    only = len(args.posonlyargs)
    kinds = ["positional-only"] * only + ["positional-or-keyword"] * (len(positional) - only)
    found = list(zip(positional, kinds, defaults))
    found += [(args.vararg, "var-positional", None)] if args.vararg else []
    found += [(it, "keyword-only", default) for it, default in zip(args.kwonlyargs, args.kw_defaults)]
    found += [(args.kwarg, "var-keyword", None)] if args.kwarg else []
    return [(it.arg, kind, unparsed(it.annotation), unparsed(default)) for it, kind, default in found]


def walk(tree):
    todo = [(tree, "")]
    while todo:
        node, prefix = todo.pop()
        for child in ast.iter_child_nodes(node):
            inner = prefix
            if isinstance(child, (*FUNCTIONS, ast.ClassDef)):
                yield prefix + child.name, child
                inner = prefix + child.name + ("." if isinstance(child, ast.ClassDef) else ".<locals>.")
            todo.append((child, inner))


def fields(node, row):
    """Each field's name, what `ast` says, what docgen says."""
    yield "docstring", ast.get_docstring(node, clean=False), row["docstring"]
    yield "decorators", [unparsed(it) for it in node.decorator_list], [norm(it) for it in row["decorators"]]
    yield "end_line", node.end_lineno, row["end_line"]
    if isinstance(node, ast.ClassDef):
        yield "bases", [unparsed(it) for it in node.bases], [norm(it) for it in row["bases"]]
        return
    theirs = [(it["name"], it["kind"], norm(it["annotation"]), norm(it["default"])) for it in row["params"]]
    yield "params", params(node.args), theirs
    yield "returns", unparsed(node.returns), norm(row["returns"])
    yield "is_async", isinstance(node, ast.AsyncFunctionDef), row["is_async"]
    nodes = list(own_nodes(node.body))
    yield "is_generator", any(isinstance(it, (ast.Yield, ast.YieldFrom)) for it in nodes), row["is_generator"]
    values = [it.value for it in nodes if isinstance(it, ast.Return) and it.value is not None]
    is_none = [isinstance(it, ast.Constant) and it.value is None for it in values]
    yield "returns_value", not all(is_none), row["returns_value"]


def main():
    paths = corpus.chosen(sys.argv[1:])
    rows, _ = corpus.read(paths)
    held, wrong = collections.Counter(), collections.Counter()
    missing = extra = symbols = parsed = 0
    for file in corpus.files(paths):
        path = os.path.realpath(file)
        try:
            tree = ast.parse(file.read_bytes())
        except (SyntaxError, ValueError, RecursionError):
            continue
        if path not in rows:
            continue
        parsed += 1
        left = {key for key, row in rows[path].items() if row["kind"] not in ("module", "package")}
        for name, node in walk(tree):
            symbols += 1
            row = rows[path].get((name, node.lineno))
            left.discard((name, node.lineno))
            if row is None:
                missing += 1
                print(f"missing: {path}:{node.lineno} {name}")
                continue
            for field, mine, theirs in fields(node, row):
                held[field] += 1
                if mine != theirs:
                    wrong[field] += 1
                    if wrong[field] <= 3:
                        print(f"{field}: {path}:{node.lineno} {name}\n  ast    {str(mine)[:300]}\n  docgen {str(theirs)[:300]}")
        extra += len(left)
        for key in left:
            print(f"extra: {path}: {key}")
    for field in held:
        print(f"{field:14} {wrong[field]:6} of {held[field]} differ")
    bad, total = wrong.total(), held.total()
    print(f"{parsed} files, {symbols} symbols: {missing} missing, {extra} extra, {bad} of {total} fields differ")
    print(f"{total - bad} passed, {missing + extra + bad} failed")
    sys.exit(1 if missing or extra or bad or not total else 0)


if __name__ == "__main__":
    main()
