#!/usr/bin/env python3
"""The wheel as users get it: `pip install .` into a fresh environment, and what is then there.

The wheel is built once for the checkout as it lies on disk; `mirror.py` takes the same.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

import cases

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "hooks"))

from consumer import BUILD, ROOT, TOOLS  # noqa: E402

WHEELS = TOOLS / "wheels"
VERSION = re.search(r'^version = "(.*)"$', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)[1]


def output(*command, **options):
    """What a command that must succeed prints."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)
    assert done.returncode == 0, f"{command}: {done.stdout[-3000:]}"
    return done.stdout


def state():
    """A mark of all that a wheel is built from."""
    names = output("git", "ls-files", "-z", "--", "src", "Cargo.toml", "Cargo.lock", "pyproject.toml", "README.md", cwd=ROOT)
    mark = hashlib.sha256()
    for name in filter(None, names.split("\0")):
        mark.update(name.encode() + b"\0" + (ROOT / name).read_bytes())
    return mark.hexdigest()


def fresh_environment(folder):
    """A new virtual environment; its folder of programs."""
    venv.create(folder, with_pip=True)
    return Path(folder) / "bin"


def built():
    """The wheel, by `pip wheel .`; its path."""
    stamp = WHEELS / "state"
    mark = state()
    if not (stamp.exists() and stamp.read_text() == mark and list(WHEELS.glob("docgen-*.whl"))):
        shutil.rmtree(WHEELS, ignore_errors=True)
        WHEELS.mkdir(parents=True)
        with tempfile.TemporaryDirectory() as folder:
            pip = fresh_environment(folder) / "pip"
            output(
                pip, "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--wheel-dir", WHEELS, ROOT,
                env=os.environ | BUILD,
            )
        stamp.write_text(mark)
    (wheel,) = WHEELS.glob("docgen-*.whl")
    return wheel


def wheel_has_one_program_and_says_what_it_is(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = archive.read(next(name for name in names if name.endswith("METADATA"))).decode()
    programs = [name for name in names if ".data/scripts/" in name]
    assert [Path(name).name for name in programs] == ["docgen"], names
    assert any(name.endswith("/LICENSE") for name in names), names
    assert re.search(r"-py3-none-(manylinux|linux|musllinux|macosx|win)\w+\.whl$", wheel.name), wheel.name
    for line in ("Name: docgen", f"Version: {VERSION}", "License-Expression: MIT", "Description-Content-Type: text/markdown"):
        assert line in metadata, (line, metadata[:2000])


def fresh_environment_gets_docgen(wheel):
    with tempfile.TemporaryDirectory() as folder:
        programs = fresh_environment(folder)
        output(programs / "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", wheel)
        docgen = programs / "docgen"
        assert output(docgen, "--version").strip() == f"docgen {VERSION}"
        done = subprocess.run((docgen, "check", "--all", "examples"), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 1 and "error[missing-param]" in done.stdout, done
        output(programs / "pip", "uninstall", "--quiet", "--yes", "docgen")
        assert not docgen.exists()


def source_distribution_builds_itself(_wheel):
    with tempfile.TemporaryDirectory() as folder:
        maturin = TOOLS / "venv" / "bin" / "maturin"
        output(maturin, "sdist", "--out", folder, cwd=ROOT, env=os.environ | BUILD)
        (archive,) = Path(folder).glob("docgen-*.tar.gz")
        listed = output("tar", "-tzf", archive).splitlines()
        inside = {name.split("/", 1)[1] for name in listed}
        assert {"Cargo.toml", "Cargo.lock", "pyproject.toml", "README.md", "LICENSE", "src/main.rs"} <= inside, sorted(inside)[:50]
        output("tar", "-xzf", archive, "-C", folder)
        source = archive.with_suffix("").with_suffix("")
        # All that the sources include is there, or this would not compile.
        output("cargo", "check", "--quiet", "--locked", "--release", cwd=source, env=os.environ | BUILD)


CASES = (wheel_has_one_program_and_says_what_it_is, fresh_environment_gets_docgen, source_distribution_builds_itself)


if __name__ == "__main__":
    sys.exit(cases.run((it.__name__, lambda it=it: it(built())) for it in CASES))
