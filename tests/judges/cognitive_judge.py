#!/usr/bin/env python3
"""Hold the cognitive complexity of every function in `docgen symbols` against the paper and complexipy.

usage: cognitive_judge.py [PATH...]

The paper (G. Ann Campbell, Cognitive Complexity, 2023) is followed over CPython's `ast`, and docgen must
agree on every function. complexipy must agree with both on every function that holds nothing of DEVIATIONS,
the list of what it counts otherwise, each with the place in the paper that decides. It reads functions of
modules and of their classes only. Without a PATH the running Python's standard library without its tests is
read.
"""
import ast
import collections
import os
import sys
import warnings

import complexipy

import corpus
from radon_judge import FUNCTIONS, SCOPES, functions

warnings.simplefilter("ignore")
sys.setrecursionlimit(20_000)

DEVIATIONS = {
    "else of a loop or try": "`else` increments and nests (B1, B2, whatever it belongs to); not there",
    "comprehension": "no loop of the control flow (B1 does not list it); counted there as `for` and `if`",
    "operator in an operator": "each sequence of like operators increments once (B1); counted there by pairs of parents",
    "conditional in an operator": "a ternary increments wherever it stands (B1, B3); not looked for there",
    "expression passed over": "as above: subscripts, operands, keyword arguments, f-strings, guards and more are not entered there",
    "recursion by attribute or within": "a method in a recursion cycle increments (B1); by bare name and in its own scope only there",
    "nested function in a block": "nested functions add a level (B2); not there where a block lies between",
    "class in a function": "the methods of a local class are nested functions (B2), and its other statements code; not there",
    "decorator": "only a nested function and a `return` are excepted (appendix A); a docstring is no code and does not matter here",
}


