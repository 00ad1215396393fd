#!/usr/bin/env python3
"""Holds docgen's findings against those of pydoclint, pylint's docparams, ruff, darglint and docsig.

The tools and ten packages (`tests/compare.txt`, pinned) are installed into target/test-tools/compare. Settings are mapped
so that all are asked the same: every symbol, private ones too, short docstrings too, parts that are missing altogether
too, no types. Findings are compared by file, symbol and meaning; what is said of `__init__` counts for its class. A
docstring in another style than its package's has no part in it: the others read one style a run.

Printed are, by meaning, how many symbols all tools agree on, where docgen alone is silent (every other tool that has a
voice there complains, two at least) and where docgen alone complains, with `--show N` cases of each drawn by `--seed`.
What they turned out to be is written in `tests/compared.md`.

Usage: compare.py [--show N] [--seed S] [--only PACKAGE...] [--json FILE]
"""

import argparse
import ast
import collections
import json
import os
import pathlib
import random
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
HOME = ROOT / "target" / "test-tools" / "compare"
REQUIREMENTS = ROOT / "tests" / "compare.txt"
PACKAGES = {
    "rich": "google",
    "griffe": "google",
    "absl": "google",
    "fire": "google",
    "joblib": "numpy",
    "networkx/classes": "numpy",
    "flask": "sphinx",
    "werkzeug": "sphinx",
    "requests": "sphinx",
    "anyio": "sphinx",
}
# darglint reads some files for hours: it gets this long for each.
SECONDS = 30
TESTS = ("/test/", "/tests/", "/_vendor/", "/_vendored/", "/externals/", "/v1/", "/_pydantic_v1/", "/__pycache__/")

# What each tool's codes mean. DOC103 and the like are told apart by their text.
MEANINGS = {
    "missing-param": {"DG201", "DOC103-", "DAR101", "SIG203", "W9015", "W9021", "D417"},
    "unknown-param": {"DG202", "DOC103+", "DAR102", "SIG202", "W9017", "DOC102"},
    "param-order": {"DG203", "DOC104", "SIG402"},
    "duplicate-param": {"DG204", "SIG201"},
    "missing-returns": {"DG301", "DOC201", "DAR201", "SIG503", "W9011"},
    "unknown-returns": {"DG302", "DOC202", "DAR202", "SIG502", "SIG504", "W9008"},
    "missing-yields": {"DG401", "DOC402", "DAR301", "W9013"},
    "unknown-yields": {"DG402", "DOC403", "DAR302", "W9010"},
    "missing-raises": {"DG501", "DOC503-", "DAR401", "W9006", "DOC501"},
    "unknown-raises": {"DG502", "DOC503+", "DAR402", "DOC502"},
    "missing-docstring": {"DG100", "DG101", "DG102", "DG103", "DG106", "D100", "D101", "D102", "D103", "D106"},
}
MEANING = {code: meaning for meaning, codes in MEANINGS.items() for code in codes}
# Who has a voice, by meaning and style. ruff's DOC rules know no Sphinx fields; its D417 only what has an Args section.
VOICES = {
    "pydoclint": ("google numpy sphinx", "missing-param unknown-param param-order missing-returns unknown-returns "
                  "missing-yields unknown-yields missing-raises unknown-raises"),
    "darglint": ("google numpy sphinx", "missing-param unknown-param missing-returns unknown-returns missing-yields "
                 "unknown-yields missing-raises unknown-raises"),
    "docsig": ("google numpy sphinx", "missing-param unknown-param param-order duplicate-param missing-returns unknown-returns"),
    "pylint": ("google numpy sphinx", "missing-param unknown-param missing-returns unknown-returns missing-yields "
               "unknown-yields missing-raises"),
    "ruff": ("google numpy", "unknown-param missing-returns unknown-returns missing-yields unknown-yields missing-raises "
             "unknown-raises missing-docstring"),
}


def install():
    """The environment with all tools; quick when it is there."""
    mark = HOME / "installed.txt"
    if mark.exists() and mark.read_bytes() == REQUIREMENTS.read_bytes():
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", HOME], check=True)
    subprocess.run([HOME / "bin/pip", "install", "-q", "--disable-pip-version-check", "-r", REQUIREMENTS], check=True)
    mark.write_bytes(REQUIREMENTS.read_bytes())


def run(tool, *arguments, cwd, ok=(0, 1)):
    """What a tool prints (pydoclint: on standard error). Some have exit codes of their own for findings."""
    tool = HOME / "bin" / tool if isinstance(tool, str) else tool
    done = subprocess.run([tool, *arguments], cwd=cwd, capture_output=True, text=True)
    if done.returncode not in ok:
        print(f"  {tool}: exit {done.returncode}: {done.stderr[-300:]}")
    return done.stdout or done.stderr


