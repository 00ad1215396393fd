#!/usr/bin/env python3
"""Reports held to what their readers say: Microsoft's SARIF multitool, and the published shapes of the other formats.

The multitool comes from npm (`@microsoft/sarif-multitool`), into `target/test-tools/npm`; where there is no npm that part is
left out, and the output says so. It always exits 0, so what it prints is read, and a broken report has to be complained of. So is
`rdformat-validator`, which holds `rdjson` to reviewdog's format.
"""

import json
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import xmlschema

ROOT = Path(__file__).resolve().parent.parent.parent
SCHEMAS = ROOT / "tests" / "judges" / "schemas"
NPM = ROOT / "target" / "test-tools" / "npm"
VERSION = "5.7.0"
RDFORMAT = "1.0.1"
FORMATS = ["sarif", "gitlab", "junit", "checkstyle", "rdjson", "json", "json-lines", "github"]

OLD = '''"""Shapes."""


def area(width, height):
    """Measure it.

    Args:
        width: From side to side.
        height: From bottom to top.
    """
    print(width, height)


class Circle:
    """A circle."""
'''
NEW = '''"""Shapes & more: 100 % <odd> "names"."""


def area(width, depth, unit="\u00e4 %0A::error::"):
    """Measure it.

    Args:
        width: From side to side.
        height: From bottom to top.
    """
    if not width:
        raise ValueError(width)
    print(width, depth, unit)


class Circle:
    """A circle."""

    def grow(self, factor):
        """Make it larger \U0001f600.

        Retruns:
            More.
        """
        return factor
'''


def run(command, folder, expected=(0,)):
    """The output of a command, which has to end with one of these codes."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode not in expected:
        raise SystemExit(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def reports(folder):
    """Every format of one run over a change in a repository, as texts."""
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    run([*git, "init", "--quiet", "--initial-branch=main"], folder)
    run([*git, "remote", "add", "origin", "https://example.org/shapes.git"], folder)
    path = folder / "src" / "odd name \u00e9#.py"
    path.parent.mkdir()
    path.write_text(OLD, encoding="utf-8")
    run([*git, "add", "--all"], folder)
    run([*git, "commit", "--quiet", "--message=start"], folder)
    path.write_text(NEW, encoding="utf-8")
    out = folder.parent / "out"
    out.mkdir()
    sinks = [f"--output={name}={out / name}" for name in FORMATS]
    run(["docgen", "check", "--since", "HEAD", "--quiet", *sinks], folder, (1,))
    return {name: (out / name).read_text(encoding="utf-8") for name in FORMATS}


class Tally:
    """What passed and what did not."""

    def __init__(self):
        self.passed = self.failed = 0

    def hold(self, what, is_so, told=""):
        """One thing that has to be so."""
        self.passed += bool(is_so)
        self.failed += not is_so
        if not is_so:
            print(f"FAILED {what}: {told}")


def multitool():
    """The multitool's program; None without npm."""
    if not shutil.which("npm"):
        print("there is no npm here: the multitool is not asked")
        return None
    system = {"Linux": "linux", "Darwin": "darwin", "Windows": "win32"}[platform.system()]
    program = NPM / "node_modules" / "@microsoft" / f"sarif-multitool-{system}" / "Sarif.Multitool"
    if not program.exists():
        NPM.mkdir(parents=True, exist_ok=True)
        run(["npm", "install", "--silent", "--no-fund", "--no-audit", f"@microsoft/sarif-multitool@{VERSION}"], NPM)
    program.chmod(0o755)
    return program


