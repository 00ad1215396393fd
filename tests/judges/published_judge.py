#!/usr/bin/env python3
"""The examples that sphinx (napoleon, in Google's and in NumPy's style) and numpydoc publish give no finding.

usage: published_judge.py

The files come from the source distributions, which pip fetches once. Each is checked with the default rules, and again
with the style it is written in. Then one fault is planted in it, and has to be found: a judge that finds nothing in
anything would be no judge.
"""
import pathlib
import subprocess
import sys
import tarfile
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "target" / "test-tools" / "published"
SPHINX, NUMPYDOC = "sphinx-9.0.4", "numpydoc-1.10.0"
# Archive, path in it, style, and faults: what is put in the place of what, and the rule that has to speak.
EXAMPLES = [
    (SPHINX, "doc/usage/extensions/example_google.py", "google", [
        ("        param2 (str): The second parameter.", "        parma2 (str): The second parameter.", "DG202"),
        ("        ValueError: If `param2` is equal to `param1`.\n", "", "DG501"),
        ("    Yields:\n", "    Yeilds:\n", "DG704"),
        ("        param1: The first parameter.\n        param2: The second parameter.\n\n    Returns:",
         "        param2: The second parameter.\n        param1: The first parameter.\n\n    Returns:", "DG203"),
        ("        **kwargs: Arbitrary keyword arguments.\n", "", "DG201"),
    ]),
    (SPHINX, "doc/usage/extensions/example_numpy.py", "numpy", [
        ("    param2 : str\n        The second parameter.", "    param3 : str\n        The second parameter.", "DG202"),
        ("    ValueError\n", "    KeyError\n", "DG501"),
        ("    Yields\n    ------", "    Yeilds\n    ------", "DG704"),
        ("    Returns\n    -------\n    bool\n        True if successful, False otherwise.\n\n    \"\"\"", "    \"\"\"", "DG301"),
    ]),
    (NUMPYDOC, "doc/example.py", "numpy", [
        ("    var2 : int", "    var3 : int", "DG202"),
        ("    *args : iterable\n        Other arguments.\n", "", "DG201"),
        ("    var1 : array_like\n", "    var2 : int\n        Twice.\n    var1 : array_like\n", "DG204"),
    ]),
]


def fetched(archive):
    """The source distribution, from the package index or from last time."""
    path = FOLDER / f"{archive}.tar.gz"
    if not path.exists():
        name, version = archive.rsplit("-", 1)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                   "--no-binary", name, "--dest", FOLDER, f"{name}=={version}"]
        subprocess.run(command, check=True)
    return path


def found(text, style):
    """The codes of what docgen finds in a file."""
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "docgen.toml").write_text(f'style = "{style}"\n')
        pathlib.Path(folder, "example.py").write_bytes(text)
        command = ["docgen", "check", "--all", "--output-format", "concise", "example.py"]
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if run.returncode not in (0, 1):
        return [f"exit {run.returncode}: {run.stderr[-300:]}"]
    return run.stdout.splitlines()


def main():
    passed, failures = 0, []
    for archive, path, style, faults in EXAMPLES:
        with tarfile.open(fetched(archive)) as source:
            text = source.extractfile(f"{archive}/{path}").read()
        for asked in ("auto", style):
            lines = found(text, asked)
            passed += not lines
            failures += [f"{path}, style {asked}: {line}" for line in lines]
        for old, new, code in faults:
            if text.count(old.encode()) == 0:
                failures.append(f"{path}: it holds no {old!r}")
                continue
            lines = found(text.replace(old.encode(), new.encode(), 1), style)
            if any(f" {code} " in line for line in lines):
                passed += 1
            else:
                failures.append(f"{path}: {code} for {new!r}: {lines}")
    print(*failures, sep="\n")
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
