#!/usr/bin/env python3
"""Holds docgen's reading of docstrings against griffe, docstring_parser and sphinx's napoleon.

For each docstring of the given packages the names of parameters, of exceptions, and whether something is
returned are read by each judge in the style that docgen found. Where the judges agree with each other, docgen
should agree with them; where it does not, the difference is printed, and counted by the verdict that
`docstring_verdicts.tsv` beside this script gives on it.

Then each docstring is turned into every other style: all words must still be there, what stands before the sections
byte for byte, writing what was read must give the same text again, and in the new style docgen and the judges are
compared once more. And a parameter and an exception are added to each: every line that was there must still be there, and
docgen and the judges must read the same as before with these two more.

Usage: docstring_judges.py [--show N] [--seed S] [--text] [--rows] FOLDER...
       default: a few small installed packages of each style; --rows prints differences as lines for the verdicts
"""

import argparse
import ast
import collections
import hashlib
import importlib.util
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


def read_all(values, *style):
    """What docgen reads of each value; with a style, what it is in that style."""
    command = [BINARY] if BINARY else ["cargo", "run", "--locked", "--quiet", "--example", "docstring_json", "--"]
    command += style
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
            # docstring_parser reads no starred names in epytext.
            starred = frozenset(re.findall(r"@\w+\s+\*+(\w+)", value))
            said = {names - attributes(parsed) - starred for names in said}
            mine[facet] -= starred
        if style == "Epytext" and facet == "raises":
            # Nor dotted ones.
            mine[facet] = frozenset(name for name in mine[facet] if "." not in name)
        if len(said) == 1 and mine[facet] not in said:
            yield facet, mine[facet], said.pop(), voices


WORD = re.compile(r"\w+")
# Words that a style's own marks are made of.
MARKS = set("""args arguments parameters params keyword other attributes methods return returns yield yields raise raises
exceptions warn warns rtype type vartype kwtype ytype param parameter arg ivar cvar var receives key except exception throws
kwarg note notes class exc py obj ref and or attribute attr returntype vartypes yieldtype""".split())


def words(text):
    """How often each word stands in a text, marks apart: a type's field says its entry's name once more."""
    text = re.sub(r"^\s*[@:]\w*type\s[^:]*:", "", text, flags=re.MULTILINE)
    text = text.replace("\\_", "_")
    return collections.Counter(it for it in WORD.findall(text) if it.lower() not in MARKS)


def lost(value, parsed, written):
    """Words that are in `value` and not in `written`, or less often, titles apart."""
    titles = words(" ".join(it["title"] for it in parsed["sections"]))
    return list((words(value) - words(written) - titles).elements())


def prose(value, parsed):
    """What stands before the first section, if a summary does."""
    end = parsed["description"] or parsed["summary"] or ""
    return value[: value.index(end) + len(end)] if end else ""


def converted(found, parsed):
    """Each docstring in each other style: counts of what was done, and of what is wrong with it."""
    counts, faults, values = collections.Counter(), [], collections.defaultdict(list)
    for style in ("google", "numpy", "sphinx", "epytext"):
        results = read_all([value for _, value in found], style)
        for (where, value), old, it in zip(found, parsed, results):
            if style == "google" and it["again"] is False:
                faults.append((where, value, "again", "not the same text when written again", ""))
            into = it["converted"]
            if "declined" in into:
                counts["declined: " + into["why"]] += 1
            elif into["value"] is not None:
                counts["converted"] += 1
                new = into["value"]
                values[style].append((where, new))
                if gone := lost(value, old, new):
                    faults.append((where, value, style, f"lost {gone[:5]}", new))
                if not new.startswith(prose(value, old).rstrip()):
                    faults.append((where, value, style, "another beginning", new))
    # A single judge is no jury.
    juries = {name.lower() for name, judges in JUDGES.items() if len(judges) > 1}
    for style, its in values.items():
        if style not in juries:
            continue
        for (where, value), parsed_new in zip(its, read_all([value for _, value in its])):
            counts["judged anew"] += 1
            for facet, mine, theirs, _ in compare(where, value, parsed_new):
                if facet != "style":
                    faults.append((where, value, f"{style} {facet}", f"docgen {shown(mine)}", f"all judges {shown(theirs)}"))
    return counts, faults


