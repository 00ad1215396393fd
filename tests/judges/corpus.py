"""What the judges of `docgen symbols` share: the corpus, and what docgen reads in it."""
import collections
import json
import os
import pathlib
import subprocess
import sys
import sysconfig

SKIPPED = {"test", "tests", "idlelib", "lib2to3", "site-packages", "dist-packages", "__pycache__", "venv"}


def chosen(arguments):
    """The paths of the command line; without one the running Python's standard library without its tests."""
    if arguments:
        return [pathlib.Path(it) for it in arguments]
    library = pathlib.Path(sysconfig.get_paths()["stdlib"])
    found = (it for it in library.iterdir() if it.is_dir() or it.suffix == ".py")
    return sorted(it for it in found if it.name not in SKIPPED)


def files(paths):
    for path in paths:
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def read(paths):
    """Each file's rows by qualified name and line, and the files that docgen calls broken."""
    run = subprocess.run(
        ["docgen", "symbols", "--isolated", "--output-format", "json-lines", *map(str, paths)],
        capture_output=True, text=True, encoding="utf-8",
    )
    if run.returncode not in (0, 1):
        sys.exit(f"docgen symbols: exit {run.returncode}: {run.stderr[-500:]}")
    rows = collections.defaultdict(dict)
    for line in run.stdout.splitlines():
        row = json.loads(line)
        rows[os.path.realpath(row["path"])][row["qualname"], row["line"]] = row
    broken = {os.path.realpath(line.rsplit(":", 2)[0]) for line in run.stderr.splitlines() if line.count(":") > 1}
    return rows, broken
