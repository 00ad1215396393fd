#!/usr/bin/env python3
"""What hosts read of this repository: the action, workflows, hooks and templates, held to the hosts' schemas and to each other.

Each judge is given a file with a fault too, which it has to find: a judge that is silent about everything says nothing.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import cases
import yaml

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "target" / "test-tools"
PROGRAMS = TOOLS / "venv" / "bin"
NPM = TOOLS / "npm-action-validator"
VALIDATOR = "0.6.0"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTION = ROOT / "action.yml"
GITLAB = ROOT / "packaging" / "gitlab" / "docgen.yml"
VERSION = re.search(r'^version = "(.*)"$', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)[1]


def ran(*command, **options):
    """A command's exit code, and all that it printed."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)
    return done.returncode, done.stdout


def is_refused(judge, file, find, replace, name=None):
    """Whether `judge` finds the fault in a copy of a file."""
    text = file.read_text()
    assert find in text, f"{file} holds no {find!r}"
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / (name or file.name)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text.replace(find, replace, 1))
        code, _ = judge(copy)
    return code != 0


def schema(name):
    """The judge of a schema that check-jsonschema brings."""
    return lambda path: ran(PROGRAMS / "check-jsonschema", "--builtin-schema", name, path)


def the_schemas_hold():
    for name, files, find, replace in (
        ("vendor.github-actions", [ACTION], "using: composite", "usig: composite"),
        ("vendor.github-workflows", WORKFLOWS, "runs-on:", "run-on:"),
        ("vendor.gitlab-ci", [GITLAB], "artifacts:", "artefacts: 1\n  artifacts: 2\n  x:"),
    ):
        for file in files:
            code, output = schema(name)(file)
            assert code == 0, output
        assert is_refused(schema(name), files[0], find, replace), name


def action_validator(path):
    """Its program, installed from npm."""
    program = NPM / "node_modules" / ".bin" / "action-validator"
    if not program.exists():
        NPM.mkdir(parents=True, exist_ok=True)
        packages = [f"@action-validator/{name}@{VALIDATOR}" for name in ("core", "cli")]
        code, output = ran("npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", NPM, *packages)
        assert code == 0, output
    return ran(program, path)


def action_validator_is_content():
    for file in (ACTION, *WORKFLOWS):
        # Its schema is older than this permission, which GitHub's own action for attestations asks for:
        # https://docs.github.com/actions/how-tos/secure-your-work/use-artifact-attestations
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / file.name
            copy.write_text(re.sub(r"(?m)^ +attestations: write.*\n", "", file.read_text()))
            code, output = action_validator(copy)
        assert code == 0, output
    assert is_refused(action_validator, ACTION, "shell: bash", "shel: bash")
    assert is_refused(action_validator, WORKFLOWS[0], "steps:", "stepps:")


def zizmor(*paths):
    """Its findings of what it can judge without asking anybody."""
    return ran(PROGRAMS / "zizmor", "--offline", "--no-progress", *paths)


def zizmor_is_content():
    code, output = zizmor(ACTION, ROOT / ".github")
    assert code == 0, output
    assert is_refused(zizmor, WORKFLOWS[0], "@3d3c42e5aac5ba805825da76410c181273ba90b1", "@v7", ".github/workflows/ci.yml")
    assert is_refused(zizmor, ACTION, 'exit "$ACTION_EXIT_CODE"', "exit ${{ github.event.pull_request.title }}")


def shellcheck(*paths):
    """Its findings."""
    return ran(PROGRAMS / "shellcheck", *paths)