def complaints(program, text, folder):
    """The errors and warnings that the multitool has of a report, as `error SARIF1002`."""
    path = folder / "judged.sarif"
    path.write_text(text, encoding="utf-8")
    command = [program, "validate", path, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning", "--kind", "Fail"]
    said = run(command, folder, (0, 1))
    return re.findall(r": (error|warning) ([A-Z]+\d+)", said), said


def sarif(tally, text, folder):
    """SARIF 2.1.0 as GitHub wants it."""
    program = multitool()
    if not program:
        return
    # The project says in Cargo.toml where it lives, or has no `informationUri` to give.
    has_home = re.search(r"(?m)^repository\s*=", (ROOT / "Cargo.toml").read_text(encoding="utf-8"))
    allowed = set() if has_home else {("warning", "SARIF2005")}
    found, said = complaints(program, text, folder)
    tally.hold("the multitool has no complaint", set(found) <= allowed, said)
    tally.hold("the multitool was there", "Analysis completed" in said, said)
    report = json.loads(text)
    result = report["runs"][0]["results"][0]
    result["locations"][0]["physicalLocation"]["region"]["endColumn"] = 1
    result["locations"][0]["physicalLocation"]["region"]["endLine"] = 1
    result["ruleIndex"] = 4000
    found, said = complaints(program, json.dumps(report), folder)
    tally.hold("a broken report is complained of", any(it[0] == "error" for it in found), said)


def gitlab(tally, text):
    """https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format"""
    issues = json.loads(text)
    prints = [it["fingerprint"] for it in issues]
    tally.hold("gitlab: fingerprints are unique", len(set(prints)) == len(prints), prints)
    for issue in issues:
        keys = {"description", "check_name", "fingerprint", "severity", "location"}
        tally.hold("gitlab: every key is there", keys <= set(issue), issue)
        grades = {"info", "minor", "major", "critical", "blocker"}
        tally.hold("gitlab: the severity is known", issue["severity"] in grades, issue)
        place = issue["location"]
        line = place["positions"]["begin"]["line"] if "positions" in place else place["lines"]["begin"]
        is_relative = not place["path"].startswith(("/", "./"))
        tally.hold("gitlab: the place is one", line > 0 and is_relative, place)


def xml(tally, name, text):
    """A schema, and that it finds fault with what is none of its documents."""
    schema = xmlschema.XMLSchema(SCHEMAS / name)
    faults = [it.reason for it in schema.iter_errors(text)]
    tally.hold(f"{name}: the report holds to it", not faults, faults)
    broken = text.replace(' name="', ' nome="')
    tally.hold(f"{name}: a broken report does not", not schema.is_valid(broken))


def junit(tally, text):
    """The schema that Jenkins holds reports to (https://github.com/jenkinsci/xunit-plugin), and the counts."""
    xml(tally, "junit-10.xsd", text)
    root = ET.fromstring(text)
    allowed = {
        "testsuites": {"name", "time", "tests", "failures", "disabled", "errors"},
        "testsuite": {"name", "tests", "failures", "errors", "time", "disabled", "skipped", "timestamp", "hostname", "id", "package"},
        "testcase": {"name", "assertions", "time", "classname", "status"},
        "failure": {"message", "type"},
        "error": {"message", "type"},
        "skipped": {"message", "type"},
        "system-out": set(),
        "system-err": set(),
    }
    for element in root.iter():
        is_known = set(element.attrib) <= allowed.get(element.tag, {None})
        tally.hold("junit: known elements and attributes", element.tag in allowed and is_known, element.tag)
    for suite in root.iter("testsuite"):
        cases = suite.findall("testcase")
        counts = [len(cases), sum(it.find("failure") is not None for it in cases), sum(it.find("error") is not None for it in cases)]
        told = [int(suite.get(it)) for it in ("tests", "failures", "errors")]
        tally.hold("junit: the counts are right", counts == told, (counts, told))
        names = [(it.get("classname"), it.get("name")) for it in cases]
        tally.hold("junit: each case has a name of its own", len(set(names)) == len(names), names)


def checkstyle(tally, text):
    """The elements that Checkstyle's own writer makes; there is no published schema."""
    xml(tally, "checkstyle.xsd", text)
    root = ET.fromstring(text)
    tally.hold("checkstyle: the root", root.tag == "checkstyle" and "version" in root.attrib, root.attrib)
    for file in root:
        tally.hold("checkstyle: files have names", file.tag == "file" and file.get("name"), file.tag)
        for error in file:
            keys = {"line", "column", "severity", "message", "source"}
            is_so = error.tag == "error" and set(error.attrib) == keys and int(error.get("line")) > 0
            known = error.get("severity") in {"ignore", "info", "warning", "error"}
            tally.hold("checkstyle: errors are whole", is_so and known, error.attrib)


def validator():
    """The program of npm that holds reports to reviewdog's format; None without npm."""
    if not shutil.which("npm"):
        print("there is no npm here: rdformat-validator is not asked")
        return None
    program = NPM / "node_modules" / ".bin" / "rdformat-validator"
    if not program.exists():
        NPM.mkdir(parents=True, exist_ok=True)
        run(["npm", "install", "--silent", "--no-fund", "--no-audit", f"@umbrelladocs/rdformat-validator@{RDFORMAT}"], NPM)
    return program


def faults_of_rdjson(program, text, folder):
    """How many faults the validator finds. It always exits 0, so what it prints is read."""
    path = folder / "judged.rdjson"
    path.write_text(text, encoding="utf-8")
    said = json.loads(run([program, "--strict", "--no-extra-fields", "--format", "json", path], folder, (0, 1)))
    return said["totalErrors"] + said["totalWarnings"] + (said["filesProcessed"] != 1), said


def held_to_rdjson(tally, text, folder):
    """reviewdog's format: its names and types, and a validator that others wrote; both find fault with what is none."""
    schema = json.loads((SCHEMAS / "rdjson.schema.json").read_text(encoding="utf-8"))
    judge = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    program = validator()
    faults = [it.message for it in judge.iter_errors(json.loads(text))]
    tally.hold("rdjson: the report holds to the schema", not faults, faults)
    if program:
        count, said = faults_of_rdjson(program, text, folder)
        tally.hold("rdjson: the validator has no complaint", count == 0, said)
    for of, to in (('"line":', '"lien":'), ('"message":"', '"massage":"'), ('"severity":"ERROR"', '"severity":"FATAL"')):
        broken = text.replace(of, to)
        tally.hold(f"rdjson: {to} is no report to the schema", broken != text and not judge.is_valid(json.loads(broken)))
        if program:
            count, said = faults_of_rdjson(program, broken, folder)
            tally.hold(f"rdjson: {to} is complained of", count > 0, said)


def rdjson(tally, text, folder):
    """reviewdog's format; columns count bytes of UTF-8."""
    held_to_rdjson(tally, text, folder)
    report = json.loads(text)
    tally.hold("rdjson: a source and diagnostics", report["source"]["name"] == "docgen" and report["diagnostics"])
    for it in report["diagnostics"]:
        begin, end = it["location"]["range"]["start"], it["location"]["range"]["end"]
        order = (begin["line"], begin["column"]) <= (end["line"], end["column"])
        tally.hold("rdjson: the range is one", order and begin["line"] > 0 and begin["column"] > 0, it)
        line = NEW.splitlines()[end["line"] - 1].encode()
        tally.hold("rdjson: columns are bytes of the line", end["column"] <= len(line) + 1, it)


def github(tally, text):
    """https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""
    for line in text.splitlines():
        is_one = re.fullmatch(r"::(error|warning|notice) [^\r\n]*?::[^\r\n]*", line)
        tally.hold("github: one command a line", is_one, line)
        properties = line.split("::")[1]
        tally.hold("github: properties are escaped", ":" not in properties and "%\n" not in properties, line)
    tally.hold("github: text of the source starts no command", text.count("::error::") == 0, text)


def main():
    """Judge one run in every format."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder).resolve()
        (folder / "repository").mkdir()
        texts = reports(folder / "repository")
        sarif(tally, texts["sarif"], folder)
        gitlab(tally, texts["gitlab"])
        junit(tally, texts["junit"])
        checkstyle(tally, texts["checkstyle"])
        rdjson(tally, texts["rdjson"], folder)
        github(tally, texts["github"])
        results = len(json.loads(texts["sarif"])["runs"][0]["results"])
        same = [
            len(json.loads(texts["gitlab"])),
            len(json.loads(texts["rdjson"])["diagnostics"]),
            len(list(ET.fromstring(texts["checkstyle"]).iter("error"))),
            sum(len(it["findings"]) for file in json.loads(texts["json"])["files"] for it in file["symbols"]),
        ]
        tally.hold("every format tells of as many findings", set(same) == {results} and results > 3, (results, same))
    print(f"{tally.passed} passed, {tally.failed} failed")
    return bool(tally.failed)


if __name__ == "__main__":
    sys.exit(main())
