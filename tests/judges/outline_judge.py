#!/usr/bin/env python3
"""Hold what `docgen symbols` reads against CPython's own parser, symbol by symbol.

usage: outline_judge.py [PATH...]

The judge knows the contract and the semantics, not the Rust code: it walks the tree that `ast` makes
of each file and derives every field anew. Without a PATH it takes the running Python's standard
library without its tests. A file that `ast` cannot parse must still be read, but is not compared; a
file that it can parse must not be called broken.
"""
import ast
import builtins
import collections
import os
import pathlib
import re
import sys
import warnings

import corpus

warnings.simplefilter("ignore")
sys.setrecursionlimit(20_000)

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SCOPES = (*FUNCTIONS, ast.ClassDef)
BLOCKS = ("body", "handlers", "orelse", "finalbody", "cases")


def canonical(source):
    """A source expression as a dump, so that layout and quotes do not count."""
    if source is None:
        return None
    for text in (f"({source}\n)", f"f({source}\n)"):
        try:
            return ast.dump(ast.parse(text, mode="eval"))
        except (SyntaxError, ValueError):
            pass
    return source


def dumped(node):
    return None if node is None else canonical(ast.unparse(node))


def statements(body):
    """The statements of a scope in the order of the text; nested scopes are given but not entered."""
    for node in body:
        yield node
        if isinstance(node, SCOPES):
            continue
        for field in BLOCKS:
            for part in getattr(node, field, ()):
                if isinstance(part, ast.stmt):
                    yield from statements([part])
                else:  # handlers and cases
                    yield from statements(part.body)


def own(nodes):
    """All nodes of these statements, without those of nested functions, classes and lambdas."""
    todo = list(nodes)
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, (*SCOPES, ast.Lambda)):
            todo.extend(ast.iter_child_nodes(node))


def scopes(tree):
    """Every class and function: qualified name, node, and whether it is a method."""
    todo = [(tree, "", False)]
    while todo:
        node, prefix, in_class = todo.pop()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, SCOPES):
                name = prefix + child.name
                yield name, child, in_class
                is_class = isinstance(child, ast.ClassDef)
                todo.append((child, name + ("." if is_class else ".<locals>."), is_class))
            else:
                todo.append((child, prefix, in_class))


def parameters(args):
    positional = args.posonlyargs + args.args
    defaults = [None] * (len(positional) - len(args.defaults)) + args.defaults
    found = []
    for at, (param, default) in enumerate(zip(positional, defaults)):
        kind = "positional-only" if at < len(args.posonlyargs) else "positional-or-keyword"
        found.append((param, kind, default))
    if args.vararg:
        found.append((args.vararg, "var-positional", None))
    found += [(param, "keyword-only", default) for param, default in zip(args.kwonlyargs, args.kw_defaults)]
    if args.kwarg:
        found.append((args.kwarg, "var-keyword", None))
    return [(param.arg, kind, dumped(param.annotation), dumped(default)) for param, kind, default in found]


def looks_like_class(name):
    name = name.lstrip("_")
    is_constant = len(name) > 2 and not any(map(str.islower, name))
    return name[:1].isupper() and not is_constant and name != "WinError"


