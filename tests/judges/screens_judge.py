#!/usr/bin/env python3
"""Screens held to what terminals do with them: a pseudo-terminal of each width, with and without colours and links.

Links (OSC 8) stand where a terminal says that it knows them or `FORCE_HYPERLINK` is set, and never in a hook, in a file,
or with `--color never`. No line of source, frame or help is wider than the terminal, whatever characters it holds.
"""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
import unicodedata
from pathlib import Path

LINK = re.compile(r"\x1b\]8;;([^\x1b]*)\x1b\\")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
SOURCE = '''"""Shapes."""


def area(\twidth, depth, 高さ, cafe\u0301, a_name_of_some_length="a default that is long, too", *, unit="\u4e2d\u6587\U0001f600", last=None):
    """Measure it.

    Args:
        width: From side to side.
        height: From bottom to top.
    """
\tif not width:
\t\traise ValueError(width, "what does not fit on a narrow screen and has to be cut at its end, or at both")
    print(width, depth, unit)


class Circle:
    def grow(self, factor): return factor
'''


class Tally:
    """What passed and what did not."""

    def __init__(self):
        self.passed = self.failed = 0

    def hold(self, what, is_so, told=""):
        """One thing that has to be so."""
        self.passed += bool(is_so)
        self.failed += not is_so
        if not is_so:
            print(f"FAILED {what}: {told!r:.600}")


def on_terminal(folder, columns, variables, *arguments):
    """What a terminal of that width is sent on standard output."""
    main, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "TERM": "xterm-256color"} | variables
    command = ["docgen", "check", "--all", "--isolated", *arguments]
    process = subprocess.Popen(command, cwd=folder, env=environment, stdin=other, stdout=other, stderr=subprocess.PIPE)
    os.close(other)
    sent = b""
    while True:
        try:
            part = os.read(main, 65536)
        except OSError:
            break
        if not part:
            break
        sent += part
    process.stderr.read()
    process.wait()
    os.close(main)
    return sent.decode().replace("\r\n", "\n")


def into_pipe(folder, variables, *arguments):
    """What a pipe is sent."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)} | variables
    command = ["docgen", "check", "--all", "--isolated", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False).stdout


def seen(text):
    """The text without links and colours."""
    return COLOUR.sub("", LINK.sub("", text))


def width(line):
    """Columns of a terminal."""
    wide = {"W": 2, "F": 2}
    return sum(0 if unicodedata.combining(it) else wide.get(unicodedata.east_asian_width(it), 1) for it in line)


def links(tally, folder):
    """Links where they are known and nowhere else."""
    knows = {"TERM_PROGRAM": "WezTerm"}
    for form in ("full", "concise", "grouped"):
        shown = on_terminal(folder, 100, knows, "--output-format", form)
        found = LINK.findall(shown)
        pages = [it for it in found if it]
        tally.hold(f"{form}: a terminal that knows links has them", len(pages) >= 3, shown)
        tally.hold(f"{form}: each link is ended", found[1::2] == [""] * len(pages), found)
        page = re.compile(r"https://.*/blob/v[0-9.]+/docs/rules/[a-z-]+\.md")
        tally.hold(f"{form}: they lead to pages", all(page.fullmatch(it) for it in pages), pages)
        plain = on_terminal(folder, 100, {}, "--output-format", form)
        tally.hold(f"{form}: an unknown terminal has none", not LINK.search(plain), plain)
        tally.hold(f"{form}: the text is the same", seen(plain) == seen(shown), shown)
        tally.hold(f"{form}: none in a hook", not LINK.search(on_terminal(folder, 100, knows | {"PRE_COMMIT": "1"}, "--output-format", form)))
        forced = knows | {"FORCE_HYPERLINK": "1", "PRE_COMMIT": "1"}
        tally.hold(f"{form}: none in a hook that forces them", not LINK.search(on_terminal(folder, 100, forced, "--output-format", form)))
        tally.hold(f"{form}: none without colours", "\x1b" not in on_terminal(folder, 100, knows, "--color", "never", "--output-format", form))
        tally.hold(f"{form}: none in a pipe", "\x1b" not in into_pipe(folder, knows, "--output-format", form))
        tally.hold(f"{form}: some where they are forced", LINK.search(into_pipe(folder, {"FORCE_HYPERLINK": "1"}, "--output-format", form)))
        off = knows | {"FORCE_HYPERLINK": "0"}
        tally.hold(f"{form}: none where they are refused", not LINK.search(on_terminal(folder, 100, off, "--output-format", form)))
        file = folder / f"{form}.txt"
        on_terminal(folder, 100, knows | {"FORCE_HYPERLINK": "1"}, "--output", f"{form}={file}")
        tally.hold(f"{form}: a file has no escapes", "\x1b" not in file.read_text(encoding="utf-8"))


def widths(tally, folder):
    """What is drawn stays within the terminal, and colours change nothing but colours."""
    for columns in (60, 100, 200):
        coloured = on_terminal(folder, columns, {})
        tally.hold(f"{columns} columns: there are colours", COLOUR.search(coloured))
        plain = on_terminal(folder, columns, {"NO_COLOR": "1"})
        tally.hold(f"{columns} columns: NO_COLOR takes them", "\x1b" not in plain, plain)
        tally.hold(f"{columns} columns: the text is the same", seen(coloured) == plain, coloured)
        for line in plain.splitlines():
            tally.hold(f"{columns} columns: no line is wider", width(line) <= columns, line)
        # A colour of its own on a light or dark ground: neither white nor black.
        odd = {"30", "37", "40", "47", "97", "107"}
        used = {code for it in COLOUR.findall(coloured) for code in it[2:-1].split(";")}
        tally.hold(f"{columns} columns: no colour vanishes on a ground", not used & odd, used)
    hook = on_terminal(folder, 60, {"PRE_COMMIT": "1"})
    tally.hold("a hook has 100 columns", seen(hook) == on_terminal(folder, 100, {"NO_COLOR": "1"}), hook)


def main():
    """Judge one small tree on many terminals."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder).resolve()
        (folder / "shapes.py").write_text(SOURCE, encoding="utf-8")
        links(tally, folder)
        widths(tally, folder)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return bool(tally.failed)


if __name__ == "__main__":
    sys.exit(main())
