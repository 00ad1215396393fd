#!/usr/bin/env python3
"""What mending costs beside finding: `docgen fix --all` against `docgen check --all` on the same tree.

The tree has 10,000 functions, each with a parameter that was renamed: 10,000 mechanical edits. CPU is user and system
time of the process, the median of several runs; the ratio is held to 5.

Usage: fix_cost.py [--runs N] [--symbols N] [DOCGEN]
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

LIMIT = 5.0
FUNCTION = '''def measure_{at}(surface, threshold, *, retries=3, verbose=False):
    """Measure how far the surface bends under load number {at}.

    The load is taken off between measurements, so that the surface can settle.

    Args:
        surface: What is measured.
        treshold: How far it may bend before it counts as broken.
        retries: How often a failed measurement is done again.
        verbose: Whether each one is told of.

    Returns:
        The largest distance, in millimetres.

    Raises:
        ValueError: If the surface broke.
    """
    largest = 0
    for attempt in range(retries):
        distance = surface.press({at}, attempt)
        if verbose:
            print(f"attempt {{attempt}}: {{distance:.3f}}", file=surface.log)
        if distance > threshold:
            raise ValueError(f"broken at {{distance}} with {{attempt + 1}} attempts")
        largest = max(largest, distance)
    surface.release()
    return largest
'''


def write(folder, symbols):
    """Write the tree: 100 functions a file."""
    for first in range(0, symbols, 100):
        functions = [FUNCTION.format(at=at) for at in range(first, min(first + 100, symbols))]
        (folder / f"m{first}.py").write_text('"""Loads."""\n\n\n' + "\n\n".join(functions))


def cost(command, folder):
    """CPU seconds of a command, and what it said last."""
    with open(folder.parent / "said", "wb+") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=said)
        _, _, usage = os.wait4(process.pid, 0)
        said.seek(0)
        last = said.read().decode().strip().splitlines()[-1:]
    return usage.ru_utime + usage.ru_stime, "".join(last)


def main():
    """Measure and print; exit 1 above the limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--symbols", type=int, default=10_000)
    parser.add_argument("docgen", nargs="?", default="docgen")
    arguments = parser.parse_args()
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="docgen-cost-"))
    tree = scratch / "tree"
    costs = {"check": [], "fix": []}
    said = {}
    docgen = shutil.which(arguments.docgen)
    for _ in range(arguments.runs):
        shutil.rmtree(tree, ignore_errors=True)
        tree.mkdir()
        write(tree, arguments.symbols)
        for name in ("check", "fix"):
            seconds, said[name] = cost([docgen, name, "--all", "--isolated"], tree)
            costs[name].append(seconds)
    shutil.rmtree(scratch)
    check, fix = (statistics.median(costs[name]) for name in ("check", "fix"))
    for name in ("check", "fix"):
        print(f"{name}: {statistics.median(costs[name]):.3f} s CPU; {said[name]}")
    print(f"fix / check: {fix / check:.2f} (limit {LIMIT:.0f}), {fix * 1e6 / arguments.symbols:.0f} us a symbol")
    return 1 if fix > LIMIT * check else 0


if __name__ == "__main__":
    sys.exit(main())