def alias(node):
    """The built-in class that a module of the standard library has under another name."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        if node.value.id in ("os", "socket", "select", "mmap") and node.attr == "error":
            return "OSError"
        if (node.value.id, node.attr) == ("socket", "timeout"):
            return "TimeoutError"
    return None


def last(node):
    return getattr(node, "id", None) or getattr(node, "attr", None)


class Exceptions:
    """Which exceptions leave the functions of one file."""

    def __init__(self, tree):
        self.classes, self.functions = collections.defaultdict(list), {}
        for name, node, _ in scopes(tree):
            if isinstance(node, ast.ClassDef):
                self.classes[node.name] += [last(base) or last(getattr(base, "func", None)) or last(getattr(base, "value", None)) for base in node.bases]
            else:
                self.functions[name] = node

    def ancestors(self, name):
        seen, todo = {name}, [name]
        while todo:
            name = todo.pop()
            known = getattr(builtins, name, None) if isinstance(name, str) else None
            if name in self.classes:
                bases = self.classes[name]
            elif isinstance(known, type) and issubclass(known, BaseException):
                bases = [base.__name__ for base in known.__mro__ if base is not object]
            else:
                bases = ["BaseException"] if name in ("CancelledError", None) else ["?"]
            for base in bases:
                if base not in seen:
                    seen.add(base)
                    todo.append(base)
        return seen

    def catches(self, caught, name):
        alias = {"IOError": "OSError", "EnvironmentError": "OSError", "WindowsError": "OSError"}
        known = {alias.get(it, it) for it in self.ancestors(name)}
        if caught == "Exception":
            return "Exception" in known or "BaseException" not in known
        return caught == "BaseException" or alias.get(caught, caught) in known

    def handled(self, node):
        """The names of a handler's types, and whether there are others."""
        if node is None:
            return ["BaseException"], False
        names, others = [], False
        for kind in node.elts if isinstance(node, ast.Tuple) else [node]:
            if isinstance(kind, ast.Attribute) and is_path(kind) or isinstance(kind, ast.Name) and looks_like_class(kind.id):
                names.append(alias(kind) or last(kind))
            else:
                others = True
        return names, others

    def events(self, body, guards=()):
        """Each `raise`, with what is around it, outermost first."""
        for node in body:
            if isinstance(node, SCOPES):
                continue
            if isinstance(node, ast.Raise):
                yield node, guards
            elif isinstance(node, (ast.Try, getattr(ast, "TryStar", ast.Try))):
                yield from self.events(node.body, (*guards, ("body", node)))
                for handler in node.handlers:
                    yield from self.events(handler.body, (*guards, ("handler", handler)))
                yield from self.events(node.orelse + node.finalbody, guards)
            elif isinstance(node, (ast.With, ast.AsyncWith)):
                calls = [item.context_expr for item in node.items]
                calls = [it for it in calls if isinstance(it, ast.Call) and last(it.func) == "suppress"]
                inner = guards
                if calls:
                    inner = (*guards, ("suppress", self.handled(ast.Tuple(calls[0].args))))
                yield from self.events(node.body, inner)
            else:
                for field in BLOCKS:
                    for part in getattr(node, field, ()):
                        yield from self.events([part] if isinstance(part, ast.stmt) else part.body, guards)

    def raised(self, qualname, node):
        events = sorted(self.events(node.body), key=lambda it: (it[0].lineno, it[0].col_offset))
        again = set()
        for event, guards in events:
            if event.exc is None or isinstance(event.exc, ast.Name):
                again.add(self.handler(guards, event.exc and event.exc.id))
            elif with_traceback(event.exc):
                again.add(self.handler(guards, event.exc.func.value.id))
        names = []
        for event, guards in events:
            for name in self.thrown(event.exc, guards, qualname, node):
                if name not in names and self.leaves(name, guards, again):
                    names.append(name)
        return names

    def leaves(self, name, guards, again):
        for kind, guard in reversed(guards):
            if kind == "body":
                for handler in guard.handlers:
                    names, others = self.handled(handler.type)
                    if others or any(self.catches(it, name) for it in names):
                        if handler not in again:
                            return False
                        break
            elif kind == "suppress":
                names, others = guard
                if others or any(self.catches(it, name) for it in names):
                    return False
        return True

    @staticmethod
    def handler(guards, name):
        for kind, guard in reversed(guards):
            if kind == "handler" and name in (None, guard.name):
                return guard
        return None

    def thrown(self, exc, guards, qualname, node):
        if exc is None or isinstance(exc, ast.Name) or with_traceback(exc):
            name = exc and (exc.func.value.id if isinstance(exc, ast.Call) else exc.id)
            if name and looks_like_class(name):
                return [name]
            handler = self.handler(guards, name)
            if handler:
                return self.handled(handler.type)[0]
            if name in self.classes:
                return [name]
            return self.assigned(name, qualname, node) if name else []
        return self.named(exc, qualname)

    def named(self, exc, qualname, is_called=False):
        """The classes that an expression other than a lone name names."""
        if isinstance(exc, ast.IfExp):
            return [name for it in (exc.body, exc.orelse) for name in self.value(it, qualname)]
        if isinstance(exc, ast.Attribute):
            if not is_path(exc):
                return []
            is_own = isinstance(exc.value, ast.Name) and exc.value.id in ("self", "cls")
            if alias(exc):
                return [alias(exc)]
            lower = not is_own and exc.attr in ("error", "timeout", "gaierror", "herror")
            return [exc.attr] if looks_like_class(exc.attr) or lower else []
        if not isinstance(exc, ast.Call):
            return []
        func = exc.func
        while isinstance(func, ast.Attribute) and isinstance(func.value, ast.Call):
            func = func.value.func
        if isinstance(func, ast.Name):
            if looks_like_class(func.id) or func.id in self.classes:
                return [func.id]
            return self.made(self.visible(func.id, qualname), qualname)
        if not isinstance(func, ast.Attribute) or not is_path(func):
            return []
        if looks_like_class(func.attr):
            return [func.attr]
        if isinstance(func.value, ast.Name) and func.value.id in ("self", "cls"):
            return self.made(self.method(func.attr, qualname), qualname)
        if looks_like_class(last(func.value) or ""):
            return [last(func.value)]
        return self.named(func, qualname)

    def value(self, node, qualname):
        if isinstance(node, ast.Name):
            return [node.id] if looks_like_class(node.id) or node.id in self.classes else []
        return self.named(node, qualname)

    def assigned(self, name, qualname, node):
        names = []
        for statement in statements(node.body):
            if isinstance(statement, ast.Assign):
                targets = statement.targets
            elif isinstance(statement, ast.AnnAssign) and statement.value:
                targets = [statement.target]
            else:
                continue
            if any(isinstance(it, ast.Name) and it.id == name for it in targets):
                names += self.value(statement.value, qualname)
        return names

    def visible(self, name, qualname):
        """The function that a name means in a scope; class scopes are not looked through."""
        parts = qualname.split(".<locals>.")
        for count in range(len(parts), 0, -1):
            found = self.functions.get(".<locals>.".join([*parts[:count], name]))
            if found:
                return found
        return self.functions.get(name)

    def method(self, name, qualname):
        while "." in qualname:
            qualname = qualname.rpartition(".")[0].removesuffix(".<locals>")
            if qualname.rpartition(".")[2] in self.classes:
                found = self.functions.get(f"{qualname}.{name}")
                if found:
                    return found
        return None

    def made(self, function, qualname):
        if function is None:
            return []
        annotation = function.returns
        if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
            try:
                annotation = ast.parse(annotation.value, mode="eval").body
            except SyntaxError:
                annotation = None
        name = last(annotation)
        short = len((name or "").lstrip("_")) < 2
        word = name in ("Any", "Self", "NoReturn", "Never", None)
        if name not in self.classes and (word or short or not looks_like_class(name)):
            name = None
        if name and name not in ("Exception", "BaseException"):
            return [name]
        names = []
        for statement in statements(function.body):
            if isinstance(statement, ast.Return):
                for it in branches(statement.value):
                    if isinstance(it, ast.Call) and not lone_lower_call(it):
                        names += self.named(it, qualname)
        return names or ([name] if name else [])


