#!/usr/bin/env python3
"""The pages for users: every command in README.md and docs/ is run, and what stands below `$ ` is what is printed.

Each page has a repository of its own, with `examples/client.py` committed as `shop/client.py`, and a shell whose variables and
folder last from block to block. Blocks of `sh` have to succeed; of `console` the output is compared (`[..]` is any text of
a line, `? N` behind a command its exit code). `UPDATE=1` writes what was printed, and tables made from other files.

What a page cannot have here is stood in for, and nothing else: the project's address is this checkout (git's `insteadOf`), the
package index has one wheel, built here, and each AI provider is a server on this machine.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "hooks"), str(ROOT / "tests" / "judges")]

import batch_provider  # noqa: E402
import cases  # noqa: E402
import wheel  # noqa: E402
from consumer import BUILD, environment  # noqa: E402
from words_judge import Aimock, environments  # noqa: E402

UPDATE = os.environ.get("UPDATE") == "1"
FENCE = re.compile(r"^```(sh|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What the second builds and runs is this test, and the first has `path/to/your/package` for a folder.
BY_CI = "cargo install --locked --path . && docgen check --all path/to/your/package\n./tests/run\n"
ABOUT = tomllib.loads((ROOT / "Cargo.toml").read_text())["package"]


class Shell:
    """bash in a repository of its own; each command starts where the last ended."""

    def __init__(self, folder):
        self.home = Path(folder)
        self.project = self.home / "project"
        (self.project / "shop").mkdir(parents=True)
        shutil.copy(ROOT / "examples" / "client.py", self.project / "shop" / "client.py")
        origin = self.origin()
        self.environment = environment() | {
            "HOME": str(self.home), "COLUMNS": "100", "PAGER": "cat", "TMPDIR": folder,
            "DOCGEN_CACHE_DIR": str(self.home / "cache"), "XDG_CACHE_HOME": str(self.home / "cache"),
            "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": f"url.{origin}.insteadOf", "GIT_CONFIG_VALUE_0": ABOUT["repository"],
            "CARGO_HOME": os.environ.get("CARGO_HOME", str(Path.home() / ".cargo")), "CARGO_NET_GIT_FETCH_WITH_CLI": "true",
            "RUSTUP_HOME": os.environ.get("RUSTUP_HOME", str(Path.home() / ".rustup")), "CARGO_INSTALL_ROOT": str(self.home / "cargo"),
        } | BUILD
        for command in (("init", "--quiet", "--initial-branch=main"), ("add", "--all"), ("commit", "--quiet", "--message=shop")):
            subprocess.run(("git", *command), cwd=self.project, env=self.environment, check=True)
        (self.home / "state").write_text(f"cd {self.project}\n")

    def origin(self):
        """This checkout as a repository with the version's tag."""
        origin = self.home / "origin"
        names = wheel.output("git", "ls-files", "-z", cwd=ROOT).split("\0")
        for name in filter(None, names):
            (origin / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, origin / name)
        for command in (("init", "--quiet"), ("add", "--all", "--force"), ("commit", "--quiet", "--message=docgen"), ("tag", f"v{ABOUT['version']}")):
            subprocess.run(("git", *command), cwd=origin, env=environment(), check=True)
        return origin

    def run(self, command):
        """A command's exit code, and all that it printed."""
        state = self.home / "state"
        script = f'. "{state}"\neval "$COMMAND"\ncode=$?\n{{ unset COMMAND; export -p; echo "cd $(printf %q "$PWD")"; }} >"{state}"\nexit $code\n'
        done = subprocess.run(
            ("bash", "--noprofile", "--norc", "-c", script), cwd=self.project, env=self.environment | {"COMMAND": command}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )
        return done.returncode, done.stdout


def plain(text, folder):
    """Output without what differs from run to run, or with each word of a prompt."""
    text = re.sub(r"\bin \d+(\.\d+)? m?s\b", "in [..] ms", text.replace(folder, "[..]"))
    return re.sub(r"\b\d+ tokens\b", "[..] tokens", text)


def matches(expected, printed):
    """Whether it is what was printed, with `[..]` for any text."""
    pattern = re.escape(expected.rstrip("\n")).replace(re.escape("[..]"), r"[^\n]*")
    return re.fullmatch(pattern, printed.rstrip("\n")) is not None