class Symbols:
    """The definitions of one file, found again by line."""

    def __init__(self, path):
        tree = ast.parse(path.read_bytes())
        self.spans = [(1, 10**9, "<module>", "")]
        self.walk(tree, "", "")

    def walk(self, node, prefix, kind):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                name = prefix + child.name
                start = min([child.lineno, *(it.lineno for it in child.decorator_list)])
                is_class = isinstance(child, ast.ClassDef)
                text = ast.get_docstring(child, clean=False) or ""
                self.spans.append((start, child.end_lineno, name, text))
                self.walk(child, name + ("." if is_class else ".<locals>."), is_class)
            else:
                self.walk(child, prefix, kind)

    def at(self, line):
        """The innermost definition around a line; a constructor's is its class's."""
        name = max((it for it in self.spans if it[0] <= line <= it[1]), key=lambda it: it[0])[2]
        return name.removesuffix(".__init__")


def by_docgen(files, style, cwd):
    # Whether there is a docstring at all is asked of public symbols, as ruff does; what it lacks, of every one.
    for setting, presence in (('preset = "strict"\nprivate = true\noverrides = "require"\nnested = true\nmagic = true\ntests = true\n', False), ("", True)):
        settings = HOME / "docgen.toml"
        settings.write_text(setting)
        arguments = ["check", "--all", "--config", settings, "--output-format", "json-lines", "--exit-zero", *files]
        for line in run(docgen(), *arguments, cwd=cwd).splitlines():
            symbol = json.loads(line)
            for finding in symbol.get("findings", ()):
                if finding["code"].startswith("DG1") == presence:
                    yield symbol["path"], finding["line"], finding["code"], finding["message"], symbol["qualname"]


def docgen():
    if "DOCGEN" in os.environ:
        return pathlib.Path(os.environ["DOCGEN"])
    done = subprocess.run(["cargo", "metadata", "--locked", "--no-deps", "--format-version", "1"], cwd=ROOT,
                          capture_output=True, check=True)
    return pathlib.Path(json.loads(done.stdout)["target_directory"]) / "debug" / "docgen"


def by_pydoclint(files, style, cwd):
    off = ["arg-type-hints-in-signature", "arg-type-hints-in-docstring", "check-return-types", "check-yield-types",
           "check-class-attributes", "skip-checking-short-docstrings"]
    on = ["allow-init-docstring", "omit-stars-when-documenting-varargs"]
    options = [*(f"--{it}=False" for it in off), *(f"--{it}=True" for it in on), f"--style={style}", "--quiet", "--exclude="]
    path = None
    for line in run("pydoclint", *options, *files, cwd=cwd).splitlines():
        found = re.match(r"\s+(\d+): (DOC\d+): (.*)", line)
        if not found:
            path = line.strip() or path
            continue
        line, code, text = int(found[1]), found[2], found[3]
        if code == "DOC103":
            lacking = re.search(r"in the function signature but not in the docstring: \[(.*?)\]", text)
            extra = re.search(r"in the docstring but not in the function signature: \[(.*?)\]", text)
            if lacking and lacking[1]:
                yield path, line, "DOC103-", lacking[1], None
            if extra and extra[1]:
                yield path, line, "DOC103+", extra[1], None
        elif code == "DOC503":
            said = re.search(r"Raised exceptions in the docstring: \[(.*?)\]\. Raised exceptions in the body: \[(.*?)\]", text)
            told, raised = (set(re.findall(r"[\w.]+", it)) for it in (said[1], said[2])) if said else (set(), {"?"})
            if raised - told:
                yield path, line, "DOC503-", text, None
            if told - raised:
                yield path, line, "DOC503+", text, None
        elif code == "DOC501":
            yield path, line, "DOC503-", text, None
        elif code == "DOC502":
            yield path, line, "DOC503+", text, None
        else:
            yield path, line, code, text, None


def by_darglint(files, style, cwd):
    template = "{path}\t{line}\t{msg_id}\t{obj}\t{msg}"
    for file in files:
        try:
            out = subprocess.run([HOME / "bin/darglint", "-s", style, "-z", "full", "-x", "-m", template, file], cwd=cwd,
                                 capture_output=True, text=True, timeout=SECONDS).stdout
        except subprocess.TimeoutExpired:
            print(f"  darglint: {file} takes over {SECONDS} s")
            continue
        for line in out.splitlines():
            parts = line.split("\t")
            if len(parts) == 5:
                yield parts[0], int(parts[1]), parts[2], parts[4], None


def by_docsig(files, style, cwd):
    options = ["--check-class", "--check-dunders", "--check-nested", "--check-overridden", "--check-protected",
               "--check-protected-class-methods", "-n", "-i"]
    place = None
    for line in run("docsig", *options, *files, cwd=cwd).splitlines():
        head = re.match(r"(\S+\.py):(\d+)(?: in (\S+))?", line)
        code = re.match(r"\s+(SIG\d+): (.*)", line)
        if head:
            place = head[1], int(head[2])
        elif code and place:
            yield *place, code[1], code[2], None


def by_pylint(files, style, cwd):
    options = ["--disable=all", "--enable=W9005,W9006,W9008,W9010,W9011,W9013,W9015,W9017,W9021",
               "--load-plugins=pylint.extensions.docparams", "--no-docstring-rgx=^$", "--output-format=json", "--jobs=1",
               "--accept-no-param-doc=n", "--accept-no-raise-doc=n", "--accept-no-return-doc=n", "--accept-no-yields-doc=n",
               f"--default-docstring-type={style}", "--rcfile=/dev/null", "--recursive=n"]
    out = run("pylint", *options, *files, cwd=cwd, ok=range(32))
    for it in json.loads(out):
        yield it["path"], it["line"], it["message-id"], it["message"], None


