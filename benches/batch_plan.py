#!/usr/bin/env python3
"""How long `docgen fix --batch` takes over a hundred thousand symbols, and how much memory: under a minute and 300 MB.

The tree is real code, of which two docstrings of three are taken away; the third are examples to choose from. A server on this
machine takes the jobs as OpenAI's would. Printed are wall and CPU seconds and peak memory of the whole command, the
jobs handed in, and what of that time was planning (the same with `--estimate`, which sends nothing).

    benches/batch_plan.py --fetch                 # home-assistant from PyPI, as benches/compare_ruff.py has it
    benches/batch_plan.py path/to/package ...     # other folders, as many as it takes
"""

import argparse
import ast
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests/judges")]

import batch_provider  # noqa: E402
import compare_ruff  # noqa: E402

STARTER = """
import os, sys, time
out = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT | os.O_TRUNC)
start = time.perf_counter()
child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, out, 1), (os.POSIX_SPAWN_DUP2, out, 2)])
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - start
print(os.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
"""


def bared(path):
    """A file's text without two docstrings of three, and how many symbols it has."""
    text = path.read_bytes()
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return None
    lines, count = text.splitlines(keepends=True), 0
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        count += 1
        first = node.body[0] if node.body else None
        is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
        if is_docstring and count % 3 and first.lineno != getattr(node, "lineno", 0) and len(node.body) > 1:
            for at in range(first.lineno - 1, first.end_lineno):
                lines[at] = b"\n"
    return b"".join(lines), count


def plant(folder, sources, symbols):
    """Writes a tree of so many symbols."""
    planted = 0
    for source in sources:
        for path in sorted(source.rglob("*.py")):
            found = bared(path)
            if not found or planted >= symbols:
                continue
            target = folder / source.name / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(found[0])
            planted += found[1]
    return planted


def cost(command, folder, env, log):
    """Exit code, wall and CPU seconds, peak memory in MB."""
    starter = [sys.executable, "-I", "-S", "-c", STARTER, log, *command]
    answer = subprocess.run(starter, cwd=folder, env=env, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [float(it) for it in answer.split()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("paths", nargs="*", type=pathlib.Path, help="folders of Python files")
    parser.add_argument("--fetch", action="store_true", help="download home-assistant once and take that")
    parser.add_argument("--symbols", type=int, default=130_000, help="symbols to plant; some need no words (default: 130,000)")
    parser.add_argument("--docgen", type=pathlib.Path, help="a built docgen (default: cargo build --release)")
    options = parser.parse_args()
    docgen = options.docgen or compare_ruff.build()
    sources = ([compare_ruff.fetch()] if options.fetch else []) + options.paths
    with tempfile.TemporaryDirectory(prefix="docgen-plan-") as name:
        work = pathlib.Path(name)
        (work / "desk").mkdir()
        desk = batch_provider.Desk(work / "desk", answers=False)
        planted = plant(work / "tree", sources, options.symbols)
        env = {
            "PATH": os.environ["PATH"], "HOME": name, "OPENAI_API_KEY": "k", "OPENAI_BASE_URL": f"{desk.url}/v1",
            "DOCGEN_AI_TOKENS_PER_DAY": "100000000000", "DOCGEN_AI_MAX_COST": "100000",
        }  # fmt: skip
        print(f"{planted} symbols in the tree", flush=True)
        fix = [docgen, "fix", "--all", "--isolated", "--batch", "--provider", "openai"]
        for what, command in (("plan", [*fix, "--estimate"]), ("plan and hand in", fix)):
            code, wall, cpu, memory = cost(command, work / "tree", env, work / "log")
            print(f"{what}: exit {code:.0f}, {wall:.1f} s, {cpu:.1f} s CPU, {memory:.0f} MB", flush=True)
            print("  " + "\n  ".join((work / "log").read_text().strip().splitlines()[-3:]), flush=True)
        sent = sum(it.stat().st_size for it in (work / "desk").iterdir())
        print(f"{len(desk.jobs)} jobs, {sent / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