def commands(block):
    """The commands of a block of `console`: each with its exit code and its output."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, rest = part.partition("\n")
        code = re.match(r"\? (\d+)\n", rest)
        yield command, int(code[1]) if code else 0, rest[code.end() :] if code else rest


def page_is_true(path):
    """Run a page; give its text with what was printed."""
    text = path.read_text()
    with tempfile.TemporaryDirectory(prefix="docgen-pages-") as folder:
        shell = Shell(folder)
        providers = Aimock() if "--provider" in text else None
        if "pip install" in text:
            shell.environment |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheel.built().parent)}
        addresses = {}
        if providers:
            # Where a page says nothing of an address, the provider's own would be asked.
            known = {name: it for env in environments(providers.url).values() for name, it in env.items()}
            shell.environment |= {name: it for name, it in known.items() if name.endswith(("_BASE_URL", "_HOST"))}
            addresses = {"https://you.openai.azure.com": providers.url, "http://127.0.0.1:8000": providers.url}
        (Path(folder) / "desk").mkdir()
        desk = batch_provider.Desk(Path(folder) / "desk")
        asked = lambda: (providers.asked() if providers else 0) + len(desk.lines)  # noqa: E731
        wheel.fresh_environment(Path(folder) / "venv")
        shell.environment["PATH"] = f"{folder}/venv/bin{os.pathsep}{shell.environment['PATH']}"
        faults = []

        def block(found):
            kind, body = found[1], found[2]
            if kind == "sh":
                if body == BY_CI:
                    return found[0]
                for said, meant in addresses.items():
                    body = body.replace(said, meant)
                is_asking = any("--provider" in line and "--estimate" not in line for line in body.splitlines())
                if is_asking:
                    shell.run("git checkout --quiet . && rm -rf ../cache")
                if "--batch" in body or "docgen batch" in body:
                    # aimock knows no jobs; the id is what the page makes of one.
                    body = f"export OPENAI_BASE_URL={desk.url}/v1\n{body}".replace("batch_6801", "batch_1")
                    desk.status = "in_progress" if "--batch" in body else "completed"
                before = asked()
                code, printed = shell.run(body)
                if code != 0 or (is_asking and asked() == before):
                    faults.append(f"{body}exit code {code}, {asked() - before} requests:\n{printed}")
                if providers:
                    shell.run(f"export OPENAI_BASE_URL={providers.url}/v1")
                return found[0]
            if path.name == "README.md":
                # trycmd runs these, over this repository's own examples.
                return found[0]
            out = ""
            for command, expected_code, expected in commands(body):
                code, printed = shell.run(command)
                if code != expected_code:
                    faults.append(f"$ {command}\nexit code {code}, not {expected_code}:\n{printed}")
                elif not UPDATE and not matches(expected, printed):
                    faults.append(f"$ {command}\nprinted:\n{printed}instead of:\n{expected}")
                printed = plain(printed, folder)
                blank = "\n" if printed and expected.endswith("\n\n") and not UPDATE else ""
                out += f"$ {command}\n" + (f"? {expected_code}\n" if expected_code else "") + printed + blank
            return f"```console\n{out}```"

        new = FENCE.sub(block, text)
        desk.server.shutdown()
        if providers:
            providers.process.terminate()
        if UPDATE:
            path.write_text(new)
    assert not faults, "\n".join(faults)


def table(head, rows):
    """A table of Markdown."""
    return "\n".join(["| " + " | ".join(head) + " |", "|" + "---|" * len(head), *("| " + " | ".join(row) + " |" for row in rows)])


def holds(path, mark, made):
    """Whether what stands behind a mark is what was made; `UPDATE=1` puts it there."""
    text = path.read_text()
    start = text.index(f"<!-- {mark} -->") + len(f"<!-- {mark} -->")
    end = re.compile(r"^(?![|\n]).|\Z", re.MULTILINE | re.DOTALL).search(text, start + 1).start()
    new = f"{text[:start]}\n\n{made}\n\n{text[end:]}"
    if UPDATE:
        path.write_text(new)
    assert path.read_text() == new, f"{path.name} tells of other {mark}: UPDATE=1 {Path(__file__).name}"


def inputs_and_outputs_are_told():
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    path = ROOT / "docs" / "action.md"
    default = lambda it: f"`{it}`" if it and "{{" not in it else "the job's token" if it else ""  # noqa: E731
    rows = [(f"`{name}`", default(it["default"]), it["description"]) for name, it in action["inputs"].items()]
    holds(path, "inputs", table(("input", "default", "what it says"), rows))
    holds(path, "outputs", table(("output", "what it is"), [(f"`{name}`", it["description"]) for name, it in action["outputs"].items()]))


def rules_of_other_tools_are_told():
    rows = []
    for page in sorted((ROOT / "docs" / "rules").glob("*.md")):
        head = "\n".join(page.read_text().splitlines()[:4])
        title = re.match(r"# ([\w-]+) \((DG\d+)\)", head)
        codes = re.search(r"`# noqa: ([^`]*)`", head)
        if title and codes:
            rows.append((title[2], title[1], codes[1].split(", ")))
    assert len(rows) > 20, rows

    def of(codes, pattern):
        return ", ".join(code for code in codes if re.fullmatch(pattern, code)) or " "

    lines = [
        (f"[{code} {name}](rules/{name}.md)", of(codes, r"D\d+"), of(codes, r"DOC\d+"), of(codes, r"DAR\d+")) for code, name, codes in sorted(rows)
    ]
    holds(ROOT / "docs" / "migrating.md", "rules", table(("docgen", "ruff, pydocstyle", "pydoclint, ruff", "darglint"), lines))


def every_setting_is_told():
    schema = wheel.output("docgen", "config", "schema")
    keys = set(re.findall(r"`([a-z.-]+)`", (ROOT / "docs" / "settings.md").read_text()))
    known, defs = json.loads(schema), json.loads(schema).get("$defs", {})

    def names(it, before=""):
        it = defs[it["$ref"].rsplit("/", 1)[1]] if "$ref" in it else it
        for alternative in it.get("anyOf", []):
            yield from names(alternative, before)
        for name, inner in it.get("properties", {}).items():
            below = list(names(inner, f"{before}{name}."))
            yield from below or [before + name]

    missing = sorted(set(names(known)) - keys)
    assert not missing, f"settings.md does not tell of {missing}"


def links_lead_somewhere():
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
    listed = (ROOT / "docs" / "README.md").read_text()
    for page in (ROOT / "docs").glob("*.md"):
        assert page.name == "README.md" or f"]({page.name})" in listed, f"docs/README.md does not list {page.name}"


def main():
    """Run what is made from other files, and then the pages."""
    if not shutil.which("docgen"):
        print("there is no docgen on PATH: `./tests/run` puts it there")
        print("0 passed, 1 failed")
        return 1
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    told = (inputs_and_outputs_are_told, rules_of_other_tools_are_told, every_setting_is_told, links_lead_somewhere)
    return cases.run([(it.__name__, it) for it in told] + [(page.name, lambda page=page: page_is_true(page)) for page in pages])


if __name__ == "__main__":
    sys.exit(main())
