#!/usr/bin/env python3
"""The hooks as users install them: the real pre-commit and prek build this checkout once each, then judge commits.

The checkout as it lies on disk is committed to a repository of its own, which they clone and hand to `cargo install`.
An equal checkout has an equal commit, so that a second run finds the hook installed.
"""

import os
import shutil
import subprocess
import sys

import fixing
from consumer import BUILD, CASES, LEGACY, REPORT, ROOT, TOOLS, WITH_DOCUMENTED_TIMEOUT, WITH_TIMEOUT, conclude, count, environment

FOLDER = TOOLS / "hook"
SOURCE = FOLDER / "source"
HOSTS = {name: TOOLS / "venv" / "bin" / name for name in ("pre-commit", "prek")}


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
    if not all(it.exists() for it in HOSTS.values()):
        subprocess.run((ROOT / "tests" / "tools",), check=True)
    revision = commit_checkout()
    home = FOLDER / "home"
    stamp = FOLDER / "revision"
    if not stamp.exists() or stamp.read_text() != revision:
        shutil.rmtree(home, ignore_errors=True)
        stamp.write_text(revision)
    os.environ.update(BUILD)
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


def a_run_over_all_files_says_that_nothing_is_staged(it):
    it.write("client.py", WITH_TIMEOUT)
    code, output = it.run(it.host, "run", "--all-files", "--verbose")
    assert code == 0 and "no Python file is staged, so nothing is checked" in output, output


def a_run_between_two_commits_reads_the_second(it):
    it.stage("client.py", WITH_TIMEOUT)
    it.git("commit", "--quiet", "--no-verify", "--message=next")
    it.write("client.py", WITH_DOCUMENTED_TIMEOUT)
    code, output = it.run(it.host, "run", "--from-ref", "HEAD~1", "--to-ref", "HEAD")
    assert code == 1 and all(text in output for text in REPORT), output


def an_amended_message_has_nothing_to_judge(it):
    it.stage("pkg/fresh.py", LEGACY)
    it.git("commit", "--quiet", "--no-verify", "--message=next")
    code, output = it.run("git", "commit", "--amend", "--message=other")
    assert code == 0, output


def many_files_are_one_run(it):
    for number in range(300):
        it.stage(f"pkg/module_{number:03}_with_a_name_that_fills_a_command_line.py", LEGACY)
    code, output = it.run("git", "commit", "--message=many")
    assert code != 0 and output.count("comparing ") == 1 and "600 of " in output, output[-600:]


def the_terminal_that_a_host_pretends_gets_colours_and_no_links(it):
    it.stage("client.py", WITH_TIMEOUT)
    code, output = it.run(it.host, "run", "--color=always")
    assert code == 1 and "\x1b[" in output and "missing-param" in output, output
    assert "\x1b]8" not in output and "\r" not in output.replace("\r\n", "\n"), output


def a_project_in_a_subfolder_is_judged_from_there(it):
    it.write("pkg/.pre-commit-config.yaml", (it.root / ".pre-commit-config.yaml").read_text())
    it.git("add", "--all")
    it.git("commit", "--quiet", "--no-verify", "--message=workspace")
    it.stage("pkg/fresh.py", LEGACY)
    it.refuses(report=("fresh.py", "first", "second"))


def hosted(host, case):
    """The case under a name that says whose it is."""

    def named(it):
        case(it)

    named.__name__ = f"{host}: {case.__name__}"
    return named


def main():
    revision, home = prepare()
    program = ""

    def install(consumer):
        consumer.host = str(HOSTS[program])
        consumer.environment.update(PRE_COMMIT_HOME=str(home / "pre-commit"), PREK_HOME=str(home / "prek"))
        consumer.write(".pre-commit-config.yaml", config)
        consumer.git("add", ".pre-commit-config.yaml")
        consumer.git("commit", "--quiet", "--no-verify", "--message=hook")
        stages = ("--hook-type=pre-commit", "--hook-type=pre-merge-commit", "--hook-type=pre-push")
        code, output = consumer.run(consumer.host, "install", "--install-hooks", *stages)
        assert code == 0, f"{program} install: {output}"

    def manifest_is_valid(consumer):
        for path in (ROOT / ".pre-commit-hooks.yaml", ROOT / "packaging" / "pre-commit-mirror" / ".pre-commit-hooks.yaml"):
            code, output = consumer.run(consumer.host, "validate-manifest", str(path))
            assert code == 0, output

    checking = (
        manifest_is_valid, *CASES, pushed_branch_is_judged_whatever_is_checked_out, first_push_is_judged,
        a_run_over_all_files_says_that_nothing_is_staged, a_run_between_two_commits_reads_the_second,
        an_amended_message_has_nothing_to_judge, many_files_are_one_run,
        the_terminal_that_a_host_pretends_gets_colours_and_no_links,
    )
    passed = failed = 0
    for program, own in (("pre-commit", ()), ("prek", (a_project_in_a_subfolder_is_judged_from_there,))):
        for hook, cases in (("docgen", (*checking, *own)), ("docgen-fix", fixing.CASES)):
            config = f"repos:\n- repo: {SOURCE}\n  rev: {revision}\n  hooks:\n  - id: {hook}\n"
            here = count([hosted(f"{program}, {hook}", case) for case in cases], install)
            passed, failed = passed + here[0], failed + here[1]
    return conclude(passed, failed)


if __name__ == "__main__":
    sys.exit(main())
