#!/usr/bin/env python3
"""`docgen fix` as a hook of the real pre-commit and prek, with the docgen on PATH: what it mends stays, or it says why not."""

import os
import shutil
import sys

from consumer import TOOLS, run

CONFIG = """repos:
- repo: local
  hooks:
  - id: docgen
    name: docgen
    entry: docgen fix
    language: system
    types_or: [python, pyi]
    require_serial: true
"""
STALE = '''"""Reads from a server."""


def fetch(url, limit):
    """Read what lies at an address.

    Args:
        url: Where it lies.
        maximum: How much to read.
    """
    print(url, limit)


def one():
    """Do one thing."""
    print(1)
'''
MENDED = STALE.replace("maximum:", "limit:")


def prepare(consumer):
    """What both hosts want."""
    consumer.environment["PATH"] = os.environ["PATH"]
    consumer.environment["PRE_COMMIT_HOME"] = str(consumer.root / ".git" / "hosts")
    consumer.environment["PREK_HOME"] = str(consumer.root / ".git" / "hosts")
    consumer.stage(".pre-commit-config.yaml", CONFIG)
    consumer.git("commit", "--quiet", "--no-verify", "--message=hook")


def under(host, case):
    """The case with the hook installed by `host`."""

    def hosted(it):
        code, output = it.run(str(TOOLS / "venv" / "bin" / host), "install")
        assert code == 0, output
        case(it)

    hosted.__name__ = f"{host}: {case.__name__}"
    return hosted


def what_is_mended_stays_and_is_not_staged(it):
    it.stage("client.py", STALE)
    it.refuses(report=("files were modified by this hook",))
    assert (it.root / "client.py").read_text() == MENDED
    assert it.git("show", ":client.py") == STALE


def an_unstaged_change_four_lines_away_is_kept_beside_what_is_mended(it):
    it.stage("client.py", STALE)
    it.write("client.py", STALE.replace("one thing", "another thing"))
    output = it.refuses(report=("files were modified by this hook",))
    assert "olling back" not in output, output
    assert (it.root / "client.py").read_text() == MENDED.replace("one thing", "another thing")


def an_unstaged_change_within_three_lines_is_explained_and_nothing_rolled_back(it):
    unstaged = STALE.replace("print(url, limit)", "print(limit, url)")
    it.stage("client.py", STALE)
    it.write("client.py", unstaged)
    output = it.refuses(report=("an unstaged change lies within three lines of it", "would roll back"))
    assert "olling back" not in output, output
    assert (it.root / "client.py").read_text() == unstaged
    assert it.git("show", ":client.py") == STALE


CASES = (
    what_is_mended_stays_and_is_not_staged,
    an_unstaged_change_four_lines_away_is_kept_beside_what_is_mended,
    an_unstaged_change_within_three_lines_is_explained_and_nothing_rolled_back,
)


if __name__ == "__main__":
    if not shutil.which("docgen"):
        print("there is no docgen on PATH: `./tests/run` puts it there")
        print("0 passed, 1 failed")
        sys.exit(1)
    hosted = [under(host, case) for host in ("pre-commit", "prek") for case in CASES]
    sys.exit(run(hosted, prepare))
