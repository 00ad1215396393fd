#!/usr/bin/env python3
"""Holds docgen's reading of docstrings against griffe, docstring_parser and sphinx's napoleon.

For each docstring of the given packages the names of parameters, of exceptions, and whether something is
returned are read by each judge in the style that docgen found. Where the judges agree with each other, docgen
should agree with them; where it does not, the difference is printed, and counted by the verdict that
`docstring_verdicts.tsv` beside this script gives on it.

Usage: docstring_judges.py [--show N] [--seed S] FOLDER...  (default: the installed numpy, flask, requests)
"""

import argparse
import ast
import hashlib
import inspect
import json
import logging
import os
import pathlib
import random
import re
import subprocess
import sys
import warnings

import docstring_parser
import griffe
from sphinx.ext.napoleon import Config, GoogleDocstring, NumpyDocstring

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("DOCSTRING_JSON")
PARAMS = {"Params", "KeywordParams", "OtherParams"}
FIELD = re.compile(r"^:(\w+)(?:\s+([^:`]*(?:`[^`]*`)?[^:`]*))?:(?:\s|$)")


def docstrings(folder):
    """Each docstring of the Python files below `folder`, with where it stands."""
    for path in sorted(pathlib.Path(folder).rglob("*.py")):
        try:
            tree = ast.parse(path.read_bytes())
        except (SyntaxError, ValueError, RecursionError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                value = ast.get_docstring(node, clean=False)
                if value and "\n" in value.strip():
                    yield f"{path}:{getattr(node, 'lineno', 1)}", value


def bare(names):
    """Names without stars, quotes and types, split where several share an entry."""
    found = set()
    for name in names:
        for part in re.split(r",\s*|\s+or\s+|\s+and\s+|\s*/\s*", name or ""):
            part = part.strip().strip("`'\"").replace("\\", "").lstrip("*").rstrip("_").strip("`'\"")
            if part:
                found.add(part.split("(")[0].split("=")[0].split("`")[-1].lstrip("~").strip())
    return frozenset(found)


def attributes(parsed):
    """Names of attributes: docstring_parser takes epytext's `@type x` of an attribute for a parameter's."""
    return bare(e["name"] for s in parsed["sections"] if s["kind"] == "Attributes" for e in s["entries"])


def summary(params, raises, returns):
    return {"params": bare(params), "raises": bare(raises), "returns": bool(returns)}


def ours(parsed):
    entries = [(s["kind"], e) for s in parsed["sections"] for e in s["entries"]]
    kinds = {s["kind"] for s in parsed["sections"]}
    return summary(
        [e["name"] for k, e in entries if k in PARAMS and e["name"]],
        [e["name"] for k, e in entries if k == "Raises" and e["name"]],
        kinds & {"Returns", "Yields"},
    )


def by_griffe(value, style):
    docstring = griffe.Docstring(inspect.cleandoc(value))
    parse = {"Google": griffe.parse_google, "Numpy": griffe.parse_numpy, "Sphinx": griffe.parse_sphinx}[style]
    params, raises, returns = [], [], False
    for section in parse(docstring, warnings=False):
        kind = section.kind.value
        if kind in ("parameters", "other parameters", "keyword arguments"):
            params += [item.name for item in section.value]
        elif kind == "raises":
            raises += [str(item.annotation) for item in section.value]
        elif kind in ("returns", "yields"):
            returns = True
    return summary(params, raises, returns)


def by_docstring_parser(value, style):
    styles = docstring_parser.DocstringStyle
    parsed = docstring_parser.parse(
        inspect.cleandoc(value),
        {"Google": styles.GOOGLE, "Numpy": styles.NUMPYDOC, "Sphinx": styles.REST, "Epytext": styles.EPYDOC}[style],
    )
    params = [p.arg_name for p in parsed.params if p.args[0] not in ("attribute", "attr", "ivar", "cvar", "var")]
    return summary(params, [r.type_name for r in parsed.raises], parsed.returns)


def by_napoleon(value, style):
    config = Config(napoleon_use_param=True, napoleon_use_rtype=True, napoleon_use_keyword=True, napoleon_use_ivar=True)
    kind = {"Google": GoogleDocstring, "Numpy": NumpyDocstring}[style]
    lines = str(kind(inspect.cleandoc(value), config)).split("\n")
    params, raises, returns = [], [], False
    for line in lines:
        field = FIELD.match(line)
        if not field:
            continue
        keyword, argument = field[1], field[2] or ""
        if keyword in ("param", "keyword"):
            params.append(argument)
        elif keyword == "raises":
            raises.append(argument)
        elif keyword in ("returns", "rtype", "Yields", "Yield", "Returns"):
            returns = True
    return summary(params, raises, returns)


JUDGES = {
    "Google": [by_griffe, by_docstring_parser, by_napoleon],
    "Numpy": [by_griffe, by_docstring_parser, by_napoleon],
    "Sphinx": [by_griffe, by_docstring_parser],
    "Epytext": [by_docstring_parser],
}


def judged(value, style):
    """What each judge reads; one that fails has no voice."""
    for judge in JUDGES[style]:
        try:
            yield judge.__name__[3:], judge(value, style)
        except Exception:  # noqa: BLE001
            continue


def read_all(values):
    """What docgen reads of each value."""
    command = [BINARY] if BINARY else ["cargo", "run", "--locked", "--quiet", "--example", "docstring_json"]
    lines = "\n".join(json.dumps(value) for value in values)
    done = subprocess.run(command, cwd=ROOT, input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def structured_by_others(value):
    """Styles in which docstring_parser finds structure where docgen finds none."""
    for style in ("Google", "Numpy", "Sphinx"):
        voices = [voice for _, voice in judged(value, style)]
        if voices and all(any(voice.values()) for voice in voices):
            yield style


def compare(where, value, parsed):
    """The differences in one docstring: (facet, what docgen reads, what all judges read)."""
    style = parsed["style"]
    if style is None:
        for other in structured_by_others(value):
            yield "style", "none", other, {}
        return
    voices = dict(judged(value, style))
    if not voices:
        return
    mine = ours(parsed)
    for facet in ("params", "raises", "returns"):
        said = {voice[facet] for voice in voices.values()}
        if style == "Epytext" and facet == "params":
            said = {names - attributes(parsed) for names in said}
        if len(said) == 1 and mine[facet] not in said:
            yield facet, mine[facet], said.pop(), voices


def verdicts():
    path = pathlib.Path(__file__).with_name("docstring_verdicts.tsv")
    if not path.exists():
        return {}
    rows = (line.split("\t") for line in path.read_text().splitlines() if line and not line.startswith("#"))
    return {key: verdict for key, verdict, *_ in rows}


def shown(reading):
    return ",".join(sorted(reading)) if isinstance(reading, frozenset) else str(reading)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--text", action="store_true")
    parser.add_argument("folders", nargs="*")
    options = parser.parse_args()
    folders = options.folders or [pathlib.Path(__import__(name).__file__).parent for name in ("numpy", "flask", "requests")]
    known = verdicts()
    passed = failed = 0
    for folder in folders:
        found = list(docstrings(folder))
        differences, agreed, styles = [], 0, {}
        for (where, value), parsed in zip(found, read_all([value for _, value in found])):
            styles[parsed["style"]] = styles.get(parsed["style"], 0) + 1
            here = list(compare(where, value, parsed))
            agreed += not here
            differences += [(where, value, *it) for it in here]
        print(f"{folder}: {len(found)} docstrings, {agreed} agreed, {len(differences)} differences, styles {styles}")
        unjudged = []
        for where, value, facet, mine, theirs, _ in differences:
            key = hashlib.sha256(f"{facet}\n{value}".encode()).hexdigest()[:16]
            if key not in known:
                unjudged.append((key, where, facet, shown(mine), shown(theirs), value))
        random.Random(options.seed).shuffle(unjudged)
        for key, where, facet, mine, theirs, value in unjudged[: options.show]:
            print(f"  {key} {where} {facet}: docgen {mine!r}, all judges {theirs!r}")
            if options.text:
                print("      | " + value.replace("\n", "\n      | "))
        passed += agreed + len(differences) - len(unjudged)
        failed += len(unjudged)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
