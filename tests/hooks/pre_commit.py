#!/usr/bin/env python3
"""The hook as users install it: the real pre-commit builds this checkout once, then judges commits.

The checkout as it lies on disk is committed to a repository of its own, which pre-commit clones and hands to
`cargo install`. An equal checkout has an equal commit, so that a second run finds the hook installed.
"""

import os
import shutil
import subprocess
import sys

from consumer import CASES, ROOT, TOOLS, environment, run

FOLDER = TOOLS / "hook"
SOURCE = FOLDER / "source"
PRE_COMMIT = TOOLS / "venv" / "bin" / "pre-commit"


def git(*arguments, folder=SOURCE):
    """Run git; give what it printed."""
    done = subprocess.run(("git", *arguments), cwd=folder, env=environment(), check=True, stdout=subprocess.PIPE)
    return done.stdout.decode()


def commit_checkout():
    """Commit the checkout to `SOURCE`; give the commit's id."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    SOURCE.mkdir(parents=True)
    git("init", "--quiet")
    listed = git("ls-files", "-z", "--cached", "--others", "--exclude-standard", folder=ROOT)
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (SOURCE / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, SOURCE / name)
    git("add", "--all", "--force")
    git("commit", "--quiet", "--message=checkout")
    return git("rev-parse", "HEAD").strip()


def prepare():
    """The tools, the checkout's commit, and a home of pre-commit's that holds hooks of this commit only."""
    if not PRE_COMMIT.exists():
        subprocess.run((ROOT / "tests" / "tools",), check=True)
    revision = commit_checkout()
    home = FOLDER / "home"
    stamp = FOLDER / "revision"
    if not stamp.exists() or stamp.read_text() != revision:
        shutil.rmtree(home, ignore_errors=True)
        stamp.write_text(revision)
    # What pre-commit runs is `cargo install`; these only spare the test the time of a release's last optimisations.
    os.environ.update(
        CARGO_TARGET_DIR=str(FOLDER / "target"),
        CARGO_PROFILE_RELEASE_LTO="off",
        CARGO_PROFILE_RELEASE_CODEGEN_UNITS="16",
    )
    return revision, home


def main():
    revision, home = prepare()
    config = f"repos:\n- repo: {SOURCE}\n  rev: {revision}\n  hooks:\n  - id: docgen\n"

    def install(consumer):
        consumer.environment["PRE_COMMIT_HOME"] = str(home)
        consumer.write(".pre-commit-config.yaml", config)
        consumer.git("add", ".pre-commit-config.yaml")
        consumer.git("commit", "--quiet", "--no-verify", "--message=hook")
        stages = ("--hook-type=pre-commit", "--hook-type=pre-merge-commit")
        code, output = consumer.run(str(PRE_COMMIT), "install", "--install-hooks", *stages)
        assert code == 0, f"pre-commit install: {output}"

    def manifest_is_valid(consumer):
        path = str(ROOT / ".pre-commit-hooks.yaml")
        code, output = consumer.run(str(PRE_COMMIT), "validate-manifest", path)
        assert code == 0, output

    return run((manifest_is_valid, *CASES), install)


if __name__ == "__main__":
    sys.exit(main())
