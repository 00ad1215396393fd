#!/usr/bin/env python3
"""A hook of git's own, without a framework: `docgen check --staged` with the docgen on PATH."""

import shutil
import sys

from consumer import CASES, run

HOOK = "#!/bin/sh\nexec docgen check --staged\n"


def install(consumer):
    """Write the hook where git looks for it."""
    for name in ("pre-commit", "pre-merge-commit"):
        hook = consumer.root / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(HOOK)
        hook.chmod(0o755)


if __name__ == "__main__":
    if not shutil.which("docgen"):
        print("there is no docgen on PATH: `./tests/run` puts it there")
        print("0 passed, 1 failed")
        sys.exit(1)
    sys.exit(run(CASES, install))
