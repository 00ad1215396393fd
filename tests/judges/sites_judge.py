#!/usr/bin/env python3
"""What `docgen docs` writes, built by MkDocs (`--strict`) and by Sphinx with MyST (`-W`), neither of which may warn.

A disk that is full gets no half pages. Every link and anchor is followed: in the Markdown as GitHub would, and in both sites' HTML as a browser would. Without
arguments: small packages of the tests' own tools, and a project that means no good. `sites_judge.py FOLDER...` builds the
pages of those instead, `--keep DIR` leaves the sites there to look at.
"""

import argparse
import contextlib
import html.parser
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "packaging"))

import cases  # noqa: E402

PACKAGES = ("requests", "griffe", "joblib/externals/loky", "docstring_parser", "constantly", "attr")
MKDOCS = """site_name: pages
validation:
  omitted_files: warn
  absolute_links: warn
  unrecognized_links: warn
  anchors: warn
"""
SPHINX = """project = "pages"
extensions = ["myst_parser", "sphinxcontrib.mermaid"]
myst_fence_as_directive = ["mermaid"]
"""
# Without the picture nothing but MyST is needed.
PLAIN_SPHINX = """project = "pages"
extensions = ["myst_parser"]
suppress_warnings = ["misc.highlighting_failure"]
"""
TEXTS = {
    "bad/__init__.py": '''"""<script>alert(1)</script> | `a | b` [x](javascript:alert(1)) <javascript:alert(1)> {{ x }} {% x %} ${x}$ %c

(target)=
% comment
+++
---
# Heading
:::{note}
x
:::
```{include} /etc/passwd
```
"""
from .index import *
from .README import f
__all__ = ["f"]
''',
    "bad/index.py": '''"""An index."""
type Pair[T] = tuple[T, "a | b"]
PIPE: "int | str" = "a|b`c"


class C[T](dict[str, T]):
    """</details><b>Bold |

    Attributes:
        x|y: None | `a|b`.
        z: - a
            - b

            >>> 1 | 2
    """

    x = "|"
    #: A <b> | comment.
    z: "int | None" = None

    def f(self, a: "int | str" = "|", *args, **kw) -> "C | None":
        """Do </a> `one | two` ``` x.

        Args:
            a: One | two
                - b
            *args: <i>
            gone (a | b): [y](javascript:x)

        Yields:
            int | str: |

        Raises:
            `E | F`: |

        Examples:
            >>> f("|`", "<b>")
            ```
            x
            ~~~
        """
        raise ValueError("````")
''',
    "bad/README.py": '"""A page of the name of an index."""\nfrom . import index\n\n\ndef f(): "Do."\n',
    "bad/Index.py": '"""The same but for a capital."""\nfrom . import README\n',
    "bad/marked.py": '''"""Not `(?<![a])` or <![b.

.. note::
    Code::

        <![c
"""
import re
WORD = r"(?<![\\w|])x"


def f(x=r"(?<![\\w])"):
    """Do.

    >>> re.match(r"(?<![a])", "")
    """
    return "<![CDATA["
''',
    "bad/half.py": 'def f(:\n    pass\n\n\ndef g(a=?$`):\n    """Whole."""\n    return $x?\n',
    "bad/odd.py": b'"""\xff"""\n',
    "bad/x [y](z) `q` #1 \"]; click.py": '"""A name."""\nimport bad\n',
    "bad/.hidden.py": '"""Hidden."""\n',
    "bad/é.py": '"""Ä name."""\n\n\ndef ü(): "Do."\n',
    "bad/control.py": '"""A \x1b[31m \\x00 \\u202e \\u2028 bell \x07."""\n',
}


class Links(html.parser.HTMLParser):
    """The ids of a page of HTML, and where it links to."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.odd = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("id", "name"):
                self.ids.add(value)
            if name in ("href", "src"):
                self.links.append(value or "")
            if name.startswith("on") or (value or "").lower().lstrip().startswith("javascript:"):
                self.odd.append((tag, name, value))


def follow(pages, read, ids):
    """Every link of `pages` leads to a file, and to an anchor in it."""
    known = {}
    count = 0
    for page in pages:
        for link in read(page):
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc:
                assert parts.scheme in ("http", "https"), f"{page}: {link}"
                continue
            path = urllib.parse.unquote(parts.path)
            target = (page.parent / path).resolve() if path else page.resolve()
            if target.is_dir():
                target /= "index.html"
            assert target.is_file(), f"{page}: {link} leads nowhere"
            if parts.fragment:
                if target not in known:
                    known[target] = ids(target)
                fragment = urllib.parse.unquote(parts.fragment)
                assert fragment in known[target], f"{page}: {link} has no anchor"
            count += 1
    return count


def markdown_links(page):
    """The links of a page, as GitHub finds them outside of code."""
    text = re.sub(r"^(`{3,})[^\n]*\n.*?^\1$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)", lambda it: it[0] if "](" in it[0] and "\n" in it[0] else "c", text)
    return re.findall(r"(?<!\\)\]\(([^)\s]+)\)", text) + re.findall(r'<a href="([^"]*)"', text)


def markdown_ids(page):
    """The anchors of a page: its own, and no heading's, which would move."""
    ids = re.findall(r'^<a id="([^"]*)"></a>$', page.read_text(), re.MULTILINE)
    assert len(ids) == len(set(ids)), f"{page}: an anchor stands twice"
    return set(ids)