class Paper:
    """The paper's rules, walked over one function, and which of DEVIATIONS it holds."""

    def __init__(self, function, lines):
        self.name, self.lines = function.name, lines
        self.total, self.found, self.recursive = 0, set(), False
        self.body(function, 0)
        self.total += self.recursive

    def body(self, function, level):
        statements = undocumented(function.body)
        is_wrapper = (
            len(statements) == 2 and isinstance(statements[0], FUNCTIONS) and isinstance(statements[1], ast.Return)
        )
        if is_wrapper and (len(function.body) != 2 or function.body[1].value is not None and decisions(function.body[1])
                           or outer_expressions(statements[0])):
            self.found.add("decorator")
        for it in function.body:
            if isinstance(it, FUNCTIONS):
                self.nested(it, level, level + (not is_wrapper))
            else:
                self.statement(it, level)

    def nested(self, function, level, inner):
        for it in outer_expressions(function):
            self.passed_over(it, level)
        if any(self.calls_itself(it) for it in ast.walk(function)):
            self.found.add("recursion by attribute or within")
        self.body(function, inner)

    def statements(self, body, level):
        for it in body:
            self.statement(it, level)

    def statement(self, node, level):
        match node:
            case ast.If():
                self.total += 1 + level
                self.branch(node, level)
            case ast.For() | ast.AsyncFor() | ast.While():
                self.total += 1 + level
                if isinstance(node, ast.While):
                    self.expression(node.test, level)
                else:
                    self.passed_over(node.target, level)
                    self.expression(node.iter, level)
                self.statements(node.body, level + 1)
                self.otherwise(node.orelse, level)
            case ast.Try() | ast.TryStar():
                self.statements(node.body, level)
                for handler in node.handlers:
                    self.total += 1 + level
                    self.passed_over(handler.type, level)
                    self.statements(handler.body, level + 1)
                self.otherwise(node.orelse, level)
                self.statements(node.finalbody, level)
            case ast.With() | ast.AsyncWith():
                for item in node.items:
                    self.expression(item.context_expr, level)
                    self.passed_over(item.optional_vars, level)
                self.statements(node.body, level)
            case ast.Match():
                self.total += 1 + level
                self.passed_over(node.subject, level)
                for case in node.cases:
                    self.passed_over(case.guard, level + 1)
                    self.statements(case.body, level + 1)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self.found.add("nested function in a block")
                self.nested(node, level, level + 1)
            case ast.ClassDef():
                self.found.add("class in a function")
                for it in (*node.decorator_list, *node.bases, *(it.value for it in node.keywords)):
                    self.passed_over(it, level)
                self.statements(node.body, level)
            case ast.Assign() | ast.AugAssign() | ast.AnnAssign():
                for it in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    self.passed_over(it, level)
                self.passed_over(getattr(node, "annotation", None), level)
                self.expression(node.value, level)
            case ast.Return() | ast.Raise() | ast.Assert() | ast.Expr():
                for it in ast.iter_child_nodes(node):
                    self.expression(it, level)
            case _:
                for it in ast.iter_child_nodes(node):
                    self.passed_over(it, level)

    def branch(self, node, level):
        self.expression(node.test, level)
        self.statements(node.body, level + 1)
        if not node.orelse:
            return
        self.total += 1
        if self.is_elif(node.orelse):
            self.branch(node.orelse[0], level)
        else:
            self.statements(node.orelse, level + 1)

    def is_elif(self, orelse):
        first = orelse[0]
        return isinstance(first, ast.If) and self.lines[first.lineno - 1][first.col_offset:].startswith(b"elif")

    def otherwise(self, orelse, level):
        if orelse:
            self.found.add("else of a loop or try")
            self.total += 1
            self.statements(orelse, level + 1)

    def passed_over(self, node, level, deviation="expression passed over"):
        """An expression that complexipy does not enter, which matters where it decides something."""
        if node is not None:
            if decisions(node):
                self.found.add(deviation)
            self.expression(node, level)

    def expression(self, node, level):
        match node:
            case None:
                pass
            case ast.BoolOp():
                self.operators(node, level)
            case ast.IfExp():
                self.total += 1 + level
                self.expression(node.test, level + 1)
                if decisions(node.test):
                    self.found.add("conditional in an operator")
                self.expression(node.body, level + 1)
                self.expression(node.orelse, level + 1)
            case ast.Lambda():
                for it in (*node.args.defaults, *node.args.kw_defaults):
                    self.passed_over(it, level + 1)
                if any(self.calls_itself(it) for it in ast.walk(node)):
                    self.found.add("recursion by attribute or within")
                self.expression(node.body, level + 1)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                self.found.add("comprehension")
                for it in ast.iter_child_nodes(node):
                    self.expression(it, level)
            case ast.UnaryOp() if isinstance(node.operand, (ast.BoolOp, ast.UnaryOp)) and decisions(node):
                self.found.add("operator in an operator")
                self.expression(node.operand, level)
            case ast.Compare() | ast.Tuple() | ast.List() | ast.Set():
                for it in ast.iter_child_nodes(node):
                    self.expression(it, level)
            case ast.Dict():
                for it in node.keys:
                    self.passed_over(it, level)
                for it in node.values:
                    self.expression(it, level)
            case ast.Call():
                if self.calls_itself(node):
                    self.recursive = True
                    if not isinstance(node.func, ast.Name):
                        self.found.add("recursion by attribute or within")
                self.passed_over(node.func, level)
                for it in node.args:
                    self.expression(it, level)
                for it in node.keywords:
                    self.passed_over(it.value, level)
            case _:
                for it in ast.iter_child_nodes(node):
                    self.passed_over(it, level)

    def calls_itself(self, node):
        func = node.func if isinstance(node, ast.Call) else None
        if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id in ("self", "cls"):
            return func.attr == self.name
        return isinstance(func, ast.Name) and func.id == self.name

    def operators(self, node, level):
        """A sequence in the order of the text: `a and b or c` is two, `a and (b or c)` too."""
        sequence = []
        self.flatten(node, sequence, level)
        before = None
        for operator in sequence:
            self.total += operator is not before
            before = operator

    def flatten(self, node, sequence, level):
        for at, value in enumerate(node.values):
            if at:
                sequence.append(type(node.op))
            if isinstance(value, ast.BoolOp):
                self.found.add("operator in an operator")
                if isinstance(node.op, ast.Or) and isinstance(value.op, ast.And) and not self.in_parentheses(node, at):
                    self.flatten(value, sequence, level)
                else:
                    self.operators(value, level)
            else:
                self.passed_over(value, level, "conditional in an operator")

    def in_parentheses(self, node, at):
        """Whether the value is, by what stands before it in the text: the node's start, or the operator."""
        value = node.values[at]
        line, column = node.lineno, node.col_offset
        if at:
            line, column = node.values[at - 1].end_lineno, node.values[at - 1].end_col_offset
        between = self.lines[line - 1 : value.lineno]
        between[-1] = between[-1][: value.col_offset]
        between[0] = between[0][column:]
        between = [it.split(b"#")[0] for it in between]
        opened = b"\n".join(between)
        return opened.count(b"(") > 0 if at == 0 else opened.rpartition(b"or")[2].count(b"(") > 0


