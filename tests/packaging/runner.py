"""What GitHub's runner does of a composite action, as far as `action.yml` needs it: expressions, steps, files of commands.

Expressions: https://docs.github.com/actions/reference/evaluate-expressions-in-workflows-and-actions. Steps that use
another action are not run; what they would have been given is kept.
"""

import json
import os
import re
import subprocess
from pathlib import Path

import yaml

TOKEN = re.compile(r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<name>[A-Za-z_][\w.-]*)|(?P<operator>&&|\|\||==|!=|[()]))")


class Expression:
    """One expression over `contexts`: `&&`, `||`, `==`, `!=`, texts, names and parentheses."""

    def __init__(self, source, contexts):
        self.tokens, self.contexts, at = [], contexts, 0
        while source[at:].strip():
            found = TOKEN.match(source, at)
            assert found, f"not understood: {source[at:]}"
            self.tokens.append(found)
            at = found.end()

    def value(self):
        """What it comes to."""
        value = self.either()
        assert not self.tokens, f"left over: {self.tokens}"
        return value

    def next_is(self, *operators):
        """Take the next token if it is one of these."""
        if self.tokens and self.tokens[0]["operator"] in operators:
            return self.tokens.pop(0)["operator"]
        return None

    def either(self):
        value = self.both()
        while self.next_is("||"):
            other = self.both()
            value = value or other
        return value

    def both(self):
        value = self.comparison()
        while self.next_is("&&"):
            other = self.comparison()
            value = value and other
        return value

    def comparison(self):
        value = self.primary()
        while operator := self.next_is("==", "!="):
            other = self.primary()
            is_equal = text(value).lower() == text(other).lower()
            value = is_equal if operator == "==" else not is_equal
        return value

    def primary(self):
        if self.next_is("("):
            value = self.either()
            assert self.next_is(")")
            return value
        token = self.tokens.pop(0)
        if token["text"]:
            return token["text"][1:-1].replace("''", "'")
        value = self.contexts
        for part in token["name"].split("."):
            value = value.get(part) if isinstance(value, dict) else None
        return value


def text(value):
    """A value as it stands in a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def filled(template, contexts):
    """A text with its expressions filled in."""
    return re.sub(r"\$\{\{(.*?)\}\}", lambda it: text(Expression(it[1], contexts).value()), str(template))


class Run:
    """A run of the action in a workspace, with what it printed and wrote."""

    def __init__(self, action, workspace, scratch, github, inputs, environment):
        self.folder, self.workspace, self.scratch = Path(action), Path(workspace), Path(scratch)
        self.definition = yaml.safe_load((self.folder / "action.yml").read_text())
        self.github, self.environment = github, dict(environment)
        unknown = set(inputs) - set(self.definition["inputs"])
        assert not unknown, f"no such inputs: {unknown}"
        self.contexts = {"github": github, "steps": {}}
        declared = self.definition["inputs"].items()
        self.contexts["inputs"] = {name: inputs.get(name, filled(it["default"], self.contexts)) for name, it in declared}
        self.log, self.used, self.code = "", {}, 0
        # The actions whose steps are to fail.
        self.failing = ()

    def go(self):
        """Run the steps; give the code of the one that failed, or 0."""
        self.scratch.mkdir(parents=True, exist_ok=True)
        event = self.scratch / "event.json"
        event.write_text(json.dumps(self.github["event"]))
        self.environment.update(
            CI="true",
            GITHUB_ACTIONS="true",
            GITHUB_ACTION_PATH=str(self.folder),
            GITHUB_EVENT_PATH=str(event),
            GITHUB_EVENT_NAME=self.github["event_name"],
            GITHUB_BASE_REF=self.github.get("base_ref", ""),
            GITHUB_REF=self.github.get("ref", ""),
            GITHUB_SERVER_URL=self.github["server_url"],
            GITHUB_STEP_SUMMARY=str(self.scratch / "summary"),
            GITHUB_WORKSPACE=str(self.workspace),
            RUNNER_OS="Linux",
            RUNNER_ARCH="X64",
            RUNNER_TEMP=str(self.scratch / "temp"),
        )
        (self.scratch / "temp").mkdir(exist_ok=True)
        for step in self.definition["runs"]["steps"]:
            condition = step.get("if")
            if self.code or (condition and not Expression(condition, self.contexts).value()):
                continue
            if "uses" in step:
                name = step["uses"].split("@")[0]
                self.used[name] = {k: filled(v, self.contexts) for k, v in step["with"].items()}
                has_failed = name in self.failing
                self.code = int(has_failed and not step.get("continue-on-error"))
                if "id" in step:
                    self.contexts["steps"][step["id"]] = {"outputs": {}, "outcome": "failure" if has_failed else "success"}
            else:
                self.run(step)
        return self.code

    def run(self, step):
        """Run a step of a shell, by the command line that the runner has for `shell: bash`."""
        assert step["shell"] == "bash" and "${{" not in step["run"], f"pasted into a script: {step['run']}"
        output, path = self.scratch / "output", self.scratch / "path"
        output.write_text("")
        path.write_text("")
        script = self.scratch / "script.sh"
        script.write_text(step["run"])
        given = {name: filled(it, self.contexts) for name, it in step.get("env", {}).items()}
        environment = self.environment | given | {"GITHUB_OUTPUT": str(output), "GITHUB_PATH": str(path)}
        folder = self.workspace / filled(step.get("working-directory", "."), self.contexts)
        done = subprocess.run(
            ("bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)), cwd=folder, env=environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )
        self.log += done.stdout
        self.code = done.returncode
        if "id" in step:
            lines = output.read_text().splitlines()
            assert all("=" in line for line in lines), f"no output: {lines}"
            self.contexts["steps"][step["id"]] = {"outputs": dict(line.split("=", 1) for line in lines)}
        for folder in path.read_text().splitlines():
            self.environment["PATH"] = f"{folder}{os.pathsep}{self.environment['PATH']}"

    def output(self, name):
        """An output of the action."""
        return filled(self.definition["outputs"][name]["value"], self.contexts)

    def summary(self):
        """The job's summary."""
        path = self.scratch / "summary"
        return path.read_text() if path.exists() else ""

    def commands(self):
        """The lines of the log that the runner takes for commands."""
        found, token = [], None
        for line in self.log.splitlines():
            if token:
                if line == f"::{token}::":
                    token = None
            elif line.startswith("::stop-commands::"):
                token = line.removeprefix("::stop-commands::")
            elif line.startswith("::") or "##[" in line:
                found.append(line)
        assert token is None, "commands were never taken up again"
        return found
