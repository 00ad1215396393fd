#!/usr/bin/env python3
"""The hooks from wheels (`packaging/pre-commit-mirror`), under the real pre-commit and prek, with a wheel built here."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "hooks"))

import fixing  # noqa: E402
import wheel  # noqa: E402
from consumer import CASES, ROOT, TOOLS, conclude, count, environment  # noqa: E402
from pre_commit import HOSTS, hosted  # noqa: E402

FOLDER = TOOLS / "mirror"
SOURCE = FOLDER / "source"


def main():
    """Each host installs the mirror's hooks once and judges commits with them."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.copytree(ROOT / "packaging" / "pre-commit-mirror", SOURCE)
    for arguments in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message=mirror"), ("tag", f"v{wheel.VERSION}")):
        subprocess.run(("git", *arguments), cwd=SOURCE, env=environment(), check=True)
    wheels = str(wheel.built().parent)
    program = hook = ""

    def install(consumer):
        consumer.host = str(HOSTS[program])
        consumer.environment.update(
            PRE_COMMIT_HOME=str(FOLDER / "pre-commit"), PREK_HOME=str(FOLDER / "prek"), PIP_FIND_LINKS=wheels, UV_FIND_LINKS=wheels,
            PATH=f"{TOOLS / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
        )
        consumer.write(".pre-commit-config.yaml", f"repos:\n- repo: {SOURCE}\n  rev: v{wheel.VERSION}\n  hooks:\n  - id: {hook}\n")
        consumer.git("add", ".pre-commit-config.yaml")
        consumer.git("commit", "--quiet", "--no-verify", "--message=hook")
        stages = ("--hook-type=pre-commit", "--hook-type=pre-merge-commit")
        code, output = consumer.run(consumer.host, "install", "--install-hooks", *stages)
        assert code == 0, f"{program} install: {output}"

    passed = failed = 0
    for program in HOSTS:
        for hook, cases in (("docgen", CASES[:4]), ("docgen-fix", fixing.CASES[:1])):
            here = count([hosted(f"{program}, {hook}", case) for case in cases], install)
            passed, failed = passed + here[0], failed + here[1]
    return conclude(passed, failed)


if __name__ == "__main__":
    sys.exit(main())
