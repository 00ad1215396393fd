#!/usr/bin/env python3
"""What `docgen init` prints works: its hook under pre-commit, the commands of its jobs as GitHub and GitLab would run them."""

import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
ABOUT = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]
DONE = '"""Shapes."""\n\n\ndef area(width):\n    """Measure it.\n\n    Args:\n        width: From side to side.\n    """\n    print(width)\n'
STALE = DONE.replace("area(width)", "area(width, height)")


class Consumer:
    """A repository that takes docgen up."""

    def __init__(self, folder):
        self.root = folder
        self.env = {
            **os.environ,
            "GIT_AUTHOR_NAME": "Ada",
            "GIT_AUTHOR_EMAIL": "ada@example.org",
            "GIT_COMMITTER_NAME": "Ada",
            "GIT_COMMITTER_EMAIL": "ada@example.org",
            "PRE_COMMIT_HOME": str(folder.parent / "pre-commit"),
        }

    def run(self, *command, **more):
        """What a command answered."""
        env = {**self.env, **more}
        return subprocess.run(command, cwd=self.root, env=env, capture_output=True, text=True)

    def write(self, path, text):
        """A file, and the folders above it."""
        path = self.root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def snippets(out):
    """The snippets by their files' names."""
    parts = out.split("To run docgen:\n\n")[1].split("\n# ")
    named = [part.removeprefix("# ").split("\n", 1) for part in parts]
    return {name.strip(): text for name, text in named}


def published(folder, consumer):
    """docgen's repository as the snippet names it, with hooks that run the docgen on PATH; git finds it by its address."""
    address, version = (ABOUT[name] for name in ("repository", "version"))
    folder.mkdir()
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    (folder / ".pre-commit-hooks.yaml").write_text(hooks.replace("language: rust", "language: system"), encoding="utf-8")
    for command in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message=docgen"), ("tag", f"v{version}")):
        subprocess.run(("git", *command), cwd=folder, env=consumer.env, check=True)
    consumer.env |= {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": f"url.{folder}.insteadOf", "GIT_CONFIG_VALUE_0": address}


def main():
    """Take docgen up as `docgen init` says, and commit."""
    passed = failed = 0

    def hold(what, is_so, told=""):
        nonlocal passed, failed
        passed += bool(is_so)
        failed += not is_so
        if not is_so:
            print(f"FAILED {what}: {told}")

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "consumer"
        root.mkdir()
        consumer = Consumer(root)
        consumer.run("git", "init", "--quiet", "--initial-branch=main")
        consumer.write("shapes.py", DONE)
        out = consumer.run("docgen", "init").stdout
        found = snippets(out)
        hold("three snippets", len(found) == 3, out)
        for name, text in found.items():
            consumer.write(name, text)
            hold(f"{name} is YAML", isinstance(yaml.safe_load(text), dict), text)
        published(root.parent / "docgen", consumer)
        consumer.run("git", "add", "--all")
        hold("pre-commit installs", consumer.run("pre-commit", "install").returncode == 0)
        done = consumer.run("git", "commit", "--message=start")
        hold("what is documented is committed", done.returncode == 0, done.stdout + done.stderr)
        consumer.write("shapes.py", STALE)
        consumer.run("git", "add", "--all")
        done = consumer.run("git", "commit", "--message=stale")
        told = done.stdout + done.stderr
        hold("what is stale is not", done.returncode == 1 and "missing-param" in told, told)
        consumer.run("git", "commit", "--quiet", "--no-verify", "--message=stale")

        workflow = yaml.safe_load(found[".github/workflows/docgen.yml"])
        # YAML 1.1 reads `on` as a truth.
        hold("the workflow has events", workflow.get("on") or workflow.get(True))
        used = [it.get("uses", "") for it in workflow["jobs"]["docgen"]["steps"]]
        action = ABOUT["repository"].removeprefix("https://github.com/") + "@v" + ABOUT["version"]
        hold("the workflow uses the action", used[1:] == [action] and used[0].startswith("actions/checkout@"), used)
        elsewhere = snippets(consumer.run("docgen", "init", "--dry-run", "--repository", "https://example.org/docgen").stdout)
        workflow = yaml.safe_load(elsewhere[".github/workflows/docgen.yml"])
        steps = [it["run"] for it in workflow["jobs"]["docgen"]["steps"] if "run" in it]
        job = yaml.safe_load(found[".gitlab-ci.yml"])["docgen"]
        base = consumer.run("git", "rev-parse", "HEAD~1").stdout.strip()
        event = root.parent / "event.json"
        event.write_text(f'{{"ref": "refs/heads/main", "before": "{base}"}}')
        # The first command installs docgen, which is here.
        done = consumer.run("bash", "-ec", steps[1], CI="true", GITHUB_ACTIONS="true", GITHUB_EVENT_NAME="push", GITHUB_EVENT_PATH=str(event))
        hold("GitHub is told", done.returncode == 1 and "::error file=shapes.py" in done.stdout, done.stdout + done.stderr)
        gitlab = {"CI": "true", "GITLAB_CI": "true", "CI_MERGE_REQUEST_IID": "7", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
        done = consumer.run("bash", "-ec", job["script"][1], **gitlab)
        report = root / job["artifacts"]["reports"]["codequality"]
        hold("GitLab is told", done.returncode == 1 and "missing-param" in report.read_text(), done.stdout + done.stderr)
    print(f"{passed} passed, {failed} failed")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