def branches(node):
    if isinstance(node, ast.IfExp):
        return [*branches(node.body), *branches(node.orelse)]
    return [node] if node is not None else []


def lone_lower_call(node):
    """A call of a function, or of a method of `self`: factories are not followed twice."""
    func = node.func
    while isinstance(func, ast.Attribute) and isinstance(func.value, ast.Call):
        func = func.value.func
    if isinstance(func, ast.Name):
        return not looks_like_class(func.id)
    return isinstance(func, ast.Attribute) and not looks_like_class(func.attr) and last(func.value) in ("self", "cls")


def is_path(node):
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def with_traceback(node):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "with_traceback"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id not in ("self", "cls")
        and not looks_like_class(node.func.value.id)
    )


def warned(node, imported, defines_warn):
    """Categories given by a symbol's own calls of `warnings.warn`."""
    names = []
    calls = [it for it in own(node.body) if isinstance(it, ast.Call)]
    for call in sorted(calls, key=lambda it: (it.lineno, it.col_offset)):
        func = call.func
        if isinstance(func, ast.Attribute) and func.attr == "warn" and isinstance(func.value, ast.Name):
            gives = imported.get(func.value.id, func.value.id) == "warnings"
        elif isinstance(func, ast.Name) and func.id == "warn":
            gives = imported["warn"] == "warnings.warn" if "warn" in imported else not defines_warn
        else:
            continue
        if gives:
            name = category(call)
            if name and name not in names:
                names.append(name)
    return names


