#!/usr/bin/env python3
"""Count the instructions of a fixed run of `docgen check` with callgrind, and hold them to the recorded figure.

usage: instructions.py [--record] [--profile PROFILE]

The run reads the pinned packages of tests/requirements.txt with all default rules on one thread, so that the same
code gives the same figure on every machine: it fails on more than 5 % over benches/instructions.json, and asks to
record a new figure where it is 5 % below. CI counts the build that its tests have made. After a change that is
worth its cost (valgrind and target/test-tools are needed, which tests/tools installs):

    benches/instructions.py --profile debug --record
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
RECORD = ROOT / "benches/instructions.json"
PACKAGES = ("griffe", "jinja2", "joblib", "requests", "sphinx", "urllib3")
MOST = 1.05


def target():
    metadata = subprocess.run(
        ["cargo", "metadata", "--locked", "--no-deps", "--format-version", "1"],
        cwd=ROOT, capture_output=True, check=True,
    )
    return pathlib.Path(json.loads(metadata.stdout)["target_directory"])


def build(profile):
    """The build as Cargo.toml describes it, whatever the user's own configuration says of profiles."""
    of_profile = {"release": ["--release"], "debug": ["--config", "profile.dev.opt-level=1"]}
    command = ["cargo", "build", "--quiet", "--locked", *of_profile[profile]]
    subprocess.run(command, cwd=ROOT, check=True)


def corpus(folder):
    """Copy the installed packages; their versions are pinned, so that their text is. How many bytes they have."""
    found = sorted((ROOT / "target/test-tools/venv/lib").glob("python*/site-packages"))
    library = found[0] if found else sys.exit("the pinned packages are missing: run tests/tools")
    size = 0
    for package in PACKAGES:
        for file in sorted((library / package).rglob("*.py")):
            copy = folder / file.relative_to(library)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
            size += copy.stat().st_size
    return size


def count(binary):
    """The bytes of the corpus, and the instructions of a run over it."""
    with tempfile.TemporaryDirectory() as folder:
        size = corpus(pathlib.Path(folder))
        command = [str(binary), "check", "--all", "--quiet", "--isolated", "."]
        run = subprocess.run(
            ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
            cwd=folder, capture_output=True, text=True, env={"PATH": os.environ["PATH"], "RAYON_NUM_THREADS": "1"},
        )
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode not in (0, 1) or not found:
        sys.exit(f"{' '.join(command)}: exit {run.returncode}\n{run.stderr[-1000:]}")
    return size, int(found[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true", help="write the figure down as the one to hold to")
    parser.add_argument("--profile", choices=("release", "debug"), default="release", help="which build to run")
    arguments = parser.parse_args()
    build(arguments.profile)
    bytes_read, instructions = count(target() / arguments.profile / "docgen")
    recorded = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    before = recorded.get(arguments.profile)
    if arguments.record:
        recorded[arguments.profile] = {"bytes": bytes_read, "instructions": instructions}
        RECORD.write_text(json.dumps(recorded, indent=2, sort_keys=True) + "\n")
    print(f"{instructions / 1e6:.1f} million instructions for {bytes_read / 1e6:.2f} MB, {instructions / bytes_read:.1f} a byte")
    if arguments.record or before is None:
        print("1 passed, 0 failed" if arguments.record else "nothing recorded for this profile\n0 passed, 1 failed")
        sys.exit(0 if arguments.record else 1)
    ratio = instructions / bytes_read / (before["instructions"] / before["bytes"])
    print(f"{ratio:.3f} times the recorded {before['instructions'] / 1e6:.1f} million")
    if ratio < 2 - MOST:
        print("well below: record it, so that it stays so (benches/instructions.py --record)")
    if ratio > MOST:
        print(f"over {MOST}: if it is worth that: benches/instructions.py --profile {arguments.profile} --record")
    print("0 passed, 1 failed" if ratio > MOST else "1 passed, 0 failed")
    sys.exit(1 if ratio > MOST else 0)


if __name__ == "__main__":
    main()
