#!/usr/bin/env python3
"""The hook as users install it: the real pre-commit builds this checkout once, then judges commits.

The checkout as it lies on disk is committed to a repository of its own, which pre-commit clones and hands to
`cargo install`. An equal checkout has an equal commit, so that a second run finds the hook installed.
"""

import os
import shutil
import subprocess
import sys

from consumer import CASES, REPORT, ROOT, TOOLS, WITH_DOCUMENTED_TIMEOUT, WITH_TIMEOUT, environment, run

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


def pushed_branch_is_judged_whatever_is_checked_out(it):
    it.git("init", "--quiet", "--bare", "remote.git")
    it.git("remote", "add", "origin", "remote.git")
    it.git("push", "--quiet", "--no-verify", "origin", "main")
    it.git("checkout", "--quiet", "-b", "topic")
    it.stage("client.py", WITH_TIMEOUT)
    it.git("commit", "--quiet", "--no-verify", "--message=topic")
    it.git("checkout", "--quiet", "main")
    code, output = it.run("git", "push", "--quiet", "origin", "topic")
    assert code != 0 and all(text in output for text in REPORT), f"let pass:\n{output}"
    it.git("checkout", "--quiet", "topic")
    it.stage("client.py", WITH_DOCUMENTED_TIMEOUT)
    it.git("commit", "--quiet", "--no-verify", "--message=mended")
    it.git("checkout", "--quiet", "main")
    code, output = it.run("git", "push", "--quiet", "origin", "topic")
    assert code == 0, f"refused:\n{output}"


def first_push_is_judged(it):
    it.git("init", "--quiet", "--bare", "remote.git")
    it.git("remote", "add", "origin", "remote.git")
    code, output = it.run("git", "push", "--quiet", "origin", "main")
    report = ("(first push)", "pkg/legacy.py", "first", "second")
    assert code != 0 and all(text in output for text in report), f"let pass:\n{output}"


def main():
    revision, home = prepare()
    config = f"repos:\n- repo: {SOURCE}\n  rev: {revision}\n  hooks:\n  - id: docgen\n"

    def install(consumer):
        consumer.environment["PRE_COMMIT_HOME"] = str(home)
        consumer.write(".pre-commit-config.yaml", config)
        consumer.git("add", ".pre-commit-config.yaml")
        consumer.git("commit", "--quiet", "--no-verify", "--message=hook")
        stages = ("--hook-type=pre-commit", "--hook-type=pre-merge-commit", "--hook-type=pre-push")
        code, output = consumer.run(str(PRE_COMMIT), "install", "--install-hooks", *stages)
        assert code == 0, f"pre-commit install: {output}"

    def manifest_is_valid(consumer):
        path = str(ROOT / ".pre-commit-hooks.yaml")
        code, output = consumer.run(str(PRE_COMMIT), "validate-manifest", path)
        assert code == 0, output

    return run((manifest_is_valid, *CASES, pushed_branch_is_judged_whatever_is_checked_out, first_push_is_judged), install)


if __name__ == "__main__":
    sys.exit(main())