def undocumented(body):
    first = body[0]
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return body[1:] if is_text else body


def outer_expressions(function):
    """What runs in the scope around a function: its decorators, defaults and annotations, where they decide something."""
    args = function.args
    every = (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg)
    found = [*function.decorator_list, *args.defaults, *args.kw_defaults, function.returns]
    found += [it.annotation for it in every if it]
    return [it for it in found if it is not None and decisions(it)]


def decisions(node):
    """Whether anything in an expression counts, here or there."""
    counted = (ast.BoolOp, ast.IfExp, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
    return any(isinstance(it, counted) for it in ast.walk(node))


def reported(source):
    """complexipy's figures by name and line; it reads less than all, and refuses what it cannot parse."""
    try:
        found = complexipy.code_complexity(source, no_ignore=True).functions
    except TypeError:
        found = complexipy.code_complexity(source).functions
    except Exception:
        return {}
    return {(it.name.rpartition(":")[2], it.line_start): it.complexity for it in found}


def top_level(tree):
    """The functions that complexipy reports, with the line that it gives them."""
    for node in tree.body:
        for it in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(it, FUNCTIONS):
                yield it


def main():
    paths = corpus.chosen(sys.argv[1:])
    rows, _ = corpus.read(paths)
    passed = failed = compared = 0
    explained = collections.Counter()

    def hold(want, got, where, judge):
        nonlocal passed, failed
        passed, failed = passed + (want == got), failed + (want != got)
        if want != got and failed <= 20:
            print(f"{where}: {judge} {want}, docgen {got}")

    for file in corpus.files(paths):
        path = os.path.realpath(file)
        data = file.read_bytes()
        try:
            tree, source = ast.parse(data), data.decode()
        except (SyntaxError, ValueError, RecursionError):
            continue
        if path not in rows:
            continue
        lines, figures = data.splitlines(), {}
        for name, node in functions(tree):
            figures[node] = paper = Paper(node, lines)
            row = rows[path].get((name, node.lineno))
            hold(paper.total, row and row["complexity"]["cognitive"], f"{path}:{node.lineno} {name}", "paper")
        theirs = reported(source)
        for node in top_level(tree):
            first = min([node.lineno, *(it.lineno for it in node.decorator_list)])
            figure = theirs.get((node.name, first), theirs.get((node.name, node.lineno)))
            paper = figures[node]
            if figure is None:
                continue
            compared += 1
            if figure != paper.total and paper.found:
                explained.update(paper.found)
                explained["functions"] += 1
            else:
                hold(figure, paper.total, f"{path}:{node.lineno} {node.name}", "complexipy")
    for reason, why in DEVIATIONS.items():
        print(f"{reason:34} {explained[reason]:6}  {why}")
    print(f"complexipy: {compared} functions, {explained['functions']} differ, each with something of this list")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