def category(call):
    if any(isinstance(it, ast.Starred) for it in call.args) or any(it.arg is None for it in call.keywords):
        return None
    keywords = {it.arg: it.value for it in call.keywords}
    message = call.args[0] if call.args else keywords.get("message")
    kind = call.args[1] if len(call.args) > 1 else keywords.get("category")
    if kind is None or isinstance(kind, ast.Constant) and kind.value is None:
        name = last(message.func) if isinstance(message, ast.Call) and is_path(message.func) else None
        return name if name and looks_like_class(name) else "UserWarning"
    name = last(kind) if is_path(kind) else None
    return name if name and looks_like_class(name) else None


def targets(statement):
    if isinstance(statement, ast.Assign):
        todo = list(reversed(statement.targets))
    elif isinstance(statement, ast.AnnAssign):
        todo = [statement.target]
    else:
        return
    while todo:
        target = todo.pop()
        if isinstance(target, (ast.Tuple, ast.List)):
            todo += reversed(target.elts)
        elif isinstance(target, ast.Starred):
            todo.append(target.value)
        else:
            yield target


def assigned_names(body):
    found = [it.id for statement in statements(body) for it in targets(statement) if isinstance(it, ast.Name)]
    return [name for name in dict.fromkeys(found) if not re.fullmatch("__.*__", name)]


def attributes(node):
    found = assigned_names(node.body)
    for method in statements(node.body):
        if not isinstance(method, FUNCTIONS):
            continue
        names = [last(it.func if isinstance(it, ast.Call) else it) for it in method.decorator_list]
        params = parameters(method.args)
        if "staticmethod" in names or not params:
            continue
        for statement in statements(method.body):
            for it in targets(statement):
                if isinstance(it, ast.Attribute) and isinstance(it.value, ast.Name) and it.value.id == params[0][0]:
                    found.append(it.attr)
    return [name for name in dict.fromkeys(found) if not re.fullmatch("__.*__", name)]


def imports(tree):
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, node.col_offset, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append((node.lineno, node.col_offset, "." * node.level + (node.module or "")))
    return [(name, line) for line, _, name in sorted(found, key=lambda it: it[:2])]


def bound_by_imports(tree):
    bound = {}
    found = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    for node in sorted(found, key=lambda it: (it.lineno, it.col_offset)):
        for alias in node.names:
            path = alias.name
            if isinstance(node, ast.ImportFrom):
                path = "." * node.level + (node.module or "") + "." + path
            bound.setdefault(alias.asname or alias.name.split(".")[0], path)
    return bound


class Verdict:
    def __init__(self):
        self.fields, self.wrong = collections.Counter(), collections.Counter()

    def hold(self, where, field, want, got):
        self.fields[field] += 1
        if want != got:
            self.wrong[field] += 1
            if self.wrong[field] <= 5:
                print(f"{field}: {where}\n  ast    {str(want)[:400]}\n  docgen {str(got)[:400]}")