def run(*command, cwd):
    """What a command prints, which must succeed."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command[0]}: {done.stdout[-3000:]}{done.stderr[-3000:]}"
    return done.stdout + done.stderr


def built(site, *flags):
    """A site's Markdown, and its HTML by MkDocs and by Sphinx, all links followed."""
    docs = site / "docs"
    pages = sorted(docs.rglob("*.md"))
    for page in pages:
        markdown_ids(page)
    count = follow(pages, markdown_links, markdown_ids)
    assert count >= len(pages) - 2, "links are missing"
    (site / "mkdocs.yml").write_text(MKDOCS)
    told = run("mkdocs", "build", "--quiet", "--strict", "--site-dir", str(site / "mkdocs"), cwd=site)
    assert not told.strip(), told
    for name, text in (("sphinx", SPHINX), ("plain", PLAIN_SPHINX)):
        if name == "plain" and "plain" not in flags:
            continue
        conf = site / f"conf-{name}"
        conf.mkdir()
        (conf / "conf.py").write_text(text)
        told = run(
            "sphinx-build", "-W", "--keep-going", "-q", "-j", "2", "-b", "html", "-c", str(conf), str(docs), str(site / name), cwd=site
        )
        assert not told.strip(), told
    for name in ("mkdocs", "sphinx"):
        read = {}

        def links(page, read=read):
            read[page.resolve()] = Links(page.read_text())
            assert not read[page.resolve()].odd, f"{page}: {read[page.resolve()].odd}"
            return [it for it in read[page.resolve()].links if not it.startswith("data:")]

        found = [it for it in (site / name).rglob("*.html") if it.name not in ("404.html", "genindex.html", "search.html")]
        assert len(found) >= len(pages) - 1, f"{name}: pages are missing"
        follow(found, links, lambda page: Links(page.read_text()).ids | {"top"})


def case(folder, names, keep, *flags):
    """The pages of some packages below a folder, built twice."""
    with contextlib.ExitStack() as stack:
        site = Path(keep) if keep else Path(stack.enter_context(tempfile.TemporaryDirectory()))
        site.mkdir(parents=True, exist_ok=True)
        run("docgen", "docs", *names, "-o", str(site / "docs"), "--source", cwd=folder)
        built(site, *flags)


def hostile(keep):
    """Pages of a project that means no good."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in TEXTS.items():
            path = Path(folder) / path
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        case(folder, ["bad"], keep, "plain")


def disk(libraries):
    """A disk that is full, and folders that cannot be written: exit 2, and nothing half-written."""
    kept = lambda folder: {it: it.read_bytes() for it in sorted(folder.rglob("*")) if it.is_file()}  # noqa: E731

    def full():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))

    def docs(output, preexec_fn=None):
        told = subprocess.run(
            ["docgen", "docs", "requests", "-o", output], cwd=folder, capture_output=True, text=True, check=False, preexec_fn=preexec_fn
        )
        return told.returncode, told.stderr

    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        shutil.copytree(libraries / "requests", folder / "requests")
        code, told = docs("api", full)
        assert code == 2 and "cannot write" in told and "/api/modules/" in told and "no page was changed" in told, (code, told)
        assert not (folder / "api").exists(), "a folder is left"
        told = docs("api")
        assert told[0] == 0, told
        before = kept(folder / "api")
        assert len(before) > 15, before.keys()
        for source in (folder / "requests").glob("*.py"):
            source.write_text(source.read_text() + "\n\ndef added():\n    \"\"\"Add.\"\"\"\n")
        code, told = docs("api", full)
        assert code == 2 and "no page was changed" in told, (code, told)
        assert kept(folder / "api") == before, "half of it is written"
        assert docs("api")[0] == 0 and kept(folder / "api") != before, "room again"
        (folder / "file").write_text("no folder")
        # Nobody makes files in the kernel's own folder, not even the superuser.
        for output in ("file", "file/api", *(["/proc/docgen-pages"] if Path("/proc/self").exists() else [])):
            code, told = docs(output)
            assert code == 2 and "cannot write" in told, (output, code, told)
        assert (folder / "file").read_text() == "no folder"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folders", nargs="*")
    arguments.add_argument("--keep")
    given = arguments.parse_args()
    sys.argv[1:] = []
    keep = (lambda name: os.path.join(given.keep, name)) if given.keep else (lambda _: None)
    if given.folders:
        named = [Path(it).resolve() for it in given.folders]
        return cases.run([(it.name, lambda it=it: case(it.parent, [it.name], keep(it.name))) for it in named])
    libraries = Path(sysconfig.get_paths()["purelib"]) if sys.prefix != sys.base_prefix else None
    libraries = libraries or next((ROOT / "target/test-tools/venv/lib").glob("*/site-packages"))
    packages = [it for it in PACKAGES if (libraries / it).is_dir()]
    assert len(packages) >= 4, packages
    return cases.run([
        ("what means no good", lambda: hostile(keep("hostile"))),
        ("a disk that is full", lambda: disk(libraries)),
        ("packages of every style", lambda: case(libraries, packages, keep("packages"))),
    ])


if __name__ == "__main__":
    sys.exit(main())