def extended(found, parsed):
    """Each docstring with entries added: counts of what was done, and of what is wrong with it."""
    counts, faults = collections.Counter(), []
    results = read_all([value for _, value in found], "insert")
    news = [(where, value, old, it["value"]) for (where, value), old, it in zip(found, parsed, results) if "value" in it]
    counts.update("not added: " + it["why"] for it in results if "declined" in it)
    for (where, value, old, new), again in zip(news, read_all([it[3] for it in news])):
        counts["added"] += 1
        mine, before = ours(again), ours(old)
        lines, left = value.rstrip().split("\n"), iter(new.split("\n"))
        if not all(any(line.rstrip() == it.rstrip() for it in left) for line in lines):
            faults.append((where, value, "added", "another line is gone", new))
        if mine["params"] != before["params"] | {"new_param"} or mine["raises"] != before["raises"] | {"NewError"}:
            faults.append((where, value, "added", f"docgen reads {sorted(mine['params'] ^ before['params'])}", new))
        # Judges that did not read what was there do not read what is beside it.
        if again["style"] and len(JUDGES[again["style"]]) > 1 and not list(compare(where, value, old)):
            news_of = {facet: [voice[facet] for _, voice in judged(new, again["style"])] for facet in ("params", "raises")}
            for facet, name in (("params", "new_param"), ("raises", "NewError")):
                said = news_of[facet]
                if said and not any(name in names for names in said):
                    faults.append((where, value, "added", f"no judge reads {name}", new))
    return counts, faults


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
    parser.add_argument("--rows", action="store_true")
    parser.add_argument("folders", nargs="*")
    options = parser.parse_args()
    names = ("griffe", "docstring_parser", "jinja2", "requests", "joblib", "constantly")
    folders = options.folders or [pathlib.Path(importlib.util.find_spec(name).origin).parent for name in names]
    known = verdicts()
    passed = failed = 0
    for folder in folders:
        found = list(docstrings(folder))
        parsed = read_all([value for _, value in found])
        differences, agreed = [], 0
        styles = collections.Counter(it["style"] for it in parsed)
        for (where, value), it in zip(found, parsed):
            here = list(compare(where, value, it))
            agreed += not here
            differences += [(where, value, *it) for it in here]
        print(f"{folder}: {len(found)} docstrings, {agreed} agreed, {len(differences)} differences, styles {dict(styles)}")
        unjudged = []
        for where, value, facet, mine, theirs, _ in differences:
            key = hashlib.sha256(f"{facet}\n{value}".encode()).hexdigest()[:16]
            if key not in known:
                unjudged.append((key, where, facet, shown(mine), shown(theirs), value))
        random.Random(options.seed).shuffle(unjudged)
        for key, where, facet, mine, theirs, value in unjudged[: options.show]:
            if options.rows:
                print("ROW", key, "?", facet, where.split("site-packages/")[-1], mine, theirs, sep="\t")
                continue
            print(f"  {key} {where} {facet}: docgen {mine!r}, all judges {theirs!r}")
            if options.text:
                print("      | " + value.replace("\n", "\n      | "))
        counts, faults = converted(found, parsed)
        more, wrong = extended(found, parsed)
        counts, faults = counts + more, faults + wrong
        print(f"  written: {dict(counts.most_common())}, {len(faults)} faults")
        random.Random(options.seed).shuffle(faults)
        for where, value, style, fault, detail in faults[: options.show]:
            print(f"  {where} {style}: {fault}" + ("" if "\n" in detail else f", {detail}"))
            if options.text:
                print("      | " + value.replace("\n", "\n      | "))
                print("      > " + detail.replace("\n", "\n      > "))
        passed += agreed + len(differences) - len(unjudged) + counts["converted"] + counts["added"] - len(faults)
        failed += len(unjudged) + len(faults)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