def by_ruff(files, style, cwd):
    convention = [] if style == "sphinx" else ["--config", f"lint.pydocstyle.convention='{style}'"]
    select = "D100,D101,D102,D103,D106" if style == "sphinx" else "D100,D101,D102,D103,D106,D417,DOC"
    options = ["check", "--isolated", "--no-cache", "--preview", "--ignore-noqa", "--select", select, *convention,
               "--output-format", "json", "--exit-zero"]
    for it in json.loads(run("ruff", *options, *files, cwd=cwd) or "[]"):
        yield os.path.relpath(it["filename"], cwd), it["location"]["row"], it["code"], it["message"], None


TOOLS = {"docgen": by_docgen, "pydoclint": by_pydoclint, "darglint": by_darglint, "docsig": by_docsig, "pylint": by_pylint,
         "ruff": by_ruff}


def findings(package, style, site):
    """Who says what: (file, symbol, meaning) -> tool -> message, and the symbols with their docstrings."""
    files = [it for it in sorted((site / package).rglob("*.py")) if not any(part in f"/{it.relative_to(site)}" for part in TESTS)]
    files = [str(it.relative_to(site)) for it in files if not it.stem.endswith("_test")]
    symbols = {file: Symbols(site / file) for file in files}
    said = collections.defaultdict(dict)
    for tool, read in TOOLS.items():
        for path, line, code, message, qualname in read(files, style, site):
            path = str(path).removeprefix("./")
            # ruff's DOC102, DOC202 and so on mean what pydoclint's do; its DOC501 and DOC502 as well.
            meaning = MEANING.get(code)
            if meaning and path in symbols:
                name = qualname.removesuffix(".__init__") if qualname else symbols[path].at(line)
                said[path, name, meaning].setdefault(tool, f"{code} line {line}: {message}")
    return said, symbols


def styles_of(symbols):
    """The style docgen finds in each docstring."""
    texts = [(path, span[2].removesuffix(".__init__"), span[3]) for path, it in symbols.items() for span in it.spans]
    command = ["cargo", "run", "--locked", "--quiet", "--example", "docstring_json"]
    command = [os.environ["DOCSTRING_JSON"]] if "DOCSTRING_JSON" in os.environ else command
    lines = "\n".join(json.dumps(text) for _, _, text in texts)
    done = subprocess.run(command, cwd=ROOT, input=lines, capture_output=True, text=True, check=True)
    found = collections.defaultdict(set)
    for (path, name, _), line in zip(texts, done.stdout.splitlines()):
        found[path, name].add(json.loads(line)["style"])
    return found


def sort(package, style, site, buckets):
    """Puts each place into its bucket."""
    said, symbols = findings(package, style, site)
    styles = styles_of(symbols)
    for (path, name, meaning), voices in said.items():
        own = {"Epytext": "epytext", "Google": "google", "Numpy": "numpy", "Sphinx": "sphinx"}
        if any(own.get(it, style) != style for it in styles[path, name]):
            continue
        asked = {tool for tool, (kinds, meanings) in VOICES.items() if style in kinds.split() and meaning in meanings.split()}
        others = set(voices) - {"docgen"}
        if "docgen" in voices:
            side = "all agree" if asked <= others else "docgen and some" if others else "docgen alone complains"
        elif asked and asked <= others and len(others) > 1:
            side = "docgen alone is silent"
        else:
            side = "some others" if len(others) > 1 else "one other"
        buckets[meaning, side].append({"package": package, "path": path, "symbol": name, "voices": voices})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--show", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=list(PACKAGES))
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()
    install()
    site = next((HOME / "lib").glob("python3*/site-packages")).resolve()
    buckets = collections.defaultdict(list)
    for package in options.only:
        sort(package, PACKAGES[package], site, buckets)
        print(f"{package} ({PACKAGES[package]}): done", flush=True)
    sides = ["all agree", "docgen and some", "docgen alone complains", "docgen alone is silent", "some others", "one other"]
    print(f"\n{'':20}" + "".join(f"{it:>24}" for it in sides))
    for meaning in MEANINGS:
        print(f"{meaning:20}" + "".join(f"{len(buckets[meaning, side]):24}" for side in sides))
    for (meaning, side), cases in sorted(buckets.items(), key=lambda it: -len(it[1])):
        if side not in ("docgen alone complains", "docgen alone is silent", "some others"):
            continue
        print(f"\n{meaning}, {side}: {len(cases)}")
        for case in random.Random(options.seed).sample(cases, min(options.show, len(cases))):
            print(f"  {case['path']} {case['symbol']}")
            for tool, message in case["voices"].items():
                print(f"    {tool}: {message[:160]}")
    if options.json:
        options.json.write_text(json.dumps([{"meaning": m, "side": s, **it} for (m, s), its in buckets.items() for it in its]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