def hold_symbol(verdict, where, node, got, exceptions, imported, qualname):
    def hold(field, want, theirs):
        verdict.hold(where, field, want, theirs)

    hold("name", node.name, got["name"])
    hold("end_line", node.end_lineno, got["end_line"])
    docstring = ast.get_docstring(node, clean=False)
    if docstring is not None:  # what no UTF-8 can hold is replaced
        docstring = re.sub("[\ud800-\udfff]", "\ufffd", docstring)
    hold("docstring", docstring, got["docstring"])
    hold("decorators", [dumped(it) for it in node.decorator_list], [canonical(it) for it in got["decorators"]])
    hold("raises", exceptions.raised(qualname, node), got["raises"])
    defines_warn = "warn" in exceptions.functions or any(it.endswith(".warn") for it in exceptions.functions)
    hold("warns", warned(node, imported, defines_warn), got["warns"])
    nodes = list(own(node.body))
    is_generator = any(isinstance(it, (ast.Yield, ast.YieldFrom)) for it in nodes)
    if isinstance(node, ast.ClassDef):
        hold("bases", [dumped(it) for it in node.bases], [canonical(it) for it in got["bases"]])
        hold("attributes", attributes(node), got["attributes"])
        return
    theirs = [(it["name"], it["kind"], canonical(it["annotation"]), canonical(it["default"])) for it in got["params"]]
    hold("params", parameters(node.args), theirs)
    hold("returns", dumped(node.returns), canonical(got["returns"]))
    hold("is_async", isinstance(node, ast.AsyncFunctionDef), got["is_async"])
    hold("is_generator", is_generator, got["is_generator"])
    returns = [it.value for it in nodes if isinstance(it, ast.Return) and it.value is not None]
    is_none = [isinstance(it, ast.Constant) and it.value is None for it in returns]
    hold("returns_value", not all(is_none), got["returns_value"])


def hold_module(verdict, path, tree, got):
    verdict.hold(path, "module docstring", ast.get_docstring(tree, clean=False), got["docstring"])
    theirs = [(it["name"], it["line"]) for it in got["imports"]]
    verdict.hold(path, "imports", imports(tree), theirs)
    constants = [it for it in assigned_names(tree.body) if it.upper() == it and it.lower() != it]
    verdict.hold(path, "constants", constants, got["constants"])
    for it in got["imports"]:
        top = it["name"].split(".")[0]
        if not top:
            verdict.hold(path, "origin", "local", it["origin"])
        elif top not in sys.stdlib_module_names:
            verdict.hold(path, "origin", True, it["origin"] != "stdlib" or sys.version_info < (3, 14))
    lines = got["lines"]
    total = sum(lines[it] for it in ("code", "comment", "blank"))
    verdict.hold(path, "lines", lines["total"], total)


def main():
    paths = corpus.chosen(sys.argv[1:])
    got, broken = corpus.read(paths)
    verdict, parsed, silent = Verdict(), 0, 0
    for file in corpus.files(paths):
        path = os.path.realpath(file)
        if path not in got and path not in broken:
            continue  # a folder that docgen skips on purpose
        try:
            tree = ast.parse(pathlib.Path(path).read_bytes())
        except (SyntaxError, ValueError, RecursionError):
            silent += path not in broken
            continue
        parsed += 1
        verdict.hold(path, "accepted", True, path not in broken)
        rows = dict(got[path])
        module = rows.pop(("<module>", 1), None)
        verdict.hold(path, "module", True, module is not None)
        if module:
            hold_module(verdict, path, tree, module)
        exceptions, imported = Exceptions(tree), bound_by_imports(tree)
        for qualname, node, _ in scopes(tree):
            row = rows.pop((qualname, node.lineno), None)
            where = f"{path}:{node.lineno} {qualname}"
            verdict.hold(where, "found", True, row is not None)
            if row:
                hold_symbol(verdict, where, node, row, exceptions, imported, qualname)
        verdict.hold(path, "none too many", {}, rows)
    for field, count in verdict.fields.items():
        print(f"{field:18} {verdict.wrong[field]:6} of {count} differ")
    print(f"{parsed} files; {silent} that ast refuses are not called broken")
    wrong = sum(verdict.wrong.values())
    print(f"{sum(verdict.fields.values()) - wrong} passed, {wrong} failed")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
