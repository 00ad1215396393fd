#!/usr/bin/env python3
"""What `docgen check` costs beside `ruff check` on the same Python files, in one run.

Both read the same folder or files alternately (A B A B ...), after one unmeasured run each that
warms the page cache. Printed are medians of CPU time (user and system), wall time and peak memory.

    benches/compare_ruff.py --fetch               # home-assistant from PyPI, into target/corpus
    benches/compare_ruff.py path/to/package
    benches/compare_ruff.py --files 5 path/to/package

ruff runs its docstring rules only: D and DOC in the google convention, which is the nearest to what
docgen does, or all of them with --convention none. Its version is pinned in tests/requirements.txt.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / "target/test-tools/venv/bin"
CORPUS = ROOT / "target/corpus"
PACKAGE = "homeassistant"
VERSION = "2026.11.0"
DOCGEN = "check --all --quiet".split()
RUFF = "check --isolated --no-cache --preview --select D,DOC -s".split()


def main():
    options = parse_arguments()
    subprocess.run([ROOT / "tests/tools"], check=True)
    target = fetch() if options.fetch else options.path
    files = sorted(it for it in target.rglob("*") if it.suffix in (".py", ".pyi") and it.is_file())
    if not files:
        sys.exit(f"no Python file below {target}")
    inputs = [target]
    if options.files:
        chosen = random.Random(options.seed).sample(files, min(options.files, len(files)))
        inputs = files = sorted(chosen)
    commands = {
        "docgen": [options.docgen or build(), *DOCGEN, *inputs],
        "ruff": [VENV / "ruff", *RUFF, *convention(options.convention), *inputs],
    }
    size = sum(it.stat().st_size for it in files) / 1e6
    print(f"{target}: {len(files)} files, {size:.1f} MB; {options.rounds} rounds, medians")
    ratio = report(compare(commands, options.rounds))
    if options.max_cpu_ratio is not None and ratio > options.max_cpu_ratio:
        sys.exit(f"CPU ratio {ratio:.3f} is over {options.max_cpu_ratio}")


def convention(name):
    return [] if name == "none" else ["--config", f'lint.pydocstyle.convention="{name}"']


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("path", nargs="?", type=Path, help="a folder of Python files")
    source.add_argument("--fetch", action="store_true", help=f"download {PACKAGE} {VERSION} once and take that")
    parser.add_argument("--files", type=int, metavar="N", help="give N of the files by name, not the folder")
    parser.add_argument("--seed", type=int, default=1, help="which N files (default: 1)")
    parser.add_argument("--rounds", type=int, help="runs of each (default: 7; with --files 41)")
    parser.add_argument("--convention", default="google", help="ruff's convention, or none: all of D (default: google)")
    parser.add_argument("--docgen", type=Path, help="a built docgen (default: cargo build --release)")
    parser.add_argument("--max-cpu-ratio", type=float, metavar="R", help="exit 1 over R of ruff's CPU")
    options = parser.parse_args()
    options.rounds = options.rounds or (41 if options.files else 7)
    return options


def fetch():
    """The corpus, downloaded once; it is only read, so the running Python's version does not matter."""
    folder = CORPUS / f"{PACKAGE}-{VERSION}"
    if not folder.exists():
        pip = [VENV / "python", "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        pip += ["--no-deps", "--ignore-requires-python", "--only-binary=:all:", "--dest", CORPUS]
        subprocess.run([*pip, f"{PACKAGE}=={VERSION}"], check=True)
        wheel = next(CORPUS.glob(f"{PACKAGE}-{VERSION}-*.whl"))
        partial = CORPUS / "partial"
        zipfile.ZipFile(wheel).extractall(partial)
        partial.rename(folder)
    return folder


def build():
    """The release binary of this tree."""
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=ROOT, check=True)
    return Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/docgen"


def compare(commands, rounds):
    """Each command's costs, run after run."""
    for command in commands.values():
        run(command)
    costs = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            costs[name].append(run(command))
    return costs


# A process's peak memory counts what its parent weighed when it was started, so a light one starts it.
STARTER = """
import os, sys, time
null = os.open(os.devnull, os.O_RDWR)
to_null = [(os.POSIX_SPAWN_DUP2, null, descriptor) for descriptor in (0, 1)]
start = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=to_null)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - start
print(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)
"""


def run(command):
    """CPU seconds, wall seconds and peak memory in MB of one run; findings are no failure."""
    starter = [sys.executable, "-I", "-S", "-c", STARTER, *command]
    answer = subprocess.run(starter, stdout=subprocess.PIPE, text=True, check=True).stdout
    code, *costs = map(float, answer.split())
    if code not in (0, 1):
        sys.exit(f"{command[0]} ended with {code:.0f}")
    return costs


def report(costs):
    """Prints the table; gives the ratio of CPU times."""
    medians = {name: [statistics.median(it) for it in zip(*runs)] for name, runs in costs.items()}
    pairs = zip(medians["docgen"], medians["ruff"])
    ratios = [docgen / ruff if ruff else float("nan") for docgen, ruff in pairs]
    print(f"{'':8}{'CPU ms':>10}{'wall ms':>10}{'peak MB':>10}")
    for name, (cpu, wall, memory) in medians.items():
        print(f"{name:8}{cpu * 1e3:10.1f}{wall * 1e3:10.1f}{memory:10.1f}")
    print(f"{'ratio':8}" + "".join(f"{it:10.3f}" for it in ratios))
    print(f"(peak: no process started from here shows less than {run(['/bin/true'])[2]:.1f} MB)")
    return ratios[0]


if __name__ == "__main__":
    main()
