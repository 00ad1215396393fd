#!/usr/bin/env python3
"""Hold the cyclomatic complexity of every function in `docgen symbols` against radon's.

usage: radon_judge.py [PATH...]

Nested functions and methods too: radon counts each on its own. Without a PATH the running Python's
standard library without its tests is read.
"""
import ast
import os
import sys
import warnings

from radon.visitors import ComplexityVisitor

import corpus

warnings.simplefilter("ignore")
sys.setrecursionlimit(20_000)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SCOPES = (*FUNCTIONS, ast.ClassDef)


def functions(tree):
    """Every function with its qualified name."""
    todo = [(tree, "")]
    while todo:
        node, prefix = todo.pop()
        for child in ast.iter_child_nodes(node):
            inner = prefix
            if isinstance(child, SCOPES):
                name = prefix + child.name
                inner = name + ("." if isinstance(child, ast.ClassDef) else ".<locals>.")
                if isinstance(child, FUNCTIONS):
                    yield name, child
            todo.append((child, inner))


def complexity(function):
    visitor = ComplexityVisitor(off=False)
    visitor.visit(function)
    return visitor.functions[0].complexity


def main():
    paths = corpus.chosen(sys.argv[1:])
    rows, _ = corpus.read(paths)
    passed = failed = 0
    for file in corpus.files(paths):
        path = os.path.realpath(file)
        try:
            tree = ast.parse(file.read_bytes())
        except (SyntaxError, ValueError, RecursionError):
            continue
        for name, node in functions(tree) if path in rows else ():
            row = rows[path].get((name, node.lineno))
            want, got = complexity(node), row and row["complexity"]["cyclomatic"]
            passed, failed = passed + (want == got), failed + (want != got)
            if want != got and failed <= 20:
                print(f"{path}:{node.lineno} {name}: radon {want}, docgen {got}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
