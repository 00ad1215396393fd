#!/usr/bin/env python3
"""Holds docgen to findings that people have read and judged by hand: `tests/judged.tsv`.

Without arguments the table itself is checked: its shape, and that at least 98 of 100 findings are true. With folders
into which the packages were unpacked, each named `PACKAGE=FOLDER`, docgen runs on them: a finding judged true has to be
reported still, one judged false no longer.

`--draw SEED COUNT PACKAGE=FOLDER...` prints COUNT findings of each package, drawn with that seed, with their source.

Usage: judged_findings.py [--draw SEED COUNT] [PACKAGE=FOLDER...]
"""

import json
import pathlib
import random
import re
import subprocess
import sys

TABLE = pathlib.Path(__file__).resolve().parents[1] / "judged.tsv"
COLUMNS = ["package", "version", "file", "line", "rule", "symbol", "verdict", "reason"]


def findings(folder):
    """Every finding below `folder`: path, line, rule, symbol, and what docgen says."""
    command = ["docgen", "check", "--isolated", "--all", "--output-format", "json-lines", "."]
    out = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
    found = []
    for line in out.splitlines():
        symbol = json.loads(line)
        for finding in symbol.get("findings", []):
            found.append((symbol["path"], symbol, finding))
    return found


def draw(seed, count, folders):
    """Print `count` findings of each package with the source around them."""
    for package, folder in folders:
        chance = random.Random(f"{seed} {package}")
        for path, symbol, finding in chance.sample(findings(folder), count):
            lines = (pathlib.Path(folder) / path).read_text(encoding="utf-8", errors="replace").split("\n")
            head = [package, path, str(finding["line"]), finding["code"], symbol["qualname"]]
            print("#####", "\t".join(head), finding["severity"], "|", finding["message"])
            for label in finding["labels"]:
                print("   label", label["line"], label["message"])
            first = max(symbol["line"] - 1, 0)
            for number in range(first, min(symbol["end_line"], first + 60)):
                print("   ", number + 1, lines[number][:130])


def rows():
    """The rows of the table, comments left out."""
    text = TABLE.read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def shape():
    """What is wrong with the table."""
    head, *judged = rows()
    wrong = [] if head == COLUMNS else [f"the head is {head}"]
    for row in judged:
        is_whole = (
            len(row) == len(COLUMNS)
            and all(row)
            and row[3].isdigit()
            and re.fullmatch(r"DG\d{3}", row[4])
            and row[6] in {"true", "false"}
        )
        if not is_whole:
            wrong.append(f"no judged finding: {row}")
    keys = [tuple(row[:6]) for row in judged]
    if len(set(keys)) < len(keys):
        wrong.append("a finding is judged twice")
    true = sum(row[6] == "true" for row in judged)
    if len(judged) < 100 or true * 100 < len(judged) * 98:
        wrong.append(f"{true} of {len(judged)} findings are true")
    if len({row[0] for row in judged}) < 5:
        wrong.append("fewer than five packages")
    return wrong


def held(package, folder):
    """The judged findings of one package that docgen treats otherwise."""
    found = {(path, str(it["line"]), it["code"], symbol["qualname"]) for path, symbol, it in findings(folder)}
    wrong = []
    for row in rows()[1:]:
        if row[0] == package and (tuple(row[2:6]) in found) != (row[6] == "true"):
            wrong.append(f"{'no longer' if row[6] == 'true' else 'still'} reported: {row[2:6]}")
    return wrong


def main():
    arguments = sys.argv[1:]
    if arguments[:1] == ["--draw"]:
        draw(arguments[1], int(arguments[2]), [it.split("=", 1) for it in arguments[3:]])
        return 0
    wrong = shape()
    for argument in arguments:
        wrong += held(*argument.split("=", 1))
    for line in wrong:
        print(line)
    failed = len(wrong)
    print(f"{1 + len(arguments) if not failed else 0} passed, {failed} failed")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