def shellcheck_is_content():
    scripts = sorted((ROOT / "packaging" / "action").glob("*.sh"))
    assert len(scripts) == 3, scripts
    code, output = shellcheck(*scripts, ROOT / ".ci" / "run", ROOT / "tests" / "run", ROOT / "tests" / "tools")
    assert code == 0, output
    assert is_refused(shellcheck, scripts[0], '"$1"', "$1")
    # What is written into the files of YAML themselves.
    for file in (ACTION, *WORKFLOWS):
        found = yaml.safe_load(file.read_text())
        jobs = found.get("jobs", {"action": found.get("runs")}).values()
        for step in (step for job in jobs for step in job["steps"] if "run" in step):
            assert "${{" not in step["run"], f"{file}: an expression is pasted into a script: {step['run']}"
            with tempfile.TemporaryDirectory() as folder:
                script = Path(folder) / "step.sh"
                script.write_text("#!/usr/bin/env bash\nset -eo pipefail\n" + step["run"])
                code, output = shellcheck(script)
            assert code == 0, output


def actions_are_pinned_and_permissions_named():
    for file in (ACTION, *WORKFLOWS):
        used = re.findall(r"uses: (\S+)(.*)", file.read_text())
        for name, comment in used:
            assert name == "$/" or re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", name), f"{file}: {name}"
            assert name == "$/" or re.fullmatch(r" # v\d+\.\d+\.\d+", comment), f"{file}: {name} says no version"
    for file in WORKFLOWS:
        found = yaml.safe_load(file.read_text())
        assert found["permissions"] == {}, file
        assert all("permissions" in job and "timeout-minutes" in job for job in found["jobs"].values()), file


def both_sets_of_hooks_are_the_same():
    ours = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    mirrored = yaml.safe_load((ROOT / "packaging" / "pre-commit-mirror" / ".pre-commit-hooks.yaml").read_text())
    assert [it["id"] for it in ours] == ["docgen", "docgen-fix"]
    for one, other in zip(ours, mirrored, strict=True):
        assert (one.pop("language"), other.pop("language")) == ("rust", "python")
        assert one == other
        assert one["require_serial"] and one["types_or"] == ["python", "pyi"] and "--no-ai" in one["entry"] + "--no-ai" * ("fix" not in one["entry"])


def versions_are_the_packages():
    for file, text in (
        ("packaging/pre-commit-mirror/pyproject.toml", f'"docgen=={VERSION}"'),
        ("packaging/gitlab/docgen.yml", f'DOCGEN_VERSION_WANTED: "{VERSION}"'),
        ("packaging/gitlab/docgen.yml", f"ref: v{VERSION}"),
        ("README.md", f"rev: v{VERSION}"),
    ):
        assert text in (ROOT / file).read_text(), f"{file} holds no {text}"
    for file in ("README.md", "packaging/pre-commit-mirror/README.md", *(f"docs/{it.name}" for it in (ROOT / "docs").glob("*.md"))):
        for found in re.findall(r"rev: v([\d.]+)|docgen@v([\d.]+)|docgen==([\d.]+)", (ROOT / file).read_text()):
            assert VERSION in found, f"{file}: {found}"


def the_rust_that_is_asked_for_builds_here():
    asked = re.search(r'^rust-version = "(.*)"$', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)[1]
    _, here = ran("rustc", "--version")
    assert here.startswith(f"rustc {asked}."), f"{asked} is asked for, and this is {here}"
    for file in ("README.md", "docs/install.md"):
        assert f"Rust {asked} or newer" in (ROOT / file).read_text(), file


def targets_of_releases_are_those_that_are_installed():
    script = (ROOT / "packaging" / "action" / "install.sh").read_text()
    installed = set(re.findall(r"target=([\w-]+)", script))
    release = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text())
    built = {it["target"] for it in release["jobs"]["binaries"]["strategy"]["matrix"]["include"]}
    assert built == installed, (built, installed)


CASES = (
    the_schemas_hold, action_validator_is_content, zizmor_is_content, shellcheck_is_content,
    actions_are_pinned_and_permissions_named, both_sets_of_hooks_are_the_same, versions_are_the_packages,
    the_rust_that_is_asked_for_builds_here, targets_of_releases_are_those_that_are_installed,
)


if __name__ == "__main__":
    sys.exit(cases.run((it.__name__, it) for it in CASES))
