#!/usr/bin/env python3
"""What `docgen check` of a change costs beside `git diff --name-only` and `ruff check`, in a large repository.

    benches/compare_git.py --fetch             # a repository of all files of the home-assistant wheel
    benches/compare_git.py path/to/repository  # with a commit of its own on top; its worktree and index are restored

Five Python files are changed: in a commit, then staged, then in the worktree. Whole processes are run alternately,
after one unmeasured run each that warms the page cache; printed are medians of wall and CPU time, in ms, and the
ratios that `--check` holds: a range at most 1.5 times `git diff --name-only A B`, staged at most 1.0 times
`git diff --cached --name-only`, both at most 0.6 of `ruff check` on the same files by name, the worktree at most 0.5
times `git diff --name-only`.
"""

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import time
import zipfile
from pathlib import Path

from compare_ruff import CORPUS, PACKAGE, RUFF, VENV, VERSION, build

ROOT = Path(__file__).resolve().parent.parent
GOALS = (
    ("range", "range, git", 1.5),
    ("range", "ruff", 0.6),
    ("staged", "staged, git", 1.0),
    ("staged", "ruff", 0.6),
    ("worktree", "worktree, git", 0.5),
)
ADDED = "\n\ndef added_by_the_benchmark(value):\n    value.close()\n    return value\n"


def main():
    options = arguments()
    subprocess.run([ROOT / "tests/tools"], check=True)
    repository = fetch() if options.fetch else options.path.resolve()
    docgen = options.docgen or build()
    git = Git(repository)
    listed = git("ls-files", "-z", "--", "*.py").split("\0")
    large = [it for it in listed if it and (repository / it).stat().st_size > 2000]
    files = sorted(random.Random(options.seed).sample(large, 5))
    print(f"{repository}: {git('ls-files', '-z').count(chr(0))} files, {len(listed)} of Python; 5 changed")
    check = [docgen, "check", "--isolated", "--quiet"]
    results = {}
    start = git("rev-parse", "HEAD").strip()
    try:
        change(repository, files)
        results |= compare(repository, options.rounds, {
            "worktree": [*check, "--since=HEAD"],
            "worktree, git": ["git", "diff", "--name-only"],
        })
        git("add", "--", *files)
        results |= compare(repository, options.rounds, {
            "staged": [*check, "--staged"],
            "staged, git": ["git", "diff", "--cached", "--name-only"],
        })
        git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--no-verify", "--message=change")
        results |= compare(repository, options.rounds, {
            "range": [*check, f"--from-ref={start}", "--to-ref=HEAD"],
            "range, git": ["git", "diff", "--name-only", start, "HEAD"],
            "ruff": [VENV / "ruff", *RUFF, *files],
        })
    finally:
        git("reset", "--quiet", "--hard", start)
    for name, (wall, cpu) in results.items():
        print(f"{name:16} wall {wall:7.1f}  cpu {cpu:7.1f}")
    missed = 0
    for name, other, most in GOALS:
        wall, cpu = (mine / theirs for mine, theirs in zip(results[name], results[other]))
        missed += wall > most
        print(f"{name:10} / {other:14} wall {wall:5.2f}  cpu {cpu:5.2f}  at most {most}")
    sys.exit(1 if options.check and missed else 0)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("path", nargs="?", type=Path, help="a repository with nothing to commit")
    source.add_argument("--fetch", action="store_true", help=f"make one of {PACKAGE} {VERSION} from PyPI")
    parser.add_argument("--docgen", type=Path, help="a binary; built where none is given")
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--check", action="store_true", help="exit 1 where a goal is missed")
    return parser.parse_args()


class Git:
    """git in one repository."""

    def __init__(self, root):
        self.root = root

    def __call__(self, *command):
        done = subprocess.run(["git", *command], cwd=self.root, check=True, capture_output=True)
        return done.stdout.decode()


def fetch():
    """The repository, made once: every file of the wheel in one commit, packed."""
    root = CORPUS / f"{PACKAGE}-{VERSION}-repository"
    if (root / ".git/packed-refs").exists():
        return root
    root.mkdir(parents=True, exist_ok=True)
    wheels = CORPUS / "wheels"
    subprocess.run([VENV / "pip", "download", "--quiet", "--no-deps", "--ignore-requires-python", "--only-binary=:all:",
                    "--dest", wheels, f"{PACKAGE}=={VERSION}"], check=True)
    with zipfile.ZipFile(next(wheels.glob("*.whl"))) as wheel:
        wheel.extractall(root)
    git = Git(root)
    git("init", "--quiet")
    # The commit would start one of its own in the background, which the one below would meet.
    git("config", "gc.auto", "0")
    git("add", "--all", "--force")
    git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message=release")
    git("gc", "--quiet")
    git("status")
    return root


def change(repository, files):
    """A new function at the end of each file; then the second in which all was written is let pass."""
    for name in files:
        path = repository / name
        path.write_text(path.read_text() + ADDED)
    time.sleep(1.5)
    subprocess.run(["git", "status"], cwd=repository, check=True, stdout=subprocess.DEVNULL)


def compare(folder, rounds, commands):
    """Medians of wall and CPU time of each command, in ms."""
    measured = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            taken = run(folder, command)
            if turn:
                measured[name].append(taken)
    return {name: tuple(statistics.median(column) for column in zip(*rows)) for name, rows in measured.items()}


def run(folder, command):
    environment = {name: value for name, value in os.environ.items() if name not in ("CI", "GITHUB_ACTIONS")}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return wall * 1000, cpu * 1000


if __name__ == "__main__":
    main()
