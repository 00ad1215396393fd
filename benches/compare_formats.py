#!/usr/bin/env python3
"""Compare a run that writes every format at once with one that writes none.

usage: compare_formats.py [--docgen PROGRAM] [--rounds N] [--null] PATH...

The runs take turns, so that both meet the same load; of each the median counts. The goal for some 50,000 findings is at
most twice the time and less than 100 MB. `--null` throws the reports away, where the disk is not to be measured.
"""
import argparse
import json
import os
import statistics
import subprocess
import tempfile
from pathlib import Path

FORMATS = (
    "full", "concise", "grouped", "json", "json-lines", "github", "gitlab", "junit", "checkstyle", "rdjson", "sarif", "markdown",
)


def run(command):
    """Wall seconds, CPU seconds and peak megabytes of a command."""
    started = os.times().elapsed
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = os.times().elapsed - started
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{command}: {status}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docgen", default="target/release/docgen")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--null", action="store_true")
    parser.add_argument("paths", nargs="+", metavar="PATH")
    given = parser.parse_args()
    plain = [given.docgen, "check", "--all", "--isolated", "--quiet", *given.paths]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "json")
        subprocess.run([*plain, f"--output=json={report}"], check=False)
        # Its last line only: what this process weighs when it starts another counts as that one's peak.
        with report.open("rb") as lines:
            for line in lines:
                last = line
        summary = json.loads(b"{" + last.removeprefix(b"],"))["summary"]
        sinks = [f"--output={it}={os.devnull if given.null else Path(folder, it)}" for it in FORMATS]
        rounds = [(run(plain), run([*plain, *sinks])) for _ in range(given.rounds)]
        size = 0 if given.null else sum(Path(folder, it).stat().st_size for it in FORMATS)
    print(f"{summary['errors'] + summary['warnings']} findings in {summary['files']} files, {size / 1e6:.0f} MB of reports")
    for at, what in enumerate(("seconds of wall time", "seconds of CPU time", "MB at the peak")):
        one, all_ = (statistics.median(it[which][at] for it in rounds) for which in (0, 1))
        print(f"{what}: {one:.2f} without a report, {all_:.2f} with {len(FORMATS)}: {all_ / one:.2f} times")


if __name__ == "__main__":
    main()
